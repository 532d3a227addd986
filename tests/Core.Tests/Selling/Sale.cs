using Recourse.Orders;
using Xunit;
namespace Recourse.Tests;

/// <summary>One order and its accounts, after everything that was said to it.</summary>
sealed record Sale(Order.State? State, Instant Now)
{
    public Decision<Order.Event> Last { get; init; } = [];
    public ImmutableArray<Intent> Wants { get; init; } = [];
    public ImmutableDictionary<string, long> Balances { get; init; } = ImmutableDictionary<string, long>.Empty;
    public ImmutableArray<Rulebook> Published { get; init; } = Example.Published;

    public Deal Deal => ((Order.State.Dealt)State!).Deal;
    public Instant Due => State is null ? Now : Order.Kind.NextWake(State) ?? Now;
    public long Escrow => At($"escrow/{Example.Sold}");
    public long Payable => At("seller/shop/payable");
    public long Returned => Balances.Where(b => b.Key.Contains("/return-", StringComparison.Ordinal)).Sum(b => b.Value);

    public long At(string account) => Balances.GetValueOrDefault(account);

    public Sale When(Actor who, Order.Command command, Instant? at = null)
    {
        var decision = Order.Decide(Example.Sold, State, command, new Asked(who, at ?? Now, Published));
        Assert.True(decision.Events.IsEmpty || decision.Refusals.IsEmpty);
        var before = this with { Now = at ?? Now, Last = decision, Wants = [] };
        return decision.Events.Aggregate(before, (sale, e) => sale.After(e));
    }

    public Sale WhenPaid() => When(Example.ThePayment, Example.Fund(Deal.Total));
    public Sale WhenDue(Duration late = default) => When(Example.Clock, new Order.Command.Wake(Due), Due + late);

    /// <summary>Nobody does anything, until something of it ends.</summary>
    public Sale WhenSettled()
    {
        var sale = this;
        while (sale.State is Order.State.Open && !sale.Last.Events.Any(e => e is Order.Event.Settled))
            sale = sale.WhenDue();
        return sale;
    }

    Sale After(Order.Event @event)
    {
        var state = Order.Evolve(State, @event);
        var balances = Balances.ToBuilder();
        foreach (var (from, to, amount) in Order.Transfers(Example.Sold, state, @event))
        {
            Assert.True(amount.Minor > 0);
            balances[from.Path] = balances.GetValueOrDefault(from.Path) - amount.Minor;
            balances[to.Path] = balances.GetValueOrDefault(to.Path) + amount.Minor;
        }
        return this with
        {
            State = state, Balances = balances.ToImmutable(),
            Wants = [.. Wants, .. Order.React(Example.Sold, state, @event)],
        };
    }

    public TEvent Then<TEvent>() where TEvent : Order.Event => Assert.IsType<TEvent>(Assert.Single(Last.Events));
    public void ThenNothing() => Assert.True(Last is { Events.IsEmpty: true, Refusals.IsEmpty: true });

    public ImmutableArray<Refusal> ThenRefused(params string[] codes)
    {
        Assert.Equal(codes, Last.Refusals.Select(r => r.Code));
        return Last.Refusals;
    }

    /// <summary>What is required of siblings or sent to others, of one type of command.</summary>
    public IEnumerable<TCommand> Tells<TCommand>() => Wants.Select(w => w switch
    {
        Intent.Require i => i.Message.Command,
        Intent.Send i    => i.Message.Command,
        Intent.Call i    => i.Request,
    }).OfType<TCommand>();
}

static class Given
{
    public static readonly Sale Nothing = new(null, Example.Wednesday);
    public static readonly Sale Placed = Nothing.When(Example.TheCheckout, Example.Place());
    public static readonly Sale Funded = Placed.WhenPaid();
    public static readonly Sale Shipped = Funded.When(Example.Seller, Example.Ship);
    public static readonly Sale Delivered = Shipped.When(Example.TheParcel, Example.Deliver);
    public static readonly Sale Completed = Delivered.When(Example.Buyer, Example.Receive);
    public static readonly Sale Cancelled = Funded.When(
        Example.Buyer, Example.Cancel("cancel.changed-mind", Funded.Deal.Everything));
    public static readonly Sale Imported = Nothing.When(
        Example.Import, new Order.Command.Import(Example.History(delivered: Example.Wednesday)));

    /// <summary>Ended by the platform for a reason, once the time to put it right was up.</summary>
    public static Sale EndedFor(string reason, params ImmutableArray<Portion> portions) =>
        Funded.When(Example.Agent, Example.Cancel(reason, [.. portions])).WhenSettled();

    public static Sale Under(ImmutableArray<Rulebook> published) =>
        (Nothing with { Published = published }).When(Example.TheCheckout, Example.Place()).WhenPaid();
}
