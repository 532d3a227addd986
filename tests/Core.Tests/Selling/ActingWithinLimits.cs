using CsCheck;
using Recourse.Orders;
using Recourse.Reviews;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>What staff do of an order about more than one decides alone, two of them do.</summary>
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
    public void Nobody_passes_it_in_parts()
    {
        var part = Paid.When(Gil, Cancel(Fraud, Cups(1), Pots(1)));
        ProposedIn(part.When(Gil, Cancel(Fraud, Cups(2)))).Stake.ShouldBe(Eur(3 * 3_33 + 12_50 + 4 * 50));
        part.When(Buyer, Cancel(Mind, Cups(2))).Then<Order.Event.Reduced>();
    }

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
        var steps = new[] { ToEnd, back, back.When(Olga, Cancel(Fraud, Cups(6), Pots(2))) }
            .SelectMany(s => s.Last.Events).Select(e => WorkList.StepIn(e)).OfType<Handled>().ToList();
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
}
