namespace Recourse.Disputes;

/// <summary>An appeal in a list.</summary>
/// <param name="Appeal">Its id's text.</param>
/// <param name="Owner">The text of the id of whom the decision went against.</param>
/// <param name="Subject">What was decided: the name of its case.</param>
/// <param name="Code">Of the statement that is appealed.</param>
/// <param name="State">The name of its state.</param>
/// <param name="Due">By when it is to be decided (UTC); null: it is over.</param>
/// <param name="DecidedAs">Code of the statement that decided it; null: it wasn't decided.</param>
/// <param name="ClaimedBy">The name of who has taken it on; null: nobody.</param>
/// <param name="Other">The text of the id of whom a reversal would cost something; null: nobody is heard.</param>
public sealed record AppealRow(
    string Appeal, string Owner, string Subject, string Code, string State, Instant LodgedAt, long Position,
    Instant? Due, string? DecidedAs, string? ClaimedBy = null, string? Other = null);

/// <summary>Appeals by whom they are of, and for staff all, and those that are to be decided, the soonest first.
/// </summary>
public static class AppealList
{
    /// <summary>The index of those that are to be decided, the soonest first; how many there are is kept.</summary>
    public const string ByDue = "due";

    /// <summary>Its one value.</summary>
    public const string Open = "open";

    /// <summary>The index of those that somebody of the staff has taken on, by their name, the soonest due first.
    /// </summary>
    public const string ByClaim = "claim";

    /// <summary>The index of decided ones by what was appealed and how it was decided; how many is kept.</summary>
    public const string ByPrecedent = "precedent";

    /// <summary>The value for statements of a reason that were decided for a reason.</summary>
    public static string PrecedentOf(string code, string decidedAs) => $"{code} {decidedAs}";

    /// <summary>The view.</summary>
    public static readonly View<AppealRow> View = new()
    {
        Name = "appeals", Version = 3, Hears = [typeof(Appeal.Event)],
        Keys = r => r is { Id: AppealId id, Event: Appeal.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: AppealId id, Event: Appeal.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) =>
        [
            new(Scope.Index, row.Owner, Sort(row)),
            new(Scope.Index, Scope.All, Sort(row)),
            .. row.Due is { } due ? [new Found(ByDue, Open, Sooner(due))] : Array.Empty<Found>(),
            .. row is { Due: { } by, ClaimedBy: { } who }
                ? [new Found(ByClaim, who, Sooner(by))] : Array.Empty<Found>(),
            .. row.Other is { } other ? [new Found(Scope.Index, other, Sort(row))] : Array.Empty<Found>(),
            .. row.DecidedAs is { } reason
                ? [new Found(ByPrecedent, PrecedentOf(row.Code, reason), Sort(row))] : Array.Empty<Found>(),
        ],
        Counted = f => f.Index is ByDue or ByPrecedent,
    };

    static string Sort(AppealRow row) => $"{row.Position:D19}";

    // Lists show the greatest first, so what is due sooner must be greater.
    static string Sooner(Instant due) => $"{long.MaxValue - Math.Max(0, due.ToUnixTimeTicks()):D19}";

    static AppealRow? Apply(AppealRow? row, AppealId id, Appeal.Event @event, Recorded r)
    {
        if (@event is Appeal.Event.Lodged e)
            return new(
                $"{id}", $"{id.Owner}", e.Complaint.Subject.Name, e.Complaint.Decision.Why.Code,
                nameof(Appeal.State.Open), r.At, r.Position, e.Deadline.Due, DecidedAs: null,
                Other: e.Hearing is { } h ? $"{h.Of}" : null);
        if (row is null) return null;
        return @event switch
        {
            Appeal.Event.Lodged or Appeal.Event.Answered or Appeal.Event.Unheard or Appeal.Event.Reviewed => row,
            Appeal.Event.Warned w  => row with { Due = w.Deadline.Due },
            Appeal.Event.Upheld u  => Over(row, nameof(Appeal.State.Upheld), u.Why.Code),
            Appeal.Event.Reversed v => Over(row, nameof(Appeal.State.Reversed), v.Why.Code),
            Appeal.Event.Withdrawn => Over(row, nameof(Appeal.State.Withdrawn), null),
            Appeal.Event.Claimed c => row with { ClaimedBy = c.Who.Name },
            Appeal.Event.Released  => row with { ClaimedBy = null },
        };
    }

    static AppealRow Over(AppealRow row, string state, string? code) =>
        row with { State = state, Due = null, DecidedAs = code, ClaimedBy = null };
}
