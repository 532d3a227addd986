namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>
    /// What a buyer is told of money that was held and is let go. That it failed, the checkout and the orders tell.
    /// </summary>
    public static IEnumerable<Notice> Notices(PaymentId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Released e => [ToBuyer("money-released", e.Order, ("amount", e.Amount))],
            Event.Unfunded e => [ToBuyer("money-released", e.Order, ("amount", e.Amount))],
            Event.Asked or Event.Unanswered or Event.AskedAgain or Event.Authorised or Event.Declined
                or Event.ReturnQueued or Event.RefundOwed or Event.CaptureAsked or Event.Captured or Event.CaptureFailed
                or Event.Abandoned or Event.VoidAsked or Event.Voided or Event.ReturnsChosen => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, IId about, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, $"{id.Buyer}", Party.Buyer, about, facts);
    }
}
