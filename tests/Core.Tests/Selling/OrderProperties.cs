using System.Collections.Concurrent;
using CsCheck;
using Recourse.Disputes;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class OrderProperties
{
    static readonly Order.Command Everything = Cancel("cancel.changed-mind", Cups(6), Pots(2));

    static readonly Order.Command TakeBack = new Order.Command.TakeBack();

    static readonly Gen<Actor> Anyone = Gen.OneOf(
        Buyer, Stranger, Seller, OtherSeller, Warehouse, Agent, Operator, Carrier, Import, Clock, TheCheckout,
        ThePayment, TheParcel);

    static readonly Gen<Func<Sale, Order.Command>> Anything = Gen.OneOf<Func<Sale, Order.Command>>(
        _ => Place(), _ => Ship, _ => Deliver, _ => Receive, _ => LosePayment, _ => Everything,
        sale => Fund(sale.State is Order.State.Dealt s ? s.Deal.Total : Eur(1)),
        sale => new Order.Command.Wake(sale.Due),
        _ => new Order.Command.Import(History()),
        _ => Cancel("cancel.changed-mind", Cups(1)),
        sale => Undoably("cancel.changed-mind", sale), sale => Undoably("cancel.out-of-stock", sale),
        sale => Undoably("cancel.policy-breach", sale), _ => TakeBack,
        _ => Cancel("cancel.out-of-stock", Pots(1)),
        _ => Cancel("cancel.policy-breach", Cups(1)),
        sale => Cancel("cancel.policy-breach", sale.State is Order.State.Dealt s ? s.Deal.Everything : []),
        sale => Cancel("cancel.out-of-stock", sale.State is Order.State.Dealt s ? s.Deal.Everything : []),
        sale => Cancel(Reason.PaymentNotResolved), OfferWays, _ => new Order.Command.ChooseWay("restock"),
        _ => new Order.Command.ChooseWay("part"), _ => new Order.Command.ChooseWay("none"));

    static Order.Command.Cancel Undoably(string reason, Sale sale) =>
        new(reason, sale.State is Order.State.Dealt s ? s.Deal.Everything : [], Undoable: true,
            Case: ShownFor(reason));

    static Order.Command OfferWays(Sale sale) => sale.State is Order.State.Funded { Keeping: not null }
        ? new Order.Command.WithdrawWays() : new Order.Command.Cancel(
            "cancel.out-of-stock", sale.State is Order.State.Dealt s ? s.Deal.Everything : [],
            Case: new(new("stock-count", "No. 4711"),
                [new KeepWay.Restock(sale.Now + Duration.FromDays(9)), new KeepWay.Part(1)]));

    /// <summary>Says it, and takes it back if it waits.</summary>
    static Order.Command InTwoMinds(string reason, Sale sale) =>
        sale.State is Order.State.Cancellable { Meant: not null } ? TakeBack : Undoably(reason, sale);

    /// <summary>What people mostly do: without it, chance would hardly ever get an order to its end.</summary>
    static readonly Gen<(Actor, Func<Sale, Order.Command>)> Habits = Gen.OneOf<(Actor, Func<Sale, Order.Command>)>(
        (TheCheckout, _ => Place()), (ThePayment, s => Fund(s.State is Order.State.Dealt d ? d.Deal.Total : Eur(1))),
        (Seller, _ => Ship), (Seller, _ => Ship), (TheParcel, _ => Deliver), (TheParcel, _ => Deliver),
        (Buyer, _ => Receive), (Clock, s => new Order.Command.Wake(s.Due)),
        (Clock, s => new Order.Command.Wake(s.Due)), (Buyer, _ => Cancel("cancel.changed-mind", Cups(1))),
        (Buyer, _ => new Order.Command.Cancel("cancel.changed-mind", [Cups(1)], Undoable: true)),
        (Buyer, s => InTwoMinds("cancel.changed-mind", s)), (Seller, s => InTwoMinds("cancel.out-of-stock", s)),
        (Operator, s => new Order.Command.PutOff(s.Due + Duration.FromDays(9))),
        (Seller, OfferWays), (Buyer, _ => new Order.Command.ChooseWay("restock")),
        (Buyer, _ => new Order.Command.ChooseWay("part")),
        (Agent, s => InTwoMinds("cancel.policy-breach", s)), (Operator, s => InTwoMinds("cancel.policy-breach", s)));

    /// <summary>Whatever anybody asks, in whatever order: each ask with the sale before and after it.</summary>
    static readonly Gen<List<(Sale Before, Actor Who, Sale After)>> Histories =
        Gen.Frequency((2, Habits), (1, Gen.Select(Anyone, Anything))).List[1, 30].Select(asks =>
        {
            var sale = Given.Nothing;
            return asks.ConvertAll(a => (sale, a.Item1, sale = sale.When(a.Item1, a.Item2(sale))));
        });

    static readonly AppealId OfAna = new("ana", "x"), OfShop = new("shop", "seller-x");

    /// <summary>An appeal was right, of the last ending or of some other.</summary>
    static Order.Command Overturn(AppealId appeal, Sale sale) => sale.State is Order.State.Cancelled s
        ? new Order.Command.Overturn(appeal, s.Why, s.Settlement)
        : new Order.Command.Overturn(appeal, Given.Placed.WhenDue().Then<Order.Event.Cancelled>().Why,
            new(1, [], Eur(0), Eur(0), Bearer.Seller));

    static readonly Gen<(Actor, Func<Sale, Order.Command>)> Appeals = Gen.OneOf<(Actor, Func<Sale, Order.Command>)>(
        (new Actor.Aggregate($"{OfAna}"), s => Overturn(OfAna, s)),
        (new Actor.Aggregate($"{OfShop}"), s => Overturn(OfShop, s)), (Buyer, s => Overturn(OfAna, s)));

    /// <summary>The same with appeals that were right in between.</summary>
    static readonly Gen<List<(Sale Before, Actor Who, Sale After)>> Appealed =
        Gen.Frequency((6, Habits), (3, Gen.Select(Anyone, Anything)), (1, Appeals)).List[1, 30].Select(asks =>
        {
            var sale = Given.Nothing;
            return asks.ConvertAll(a => (sale, a.Item1, sale = sale.When(a.Item1, a.Item2(sale))));
        });

    [Fact, Trait("Capability", "DSP-4")]
    public void An_appeal_changes_nothing_of_how_it_stands_and_is_told_once() =>
        Appealed.Sample(history => history.ForEach(step =>
        {
            Assert.Equal(0, step.After.Balances.Values.Sum());
            if (step.After.Last.Events is not [Order.Event.Overturned e]) return;
            Assert.Equal(step.Before.State!.GetType(), step.After.State!.GetType());
            Assert.Equal(step.Before.Escrow, step.After.Escrow);
            Assert.DoesNotContain(e.Appeal, ((Order.State.Dealt)step.Before.State).Deal.Overturned ?? []);
        }));

    [Fact]
    public void The_table_is_all_that_happens_and_all_of_it_happens()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        Appealed.Sample(history => history.ForEach(step =>
        {
            foreach (var e in step.After.Last.Events)
                seen[Row(step.Before.State?.GetType(), e.GetType(), step.After.State!.GetType(),
                    Order.PartyOf(Example.Sold, step.Before.State, step.Who))] = true;
        }), iter: 60_000);

        var drawn = from a in Order.Lifecycle.Arrows
                    from party in Enum.GetValues<Party>()
                    where int.PopCount((int)party) == 1 && a.By.HasFlag(party)
                    select Row(a.From, a.On, a.To, party);
        Assert.Equal(drawn.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));

        static string Row(Type? from, Type on, Type to, Party? by) => $"{from?.Name}: {on.Name} by {by}: {to.Name}";
    }

    [Fact, Trait("Capability", "PAY-1")]
    public void Escrow_holds_what_stands_and_nothing_at_the_end() =>
        Histories.Sample(history => history.ForEach(step => Assert.Equal(
            step.After.State is Order.State.Open and not Order.State.Placed ? step.After.Deal.Total.Minor : 0,
            step.After.Escrow)));

    [Fact]
    public void Money_only_moves_and_an_end_is_an_end() =>
        Histories.Sample(history => history.ForEach(step =>
        {
            Assert.Equal(0, step.After.Balances.Values.Sum());
            if (step.Before.State is not null and not Order.State.Open) Assert.Empty(step.After.Last.Events);
            if (step.After.State is Order.State.Open open) Assert.True(Order.Kind.NextWake(open) > Wednesday);
        }));

    [Fact]
    public void Every_adverse_event_says_why_and_rests_on_what_was_recorded() =>
        Histories.Sample(history => history.ForEach(step =>
        {
            foreach (var e in step.After.Last.Events.OfType<Order.Event.Settled>())
            {
                Assert.Equal(step.After.Now, e.Why.IssuedAt);
                Assert.Equal(new Value.Count(e.Settlement.Lines.Sum(l => l.Quantity)),
                    e.Why.Facts.Single(f => f.Name == "units").Value);
                Assert.True(Published[0].Of<OrderRules>().Reasons.ContainsKey(e.Why.Code));
            }
        }));

    [Fact, Trait("Capability", "CAN-7")]
    public void Any_sequence_of_partial_cancellations_ends_where_one_full_would() => (
        from cups in Gen.Int[1, 9]
        from pots in Gen.Int[1, 9]
        from shipping in Gen.Long[0, 20_00]
        from bearer in Gen.OneOf(Bearer.Buyer, Bearer.Seller, Bearer.Platform)
        from units in Gen.Shuffle((Portion[])[.. Enumerable.Repeat(Cups(1), cups), .. Enumerable.Repeat(Pots(1), pots)])
        select (Place(cups, pots, shipping), bearer, units)).Sample((place, bearer, units) =>
        {
            var rules = WithShippingBorneBy(bearer, "cancel.changed-mind");
            var funded = (Given.Nothing with { Published = rules }).When(TheCheckout, place).WhenPaid();
            var atOnce = funded.When(Buyer, Cancel("cancel.changed-mind", [.. units]));
            var oneByOne = units.Aggregate(funded, (s, unit) => s.When(Buyer, Cancel("cancel.changed-mind", unit)));

            Assert.IsType<Order.State.Cancelled>(oneByOne.State);
            Assert.Equal((0, 0), (atOnce.Escrow, oneByOne.Escrow));
            Assert.Equal((atOnce.Returned, atOnce.Payable), (oneByOne.Returned, oneByOne.Payable));
        }, iter: 1_000);

    [Fact]
    public void Every_state_that_waits_has_a_timed_exit() =>
        Assert.All(
            typeof(Order.State).GetNestedTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Order.State.Open))),
            waiting => Assert.Contains(Order.Lifecycle.Arrows, a => a.From == waiting && a.After is not null));
}
