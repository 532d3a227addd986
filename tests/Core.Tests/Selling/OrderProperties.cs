using System.Collections.Concurrent;
using CsCheck;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Reviews;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

public sealed class OrderProperties
{
    static readonly Order.Command Everything = Cancel("cancel.changed-mind", Cups(6), Pots(2));

    static readonly Actor TheStock = new Actor.Aggregate("stock/shop/cup");

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
        sale => Undoably("cancel.fraud-confirmed", sale), _ => TakeBack,
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

    static readonly Actor TopUp = new Actor.Aggregate($"{PaymentId.OfAmendment(Example.Sold, Ana, 1)}");
    static readonly AppealId OfAna = new("ana", "x"), OfShop = new("shop", "seller-x"), Wished = new("ana", "w");

    static Order.Command Asked(Sale sale) => Cancel(
        "cancel.changed-mind", sale.State is Order.State.Dealt s ? s.Deal.Everything : []);

    /// <summary>So many of the first line, at a little more than they were.</summary>
    static Order.Command Other(Sale sale, int units, params string[] fired) => new Order.Command.Amend(
        new([new(sale.State is Order.State.Dealt { Deal.Lines: [var first, ..] } ? first.Number : 1, units)],
            Method: "pm-good"),
        new([.. (sale.State as Order.State.Dealt)?.Deal.Lines.Select(l => new Requoted(l.Number, new(
            Wanted(l.Sku.Code, 1, 4_00, 50), Wednesday, "test"))) ?? []], new([], Wednesday, "test"),
            new(RiskFacts.Ordinary with
            {
                Rules = RuleResults.None with { Fired = [.. fired.Select(r => new FiredRule(r, [], false))] },
            }, Wednesday, "screening")));

    /// <summary>What people mostly do: without it, chance would hardly ever get an order to its end.</summary>
    static readonly Gen<(Actor, Func<Sale, Order.Command>)> Habits = Gen.OneOf<(Actor, Func<Sale, Order.Command>)>(
        (TheCheckout, _ => Place()), (ThePayment, s => Fund(s.State is Order.State.Dealt d ? d.Deal.Total : Eur(1))),
        (Seller, _ => Ship), (Seller, _ => Ship), (TheParcel, _ => Deliver), (TheParcel, _ => Deliver),
        (Buyer, _ => Receive), (Clock, s => new Order.Command.Wake(s.Due)),
        (Clock, s => new Order.Command.Wake(s.Due)), (Buyer, _ => Cancel("cancel.changed-mind", Cups(1))),
        (Buyer, _ => new Order.Command.Cancel("cancel.changed-mind", [Cups(1)], Undoable: true)),
        (Buyer, s => InTwoMinds("cancel.changed-mind", s)), (Seller, s => InTwoMinds("cancel.out-of-stock", s)),
        (TheCheckout, _ => Place()), (ThePayment, s => Fund(s.State is Order.State.Dealt d ? d.Deal.Total : Eur(1))),
        (Seller, _ => Ship), (TheParcel, _ => Deliver), (TheParcel, _ => Deliver),
        (new Actor.Aggregate($"{OfAna}"), s => new Order.Command.Contest(OfAna)),
        (TopUp, s => new Order.Command.Fund(s.State is Order.State.Funded { Wish: Wish.ToPay w }
            ? w.What.More : Eur(1), PaymentId.OfAmendment(Example.Sold, Ana, 1))),
        (TopUp, _ => new Order.Command.HearDecline(PaymentId.OfAmendment(Example.Sold, Ana, 1), "x")),
        (Buyer, _ => Receive), (Seller, _ => Ship), (ThePayment, _ => LosePayment), (Operator, s => Asked(s)),
        (Warehouse, _ => new Order.Command.Pick()), (Seller, _ => new Order.Command.Pick()),
        (Buyer, s => Asked(s)), (Buyer, s => Other(s, 8)), (Buyer, s => Other(s, 2)),
        (Buyer, s => Other(s, 8, Purchase.ToHold)), (Buyer, s => Other(s, 8, Purchase.ToRefuse)),
        (Agent, _ => new Order.Command.Approve()), (Agent, _ => new Order.Command.Refuse("refuse.packed-already")),
        (Agent, _ => new Order.Command.Refuse(Order.NotSafe)),
        (Seller, _ => new Order.Command.Approve()), (Seller, _ => new Order.Command.Refuse("refuse.packed-already")),
        (Buyer, _ => new Order.Command.Withdraw()), (Warehouse, _ => Ship),
        (Buyer, _ => new Order.Command.Recall()), (TheParcel, _ => new Order.Command.HearRecall(true)),
        (TheParcel, _ => new Order.Command.HearRecall(false)), (Warehouse, _ => new Order.Command.TakeIn()),
        (Seller, _ => new Order.Command.TakeIn()), (Buyer, _ => new Order.Command.Extend()),
        (Clock, s => new Order.Command.Wake(s.Due)), (Clock, s => new Order.Command.Wake(s.Due)),
        (Operator, s => new Order.Command.PutOff(s.Due + Duration.FromDays(9))),
        (Seller, OfferWays), (Buyer, _ => new Order.Command.ChooseWay("restock")),
        (Buyer, _ => new Order.Command.ChooseWay("part")),
        (Agent, s => InTwoMinds("cancel.fraud-confirmed", s)), (Operator, s => InTwoMinds("cancel.fraud-confirmed", s)),
        (Agent, _ => Cancel("cancel.seller-unresponsive", Cups(1))), (Operator, _ => Cancel("cancel.cannot-be-carried",
            Cups(1))), (Agent, _ => Cancel("cancel.address-unusable", Cups(1))),
        (Agent, _ => Cancel("cancel.policy-breach", Pots(1))),
        (TheStock, _ => new Order.Command.Warn(Reason.StockDiscrepancy, new("cup"), 2)),
        (TheStock, _ => new Order.Command.LiftWarning(Reason.StockDiscrepancy)),
        (Agent, s => new Order.Command.LiftWarning(AnyWarned(s))),
        (Seller, s => new Order.Command.AnswerWarning(AnyWarned(s), "We are at it.")),
        (Buyer, s => new Order.Command.AnswerWarning(AnyWarned(s), "It is right.")),
        (Operator, s => new Order.Command.LiftWarning(AnyWarned(s))),
        (Operator, _ => new Order.Command.Review(new Step.Confirm())),
        (Agent, _ => new Order.Command.Review(new Step.SendBack("review.facts-missing"))),
        (Agent, s => new Order.Command.UpholdWarning(AnyWarned(s))),
        (Operator, s => new Order.Command.UpholdWarning(AnyWarned(s))));

    static string? AnyWarned(Sale sale) => (sale.State as Order.State.Funded)?.Warnings?.Last().Reason;

    /// <summary>Whatever anybody asks, in whatever order: each ask with the sale before and after it.</summary>
    static readonly Gen<List<(Sale Before, Actor Who, Sale After)>> Histories =
        Gen.Frequency((2, Habits), (1, Gen.Select(Anyone, Anything))).List[1, 30].Select(asks =>
        {
            var sale = Given.Nothing;
            return asks.ConvertAll(a => (sale, a.Item1, sale = sale.When(a.Item1, a.Item2(sale))));
        });

    /// <summary>An appeal was right, of the last ending or of some other.</summary>
    static Order.Command Overturn(AppealId appeal, Sale sale) => sale.State is Order.State.Cancelled s
        ? new Order.Command.Overturn(appeal, s.Why, s.Settlement)
        : new Order.Command.Overturn(appeal, Given.Placed.WhenDue().Then<Order.Event.Cancelled>().Why,
            new(1, [], Eur(0), Eur(0), Bearer.Seller));

    static readonly Gen<(Actor, Func<Sale, Order.Command>)> Appeals = Gen.OneOf<(Actor, Func<Sale, Order.Command>)>(
        (new Actor.Aggregate($"{OfAna}"), s => Overturn(OfAna, s)),
        (new Actor.Aggregate($"{OfShop}"), s => Overturn(OfShop, s)), (Buyer, s => Overturn(OfAna, s)),
        (new Actor.Aggregate($"{OfAna}"), s => new Order.Command.Contest(OfAna)),
        (new Actor.Aggregate($"{OfAna}"), s => new Order.Command.Uncontest(OfAna)),
        (new Actor.Aggregate($"{Wished}"), s => new Order.Command.Grant(
            Wished, Given.Placed.WhenDue().Then<Order.Event.Cancelled>().Why,
            new("cancel.changed-mind", [Cups(1)], Wednesday, new(Party.Seller, "x", null, Wednesday)))));

    static readonly Sale Picked = Given.Funded.When(Warehouse, new Order.Command.Pick());

    static readonly Sale ToConfirm = (Given.Funded with { Published = ActingWithinLimits.Strict })
        .When(Agent, Cancel("cancel.fraud-confirmed", Cups(6), Pots(2)));

    /// <summary>From here many come further than chance alone would bring them.</summary>
    static readonly Gen<Sale> Beginnings = Gen.OneOf(
        ToConfirm, ToConfirm,
        Given.Nothing, Given.Nothing, Given.Funded, Given.Delivered, Picked.When(Buyer, Asked(Picked)),
        Picked.When(Buyer, Other(Picked, 8, Purchase.ToHold)),
        Picked.When(Buyer, Other(Picked, 8)), Picked.When(Buyer, Other(Picked, 2)),
        Given.Funded.When(Buyer, Other(Given.Funded, 8)), Given.Shipped.When(Buyer, new Order.Command.Recall()),
        Given.Funded.When(Agent, Cancel("cancel.policy-breach", Pots(2))),
        Given.Funded.When(Agent, Cancel("cancel.address-unusable", Cups(1))).WhenDue(),
        Given.Funded.When(Agent, Cancel("cancel.seller-unresponsive", Cups(6), Pots(2))).WhenDue());

    /// <summary>The same from somewhere on the way, with appeals that were right in between.</summary>
    static readonly Gen<List<(Sale Before, Actor Who, Sale After)>> Appealed = Gen.Select(
        Beginnings, Gen.Frequency((6, Habits), (3, Gen.Select(Anyone, Anything)), (1, Appeals)).List[1, 30],
        (sale, asks) => asks.ConvertAll(a => (sale, a.Item1, sale = sale.When(a.Item1, a.Item2(sale)))));

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
            var (state, party) = (step.Before.State, Order.PartyOf(Example.Sold, step.Before.State, step.Who));
            foreach (var e in step.After.Last.Events)
            {
                var from = state;
                state = Order.Evolve(state, e);
                seen[Row(from?.GetType(), e.GetType(), state.GetType(), party)] = true;
            }
        }), iter: 60_000);

        var drawn = from a in Order.Lifecycle.Arrows
                    from party in Enum.GetValues<Party>()
                    where int.PopCount((int)party) == 1 && a.By.HasFlag(party)
                    select Row(a.From, a.On, a.To, party);
        Assert.Equal(drawn.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));

        static string Row(Type? from, Type on, Type to, Party? by) => $"{from?.Name}: {on.Name} by {by}: {to.Name}";
    }

    [Fact, Trait("Capability", "CAN-4")]
    public void The_platform_ends_nothing_before_a_warning_unless_fraud_is_confirmed() =>
        Appealed.Sample(history =>
        {
            HashSet<string> told = [.. history[0].Before.State is Order.State.Funded { Warnings: { } some }
                ? some.Where(w => w.ToldAt is not null).Select(w => w.Reason) : []];
            foreach (var e in history.SelectMany(step => step.After.Last.Events))
            {
                if (e is Order.Event.WarningsTold all) told.UnionWith(all.Warnings.Select(w => w.Reason));
                if (e is Order.Event.WarningAnswered heard) told.Add(heard.Reason);
                if (e is Order.Event.WarningLifted over) told.Remove(over.Warning.Reason);
                if (e is not Order.Event.Settled { Why: var why } || !Rules.WarnsFor(why.Code)) continue;
                Assert.Contains(why.Code, told);
                Assert.Contains(why.Facts, f => f.Name is "warnedAt");
            }
        });

    static readonly OrderRules Rules = Published[0].Of<OrderRules>();

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
