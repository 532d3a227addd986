using static Recourse.Kernel.Lifecycle;
namespace Recourse.Monitoring;

/// <summary>A brake on automatic cancellations; each time that it is put on is one.</summary>
public readonly record struct BrakeId(string Code) : IId<BrakeId>
{
    /// <summary>For a scope, as of an instant.</summary>
    public static BrakeId Of(BrakeScope scope, Instant at) =>
        new(Derived.Code(
            $"{scope.Trigger} {scope.Seller} {scope.Country} {scope.Method} {at.ToUnixTimeSeconds()}"));

    /// <inheritdoc/>
    public static bool TryParse(string? text, out BrakeId id)
    {
        var ok = Derived.Split(text, "brake", 3) is [_, "platform", var c] && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, _, var code] ? new(code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"brake/platform/{Code}";
}

/// <summary>Which automatic cancellations.</summary>
/// <param name="Trigger">The code of what would happen, e.g. <c>cancel.never-dispatched</c>; of checkouts
/// <c>checkout.give-up</c>.</param>
/// <param name="Seller">Text of a seller's id; null: of all.</param>
/// <param name="Country">Where they go; null: anywhere.</param>
/// <param name="Method">The kind of what they were to be paid with; null: anything.</param>
public sealed record BrakeScope(
    string Trigger, string? Seller = null, string? Country = null, string? Method = null)
{
    /// <summary>Whether that is meant.</summary>
    public bool Covers(string trigger, string? seller, string? country, string? method) => trigger == Trigger
        && (Seller is null || Seller == seller) && (Country is null || Country == country)
        && (Method is null || Method == method);

    /// <summary>Whether all that another one means is meant.</summary>
    public bool Covers(BrakeScope other) => Covers(other.Trigger, other.Seller, other.Country, other.Method);
}

/// <summary>What was out of the ordinary.</summary>
/// <param name="Due">So many would be cancelled.</param>
/// <param name="Usual">So many usually are within that time.</param>
public sealed record Rush(BrakeScope Scope, int Due, int Usual);

/// <summary>
/// Where more orders than usual would be cancelled by themselves, they are put off, and an operator decides for all of
/// them. It never cancels: whom nobody decides about is put off again, and has a warning of their own in the end.
/// </summary>
public static class Brake
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<BrakeId>
    {
        /// <summary>Said by whoever watches: more than usual.</summary>
        public sealed record Pull(Fact<Rush> What) : Command;

        /// <summary>An operator decides for all.</summary>
        /// <param name="Until">They are put off until then; null: they take their course.</param>
        public sealed record Decide(Instant? Until) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>As it stands.</summary>
    public closed record State(Rush What)
    {
        /// <summary>They are put off; an operator is to decide.</summary>
        /// <param name="Until">What comes before is put off until then.</param>
        /// <param name="Pauses">How often.</param>
        public sealed record On(Rush What, Instant Until, Deadline Deadline, int Pauses) : State(What);

        /// <summary>It is over.</summary>
        /// <param name="Until">They were put off until then; null: they take their course.</param>
        public sealed record Off(Rush What, Instant? Until) : State(What);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Automatic cancellations are put off.</summary>
        public sealed record Pulled(Rush What, Instant Until, Deadline Deadline) : Event;

        /// <summary>Nobody has decided: they are put off again.</summary>
        public sealed record PutOffAgain(Instant Until, Deadline Deadline) : Event;

        /// <summary>An operator decided for all; null: they take their course.</summary>
        public sealed record Decided(Instant? Until) : Event;

        /// <summary>Nobody decided for long: each takes its course, with a warning of its own.</summary>
        public sealed record Lapsed : Event;
    }

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Pulled, State.On>(Party.Operator),
        Row<State.On, Event.PutOffAgain, State.On>(Party.Clock),
        Row<State.On, Event.Decided,     State.Off>(Party.Operator),
        Row<State.On, Event.Lapsed,      State.Off>(Party.Clock, nameof(BrakeRules.MostPauses)));

    /// <summary>What the runtime is told of brakes.</summary>
    public static readonly Kind<BrakeId, State, Command, Event> Kind = new()
    {
        Name = "brake", Owner = OwnedBy.Platform, StateVersion = 1, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Telling = Notices, Waking = due => new Command.Wake(due),
        Due = s => (s as State.On)?.Deadline.Next, Awaited = s => (s as State.On)?.Deadline,
    };

    /// <summary>Staff only.</summary>
    public static Party? PartyOf(BrakeId id, State? state, Actor actor) => actor switch
    {
        Actor.Operator => Party.Operator,
        Actor.Agent    => Party.Agent,
        Actor.Clock    => Party.Clock,
        Actor.Buyer or Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Aggregate
            or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(BrakeId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var (rules, at) = (asked.InForce.Of<BrakeRules>(), asked.At);
        Decision<Event> decision = command switch
        {
            Command.Pull c => state is not null ? []                                      // said twice, done once
                : !rules.IsOut(c.What.Value.Due, 0) ? NothingUnusual
                : [new Event.Pulled(c.What.Value, at + rules.PauseFor, DueAt(at + rules.DecideWithin))],
            Command.Decide c => state switch
            {
                State.On when c.Until <= at => BadUntil(at),
                State.On  => [new Event.Decided(c.Until)],
                State.Off s => s.Until == c.Until ? [] : AlreadyOff,
                null => Refusal.NotFound,
            },
            Command.Wake c => state switch
            {
                State.On s when s.Deadline.Next != c.Due => [],                           // stale: it has moved on
                State.On s => s.Pauses < rules.MostPauses
                    ? [new Event.PutOffAgain(at + rules.PauseFor, DueAt(at + rules.DecideWithin))]
                        : [new Event.Lapsed()],
                _ => [],
            },
        };
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotYours;
    }

    static Deadline DueAt(Instant due) => new(Party.Operator, "brake.put-off-again", Warn: null, due);

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Pulled e      => new State.On(e.What, e.Until, e.Deadline, 1),
        Event.PutOffAgain e => state.Was<State.On>(e) with
        {
            Until = e.Until, Deadline = e.Deadline, Pauses = ((State.On)state!).Pauses + 1,
        },
        Event.Decided e     => new State.Off(state.Was<State.On>(e).What, e.Until),
        Event.Lapsed e      => new State.Off(state.Was<State.On>(e).What, null),
    };

    /// <summary>Operations are called.</summary>
    public static IEnumerable<Notice> Notices(BrakeId id, State? now, Event @event) => @event switch
    {
        Event.Pulled e =>
        [
            new("brake-pulled", Matter.Deadlines, Notice.Staff, Party.Operator, id,
                [("count", e.What.Due), ("usual", e.What.Usual), ("due", e.Deadline.Due)]),
        ],
        Event.PutOffAgain e =>
            [new("brake-put-off", Matter.Deadlines, Notice.Staff, Party.Operator, id, [("due", e.Deadline.Due)])],
        Event.Decided or Event.Lapsed => Array.Empty<Notice>(),
    };

    static readonly Remedy Look = new("brake.look");

    static Refusal NothingUnusual => new("brake.nothing-unusual", Look);
    static Refusal AlreadyOff => new("brake.already-off", Look);
    static Refusal NotYours => new("brake.not-yours", Look);
    static Refusal BadUntil(Instant now) => new("brake.bad-until", Look, ("now", now)) { Field = "until" };
}

/// <summary>A brake in a list.</summary>
public sealed record BrakeRow(string Brake, Rush What, string State, Instant PulledAt, long Position, Instant? Until);

/// <summary>Brakes, the newest first; those that are on, by themselves.</summary>
public static class BrakeList
{
    /// <summary>The index of those that are on; how many there are is kept.</summary>
    public const string ByState = "state";

    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<BrakeRow> View = new()
    {
        Name = "brakes", Version = 1,
        Keys = r => r is { Id: BrakeId id, Event: Brake.Event } ? [$"{id}"] : [],
        Fold = (key, row, r) => (Brake.Event)r.Event switch
        {
            Brake.Event.Pulled e      => new(key, e.What, nameof(Brake.State.On), r.At, r.Position, e.Until),
            Brake.Event.PutOffAgain e => row is null ? null : row with { Until = e.Until },
            Brake.Event.Decided e     => row is null ? null : row with { State = nameof(Brake.State.Off),
                Until = e.Until },
            Brake.Event.Lapsed        => row is null ? null : row with { State = nameof(Brake.State.Off),
                Until = null },
        },
        Index = (_, row) =>
        [
            new(Scope.Index, Scope.All, $"{row.Position:D19}"), new(ByState, row.State, $"{row.Position:D19}"),
        ],
        Counted = f => f.Index is ByState,
    };
}
