using Recourse.Reviews;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>What buyer and seller are told of an order.</summary>
    public static IEnumerable<Notice> Notices(OrderId id, State? now, Event @event)
    {
        var buyer = @event is Event.Funded f ? f.Payment.Buyer : BuyerOf(now);
        return @event switch
        {
            Event.Funded e =>
            [
                ToBuyer("order-paid", Matter.Orders, null, ("held", e.Held), ("due", e.Deadline.Due)),
                ToSeller("sale-paid", Matter.Orders, null, ("held", e.Held), ("due", e.Deadline.Due)),
            ],
            // What else is wrong is told again with it: one letter, whatever it is of.
            Event.Warned { Warnings: not null } or Event.WarningGiven or Event.WarningsTold or Event.WarningAnswered
                or Event.WarningLifted => OfWarnings(id, buyer, @event),
            Event.Warned { Deadline: { Owner: Party.Seller } d } =>
                [ToSeller("dispatch-due", Matter.Deadlines, null, ("due", d.Due))],
            Event.Warned { Deadline: { Owner: Party.Buyer, Then: Keeping.Unanswered } d } =>
                [ToBuyer("keeping-due", Matter.Deadlines, null, ("due", d.Due))],
            Event.Warned { Deadline: { Owner: Party.Buyer } d } =>
                [ToBuyer("receipt-due", Matter.Deadlines, null, ("due", d.Due))],
            Event.Shipped or Event.Delivered => OfDelivery(id, buyer, @event),
            Event.Completed e =>
                [ToSeller("payout-released", Matter.Money, null, ("amount", e.ToSeller), ("fee", e.Fee))],
            Event.Reduced e =>
            [
                ToBuyer("units-cancelled", Matter.Decisions, e.Why),
                ToSeller("sale-units-cancelled", Matter.Decisions, e.Why),
            ],
            // Of an order that was never paid its checkout tells; the seller had not been told to act.
            Event.Cancelled { Settlement.IsPaid: true } e =>
            [
                ToBuyer("order-cancelled", Matter.Decisions, e.Why),
                ToSeller("sale-cancelled", Matter.Decisions, e.Why),
            ],
            Event.Lost e =>
                [ToBuyer("order-lost", Matter.Decisions, e.Why), ToSeller("sale-lost", Matter.Decisions, e.Why)],
            // Of the appeal itself the appeal tells, and of what is set aside, that.
            Event.Overturned { MadeGood: { } good } =>
                [ToSeller("sale-made-good", Matter.Money, null, ("amount", good))],
            Event.KeepingOffered or Event.Kept or Event.KeepingWithdrawn or Event.PutOff => OfKeeping(id, now, @event),
            Event.Reviewed e => Reviewing.Told(id, e.What),
            Event.CancellationMeant or Event.CancellationTakenBack => [],   // it may never come
            Event.CameBack or Event.Picked or Event.CancellationAsked or Event.AmendmentAsked or Event.AmendmentHeld
                or Event.DifferenceAsked or Event.WishRefused or Event.WishEnded or Event.Amended or Event.RecallAsked
                or Event.RecallAccepted or Event.RecallOver or Event.Extended or Event.Contested or Event.Uncontested
                or Event.Postponed => OfRequests(id, buyer, @event),
            Event.Placed or Event.Warned or Event.Settled or Event.Imported
                or Event.Overturned => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, buyer?.ToString(), Party.Buyer, id, facts, why);

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }

    static IEnumerable<Notice> OfDelivery(OrderId id, BuyerId? buyer, Event @event)
    {
        return @event switch
        {
            Event.Shipped e =>
            [
                ToBuyer("order-dispatched", Matter.Delivery, null, ("carrier", e.Handover.Carrier),
                    ("number", e.Handover.TrackingNumber), ("due", e.Deadline.Due)),
            ],
            Event.Delivered e =>
            [
                ToBuyer("order-delivered", Matter.Delivery, null, ("at", e.DeliveredAt), ("due", e.Deadline.Due)),
                ToSeller("sale-delivered", Matter.Delivery, null, ("at", e.DeliveredAt), ("due", e.Deadline.Due)),
            ],
            _ => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, buyer?.ToString(), Party.Buyer, id, facts, why);

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }

    /// <summary>What a buyer may choose, what they chose, and who has longer.</summary>
    static Notice[] OfKeeping(OrderId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.KeepingOffered e =>
                [ToBuyer("keeping-offered", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Kept e =>
                [ToSeller("keeping-chosen", Matter.Orders, null, ("way", $"way-{e.Way.Name}"), ("due",
                    e.Deadline.Due))],
            Event.KeepingWithdrawn => [ToBuyer("keeping-withdrawn", Matter.Orders, null)],
            Event.PutOff { Deadline: { Owner: Party.Seller } d } =>
                [ToSeller("dispatch-put-off", Matter.Deadlines, null, ("due", d.Due))],
            _ => [],
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, BuyerOf(now)?.ToString(), Party.Buyer, id, facts, why);

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }
}
