using System.Globalization;
namespace Recourse.Refunds;

/// <summary>A refund in a list.</summary>
/// <param name="Refund">Its id's text.</param>
/// <param name="Order">The text of the order's id that gives it back.</param>
/// <param name="Promised">By when it was promised (UTC).</param>
/// <param name="State">The name of its state.</param>
/// <param name="Reference">The provider's, once it has taken it in.</param>
/// <param name="WaitsFor">Who must act; null: nobody.</param>
/// <param name="IsLate">The promised day has passed, and it was not back.</param>
public sealed record RefundRow(
    string Refund, string Buyer, string Order, string Payment, Money Amount, Instant OpenedAt, Instant Promised,
    long Position, string State, int Attempt, string? Reference, Instant? PaidAt, string? WaitsFor, bool IsLate);

/// <summary>Refunds by buyer, for staff, by order, by promised day, and those that need people.</summary>
public static class RefundList
{
    /// <summary>The index by the day it was promised for (UTC, ISO 8601), of refunds that aren't back yet.</summary>
    public const string ByDay = "promised";

    /// <summary>The index by the provider's reference.</summary>
    public const string ByReference = "reference";

    /// <summary>The index by who must act, as the name of the party; how many there are is kept.</summary>
    public const string ByWaiting = "waits-for";

    /// <summary>The index by the order that gives back, by its id's text.</summary>
    public const string ByOrder = "order";

    /// <summary>The view.</summary>
    public static readonly View<RefundRow> View = new()
    {
        Name = "refunds", Version = 5, Hears = [typeof(Refund.Event)],
        Keys = r => r is { Id: RefundId id, Event: Refund.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: RefundId id, Event: Refund.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) =>
        [
            new(Scope.Index, row.Buyer, Sort(row)),
            new(Scope.Index, Scope.All, Sort(row)),
            new(ByOrder, row.Order, Sort(row)),
            .. row.Reference is { } reference ? [new Found(ByReference, reference, Sort(row))] : Array.Empty<Found>(),
            .. row.WaitsFor is { } who ? Open(row, who) : [],
        ],
        Counted = f => f.Index is ByWaiting,
    };

    static Found[] Open(RefundRow row, string who) =>
    [
        new(ByWaiting, who, Sort(row)),
        new(ByDay, row.Promised.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), Sort(row)),
    ];

    static string Sort(RefundRow row) => $"{row.Position:D19}";

    static RefundRow? Apply(RefundRow? row, RefundId id, Refund.Event @event, Recorded r)
    {
        if (@event is Refund.Event.Opened o) return Opened(id, o, r);
        if (row is null) return null;
        return @event switch
        {
            Refund.Event.Opened       => row,
            Refund.Event.Unanswered e => row with { WaitsFor = $"{e.Deadline.Owner}" },
            Refund.Event.AskedAgain e => row with { WaitsFor = $"{e.Deadline.Owner}" },
            Refund.Event.Accepted e   => Accepted(row, e),
            Refund.Event.Failed e     => In(row, nameof(Refund.State.Failed), e.Deadline),
            Refund.Event.Reversed e   => In(row, nameof(Refund.State.Failed), e.Deadline) with { PaidAt = null },
            Refund.Event.Retried e    => Retried(row, e),
            Refund.Event.Escalated e  => row with { WaitsFor = $"{e.Deadline.Owner}", IsLate = row.Promised <= r.At },
            Refund.Event.MovedToWallet e => row with
            {
                State = nameof(Refund.State.InWallet), PaidAt = e.At, WaitsFor = null, IsLate = false,
            },
            Refund.Event.TraceOpened e => In(row, nameof(Refund.State.Tracing), e.Deadline),
            Refund.Event.TraceLate e   => In(row, nameof(Refund.State.Tracing), e.Deadline),
            Refund.Event.TraceClosed   => row with { State = nameof(Refund.State.Paid), WaitsFor = null },
            Refund.Event.Confirmed or Refund.Event.Corrected or Refund.Event.Compensated or Refund.Event.LookedFor
                or Refund.Event.Seen or Refund.Event.Diverted or Refund.Event.Reviewed => row,
            Refund.Event.Paid e       => row with
            {
                State = nameof(Refund.State.Paid), Reference = e.Reference, PaidAt = e.At, WaitsFor = null,
            },
        };
    }

    static RefundRow Opened(RefundId id, Refund.Event.Opened e, Recorded r) => new(
        $"{id}", $"{id.Buyer}", $"{e.Owed.Return.Order}", $"{e.Owed.Payment}", e.Owed.Return.Amount, r.At,
        e.Owed.Promised, r.Position, nameof(Refund.State.Requested), Attempt: 1, Reference: null, PaidAt: null,
        $"{e.Deadline.Owner}", IsLate: false);

    static RefundRow Accepted(RefundRow row, Refund.Event.Accepted e) =>
        In(row, nameof(Refund.State.Pending), e.Deadline) with { Reference = e.Reference };

    static RefundRow Retried(RefundRow row, Refund.Event.Retried e) =>
        In(row, nameof(Refund.State.Requested), e.Deadline) with { Attempt = e.Attempt };

    static RefundRow In(RefundRow row, string state, Deadline deadline) =>
        row with { State = state, WaitsFor = $"{deadline.Owner}" };
}
