namespace Recourse.Reviews;

/// <summary>How the platform's people served those who waited, of one kind of work or of one of them.</summary>
/// <param name="Decided">How many were decided.</param>
/// <param name="ByClock">How many of them the rulebook decided, since nobody had in time.</param>
/// <param name="Undone">How many an appeal showed to be wrong.</param>
/// <param name="Confirmed">How many proposals of others were confirmed.</param>
/// <param name="SentBack">How many were sent back.</param>
/// <param name="FirstAnswer">Half of them were first seen to within that; null: none was, by anybody.</param>
/// <param name="ToDecision">Half of them were decided within that; null: none was.</param>
public sealed record Service(
    int Decided, int ByClock, int Undone, int Confirmed, int SentBack, Duration? FirstAnswer, Duration? ToDecision)
{
    /// <summary>Of some that were decided.</summary>
    public static Service Of(IReadOnlyCollection<WorkRow> rows) =>
        Of(rows, [.. rows.SelectMany(r => r.Seconds ?? [])]);

    /// <summary>Of one of the platform's people, among all that was decided: also of what others decided after they
    /// had sent it back.</summary>
    public static Service By(string who, IReadOnlyCollection<WorkRow> rows) => Of(
        [.. rows.Where(r => r.DecidedBy == who)],
        [.. rows.SelectMany(r => r.Seconds ?? []).Where(s => s.Who == who)]);

    static Service Of(IReadOnlyCollection<WorkRow> rows, IReadOnlyCollection<SecondLook> seconds) => new(
        rows.Count, rows.Count(r => r.DecidedBy is null), rows.Count(r => r.WasUndone),
        seconds.Count(s => s.IsConfirmed), seconds.Count(s => !s.IsConfirmed),
        Middle(rows.Where(r => r.FirstAt is not null).Select(r => r.FirstAt!.Value - r.Since)),
        Middle(rows.Where(r => r.EndedAt is not null).Select(r => r.EndedAt!.Value - r.Since)));

    static Duration? Middle(IEnumerable<Duration> some) => some.Order().ToList() is { Count: > 0 } sorted
        ? sorted[(sorted.Count - 1) / 2] : null;
}
