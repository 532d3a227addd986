using Recourse.Checkouts;
using Recourse.Orders;
namespace Recourse.Web;

static partial class Telling
{
    static StatedFact[] Of(Order.Event @event) => @event switch
    {
        Order.Event.Placed e    => [new("total", e.Deal.Total, Trade), .. Units(e.Deal.Lines), .. Of(e.Deadline)],
        Order.Event.Funded e    => [new("held", e.Held, Trade), .. Of(e.Deadline)],
        Order.Event.Shipped e   =>
        [
            new("carrier", e.Handover.Carrier, All), new("number", e.Handover.TrackingNumber, All), .. Of(e.Deadline),
        ],
        Order.Event.Delivered e => [new("at", e.DeliveredAt, All), .. Of(e.Deadline)],
        Order.Event.Completed e =>
        [
            new("toSeller", e.Borne is { } borne ? e.ToSeller + borne : e.ToSeller, Seller),
            new("fee", e.Fee, Seller),
        ],
        Order.Event.Warned e    => [new("owner", Words.Of(e.Deadline.Owner), All), .. Of(e.Deadline)],
        Order.Event.CancellationMeant e   => [new("units", e.Meant.Units, All), new("due", e.Meant.Due, All)],
        Order.Event.CancellationTakenBack => [],
        Order.Event.PutOff e => Of(e.Deadline),
        Order.Event.WarningGiven e =>
            [new("what", Warning.WordOf(e.Warning.Reason), All), new("due", e.Warning.Until, All)],
        Order.Event.WarningsTold e =>
        [
            new("what", string.Join(", ", e.Warnings.Select(w => Warning.WordOf(w.Reason))), All),
            new("due", e.Warnings.Min(w => w.Until), All),
        ],
        Order.Event.WarningAnswered e => [new("due", e.Deadline.Due, All)],
        Order.Event.WarningLifted e   => [new("why", e.Because, All)],
        Order.Event.KeepingOffered e =>
            [new("units", e.Keeping.Portions.Sum(p => p.Quantity), All), new("due", e.Deadline.Due, All)],
        Order.Event.Kept e => [new("way", $"way-{e.Way.Name}", All), new("due", e.Deadline.Due, All)],
        Order.Event.KeepingWithdrawn e => [new("due", e.Deadline.Due, All)],
        Order.Event.Overturned e => Units(e.Gone.Lines),
        Order.Event.Picked e            => [new("at", e.At, All)],
        Order.Event.CancellationAsked e =>
            [new("units", e.Wish.Portions.Sum(p => p.Quantity), All), new("due", e.Wish.Deadline.Due, All)],
        Order.Event.AmendmentAsked e    =>
            [new("now", e.Wish.What.After.Total, Trade), new("due", e.Wish.Deadline.Due, All)],
        Order.Event.AmendmentHeld e     =>
            [new("now", e.Wish.What.After.Total, Trade), new("due", e.Wish.Deadline.Due, All)],
        Order.Event.DifferenceAsked e   =>
            [new("more", e.Wish.What.More, Trade), new("due", e.Wish.Deadline.Due, All)],
        Order.Event.WishRefused e       => [],
        Order.Event.WishEnded e         => [new("why", e.Because, All)],
        Order.Event.Amended e           =>
            [new("now", e.After.Total, Trade), new("more", e.What.More, Trade), new("back", e.What.Back, Trade)],
        Order.Event.RecallAsked e       =>
            [new("carrier", e.Handover.Carrier, All), new("due", e.Recall.Deadline!.Due, All)],
        Order.Event.RecallAccepted e    => [new("due", e.Deadline.Due, All)],
        Order.Event.RecallOver e      => [new("why", e.Because, All)],
        Order.Event.Extended e          => [new("due", e.Deadline.Due, All)],
        Order.Event.Postponed e         => [new("due", e.Deadline.Due, All)],
        Order.Event.Contested or Order.Event.Uncontested => [],
        Order.Event.Settled e   => [new("back", e.Settlement.ToBuyer, Trade), .. Units(e.Settlement.Lines)],
        Order.Event.Reviewed e  => StepOf(e.What),
        Order.Event.Imported e  =>
            [new("source", e.Facts.Source, All), new("status", e.Facts.Status, All),
                new("at", e.Facts.Times.Purchased, All)],
    };

    static StatedFact[] Units(ImmutableArray<Line> lines) => [new("units", lines.Sum(l => l.Quantity), All)];

    static StatedFact[] Of(Checkout.Event @event) => @event switch
    {
        Checkout.Event.Opened e       =>
            [new("orders", e.Requests.Length, All), new("lines", e.Basket.Lines.Length, All), .. Of(e.Deadline)],
        Checkout.Event.SellersAsked e => [new("coupon", e.Coupon.Code, All), new("orders", e.Requests.Length, All)],
        Checkout.Event.Reserved e     => [new("order", $"{e.Order}", All), new("total", e.Total, All)],
        Checkout.Event.Refused e      => [new("order", $"{e.Order}", All), new("reason", e.Why[0].Code, All)],
        Checkout.Event.AskedForLess e =>
        [
            new("order", $"{OrderId.Of(e.Request.Checkout, e.Request.Seller)}", All),
            new("lines", e.LeftOut.Length, All), new("reason", e.LeftOut[0].Code, All),
        ],
        Checkout.Event.Missed e       => [new("order", $"{e.Order}", All), new("reason", e.Why.Code, All)],
        Checkout.Event.Dropped e      => [new("order", $"{e.Order}", All), new("reason", e.Why.Code, All)],
        Checkout.Event.Stopped e      => Of(e.Deadline),
        Checkout.Event.AskedAgain e   => [new("orders", e.Requests.Length, All), .. Of(e.Deadline)],
        Checkout.Event.PaymentAsked e =>
        [
            new("attempt", e.Attempt, All),
            new("total", e.Shares.Select(s => s.Amount).Sum(e.Shares[0].Amount.Currency), All),
            .. Of(e.Deadline),
        ],
        Checkout.Event.Declined e     => Of(e.Deadline),
        Checkout.Event.Warned e       => Of(e.Deadline),
        Checkout.Event.PutOff e       => Of(e.Deadline),
        Checkout.Event.VerificationAsked e => Of(e.Deadline),
        Checkout.Event.ProofSent e    => Of(e.Deadline),
        Checkout.Event.HeldForReview e => Of(e.Deadline),
        Checkout.Event.Reviewed e     => [new("step", e.What.Word, All)],
        Checkout.Event.NotOpened e    => [new("lines", e.Basket.Lines.Length, All)],
        Checkout.Event.Overturned e   => [new("appeal", e.Appeal, All)],
        Checkout.Event.Authorised or Checkout.Event.Abandoned or Checkout.Event.TurnedDown => [],
    };
}
