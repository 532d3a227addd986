using Recourse.Orders;
namespace Recourse.Payouts;

/// <summary>A chargeback in a list.</summary>
/// <param name="Earnings">The text of the id of the earnings that it was taken off.</param>
/// <param name="Seller">The text of the seller's id.</param>
/// <param name="Reference">The provider's, of the dispute.</param>
/// <param name="At">When it was booked (UTC).</param>
/// <param name="RestoredAt">When it was given back (UTC); null: it wasn't.</param>
public sealed record ChargebackRow(
    string Earnings, string Seller, string Reference, OrderId Order, Money Amount, Statement Why, Instant At,
    long Position, Instant? RestoredAt = null);

/// <summary>What banks took back, by seller, the newest first.</summary>
public static class ChargebackList
{
    /// <summary>The view.</summary>
    public static readonly View<ChargebackRow> View = new()
    {
        Name = "chargebacks", Version = 1, Hears = [typeof(Earnings.Event)],
        Keys = r => r is { Id: EarningsId id, Event: Earnings.Event e } && ReferenceOf(e) is { } reference
            ? [Key(id, reference)] : [],
        Fold = (_, row, r) => r.Event switch
        {
            Earnings.Event.ChargedBack e => row ?? Of((EarningsId)r.Id, e, r),
            Earnings.Event.Restored      => row is null ? null : row with { RestoredAt = r.At },
            _                            => row,
        },
        Index = (_, row) =>
            [new(Scope.Index, row.Seller, Sort(row)), new(Scope.Index, Scope.All, Sort(row))],
    };

    /// <summary>A row's key: a reference may have any letters.</summary>
    public static string Key(EarningsId id, string reference) => $"{id}/{Derived.Code(reference)}";

    static string? ReferenceOf(Earnings.Event @event) => @event switch
    {
        Earnings.Event.ChargedBack e => e.Reference,
        Earnings.Event.Restored e    => e.Reference,
        _                            => null,
    };

    static ChargebackRow Of(EarningsId id, Earnings.Event.ChargedBack e, Recorded r) =>
        new($"{id}", $"{id.Seller}", e.Reference, e.Order, e.Amount, e.Why, r.At, r.Position);

    static string Sort(ChargebackRow row) => $"{row.Position:D19}";
}
