using CsCheck;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Reviews;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What staff do about more than one decides alone, two of them do: orders, payouts and refunds.</summary>
[Trait("Capability", "SUP-1")]
public sealed class ActingWithinLimits
{
    const string Fraud = "cancel.fraud-confirmed", Breach = "cancel.policy-breach", Mind = "cancel.changed-mind";

    static readonly Actor Gil = new Actor.Agent("gil"), Kim = new Actor.Agent("kim"),
        GilAbove = new Actor.Operator("gil"), Olga = new Actor.Operator("olga");

    /// <summary>Up to 20 euros one decides alone.</summary>
    internal static readonly ImmutableArray<Rulebook> Strict =
    [
        .. Published.Select(book => book with
        {
            Sections = [.. book.Sections.Select(s => s is ReviewRules r ? r with { Alone = [Eur(20_00)] } : s)],
        }),
    ];

    // Six cups at 3.33 and two pots at 12.50, with half a euro of shipping for each.
    static Sale Paid => Given.Funded with { Published = Strict };

    static Order.Command Do(Step step) => new Order.Command.Review(step);

    static Proposal ProposedIn(Sale sale) =>
        sale.Then<Order.Event.Reviewed>().What.ShouldBeOfType<Handled.Proposed>().What;

    static Sale ToEnd => Paid.When(Gil, Cancel(Fraud, Cups(6), Pots(2)));

    [Fact]
    public void Up_to_the_amount_one_ends_alone() =>
        Paid.When(Gil, Cancel(Fraud, Cups(1), Pots(1))).Then<Order.Event.Reduced>();

    [Fact]
    public void Above_it_nothing_ends_until_another_confirms()
    {
        var what = ProposedIn(ToEnd);
        (what.Outcome, what.Reason, what.By).ShouldBe(("cancel", Fraud, Gil));
        what.Stake.ShouldBe(Paid.Deal.Total);
        (what.Until, what.Lapses).ShouldBe((ToEnd.Now + Duration.FromHours(24), ToEnd.Now + Duration.FromHours(48)));
        ToEnd.Escrow.ShouldBe(Paid.Escrow);
        var ended = ToEnd.When(Kim, Do(new Step.Confirm()));
        ended.Last.Events.Select(e => e.GetType().Name).ShouldBe([nameof(Order.Event.Reviewed),
            nameof(Order.Event.Cancelled)]);
        var why = ((Order.State.Cancelled)ended.State!).Why;
        (why.Code, why.By).ShouldBe((Fraud, new DecidedBy.Person(Party.Agent)));
        ended.Escrow.ShouldBe(0);
    }

    [Fact]
    public void Nobody_confirms_their_own_and_nobody_else_acts_meanwhile()
    {
        ToEnd.When(Gil, Do(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        ToEnd.When(GilAbove, Do(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        ToEnd.When(Kim, Cancel(Fraud, Cups(1))).ThenRefused("review.proposed-already");
        ToEnd.When(Gil, Cancel(Fraud, Cups(6), Pots(2))).ThenRefused("review.proposed-already");
        ToEnd.When(Buyer, Do(new Step.Confirm())).ThenRefused("order.not-now");
        ToEnd.When(Seller, Do(new Step.SendBack("review.facts-missing"))).ThenRefused("order.not-now");
        Paid.When(Kim, Do(new Step.Confirm())).ThenRefused("order.not-now");
        Paid.When(Kim, Do(new Step.Claim())).ThenRefused("order.not-now");
    }

    [Fact]
    public void What_can_t_be_done_is_not_proposed() =>
        Paid.When(Gil, Cancel(Fraud, Cups(7))).ThenRefused("order.not-that-many");

    [Fact]
    public void Where_somebody_is_warned_first_the_warning_is_what_another_confirms()
    {
        var proposed = Paid.When(Gil, Cancel(Breach, Cups(6), Pots(2)));
        ProposedIn(proposed).Reason.ShouldBe(Breach);
        var warned = proposed.When(Kim, Do(new Step.Confirm()));
        warned.Last.Events.ShouldContain(e => e is Order.Event.WarningGiven);
        var told = warned.WhenDue();
        told.Then<Order.Event.WarningsTold>();
        // What they answer is heard by two as well.
        var answered = told.When(Seller, new Order.Command.AnswerWarning(Breach, "It is as it should be."));
        var upheld = answered.When(Kim, new Order.Command.UpholdWarning(Breach));
        var heard = (Order.State.Funded)answered.State!;
        ProposedIn(upheld).Lapses.ShouldBe(heard.WarningOf(Breach)!.Deadline.Due, "then it is lifted");
        upheld.When(Gil, Do(new Step.Confirm())).Last.Events.ShouldContain(e => e is Order.Event.Cancelled);
        // Nobody confirms: what was answered counts, and the order goes on.
        var lifted = upheld.WhenDue().WhenDue();
        lifted.Last.Events.Select(e => e.GetType().Name).ShouldBe(
            [nameof(Order.Event.Reviewed), nameof(Order.Event.WarningLifted)]);
        ((Order.State.Funded)lifted.State!).Handling.Proposal.ShouldBeNull();
    }

    [Fact]
    public void What_a_buyer_asks_for_is_granted_by_two()
    {
        var asked = Paid.When(Warehouse, new Order.Command.Pick()).When(Buyer, Cancel(Mind, Cups(6), Pots(2)));
        var proposed = asked.When(Gil, new Order.Command.Approve());
        ProposedIn(proposed).Outcome.ShouldBe("approve");
        proposed.When(Kim, Do(new Step.Confirm())).Last.Events.ShouldContain(e => e is Order.Event.Cancelled);
        // Its seller needs no second.
        var granted = proposed.When(Seller, new Order.Command.Approve());
        granted.Last.Events.Select(e => e.GetType().Name).ShouldBe(
            [nameof(Order.Event.Reviewed), nameof(Order.Event.Cancelled)]);
        ((Order.Event.Reviewed)granted.Last.Events[0]).What.ShouldBeOfType<Handled.Lapsed>();
    }

    [Fact]
    public void Sent_back_or_left_it_goes_on_as_if_nobody_had_asked()
    {
        ToEnd.When(Kim, Do(new Step.SendBack("because"))).ThenRefused("review.no-such-reason");
        var back = ToEnd.When(Kim, Do(new Step.SendBack("review.facts-missing")));
        (back.State as Order.State.Funded)!.ShouldBe((Order.State.Funded)Paid.State!);
        var called = ToEnd.WhenDue();
        called.Then<Order.Event.Reviewed>().What.ShouldBeOfType<Handled.Escalated>();
        called.When(Olga, Do(new Step.Confirm())).Last.Events.ShouldContain(e => e is Order.Event.Cancelled);
        var lapsed = called.WhenDue();
        lapsed.Then<Order.Event.Reviewed>().What.ShouldBeOfType<Handled.Lapsed>();
        (lapsed.State as Order.State.Funded)!.ShouldBe((Order.State.Funded)Paid.State!);
        lapsed.Due.ShouldBe(Paid.Due);
    }

    [Fact, Trait("Capability", "DSP-4")]
    public void Who_proposed_or_confirmed_it_does_not_decide_the_appeal()
    {
        var back = ToEnd.When(Kim, Do(new Step.SendBack("review.facts-missing")));
        var steps = new[] { ToEnd, back, back.When(Olga, Cancel(Fraud, Cups(6), Pots(2))) }.SelectMany(s => s.Last.Events)
            .Select(e => WorkList.StepIn(e)).OfType<Handled>().ToList();
        Reviewing.TookPart(steps).ShouldBe(["operator/olga"], "what was sent back is nobody's");
        Reviewing.TookPart([.. steps, new Handled.Confirmed(Kim)]).ShouldBe(["operator/olga", "agent/kim"]);
        var why = ((Order.State.Cancelled)ToEnd.When(Kim, Do(new Step.Confirm())).State!).Why;
        var decided = new Disputes.Appealed(why, "agent/kim", With: ["agent/gil", "agent/kim"]);
        ((string[])["agent/gil", "operator/gil", "agent/kim", "agent/lia"]).Where(decided.IsBy)
            .ShouldBe(["agent/gil", "operator/gil", "agent/kim"]);
    }

    [Fact]
    public void Who_has_it_is_left_in_peace()
    {
        var taken = ToEnd.When(Kim, Do(new Step.Claim()));
        taken.When(Olga, Do(new Step.Confirm())).ThenRefused("review.claimed-by-other");
        ToEnd.When(Gil, Do(new Step.Claim())).ThenRefused("review.your-own-proposal");
        taken.When(Kim, Do(new Step.Release())).When(Olga, Do(new Step.Confirm())).Last.Events.Length.ShouldBe(2);
    }

    [Fact]
    public void Sent_meanwhile_there_is_nothing_to_confirm()
    {
        var sent = ToEnd.When(Seller, Ship);
        sent.Last.Events.Select(e => e.GetType().Name).ShouldBe(
            [nameof(Order.Event.Reviewed), nameof(Order.Event.Shipped)]);
        sent.When(Kim, Do(new Step.Confirm())).ThenRefused("order.not-now");
    }

    [Fact]
    public void Of_less_than_was_proposed_it_is_sent_back()
    {
        var less = ToEnd.When(Buyer, Cancel(Mind, Cups(1)));
        less.Then<Order.Event.Reduced>();
        less.When(Kim, Do(new Step.Confirm())).ThenRefused("order.not-that-many");
        less.When(Kim, Do(new Step.SendBack("review.other-outcome"))).Then<Order.Event.Reviewed>();
    }

    static readonly Gen<(Actor, Order.Command)> Acts = Gen.OneOf(
        from who in Gen.OneOf(Gil, Kim, GilAbove, Olga)
        from what in Gen.OneOf<Order.Command>(
            Do(new Step.Claim()), Do(new Step.Confirm()), Do(new Step.Confirm()), Do(new Step.Release()),
            Do(new Step.SendBack("review.facts-missing")), Cancel(Fraud, Cups(6), Pots(2)), Cancel(Fraud, Pots(2)),
            Cancel(Fraud, Cups(1)), Cancel(Breach, Cups(6)), Cancel(Breach, Pots(2)), Cancel(Mind, Cups(6), Pots(1)),
            new Order.Command.Cancel(Mind, [Cups(6), Pots(2)], Undoable: true),
            new Order.Command.UpholdWarning(Breach), new Order.Command.LiftWarning(Breach),
            new Order.Command.Approve())
        select (who, what),
        Gen.OneOf<(Actor, Order.Command)>(
            (Seller, new Order.Command.AnswerWarning(Breach, "It is right.")), (Buyer, Cancel(Mind, Cups(1))),
            (Warehouse, new Order.Command.Pick()), (Buyer, Cancel(Mind, Cups(6), Pots(2))), (Clock, null!)));

    [Fact]
    public void Whatever_staff_do_nothing_above_it_is_done_by_one_alone() => Acts.List[1, 25].Sample(acts =>
    {
        var sale = Paid;
        foreach (var (who, command) in acts)
        {
            var before = sale;
            sale = command is null ? sale.WhenDue() : sale.When(who, command);
            if (before.State is not Order.State.Funded { Deal: var deal } was || sale.Last.Events is []) continue;
            var stakes = sale.Last.Events.Select(e => e switch
            {
                Order.Event.Settled s           => s.Settlement.Goods + s.Settlement.Shipping,
                Order.Event.WarningGiven w      => Of(deal, w.Warning.Portions),
                Order.Event.CancellationMeant m => Of(deal, m.Meant.Portions),
                _                               => Eur(0),
            });
            if (who is not (Actor.Agent or Actor.Operator) || stakes.All(s => s.Minor <= 20_00)) continue;
            sale.Last.Events.ShouldContain(new Order.Event.Reviewed(new Handled.Confirmed(who)));
            Reviewing.IsSame(was.Handling.Proposal!.By.Name, who.Name).ShouldBeFalse();
        }
    }, iter: 20_000);

    static Kernel.Money Of(Deal deal, ImmutableArray<Portion> some) =>
        deal.Cut(some).Gone is var gone ? gone.Goods + gone.Shipping : Eur(0);

    // Payouts and refunds, by the shipped limit of a thousand euros.

    static readonly Life Earning = new Life(
        Earnings.Kind, EarningsId.Of(Purchase.Potter, Currency.Eur), null, Purchase.Wednesday).When(
        Purchase.Seller, new Earnings.Command.PayTo(new(new($"{Purchase.Potter}", "sealed"), new("DE", "3000"))));

    static Fact<FundsSeen> Owed(long cents) => new(new(Eur(cents), Eur(0), Eur(0)), Purchase.Wednesday, "view/funds");

    static Life Hold(long cents) => Earning.When(
        Gil, new Earnings.Command.Hold("payout.disputes-open", Owed(cents)));

    static Earnings.Command Say(Step step) => new Earnings.Command.Review(step);

    [Fact]
    public void Payouts_are_held_and_let_go_on_by_two()
    {
        Hold(1_000_00).Then<Earnings.Event.Withheld>();
        var proposed = Hold(1_000_01);
        proposed.In<Earnings.State.Scheduled>().Handling.Proposal!.Stake.ShouldBe(Eur(1_000_01));
        // A payout doesn't outrun it.
        var due = proposed.In<Earnings.State.Scheduled>().Next;
        proposed.When(Olga, new Earnings.Command.Run(Owed(1_000_01)), due).ThenRefused("earnings.hold-proposed");
        proposed.When(Gil, Say(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        var held = proposed.When(Kim, Say(new Step.Confirm()));
        held.In<Earnings.State.Held>().Why.Code.ShouldBe("payout.disputes-open");
        var lifting = held.When(Kim, new Earnings.Command.Lift(Funds: Owed(5_000_00)));
        lifting.In<Earnings.State.Held>().Handling.Proposal!.Outcome.ShouldBe("lift");
        lifting.When(Gil, Say(new Step.Confirm())).In<Earnings.State.Scheduled>();
        var lapsed = proposed.WhenDue().WhenDue();
        lapsed.In<Earnings.State.Scheduled>().Handling.ShouldBe(Handling.None);
        lapsed.When(Olga, new Earnings.Command.Run(Owed(1_000_01)), due).Then<Earnings.Event.Ran>();
    }

    [Fact]
    public void Held_payouts_are_taken_on_and_left()
    {
        var taken = Hold(10_00).When(Kim, Say(new Step.Claim()));
        taken.When(Gil, new Earnings.Command.Lift()).ThenRefused("review.claimed-by-other");
        taken.When(Gil, new Earnings.Command.Lift(), taken.Now + Duration.FromHours(8)).In<Earnings.State.Scheduled>();
        taken.When(Kim, new Earnings.Command.Lift()).In<Earnings.State.Scheduled>().Handling.HolderAt(taken.Now)
            .ShouldBeNull();
        Earning.When(Kim, Say(new Step.Claim())).ThenRefused("earnings.not-now");
    }

    [Fact]
    public void Chargebacks_are_taken_off_and_given_back_by_two_operators()
    {
        var order = new OrderId(Purchase.Potter, "a");
        var none = new Life(Earnings.Kind, EarningsId.Of(Purchase.Potter, Currency.Eur), null, Purchase.Wednesday);
        var book = new Earnings.Command.ChargeBack("dp-1", order, Eur(1_000_01));
        foreach (var life in (Life[])[none, Earning, Hold(10_00)])
        {
            var proposed = life.When(Olga, book);
            proposed.At("seller/potter/payable").ShouldBe(0);
            // Whoever's it is changes nothing about it by naming another account.
            var moved = proposed.When(Purchase.Seller, new Earnings.Command.PayTo(
                new(new($"{Purchase.Potter}", "other"), new("DE", "4000"))));
            foreach (var open in (Life[])[proposed, moved])
            {
                open.When(Kim, Say(new Step.Confirm())).ThenRefused("earnings.not-now");
                var done = open.When(GilAbove, Say(new Step.Confirm()));
                done.At("seller/potter/payable").ShouldBe(-1_000_01);
                var back = done.When(Olga, new Earnings.Command.Restore("dp-1"));
                back.At("seller/potter/payable").ShouldBe(-1_000_01);
                back.When(Olga, Say(new Step.Confirm())).ThenRefused("review.your-own-proposal");
                back.When(GilAbove, Say(new Step.Confirm())).At("seller/potter/payable").ShouldBe(0);
            }
        }
    }

    static Life Failed(long cents)
    {
        var why = new Statement(
            "cancel.out-of-stock", "order.reduced", [new("amount", Eur(cents), Party.Everyone)], "orders.reasons", 1,
            new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")], Purchase.Wednesday, null);
        var asked = Purchase.NewRefund.When(Purchase.OfPayment, new Refund.Command.Open(
            new(Purchase.Cups, 1, Eur(cents), why), Purchase.ThePayment, "pi-1", "BR"));
        return asked.When(Purchase.Provider, new Refund.Command.HearAnswer(
            asked.Call<ProviderCall>(), new ProviderAnswer.Declined(null, "x")));
    }

    static Refund.Command Ask(Step step) => new Refund.Command.Review(step);

    [Fact]
    public void A_refund_is_sent_again_by_two()
    {
        Failed(1_000_00).When(Gil, new Refund.Command.Retry()).Then<Refund.Event.Retried>();
        var proposed = Failed(1_000_01).When(Gil, new Refund.Command.Retry());
        proposed.In<Refund.State.Failed>().Handling.Proposal!.Stake.ShouldBe(Eur(1_000_01));
        proposed.When(Gil, Ask(new Step.Confirm())).ThenRefused("review.your-own-proposal");
        proposed.When(Kim, Ask(new Step.Confirm())).In<Refund.State.Requested>().Handling.ShouldBe(Handling.None);
        proposed.When(Purchase.Buyer, new Refund.Command.TakeInWallet()).In<Refund.State.InWallet>().Handling
            .ShouldBe(Handling.None, "the buyer may always take it");
        var lapsed = proposed.WhenDue().WhenDue();
        lapsed.In<Refund.State.Failed>().Handling.ShouldBe(Handling.None);
    }

    [Fact]
    public void A_failed_refund_is_taken_on_and_left()
    {
        var taken = Failed(5_00).When(Kim, Ask(new Step.Claim()));
        taken.When(Gil, new Refund.Command.Retry()).ThenRefused("review.claimed-by-other");
        taken.When(Gil, new Refund.Command.Retry(), taken.Now + Duration.FromHours(8)).Then<Refund.Event.Retried>();
        taken.When(Kim, Ask(new Step.Release())).When(Gil, new Refund.Command.Retry()).Then<Refund.Event.Retried>();
    }
}
