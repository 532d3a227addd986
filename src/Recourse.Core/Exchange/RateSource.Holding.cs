namespace Recourse.Exchange;

/// <summary>A rate that moved further than rates do from one sheet to the next.</summary>
/// <param name="Was">So many of <paramref name="To"/> for one of <paramref name="From"/> in the sheet before.</param>
/// <param name="Now">In the one that waits.</param>
public sealed record RateMove(Currency From, Currency To, Ratio Was, Ratio Now);

/// <summary>Rates that wait for a person.</summary>
/// <param name="Moves">What is so odd about them.</param>
/// <param name="Due">Until when somebody can say that they are right (UTC): then they would be stale themselves.
/// </param>
public sealed record RateDoubt(RateSheet Sheet, ImmutableArray<RateMove> Moves, Instant Due);

public static partial class RateSource
{
    static readonly Remedy LookAgain = new("rates.look-again");

    static Instant? NextDue(State state)
    {
        Instant? stale = state.Told ? null : state.Due;
        return state.Doubt?.Due is { } due && !(due > stale) ? due : stale;
    }

    // A sheet of the same day that waits goes stale at the same time: one instant passes once.
    static Decision<Event> Wake(State? state, Instant due) =>
    [
        .. state?.Doubt is { } doubt && doubt.Due == due
            ? (Event[])[new Event.Dismissed(doubt.Sheet.Date, Lapsed: true)] : [],
        .. state is { Told: false } && state.Due == due ? (Event[])[new Event.WentStale()] : [],
    ];

    /// <summary>Of a first sheet nobody can say how far it moved.</summary>
    static ImmutableArray<RateMove> MovesOf(RateSourceId id, State? state, RateSheet sheet, Asked asked)
    {
        if (state is null || asked.InForce.Of<RateRules>().Sources[id.Code].HeldFrom is not { } limit) return [];
        var before = state.Sheet.Rates.ToDictionary(r => (r.From, r.To), r => r.Per);
        return
        [
            .. sheet.Rates.Where(r => before.TryGetValue((r.From, r.To), out var was)
                    && Conversion.IsBeyond(was, r.Per, HundredthsOf(limit)))
                .Select(r => new RateMove(r.From, r.To, before[(r.From, r.To)], r.Per)),
        ];
    }

    static int HundredthsOf(Ratio part) => (int)(part.Numerator * 10_000 / part.Denominator);

    static Decision<Event> Confirm(RateSourceId id, State? state, LocalDate date, Asked asked)
    {
        var sheet = ((RateSheet?[])[state?.Doubt?.Sheet, state?.Dropped]).FirstOrDefault(s => s?.Date == date);
        if (sheet is null) return state?.Sheet.Date == date ? [] : NothingWaits(date);      // said twice, done once
        return RateRules.GoodUntil(id.Code, date, asked.InForce) is { } due
            ? [new Event.Taken(sheet, due)] : UnknownSource(id, asked);
    }

    static Decision<Event> Dismiss(State? state, LocalDate date) =>
        state?.Doubt?.Sheet.Date == date ? [new Event.Dismissed(date)] : NothingWaits(date);

    static Refusal NothingWaits(LocalDate date) => new("rates.nothing-waits", LookAgain, ("date", Say(date)));
}
