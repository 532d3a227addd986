using Recourse.Orders;
namespace Recourse.Olist;

/// <summary>Why a taken-over order did not end well: what the data says, and no more.</summary>
public static class OlistWhy
{
    /// <summary>How it ended, then every contradiction; empty for an order that ended well.</summary>
    public static ImmutableArray<Finding> Of(ImportedOrder order)
    {
        ImmutableArray<Finding> ended = [.. Ended(order)];
        return [.. ended, .. order.Findings];
    }

    static IEnumerable<Finding> Ended(ImportedOrder o)
    {
        if (o.Status is "delivered" || o.Times.Delivered is not null && o.Status is not "canceled") yield break;
        ImmutableArray<Named> facts =
        [
            ("status", o.Status), ("purchased", o.Times.Purchased),
            .. Fact("approved", o.Times.Approved), .. Fact("handed", o.Times.HandedOver),
            .. Fact("promised", o.Times.Promised), .. Fact("delivered", o.Times.Delivered),
        ];
        yield return new(CodeOf(o), facts);
        if (o.Part.Nth > 1)
            yield return new(OlistCode.PaidOnFirstPart,
                [("number", o.Number), ("nth", o.Part.Nth), ("parts", o.Part.Of)]);
        else if (o.Payments.Select(p => p.Amount).Sum(o.Currency) is { Minor: > 0 } paid)
            yield return new(OlistCode.RefundNotTold, [("paid", paid)]);
    }

    static string CodeOf(ImportedOrder o) => o switch
    {
        { Status: "canceled", Times.Approved: null } => OlistCode.EndedCancelledUnapproved,
        { Status: "canceled" }                       => OlistCode.EndedCancelled,
        { Status: "unavailable" }                    => OlistCode.EndedUnavailable,
        { Times.HandedOver: not null }               => OlistCode.EndedOnItsWay,
        { Status: "shipped" }                        => OlistCode.EndedOnItsWay,
        { Times.Approved: not null }                 => OlistCode.EndedUndispatched,
        _                                            => OlistCode.EndedUnapproved,
    };

    static ImmutableArray<Named> Fact(string name, Instant? at) => at is { } known ? [(name, known)] : [];
}
