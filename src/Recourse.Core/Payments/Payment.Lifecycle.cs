using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Asked, State.Authorising>(Platform),
        Row<State.Authorising, Event.Unanswered,    State.Authorising>(Provider),
        Row<State.Authorising, Event.AskedAgain,    State.Authorising>(Clock, nameof(PaymentRules.AskAgain)),
        Row<State.Authorising, Event.Abandoned,     State.Authorising>(Platform),
        Row<State.Authorising, Event.Authorised,    State.Authorised>(Provider | Platform),
        Row<State.Authorising, Event.ReturnsChosen, State.Authorising>(Buyer),
        Row<State.Authorising, Event.Declined,      State.Declined>(Provider),
        Row<State.Authorising, Event.VoidAsked,     State.Voiding>(Provider),
        Row<State.Authorising, Event.Voided,        State.Voided>(Provider),
        Row<State.Declined,    Event.Asked,         State.Authorising>(Platform),
        Row<State.Declined,    Event.Voided,        State.Voided>(Platform),
        Row<State.Authorised,  Event.Released,      State.Authorised>(Platform),
        Row<State.Authorised,  Event.Unfunded,      State.Authorised>(Platform),
        Row<State.Authorised,  Event.VoidAsked,     State.Voiding>(Platform),
        Row<State.Authorised,  Event.CaptureAsked,  State.Capturing>(Clock, nameof(PaymentRules.GracePeriod)),
        Row<State.Capturing,   Event.Unanswered,    State.Capturing>(Provider),
        Row<State.Capturing,   Event.AskedAgain,    State.Capturing>(Clock, nameof(PaymentRules.AskAgain)),
        Row<State.Capturing,   Event.ReturnQueued,  State.Capturing>(Platform),
        Row<State.Capturing,   Event.Captured,      State.Captured>(Provider),
        Row<State.Authorised,  Event.Captured,      State.Captured>(Clock, nameof(PaymentRules.GracePeriod)),
        Row<State.Authorised,  Event.ReturnsChosen, State.Authorised>(Buyer),
        Row<State.Capturing,   Event.ReturnsChosen, State.Capturing>(Buyer),
        Row<State.Captured,    Event.ReturnsChosen, State.Captured>(Buyer),
        Row<State.Capturing,   Event.CaptureFailed, State.Failed>(Provider),
        Row<State.Voiding,     Event.Unanswered,    State.Voiding>(Provider),
        Row<State.Voiding,     Event.AskedAgain,    State.Voiding>(Clock, nameof(PaymentRules.AskAgain)),
        Row<State.Voiding,     Event.Voided,        State.Voided>(Provider | Platform),
        Row<State.Captured,    Event.RefundOwed,    State.Captured>(Platform | Provider),
        Row<State.Failed,      Event.Released,      State.Failed>(Platform | Provider),
        Row<State.Failed,      Event.Unfunded,      State.Failed>(Platform | Provider));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<PaymentId, State, Command, Event> Kind = new()
    {
        Name = "payment", Owner = OwnedBy.Buyer, StateVersion = 3, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => s is State.Open o ? o.Deadline.Next : null,
        Awaited = s => s is State.Open o ? o.Deadline : null,
        Settled = s => s is not (State.Authorising or State.Capturing or State.Voiding),
        Size = s => s.Stakes.Length,
    };
}
