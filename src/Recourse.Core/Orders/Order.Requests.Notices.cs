namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>What each side is told of what the other asked for, and of what became of it.</summary>
    static IEnumerable<Notice> OfRequests(OrderId id, BuyerId? buyer, Event @event)
    {
        return @event switch
        {
            Event.CameBack e =>
            [
                ToBuyer("order-came-back", Matter.Decisions, e.Why),
                ToSeller("sale-came-back", Matter.Decisions, e.Why),
            ],
            Event.CancellationAsked { Wish: var w } =>
                [ToSeller("cancellation-asked", Matter.Deadlines, null, ("due", w.Deadline.Due))],
            Event.AmendmentAsked { Wish: var w } =>
                [ToSeller("change-asked", Matter.Deadlines, null, ("due", w.Deadline.Due))],
            Event.AmendmentHeld e =>
                [ToBuyer("order-change-held", Matter.Decisions, e.Why)],
            Event.WishRefused { Why.By: not DecidedBy.Person { Role: Party.Seller } } e =>
                [ToBuyer("order-request-not-made", Matter.Decisions, e.Why)],
            Event.WishRefused e => [ToBuyer("order-request-refused", Matter.Decisions, e.Why)],
            Event.WishEnded { Because: not WithdrawnByBuyer } e =>
                [ToBuyer("order-request-over", Matter.Orders, null, ("why", e.Because))],
            Event.WishEnded { Wish: not Wish.ToPay } =>
                [ToSeller("request-withdrawn", Matter.Orders, null)],
            Event.Amended e =>
            [
                ToBuyer("order-changed", Matter.Orders, null, ("now", e.After.Total)),
                ToSeller("sale-changed", Matter.Orders, null, ("now", e.After.Total)),
            ],
            Event.RecallAsked e =>
                [ToSeller("recall-asked", Matter.Delivery, null, ("carrier", e.Handover.Carrier))],
            Event.RecallAccepted e =>
            [
                ToBuyer("order-recall-accepted", Matter.Delivery, null, ("due", e.Deadline.Due)),
                ToSeller("parcel-comes-back", Matter.Delivery, null, ("due", e.Deadline.Due)),
            ],
            Event.RecallOver e => [ToBuyer("order-recall-failed", Matter.Delivery, null, ("why", e.Because))],
            Event.Extended e => [ToSeller("protection-extended", Matter.Money, null, ("due", e.Deadline.Due))],
            Event.Contested => [ToSeller("payout-waits", Matter.Money, null)],
            // Whoever asked for it knows it, and of the rest nobody has to do anything.
            _ => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, buyer?.ToString(), Party.Buyer, id, facts, why);

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }
}
