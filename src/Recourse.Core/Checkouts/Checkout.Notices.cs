using Recourse.Reviews;
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
            Event.VerificationAsked e =>
                [ToBuyer("verification-asked", Matter.Decisions, e.Why, ("due", e.Deadline.Due))],
            Event.HeldForReview e =>
                [ToBuyer("checkout-held", Matter.Decisions, e.Why, ("due", e.Deadline.Due)), ToStaff(e)],
            Event.Reviewed { What: Handled.Proposed p } => [Staff("staff-to-confirm", null, ("until", p.What.Until))],
            Event.Reviewed { What: Handled.Escalated } => [Staff("staff-not-confirmed", null)],
            Event.NotOpened e  => [ToBuyer("checkout-turned-down", Matter.Decisions, e.Why)],
            Event.TurnedDown e => [ToBuyer("checkout-turned-down", Matter.Decisions, e.Why)],
            Event.Overturned   => [ToBuyer("checkout-overturned", Matter.Decisions, null)],
            Event.Warned e    => [ToBuyer("checkout-due", Matter.Deadlines, null, ("due", e.Deadline.Due))],
            Event.Abandoned e => [ToBuyer("checkout-abandoned", Matter.Decisions, e.Why)],
            Event.Opened or Event.SellersAsked or Event.Reserved or Event.Refused or Event.Missed
                or Event.PaymentAsked or Event.Authorised or Event.Dropped or Event.ProofSent or Event.AskedAgain
                or Event.AskedForLess or Event.PutOff or Event.Reviewed => Array.Empty<Notice>(),
        };

        Notice ToStaff(Event.HeldForReview e) => Staff("staff-checkout-held", e.Why, ("due", e.Deadline.Due));

        Notice Staff(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, Notice.Staff, Party.Agent, id, facts, why);

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Buyer}", Party.Buyer, id, facts, why);
    }
}
