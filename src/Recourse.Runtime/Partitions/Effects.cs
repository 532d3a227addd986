namespace Recourse.Runtime;

/// <summary>All that can happen to a partition. Time comes in with it; a partition owns no clock.</summary>
public closed record Input
{
    /// <summary>The claim is durable: this is the epoch, and what is owed.</summary>
    public sealed record Opened(Opening From) : Input;

    /// <summary>Somebody asks.</summary>
    public sealed record Asked(Ask Ask, Instant At, object Ticket) : Input;

    /// <summary>Somebody reads.</summary>
    public sealed record Read(IId Target, Actor Who, Instant At, object Ticket) : Input;

    /// <summary>An aggregate was folded.</summary>
    public sealed record Loaded(IId Id, Entry Entry) : Input;

    /// <summary>An aggregate's history can't be read.</summary>
    public sealed record LoadFailed(IId Id, string What) : Input;

    /// <summary>Everything up to that turn is durable, and views that show the position show it.</summary>
    public sealed record Appended(int Epoch, long Sequence, long Position) : Input;

    /// <summary>A turn of that epoch isn't, and none after it will be.</summary>
    public sealed record AppendFailed(int Epoch) : Input;

    /// <summary>The next epoch could not be recorded. It is tried again; nobody is kept waiting for that.</summary>
    public sealed record OpenFailed : Input;

    /// <summary>Another host has claimed a later epoch: this one is over.</summary>
    public sealed record Fenced(int Epoch) : Input;

    /// <summary>Messages of another partition.</summary>
    public sealed record Delivered(int From, Sent[] Messages, Instant At) : Input;

    /// <summary>Another partition has acted on messages up to that number.</summary>
    public sealed record Acknowledged(int By, long Number) : Input;

    /// <summary>The outside answered a call; null: it has nothing to say.</summary>
    public sealed record Answered(Outside Call, object? Command, Instant At) : Input;

    /// <summary>Wakes up to the horizon that was asked for.</summary>
    public sealed record Wakes(WakeAt[] Due) : Input;

    /// <summary>Time passes.</summary>
    public sealed record Tick(Instant At) : Input;
}

/// <summary>All that a partition can want. A driver does it in this order and reports back as an input.</summary>
public closed record Effect
{
    /// <summary>Claim an epoch above that one.</summary>
    public sealed record Open(int AboveEpoch) : Effect;

    /// <summary>Fold an aggregate.</summary>
    public sealed record Load(IId Id) : Effect;

    /// <summary>Make a turn durable.</summary>
    public sealed record Append(Turn Turn) : Effect;

    /// <summary>Tell whoever asked.</summary>
    public sealed record Answer(object Ticket, Outcome Outcome) : Effect;

    /// <summary>Show whoever reads; null: not found.</summary>
    public sealed record Show(object Ticket, Input.Read Again, Seen? Seen) : Effect;

    /// <summary>Hand over messages; they may get lost, they are repeated.</summary>
    public sealed record Deliver(int To, Sent[] Messages) : Effect;

    /// <summary>Say up to which message of a channel has been acted on.</summary>
    public sealed record Acknowledge(int To, long Number) : Effect;

    /// <summary>Call the outside, once for each of these effects, and report its answer.</summary>
    public sealed record Call(Outside Outside) : Effect;

    /// <summary>Be no more: another host has this partition, and it is not claimed back.</summary>
    public sealed record Leave : Effect;

    /// <summary>Keep a snapshot: the fold of everything up to that position.</summary>
    public sealed record Save(IId Id, Entry Entry, long Position) : Effect;

    /// <summary>Report the wakes after the one instant, up to the other.</summary>
    public sealed record FetchWakes(Instant After, Instant Until) : Effect;
}

/// <summary>What a partition is told when it opens: a fold of the journal, never a state of its own.</summary>
public sealed record Opening(
    int Epoch, Instant At, long Position, IReadOnlyDictionary<int, long> Seen, IReadOnlyDictionary<int, long> Sent,
    long Called, Sent[] Undelivered, Outside[] Unanswered, WakeAt[] Due, Instant Horizon);
