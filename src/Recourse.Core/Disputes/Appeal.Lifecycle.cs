using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.People;
using Recourse.Reasons;
using Recourse.Reviews;
using Recourse.Verifying;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
using static Recourse.Kernel.Party;
namespace Recourse.Disputes;

public static partial class Appeal
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Lodged, State.Open>(Buyer | Seller),
        Row<State.Open,      Event.Warned,    State.Open>(Clock, DecideWithin),
        Row<State.Open,      Event.Upheld,    State.Upheld>(Staff),
        Row<State.Open,      Event.Reversed,  State.Reversed>(Staff | Clock, DecideWithin),
        Row<State.Open,      Event.Answered,  State.Open>(Seller),
        Row<State.Open,      Event.Unheard,   State.Open>(Clock, nameof(AppealRules.HearWithin)),
        Row<State.Open,      Event.Claimed,   State.Open>(Staff),
        Row<State.Open,      Event.Released,  State.Open>(Staff),
        Row<State.Open,      Event.Reviewed,  State.Open>(Staff | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Open,      Event.Withdrawn, State.Withdrawn>(Buyer | Seller),
        Row<State.Withdrawn, Event.Lodged,    State.Open>(Buyer | Seller));

    const string DecideWithin = nameof(AppealRules.DecideWithin);

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<AppealId, State, Command, Event> Kind = new()
    {
        Name = "appeal", Owner = OwnedBy.Buyer, StateVersion = 5, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => (s as State.Open)?.Awaited.Next, Awaited = s => (s as State.Open)?.Awaited,
    };

    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(AppealId id, State after, Event @event) => @event switch
    {
        Event.Reversed => [.. UndoWhatWasDecided(id, after.Complaint), .. PayNobodyMeanwhile(id, after, isOver: true)],
        Event.Lodged   => PayNobodyMeanwhile(id, after, isOver: false),
        Event.Upheld or Event.Withdrawn => PayNobodyMeanwhile(id, after, isOver: true),
        Event.Warned or Event.Claimed or Event.Released or Event.Answered or Event.Unheard
            or Event.Reviewed => [],
    };

    static ImmutableArray<Intent> PayNobodyMeanwhile(AppealId id, State after, bool isOver) =>
        after.Complaint.Subject.About is not OrderId order ? []
            : [new Intent.Send(To(order, isOver ? new Order.Command.Uncontest(id) : new Order.Command.Contest(id)))];

    /// <summary>By the command of whatever decided: each undoes its own as if it had not been.</summary>
    static ImmutableArray<Intent> UndoWhatWasDecided(AppealId id, Complaint complaint)
    {
        var why = complaint.Decision.Why;
        return complaint.Subject switch
        {
            Subject.PaymentBlock s => [OfAccount(s.Buyer)],
            Subject.BuyingPause s  => [OfAccount(s.Buyer)],
            Subject.PersonBlock s  =>
                [new Intent.Send(To(s.Person, new PersonAccount.Command.Admit(why.IssuedAt)))],
            Subject.Checkout s     => [new Intent.Require(To(s.Id, new Checkout.Command.Overturn($"{id}")))],
            Subject.Proof s        => [new Intent.Require(To(s.Id, new Verification.Command.Overturn()))],
            Subject.Listing s      =>
                [new Intent.Send(To(s.Id, new Listing.Command.Overturn(id, why.Code, why.IssuedAt)))],
            Subject.Plan s         => [new Intent.Send(To(s.Id, new SupplyPlan.Command.Overturn(id, why)))],
            Subject.Payouts s      => [new Intent.Send(To(s.Id, new Earnings.Command.Lift(why.IssuedAt)))],
            Subject.TakenOff s     => [new Intent.Send(To(s.Id, new Earnings.Command.Restore(s.Reference)))],
            Subject.FalseReason s  => [new Intent.Send(To(s.Id, new ReasonCase.Command.Overturn(id)))],
            Subject.Order s        => OfOrder(s.Id),
            Subject.Sale s         => OfOrder(s.Id),
        };

        ImmutableArray<Intent> OfOrder(OrderId order) => complaint.Decision.Refused is { } wish
            ? [new Intent.Send(To(order, new Order.Command.Grant(id, why, wish)))]
            : complaint.Decision.Gone is not { } gone ? []
            : [new Intent.Send(To(order, new Order.Command.Overturn(id, why, gone)))];

        Intent OfAccount(BuyerId buyer) => new Intent.Require(
            To(buyer, new BuyerAccount.Command.Overturn($"{id}", why.Code, why.IssuedAt)));
    }
}
