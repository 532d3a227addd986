using Recourse.Reviews;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Opened, State.Requested>(Platform),
        Row<State.Requested, Event.Unanswered, State.Requested>(Provider),
        Row<State.Requested, Event.AskedAgain, State.Requested>(Clock, nameof(RefundRules.AskAgain)),
        Row<State.Requested, Event.Escalated,  State.Requested>(Clock, nameof(RefundRules.Promise)),
        Row<State.Requested, Event.Compensated, State.Requested>(Clock, nameof(RefundRules.Promise)),
        Row<State.Pending,   Event.Compensated, State.Pending>(Clock, nameof(RefundRules.Promise)),
        Row<State.Failed,    Event.Compensated, State.Failed>(Clock, nameof(RefundRules.Promise)),
        Row<State.Requested, Event.Accepted,   State.Pending>(Provider),
        Row<State.Requested, Event.Paid,       State.Paid>(Provider),
        Row<State.Requested, Event.Failed,     State.Failed>(Provider),
        Row<State.Requested, Event.MovedToWallet, State.InWallet>(Platform),
        Row<State.Failed,    Event.MovedToWallet, State.InWallet>(Buyer | Agent | Operator | Provider),
        Row<State.Requested, Event.Diverted, State.Requested>(Buyer),
        Row<State.Pending,   Event.Diverted, State.Pending>(Buyer),
        Row<State.Paid,      Event.Diverted, State.Paid>(Buyer),
        Row<State.Tracing,   Event.Diverted, State.Tracing>(Buyer),
        Row<State.Paid,      Event.LookedFor, State.Paid>(Clock, nameof(RefundRules.Promise)),
        Row<State.Paid,      Event.Seen, State.Paid>(Provider),
        Row<State.Paid,      Event.TraceOpened, State.Tracing>(Buyer | Provider | Clock, nameof(RefundRules.AskAgain)),
        Row<State.Tracing,   Event.TraceLate, State.Tracing>(Clock, nameof(RefundRules.AgentWithin)),
        Row<State.Tracing,   Event.TraceClosed, State.Paid>(Agent | Operator | Provider),
        Row<State.Tracing,   Event.Reversed, State.Failed>(Agent | Operator | Provider),
        Row<State.Paid,      Event.Confirmed, State.Paid>(Buyer),
        Row<State.Paid,      Event.Corrected, State.Paid>(Buyer),
        Row<State.InWallet,  Event.Confirmed, State.InWallet>(Buyer),
        Row<State.InWallet,  Event.Corrected, State.InWallet>(Buyer),
        Row<State.Pending,   Event.Confirmed, State.Pending>(Buyer),
        Row<State.Pending,   Event.Corrected, State.Pending>(Buyer),
        Row<State.Pending,   Event.Escalated,  State.Pending>(Clock, nameof(RefundRules.Promise)),
        Row<State.Pending,   Event.Paid,       State.Paid>(Provider),
        Row<State.Pending,   Event.Failed,     State.Failed>(Provider),
        Row<State.Paid,      Event.Reversed,   State.Failed>(Provider),
        Row<State.Failed,    Event.Escalated,  State.Failed>(Clock, nameof(RefundRules.AgentWithin)),
        Row<State.Failed,    Event.Reviewed,   State.Failed>(
            Agent | Operator | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Tracing,   Event.Reviewed,   State.Tracing>(
            Agent | Operator | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Failed,    Event.Retried,    State.Requested>(Agent | Operator));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<RefundId, State, Command, Event> Kind = new()
    {
        Name = "refund", Owner = OwnedBy.Buyer, StateVersion = 4, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => s.Handling.Sooner(DeadlineOf(s)?.Next), Awaited = DeadlineOf,
        Settled = s => s is not State.Requested,
    };

    static Deadline? DeadlineOf(State state) => state switch
    {
        State.Open s    => s.Deadline,
        State.Tracing s => s.Deadline,
        State.Paid s    => s.Check,
        State.InWallet  => null,
    };
}
