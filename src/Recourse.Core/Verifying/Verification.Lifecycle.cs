using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Verifying;

public static partial class Verification
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Asked, State.Asked>(Buyer | Platform),
        Row<State.Asked,    Event.AlsoFor,       State.Asked>(Platform),
        Row<State.Asked,    Event.Warned,        State.Asked>(Clock),
        Row<State.Asked,    Event.DocumentShown, State.InReview>(Buyer),
        Row<State.Asked,    Event.AmountAsked,   State.Holding>(Buyer),
        Row<State.Asked,    Event.Lapsed,        State.Lapsed>(Clock, nameof(VerificationRules.ShowWithin)),
        Row<State.Holding,  Event.AlsoFor,       State.Holding>(Platform),
        Row<State.Holding,  Event.Unanswered,    State.Holding>(Provider),
        Row<State.Holding,  Event.AskedAgain,    State.Holding>(Clock, nameof(VerificationRules.AskAgain)),
        Row<State.Holding,  Event.AmountHeld,    State.Naming>(Provider),
        Row<State.Holding,  Event.AmountRefused, State.Asked>(Provider),
        Row<State.Naming,   Event.AlsoFor,       State.Naming>(Platform),
        Row<State.Naming,   Event.Warned,        State.Naming>(Clock),
        Row<State.Naming,   Event.AmountMissed,  State.Naming>(Buyer),
        Row<State.Naming,   Event.AmountUsedUp,  State.Asked>(Buyer),
        Row<State.Naming,   Event.Verified,      State.Verified>(Buyer | Platform),
        Row<State.Naming,   Event.DocumentShown, State.InReview>(Buyer),
        Row<State.Naming,   Event.Lapsed,        State.Lapsed>(Clock, nameof(VerificationRules.ShowWithin)),
        Row<State.InReview, Event.AlsoFor,       State.InReview>(Platform),
        Row<State.InReview, Event.Verified,      State.Verified>(Agent | Operator | Platform),
        Row<State.InReview, Event.Rejected,      State.Rejected>(Agent | Operator),
        Row<State.InReview, Event.Reviewed,      State.InReview>(Agent | Operator),
        Row<State.InReview, Event.Escalated,     State.InReview>(Clock, nameof(VerificationRules.ReviewWithin)),
        Row<State.Verified, Event.AlsoFor,       State.Verified>(Platform),
        Row<State.Verified, Event.Asked,         State.Asked>(Buyer | Platform),
        Row<State.Lapsed,   Event.Asked,         State.Asked>(Buyer | Platform),
        Row<State.Rejected, Event.Asked,         State.Asked>(Buyer | Platform),
        Row<State.Asked,    Event.Verified,      State.Verified>(Platform),
        Row<State.Holding,  Event.Verified,      State.Verified>(Platform),
        Row<State.Verified, Event.Verified,      State.Verified>(Platform),
        Row<State.Lapsed,   Event.Verified,      State.Verified>(Platform),
        Row<State.Rejected, Event.Verified,      State.Verified>(Platform),
        Row<State.Starting, Event.AlsoFor, State.Starting>(Platform),
        Row<State.Starting, Event.ChallengePassed, State.Starting>(Provider),
        Row<State.Starting, Event.Verified, State.Verified>(Provider | Platform),
        Row<State.Starting, Event.ChallengeFailed, State.Asked>(Provider),
        Row<State.AtBank, Event.AlsoFor, State.AtBank>(Platform),
        Row<State.AtBank, Event.ChallengePassed, State.AtBank>(Provider),
        Row<State.AtBank, Event.Verified, State.Verified>(Provider | Platform),
        Row<State.AtBank, Event.ChallengeFailed, State.Asked>(Provider),
        Row<State.Checking, Event.AlsoFor, State.Checking>(Platform),
        Row<State.Checking, Event.ChallengePassed, State.Checking>(Provider),
        Row<State.Checking, Event.Verified, State.Verified>(Provider | Platform),
        Row<State.Checking, Event.ChallengeFailed, State.Asked>(Provider),
        Row<State.Asked, Event.ChallengeAsked, State.Starting>(Buyer),
        Row<State.Starting, Event.Unanswered, State.Starting>(Provider),
        Row<State.Starting, Event.AskedAgain, State.Starting>(Clock, nameof(VerificationRules.AskAgain)),
        Row<State.Starting, Event.ChallengeOpened, State.AtBank>(Provider),
        Row<State.AtBank, Event.ChallengeLooked, State.Checking>(
            Buyer | Clock, nameof(VerificationRules.ChallengeWithin)),
        Row<State.AtBank, Event.DocumentShown, State.InReview>(Buyer),
        Row<State.Checking, Event.Unanswered, State.Checking>(Provider),
        Row<State.Checking, Event.AskedAgain, State.Checking>(Clock, nameof(VerificationRules.AskAgain)),
        Row<State.Checking, Event.ChallengeOpened, State.AtBank>(Provider),
        Row<State.Checking, Event.ChallengeMissed, State.Asked>(Provider));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<VerificationId, State, Command, Event> Kind = new()
    {
        Name = "verification", Owner = OwnedBy.Buyer, StateVersion = 4, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => s is State.Open o ? o.Deadline.Next : null,
        Awaited = s => s is State.Open o ? o.Deadline : null,
        Settled = s => s is not (State.Holding or State.Starting or State.Checking),
        Size = s => 1 + s.For.Length,
    };
}
