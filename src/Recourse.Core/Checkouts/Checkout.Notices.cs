namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>What a buyer is told of a basket that is not paid yet.</summary>
    public static IEnumerable<Notice> Notices(CheckoutId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Stopped e   => [ToBuyer("checkout-stopped", Matter.Orders, null, ("due", e.Deadline.Due))],
            Event.Declined e  => [ToBuyer("payment-declined", Matter.Money, e.Why, ("due", e.Deadline.Due))],
            Event.Warned e    => [ToBuyer("checkout-due", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Abandoned e => [ToBuyer("checkout-abandoned", Matter.Decisions, e.Why)],
            Event.Opened or Event.Reserved or Event.Refused or Event.Missed or Event.PaymentAsked or Event.Authorised
                or Event.Dropped or Event.AskedAgain => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Buyer}", Party.Buyer, id, facts, why);
    }
}
