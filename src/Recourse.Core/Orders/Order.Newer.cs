using Recourse.Ways;
namespace Recourse.Orders;

/// <summary>What has come up since an order was placed, and keeps it from being sent.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Since">From when it is so (UTC).</param>
/// <param name="Source">Where others can read it: whose notice, its number or address.</param>
public sealed record NewerFact(string Kind, Instant Since, string Source)
{
    /// <summary>Longest source, in characters.</summary>
    public const int LongestSource = 200;

    /// <summary>What it can be.</summary>
    public static readonly ImmutableArray<string> Kinds =
        ["carrier-notice", "lane-closed", "law-changed", "unsafe-there"];

    /// <summary>The word for a kind.</summary>
    public static string WordOf(string kind) => $"newer-{kind}";
}

public static partial class Order
{
    static readonly Remedy NameIt = new("order.name-newer-fact");

    /// <summary>
    /// Where a seller sends, in which ways and to whom was declared before the order was taken: only what is newer
    /// than the order keeps it from being sent.
    /// </summary>
    static IEnumerable<Refusal> KnowableBefore(State.Open s, NewerFact? newer, Turn turn)
    {
        if (newer is null)
        {
            if (ClosedSince(s.Deal, turn) is null) yield return Knowable(s.Deal);
            yield break;
        }
        if (!NewerFact.Kinds.Contains(newer.Kind)) yield return NoSuchFact(newer.Kind ?? "");
        if (newer.Since <= s.Deal.PlacedAt || newer.Since > turn.At) yield return NotNewer(s.Deal, newer, turn);
        if (string.IsNullOrWhiteSpace(newer.Source) || newer.Source.Length > NewerFact.LongestSource
            || newer.Source.Any(char.IsControl)) yield return NoSource;
    }

    /// <summary>A lane that the rulebook closed after the order was placed; null: none.</summary>
    static ClosedLane? ClosedSince(Deal deal, Turn turn) => deal.Lines
        .Select(l => (Parcel: new ParcelPlan(l.ShipsFrom, deal.Country, [], 0, null), l.By?.Service))
        .Where(l => turn.Then.LaneOf(l.Service, l.Parcel, deal.PlacedAt) is null)
        .Select(l => turn.Now.LaneOf(l.Service, l.Parcel, turn.At)).FirstOrDefault(lane => lane is not null);

    /// <summary>What the statement tells of it.</summary>
    static ImmutableArray<StatedFact> Newer(State.Open s, string code, NewerFact? newer, Turn turn) =>
        !turn.Rules.Reasons[code].NeedsNewer ? []
        : newer is not null ?
        [
            new("newer", NewerFact.WordOf(newer.Kind), Party.Everyone), new("since", newer.Since, Party.Everyone),
            new("source", newer.Source, Party.Everyone),
        ]
        : ClosedSince(s.Deal, turn) is not null
            ? [new("newer", NewerFact.WordOf("lane-closed"), Party.Everyone), new("source", "rulebook", Party.Everyone)]
            : [];

    static Refusal Knowable(Deal deal) => deal.Terms is { } terms
        ? new("order.knowable-under-terms", NameIt, ("country", deal.Country), ("placed", deal.PlacedAt),
            ("terms", terms)) { Field = "because" }
        : new("order.knowable-before", NameIt, ("country", deal.Country), ("placed", deal.PlacedAt))
            { Field = "because" };

    static Refusal NoSuchFact(string kind) =>
        new("order.no-such-newer-fact", NameIt, ("kind", kind), ("known", string.Join(", ", NewerFact.Kinds)))
        { Field = "because.kind" };

    static Refusal NotNewer(Deal deal, NewerFact newer, Turn turn) =>
        new("order.not-newer", NameIt, ("since", newer.Since), ("placed", deal.PlacedAt), ("now", turn.At))
        { Field = "because.since" };

    static Refusal NoSource =>
        new("order.no-source", NameIt, ("most", NewerFact.LongestSource)) { Field = "because.source" };
}
