using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Olist;
using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>Why it was decided so.</summary>
/// <param name="Text">The newest statement, or that nothing was decided against anybody.</param>
/// <param name="Statements">Every statement of reasons, oldest first.</param>
/// <param name="EndedWell">Delivered and nothing against anybody; null while it goes on.</param>
/// <param name="Findings">For an order of a history: what the data says of its end, and what contradicts it.</param>
public sealed record WhyBody(
    OrderId Order, string Text, ImmutableArray<StatementBody> Statements, bool? EndedWell,
    ImmutableArray<FindingBody> Findings)
{
    /// <summary>For an order that ended early in a history: what most probably ended it. Nobody here decided so.
    /// Left out: it didn't, or the data is silent.</summary>
    public InferredBody? Inferred { get; init; }
}

/// <summary>The most probable reason of an early end in a history: inferred, and decided by nobody here.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Text">In the reader's language; it says that it is inferred.</param>
/// <param name="Likelihood"><c>possible</c>, <c>likely</c>, or <c>written</c>: by the buyer.</param>
/// <param name="LikelihoodText">The same in words.</param>
/// <param name="Facts">What it is inferred from.</param>
public sealed record InferredBody(
    string Code, string Text, string Likelihood, string LikelihoodText, ImmutableArray<FactBody> Facts)
{
    /// <summary>Of an order of a history; null: the data is silent.</summary>
    public static InferredBody? Of(ImportedOrder order, Party reader, Texts texts) =>
        InferredEnd.Of(order) is not { } end ? null : new(
            end.Code, texts.Tell(end.Code), Words.StateOf($"{end.Likelihood}"), texts.Tell(end.LikelihoodCode),
            [.. end.Facts.Select(f => Words.Of(f, texts) with { Label = Words.LabelOf(f.Name, reader, texts) })]);
}

/// <summary>Why an order is as it is, for one reader in one language.</summary>
public static class OrderWhy
{
    /// <summary>The time zone of where the goods go.</summary>
    public static string ZoneOf(Order.State state, Rulebook inForce) => state switch
    {
        Order.State.Dealt { Deal: var deal } => ZoneOf(deal.Country, inForce),
        Order.State.Imported { Facts.Source: OlistHistory.Source } => OlistHistory.Zone.Id,
        Order.State.Imported => DateTimeZone.Utc.Id,
    };

    /// <summary>A country's time zone.</summary>
    public static string ZoneOf(string country, Rulebook inForce) => inForce.Of<Calendars>().Of(country).Zone;

    /// <summary>What a party can appeal of what an order decided; null: nothing, or it is taken over.</summary>
    internal static Subject? SubjectFor(Party party, Seen seen) => (seen.Id, seen.State, party) switch
    {
        (OrderId id, Order.State.Dealt { Deal: var deal }, Party.Buyer) => new Subject.Order(id, deal.Buyer),
        (OrderId id, Order.State.Dealt, Party.Seller)                   => new Subject.Sale(id),
        _ => null,
    };

    /// <summary>
    /// The checkout whose own decisions keep an order from going on: of one that isn't paid. Null: none does.
    /// </summary>
    public static CheckoutId? HeldBy(Order.State state) => state switch
    {
        Order.State.Placed s => s.Deal.Checkout,
        Order.State.Cancelled { Settlement.IsPaid: false } s => s.Deal.Checkout,
        Order.State.Open or Order.State.Completed or Order.State.Cancelled or Order.State.Imported => null,
    };

    /// <summary>All that happened to an order, and to what it waited for, as far as its reader may know.</summary>
    internal static async Task<ImmutableArray<Recorded>> Happened(Seen seen, Caller caller, IPlatform platform)
    {
        var own = await platform.History(seen.Id, caller.Who, caller.Cancel) ?? [];
        var before = HeldBy((Order.State)seen.State) is { } checkout && (seen.As & (Party.Buyer | Party.Staff)) != 0
            ? await platform.History(checkout, caller.Who, caller.Cancel) ?? [] : [];
        return [.. before.Concat(own).OrderBy(r => r.Position).ThenBy(r => r.Nth)];
    }

    /// <summary>What a party can appeal of something that happened to an order, or before it.</summary>
    internal static Subject? SubjectOf(object @event, Party party, Seen seen) => @event is Order.Event
        ? SubjectFor(party, seen)
        : party is Party.Buyer && HeldBy((Order.State)seen.State) is { } checkout
            && Subject.Of(checkout, @event, new Actor.Buyer(checkout.Buyer)) is { } subject ? subject : null;

    /// <summary>From the order's state and all that happened to it.</summary>
    /// <param name="subject">What the reader can appeal of an event; null: nothing.</param>
    public static WhyBody Of(
        OrderId id, Order.State state, IEnumerable<object> events, Party reader, Texts texts,
        Func<object, Subject?>? subject = null)
    {
        if (state is Order.State.Imported imported) return OfHistory(id, imported.Facts, reader, texts.Reasons);
        ImmutableArray<(object Event, Statement Why)> all =
            [.. events.Where(e => e is IAdverse).Select(e => (e, ((IAdverse)e).Why))];
        ImmutableArray<Statement> said = [.. all.Select(s => s.Why)];
        bool? endedWell = state switch
        {
            Order.State.Completed => said.IsEmpty,
            Order.State.Cancelled => false,
            Order.State.Open or Order.State.Imported => null,
        };
        var text = said.IsEmpty
            ? texts.Reasons.Tell(endedWell is true ? "order.ended-well" : "order.nothing-against-anybody")
            : texts.Reasons.Tell(said[^1], reader);
        return new(
            id, text, [.. all.Select(s => Words.Of(s.Why, reader, texts, subject?.Invoke(s.Event)))], endedWell, []);
    }

    static WhyBody OfHistory(OrderId id, ImportedOrder facts, Party reader, Texts texts)
    {
        var findings = OlistWhy.Of(facts);
        var isDelivered = findings.Length == facts.Findings.Length;
        var text = isDelivered
            ? texts.Tell(findings.IsEmpty ? "order.delivered-there" : "order.delivered-there-and-more")
            : texts.Fill(findings[0].Code, findings[0].Facts);
        var endedWell = isDelivered && findings.All(f => f.Code is not OlistCode.DeliveredLate);
        return new(id, text, [], endedWell, [.. findings.Select(f => Of(f, texts))])
        {
            Inferred = InferredBody.Of(facts, reader, texts),
        };
    }

    internal static FindingBody Of(Finding f, Texts texts) =>
        new(f.Code, texts.Fill(f.Code, f.Facts), [.. f.Facts.Select(x => Words.Of(x, texts))]);
}
