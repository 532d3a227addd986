using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>What happened to an order and to what belongs to it, as far as the reader may know.</summary>
static class OrderTimeline
{
    public static async Task<TimelineBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var texts = caller.TextsIn(OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        List<TimelineItem> items = [];
        foreach (var id in Neighbours(seen))
            if (await platform.History(id, caller.Who, caller.Cancel) is { } history)
                items.AddRange(history
                    .Where(r => IsAbout(r, (OrderId)seen.Id) && Telling.IsFor(r.Event, seen.As))
                    .Select(r => Telling.Of(r, seen.As, texts)));
        return new((OrderId)seen.Id,
            [.. items.OrderBy(i => i.At).ThenBy(i => i.Position).Select(i => i)]);
    }

    /// <summary>The order and what belongs to it; some of them may never come to be.</summary>
    public static IEnumerable<IId> Neighbours(Seen seen)
    {
        var id = (OrderId)seen.Id;
        yield return id;
        yield return ParcelId.Of(id);
        if (seen.State is not Order.State.Dealt { Deal: var deal }) yield break;
        foreach (var payment in PaymentsOf(deal)) yield return payment;
        foreach (var refund in RefundsOf(seen)) yield return refund;
    }

    /// <summary>The checkout's, and what its buyer paid when it was changed.</summary>
    public static IEnumerable<PaymentId> PaymentsOf(Deal deal) =>
        [PaymentId.Of(deal.Checkout), .. (deal.TopUps ?? []).Select(t => t.Payment)];

    /// <summary>Every refund that an order can have; some of them never came to be.</summary>
    public static IEnumerable<RefundId> RefundsOf(Seen seen) => seen.State is Order.State.Dealt { Deal: var deal }
        ? Enumerable.Range(0, deal.Settled + 2).Select(nth => RefundId.Of(deal.Buyer, (OrderId)seen.Id, nth)) : [];

    /// <summary>A payment speaks of several orders: of the others nothing is told here.</summary>
    static bool IsAbout(Recorded r, OrderId order) => r.Event switch
    {
        Payment.Event.Released e     => e.Order == order,
        Payment.Event.Unfunded e     => e.Order == order,
        Payment.Event.ReturnQueued e => e.Return.Order == order,
        Payment.Event.RefundOwed e   => e.Return.Order == order,
        _                            => true,
    };
}
