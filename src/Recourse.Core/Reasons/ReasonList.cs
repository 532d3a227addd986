namespace Recourse.Reasons;

/// <summary>A case in a list.</summary>
/// <param name="Case">Text of its id.</param>
/// <param name="Reason">As the seller gave it.</param>
/// <param name="Against">Codes of what speaks against it.</param>
/// <param name="Due">By when somebody must act (UTC); null: it is over.</param>
public sealed record ReasonRow(
    string Case, string Order, string Seller, string Buyer, string Reason, ImmutableArray<string> Against, string State,
    Instant RaisedAt, long Position, Instant? Due);

/// <summary>Reasons that facts speak against: a seller's own, and all for staff.</summary>
public static class ReasonList
{
    /// <summary>The index of those that somebody is to decide, the soonest first; how many there are is kept.</summary>
    public const string ByDue = "due";

    /// <summary>Its one value.</summary>
    public const string Open = "open";

    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<ReasonRow> View = new()
    {
        Name = "reasons", Version = 1,
        Keys = r => r is { Id: ReasonCaseId id, Event: ReasonCase.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: ReasonCaseId id, Event: ReasonCase.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) =>
        [
            new(Scope.Index, row.Seller, $"{row.Position:D19}"), new(Scope.Index, Scope.All, $"{row.Position:D19}"),
            .. row.Due is { } due
                ? [new Found(ByDue, Open, $"{long.MaxValue - Math.Max(0, due.ToUnixTimeTicks()):D19}")]
                : Array.Empty<Found>(),
        ],
        Counted = f => f.Index is ByDue,
    };

    static ReasonRow? Apply(ReasonRow? row, ReasonCaseId id, ReasonCase.Event @event, Recorded r)
    {
        if (@event is ReasonCase.Event.Raised e)
            return new($"{id}", $"{e.What.Order}", $"{id.Seller}", $"{e.What.Buyer}", e.What.Reason,
                [.. e.What.Against.Select(a => a.Code)], nameof(ReasonCase.State.Raised), r.At, r.Position,
                e.Deadline.Due);
        return row is null ? null : @event switch
        {
            ReasonCase.Event.Warned w   => row with { Due = w.Deadline.Due },
            ReasonCase.Event.Answered a => row with { State = nameof(ReasonCase.State.Answered), Due = a.Deadline.Due },
            ReasonCase.Event.Found      => row with { State = nameof(ReasonCase.State.Found), Due = null },
            ReasonCase.Event.Dismissed  => row with { State = nameof(ReasonCase.State.Dismissed), Due = null },
            ReasonCase.Event.Overturned => row with { State = nameof(ReasonCase.State.Overturned), Due = null },
            ReasonCase.Event.Raised or ReasonCase.Event.Reviewed => row,
        };
    }
}
