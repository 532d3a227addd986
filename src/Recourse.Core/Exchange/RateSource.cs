using Recourse.Rulebooks;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.Exchange;

/// <summary>A source of exchange rates, as <c>rates/ecb</c>.</summary>
public readonly record struct RateSourceId(string Code) : IId<RateSourceId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out RateSourceId id)
    {
        var ok = Derived.Split(text, "rates", 2) is [_, var code] && Derived.IsCode(code);
        id = ok ? new(text![6..]) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"rates/{Code}";
}

/// <summary>The newest rates of one source. Old ones are never used as if they were new: that is said.</summary>
public static partial class RateSource
{
    /// <summary>Most rates of one sheet.</summary>
    public const int MostRates = 400;

    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<RateSourceId>
    {
        /// <summary>
        /// Takes the rates of a day; of an older day than the newest one, nothing. What moved further than rates do
        /// waits for a person.
        /// </summary>
        public sealed record Take(RateSheet Sheet) : Command;

        /// <summary>Somebody looked: the sheet that waits is right, or the one that was dismissed after all.</summary>
        /// <param name="Date">The day that they saw it was of.</param>
        public sealed record Confirm(LocalDate Date) : Command;

        /// <summary>Somebody looked: the sheet that waits is wrong, and goes.</summary>
        /// <param name="Date">The day that they saw it was of.</param>
        public sealed record Dismiss(LocalDate Date) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>What the source said last.</summary>
    /// <param name="Due">Until when it is good (UTC).</param>
    /// <param name="Told">That it isn't any more was told.</param>
    /// <param name="Doubt">What waits for a person; null: nothing does.</param>
    /// <param name="Dropped">What was dismissed last: nobody is asked of it again. Null: nothing was.</param>
    public sealed record State(
        RateSheet Sheet, Instant Due, bool Told, RateDoubt? Doubt = null, RateSheet? Dropped = null);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Rates of a day came.</summary>
        /// <param name="Due">Until when they are good (UTC).</param>
        public sealed record Taken(RateSheet Sheet, Instant Due) : Event;

        /// <summary>Newer ones should have come by now.</summary>
        public sealed record WentStale : Event;

        /// <summary>Rates of a day came that moved further than rates do: a person looks first.</summary>
        public sealed record Held(RateDoubt Doubt) : Event;

        /// <summary>What waited is not used: somebody said that it is wrong, or nobody said anything in time.</summary>
        /// <param name="Date">The day that it was of.</param>
        /// <param name="Lapsed">Nobody said anything.</param>
        public sealed record Dismissed(LocalDate Date, bool Lapsed = false) : Event;
    }

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Taken, State>(Party.Operator),
        Row<State, Event.Taken, State>(Party.Operator),
        Row<State, Event.WentStale, State>(Party.Clock, "rates.sources"),
        Row<State, Event.Held, State>(Party.Operator),
        Row<State, Event.Dismissed, State>(Party.Operator | Party.Clock, "rates.sources"));

    /// <summary>What the runtime is told of sources of rates.</summary>
    public static readonly Kind<RateSourceId, State, Command, Event> Kind = new()
    {
        Name = "rates", Owner = OwnedBy.Platform, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Due = NextDue, Telling = Notices,
        Size = state => 1 + state.Sheet.Rates.Length + (state.Doubt?.Sheet.Rates.Length ?? 0),
    };

    /// <summary>Rates are no secret.</summary>
    public static Party? PartyOf(RateSourceId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer     => Party.Buyer,
        Actor.Seller    => Party.Seller,
        Actor.Warehouse => Party.Warehouse,
        Actor.Agent     => Party.Agent,
        Actor.Operator  => Party.Operator,
        Actor.Clock     => Party.Clock,
        Actor.Integration => Party.Integration,
        Actor.Carrier or Actor.Aggregate or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(RateSourceId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var decision = command switch
        {
            Command.Take c    => Take(id, state, c.Sheet, asked),
            Command.Confirm c => Confirm(id, state, c.Date, asked),
            Command.Dismiss c => Dismiss(state, c.Date),
            Command.Wake c    => Wake(state, c.Due),
        };
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotYours(party);
    }

    static Decision<Event> Take(RateSourceId id, State? state, RateSheet sheet, Asked asked)
    {
        if (RateRules.GoodUntil(id.Code, sheet.Date, asked.InForce) is not { } due) return UnknownSource(id, asked);
        ImmutableArray<Refusal> faults = [.. Faults(id, sheet, asked.At)];
        if (!faults.IsEmpty) return faults;
        if (state is not null && sheet.Date < state.Sheet.Date) return Older(sheet.Date, state.Sheet.Date);
        // Said twice, done once: nor is anybody asked again of what they dismissed.
        foreach (var known in (RateSheet?[])[state?.Sheet, state?.Doubt?.Sheet, state?.Dropped])
            if (IsSame(sheet, known)) return [];
        var moves = MovesOf(id, state, sheet, asked);
        return moves.IsEmpty ? [new Event.Taken(sheet, due)] : [new Event.Held(new(sheet, moves, due))];
    }

    static bool IsSame(RateSheet sheet, RateSheet? known) =>
        known is not null && sheet.Date == known.Date && sheet.Rates.SequenceEqual(known.Rates);

    static IEnumerable<Refusal> Faults(RateSourceId id, RateSheet sheet, Instant at)
    {
        if (sheet.Source != id.Code) yield return OtherSource(sheet.Source, id.Code);
        if (sheet.Rates.IsDefaultOrEmpty || sheet.Rates.Length > MostRates)
            yield return BadCount(sheet.Rates.IsDefault ? 0 : sheet.Rates.Length);
        if (sheet.Date > at.InUtc().Date.PlusDays(1)) yield return OfTheFuture(sheet.Date);
        HashSet<(Currency, Currency)> seen = [];
        foreach (var (i, rate) in (sheet.Rates.IsDefault ? [] : sheet.Rates).Index())
            if (rate.From == default || rate.To == default || rate.From == rate.To
                || rate.Per.Numerator is < 1 or > MostOfRatio || rate.Per.Denominator is < 1 or > MostOfRatio
                || !seen.Add((rate.From, rate.To)))
                yield return new Refusal("rates.bad-rate", Mend) { Field = $"rates[{i}]" };
    }

    // Three of them one after the other, times an amount, stay far within what is computed with.
    const long MostOfRatio = 1_000_000_000_000;

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Taken e     => new(e.Sheet, e.Due, Told: false),
        Event.WentStale e => state.Was<State>(e) with { Told = true },
        Event.Held e      => state.Was<State>(e) with { Doubt = e.Doubt, Dropped = null },
        Event.Dismissed e => state.Was<State>(e) with { Doubt = null, Dropped = state!.Doubt?.Sheet },
    };

    /// <summary>The platform's people hear of it when rates stay away, and when they are asked to look.</summary>
    public static IEnumerable<Notice> Notices(RateSourceId id, State? now, Event @event) => @event switch
    {
        Event.WentStale => [Tell("rates-stale", id)],
        Event.Held e    => [Tell("rates-held", id, ("day", Say(e.Doubt.Sheet.Date)), ("until", e.Doubt.Due))],
        Event.Dismissed { Lapsed: true } e => [Tell("rates-lapsed", id, ("day", Say(e.Date)))],
        Event.Taken or Event.Dismissed     => [],
    };

    static Notice Tell(string code, RateSourceId id, params ImmutableArray<Named> facts) => new(
        code, Matter.Deadlines, Notice.Staff, Party.Operator, id, [("source", id.Code.ToUpperInvariant()), .. facts]);

    static readonly Remedy Mend = new("rates.mend"), Look = new("rates.look");

    static Refusal NotYours(Party party) => new("rates.operators-only", Look, ("party", $"{party}"));
    static Refusal BadCount(int count) => new("rates.bad-count", Mend, ("count", count), ("most", MostRates));
    static Refusal OfTheFuture(LocalDate date) => new("rates.of-the-future", Mend, ("date", Say(date)));

    static Refusal OtherSource(string source, string expected) =>
        new("rates.other-source", Mend, ("source", source ?? ""), ("expected", expected));

    static Refusal Older(LocalDate date, LocalDate newest) =>
        new("rates.older", Look, ("date", Say(date)), ("newest", Say(newest)));

    static Refusal UnknownSource(RateSourceId id, Asked asked) => new(
        "rates.unknown-source", Look, ("source", id.Code),
        ("known", string.Join(", ", asked.InForce.Of<RateRules>().Sources.Keys)));

    static string Say(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
