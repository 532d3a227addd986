using Recourse.Reviews;
using Recourse.Risk;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Opened, State.Reserving>(Buyer),
        Row<State.Reserving, Event.SellersAsked, State.Reserving>(Platform),
        Row<State.Reserving, Event.Reserved,     State.Reserving>(Platform),
        Row<State.Reserving, Event.Refused,      State.Reserving>(Platform),
        Row<State.Reserving, Event.AskedForLess, State.Reserving>(Platform),
        Row<State.Reserving, Event.Dropped,      State.Reserving>(Platform),
        Row<State.Reserving, Event.Missed,       State.Reserving>(Clock, nameof(CheckoutRules.ReserveWithin)),
        Row<State.Reserving, Event.Stopped,      State.Stopped>(Platform | Clock),
        Row<State.Reserving, Event.PaymentAsked, State.Paying>(Platform),
        Row<State.Reserving, Event.Abandoned,    State.Abandoned>(Buyer | Platform),
        Start<Event.NotOpened, State.TurnedDown>(Buyer),
        Row<State.Reserving, Event.VerificationAsked, State.Verifying>(Platform),
        Row<State.Reserving, Event.HeldForReview, State.InReview>(Platform),
        Row<State.Stopped,   Event.Warned,       State.Stopped>(Clock),
        Row<State.Stopped,   Event.VerificationAsked, State.Verifying>(Buyer),
        Row<State.Stopped,   Event.HeldForReview, State.InReview>(Buyer),
        Row<State.Stopped,   Event.Dropped,      State.Stopped>(Platform),
        Row<State.Stopped,   Event.PaymentAsked, State.Paying>(Buyer),
        Row<State.Stopped,   Event.AskedAgain,   State.Reserving>(Buyer),
        Row<State.Stopped,   Event.Abandoned,    State.Abandoned>(
            Buyer | Platform | Clock, nameof(CheckoutRules.PayWithin)),
        Row<State.Verifying, Event.Warned,       State.Verifying>(Clock),
        Row<State.Verifying, Event.Dropped,      State.Verifying>(Platform),
        Row<State.Verifying, Event.ProofSent,    State.Verifying>(Platform),
        Row<State.Verifying, Event.PaymentAsked, State.Paying>(Platform | Clock, nameof(RiskRules.ReviewWithin)),
        Row<State.Verifying, Event.TurnedDown,   State.TurnedDown>(Platform | Clock, nameof(RiskRules.ReviewWithin)),
        Row<State.Verifying, Event.Abandoned,    State.Abandoned>(
            Buyer | Platform | Clock, nameof(RiskRules.VerifyWithin)),
        Row<State.InReview,  Event.Dropped,      State.InReview>(Platform),
        Row<State.InReview,  Event.Reviewed,     State.InReview>(
            Agent | Operator | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.InReview,  Event.PaymentAsked, State.Paying>(
            Agent | Operator | Platform | Clock, nameof(RiskRules.ReviewWithin)),
        Row<State.InReview,  Event.TurnedDown,   State.TurnedDown>(
            Agent | Operator | Clock, nameof(RiskRules.ReviewWithin)),
        Row<State.InReview,  Event.Abandoned,    State.Abandoned>(Buyer | Platform),
        Row<State.Stopped,   Event.PutOff,       State.Stopped>(Operator),
        Row<State.Verifying, Event.PutOff,       State.Verifying>(Operator),
        Row<State.Paying,    Event.PutOff,       State.Paying>(Operator),
        Row<State.Declined,  Event.PutOff,       State.Declined>(Operator),
        Row<State.TurnedDown, Event.Overturned,  State.TurnedDown>(Platform),
        Row<State.Paying,    Event.Dropped,      State.Paying>(Platform),
        Row<State.Paying,    Event.Warned,       State.Paying>(Clock),
        Row<State.Paying,    Event.Authorised,   State.Authorised>(Platform),
        Row<State.Paying,    Event.Declined,     State.Declined>(Platform),
        Row<State.Paying,    Event.Abandoned,    State.Abandoned>(Buyer | Clock, nameof(CheckoutRules.PayWithin)),
        Row<State.Declined,  Event.Warned,       State.Declined>(Clock),
        Row<State.Declined,  Event.Dropped,      State.Declined>(Platform),
        Row<State.Declined,  Event.PaymentAsked, State.Paying>(Buyer),
        Row<State.Declined,  Event.VerificationAsked, State.Verifying>(Buyer),
        Row<State.Declined,  Event.HeldForReview, State.InReview>(Buyer),
        Row<State.Declined,  Event.TurnedDown,   State.TurnedDown>(Buyer),
        Row<State.Declined,  Event.Abandoned,    State.Abandoned>(
            Buyer | Platform | Clock, nameof(CheckoutRules.PayWithin)));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<CheckoutId, State, Command, Event> Kind = new()
    {
        Name = "checkout", Owner = OwnedBy.Buyer, StateVersion = 10, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => AwaitedIn(s)?.Next,
        Awaited = AwaitedIn,
        // Who pays elsewhere is told so at once, not when they have.
        Settled = s => s is not (State.Reserving or State.Paying { Deadline.Owner: Party.Provider }),
        Size = s => s.Basket.Lines.Length + s.Parts.Length,
    };
}
