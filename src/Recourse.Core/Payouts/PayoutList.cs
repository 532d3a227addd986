namespace Recourse.Payouts;

/// <summary>A payout in a list.</summary>
/// <param name="Payout">Its id's text.</param>
/// <param name="Owner">The text of the id of whose it is.</param>
/// <param name="State">The name of its state.</param>
/// <param name="File">The file that it went to the bank in; null: it did not yet.</param>
/// <param name="Reference">The bank's; null: it has said nothing yet.</param>
/// <param name="Reason">Why it came back; null: it did not.</param>
public sealed record PayoutRow(
    string Payout, string Owner, PaidOut What, Instant OpenedAt, long Position, string State, string? File,
    Instant? SentAt, string? Reference, string? Reason);

/// <summary>Payouts by whose they are, for staff all, by what they wait for, and by file.</summary>
public static class PayoutList
{
    /// <summary>The index by the name of the state; how many there are is kept.</summary>
    public const string ByState = "state";

    /// <summary>The index by the file that it went to the bank in.</summary>
    public const string ByFile = "file";

    /// <summary>The view.</summary>
    public static readonly View<PayoutRow> View = new()
    {
        Name = "payouts", Version = 1,
        Keys = r => r is { Id: PayoutId id, Event: Payout.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: PayoutId id, Event: Payout.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) =>
        [
            new(Scope.Index, row.Owner, Sort(row)),
            new(Scope.Index, Scope.All, Sort(row)),
            new(ByState, row.State, Sort(row)),
            .. row.File is { } file ? [new Found(ByFile, file, Sort(row))] : Array.Empty<Found>(),
        ],
        Counted = f => f.Index is ByState,
    };

    static string Sort(PayoutRow row) => $"{row.Position:D19}";

    static PayoutRow? Apply(PayoutRow? row, PayoutId id, Payout.Event @event, Recorded r)
    {
        if (@event is Payout.Event.Opened o)
            return new($"{id}", $"{id.Owner}", o.What, r.At, r.Position, nameof(Payout.State.Ready), null, null, null,
                null);
        if (row is null) return null;
        return @event switch
        {
            Payout.Event.Opened or Payout.Event.Escalated => row,
            Payout.Event.Sent e     => row with { State = nameof(Payout.State.Sent), File = e.File, SentAt = e.At },
            Payout.Event.Paid e     => row with { State = nameof(Payout.State.Paid), Reference = e.Reference },
            Payout.Event.Rejected e => row with { State = nameof(Payout.State.Back), Reason = e.Why.Code },
        };
    }
}
