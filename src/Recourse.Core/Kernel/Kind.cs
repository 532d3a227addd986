namespace Recourse.Kernel;

/// <summary>Whose partition an aggregate lives in: the second part of its id names them.</summary>
public enum OwnedBy
{
    /// <summary>A seller: listings, stock, orders, parcels.</summary>
    Seller,

    /// <summary>A buyer: checkouts, payments, refunds.</summary>
    Buyer,

    /// <summary>Ourselves: the rulebook.</summary>
    Platform,
}

/// <summary>A kind of aggregate as the runtime sees it: pure functions under a name.</summary>
public abstract class Kind
{
    /// <summary>The first part of its ids.</summary>
    public required string Name { get; init; }

    /// <summary>Whose partition it lives in.</summary>
    public required OwnedBy Owner { get; init; }

    /// <summary>Raised whenever the state's shape or fold changes: older snapshots are thrown away.</summary>
    public required int StateVersion { get; init; }

    /// <summary>Drawn, tested, and asked by pages.</summary>
    public required Lifecycle Lifecycle { get; init; }

    /// <summary>The closed hierarchies of this kind.</summary>
    public abstract (Type Id, Type State, Type Command, Type Event) Types { get; }

    /// <summary>The id with that text; null if it is none.</summary>
    public abstract IId? Parse(string text);

    /// <summary>What the actor is to it; null: a stranger, who is told "not found".</summary>
    public abstract Party? PartyOf(IId id, object? state, Actor actor);

    /// <summary>What a command makes true, or why it can't.</summary>
    public abstract Decision<object> Decide(IId id, object? state, object command, Asked asked);

    /// <summary>The state after an event.</summary>
    public abstract object Evolve(object? state, object @event);

    /// <summary>What an event means in money.</summary>
    public abstract IEnumerable<Transfer> Transfers(IId id, object after, object @event);

    /// <summary>What an event makes us want elsewhere.</summary>
    public abstract IEnumerable<Intent> React(IId id, object after, object @event);

    /// <summary>Whom an event is told to.</summary>
    /// <param name="now">The state at hand, of which only what never changes is used; null: not looked at yet.</param>
    public abstract IEnumerable<Notice> Notices(IId id, object? now, object @event);

    /// <summary>The next instant at which time itself is a command to it; null: it waits for nobody.</summary>
    public abstract Instant? NextWake(object state);

    /// <summary>The command by which time speaks.</summary>
    public abstract object Wake(Instant due);

    /// <summary>Whether an ask that waits for the outcome has it.</summary>
    public abstract bool IsSettled(object state);

    /// <summary>How many entries the state holds: large ones are snapshot less often.</summary>
    public abstract int SizeOf(object state);

    /// <summary>Open steps by who must act, for people and for invariant 11; null where nobody is waited for.</summary>
    public abstract Deadline? DeadlineOf(object state);
}

/// <summary>A kind with its types: what a module registers, and nothing else.</summary>
public sealed class Kind<TId, TState, TCommand, TEvent> : Kind
    where TId : struct, IId<TId>
    where TState : class
    where TCommand : class, ICommand<TId>
    where TEvent : class
{
    static readonly Transfer[] NoTransfers = [];
    static readonly Intent[] NoIntents = [];
    static readonly Notice[] NoNotices = [];
    Type? _wake;

    /// <inheritdoc cref="Kind.PartyOf"/>
    public required Func<TId, TState?, Actor, Party?> Party { get; init; }

    /// <inheritdoc cref="Kind.Decide"/>
    public required Func<TId, TState?, TCommand, Asked, Decision<TEvent>> Decider { get; init; }

    /// <inheritdoc cref="Kind.Evolve"/>
    public required Func<TState?, TEvent, TState> Fold { get; init; }

    /// <inheritdoc cref="Kind.Wake"/>
    public required Func<Instant, TCommand> Waking { get; init; }

    /// <inheritdoc cref="Kind.NextWake"/>
    public Func<TState, Instant?> Due { get; init; } = _ => null;

    /// <inheritdoc cref="Kind.DeadlineOf"/>
    public Func<TState, Deadline?> Awaited { get; init; } = _ => null;

    /// <inheritdoc cref="Kind.Transfers"/>
    public Func<TId, TState, TEvent, IEnumerable<Transfer>> Posting { get; init; } = (_, _, _) => NoTransfers;

    /// <inheritdoc cref="Kind.React"/>
    public Func<TId, TState, TEvent, IEnumerable<Intent>> Process { get; init; } = (_, _, _) => NoIntents;

    /// <inheritdoc cref="Kind.Notices"/>
    public Func<TId, TState?, TEvent, IEnumerable<Notice>> Telling { get; init; } = (_, _, _) => NoNotices;

    /// <inheritdoc cref="Kind.IsSettled"/>
    public Func<TState, bool> Settled { get; init; } = _ => true;

    /// <inheritdoc cref="Kind.SizeOf"/>
    public Func<TState, int> Size { get; init; } = _ => 1;

    /// <inheritdoc/>
    public override (Type Id, Type State, Type Command, Type Event) Types =>
        (typeof(TId), typeof(TState), typeof(TCommand), typeof(TEvent));

    /// <inheritdoc/>
    public override IId? Parse(string text) => TId.TryParse(text, out var id) ? id : null;

    /// <inheritdoc/>
    public override Party? PartyOf(IId id, object? state, Actor actor) => Party((TId)id, (TState?)state, actor);

    /// <inheritdoc/>
    public override Decision<object> Decide(IId id, object? state, object command, Asked asked)
    {
        _wake ??= Waking(default).GetType();
        if (command.GetType() == _wake && asked.Who is not Actor.Clock)         // time speaks for itself
            return new([], [Refusal.NotFound]);
        var (events, refusals) = Decider((TId)id, (TState?)state, (TCommand)command, asked);
        return new(ImmutableArray<object>.CastUp(events), refusals);
    }

    /// <inheritdoc/>
    public override object Evolve(object? state, object @event) => Fold((TState?)state, (TEvent)@event);

    /// <inheritdoc/>
    public override IEnumerable<Transfer> Transfers(IId id, object after, object @event) =>
        Posting((TId)id, (TState)after, (TEvent)@event);

    /// <inheritdoc/>
    public override IEnumerable<Intent> React(IId id, object after, object @event) =>
        Process((TId)id, (TState)after, (TEvent)@event);

    /// <inheritdoc/>
    public override IEnumerable<Notice> Notices(IId id, object? now, object @event) =>
        Telling((TId)id, (TState?)now, (TEvent)@event);

    /// <inheritdoc/>
    public override Instant? NextWake(object state) => Due((TState)state);

    /// <inheritdoc/>
    public override object Wake(Instant due) => Waking(due);

    /// <inheritdoc/>
    public override bool IsSettled(object state) => Settled((TState)state);

    /// <inheritdoc/>
    public override int SizeOf(object state) => Size((TState)state);

    /// <inheritdoc/>
    public override Deadline? DeadlineOf(object state) => Awaited((TState)state);
}
