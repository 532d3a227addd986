using Recourse.Payments;
using Recourse.Refunds;
namespace Recourse.Web;

static partial class Telling
{
    static StatedFact[] Of(Payment.Event @event) => @event switch
    {
        Payment.Event.Asked e         =>
        [
            new("attempt", e.Attempt, Buyer),
            new("amount", e.Shares.Select(s => s.Amount).Sum(e.Shares[0].Amount.Currency), Buyer),
        ],
        Payment.Event.Unanswered e    => [new("reason", e.Why, Staff), .. Of(e.Deadline, Buyer)],
        Payment.Event.AskedAgain e    => Of(e.Deadline, Buyer),
        Payment.Event.Authorised e    => [new("reference", e.Intent, Buyer), .. Of(e.Deadline, Buyer)],
        Payment.Event.Released e      => [new("order", $"{e.Order}", Buyer), new("amount", e.Amount, Buyer)],
        Payment.Event.Unfunded e      => [new("order", $"{e.Order}", Buyer), new("amount", e.Amount, Buyer)],
        Payment.Event.ReturnQueued e  => Of(e.Return),
        Payment.Event.RefundOwed e    => Of(e.Return),
        Payment.Event.CaptureAsked e  => [new("amount", e.Amount, Buyer)],
        Payment.Event.Captured e      => [new("amount", e.Amount, Buyer)],
        Payment.Event.CaptureFailed e => [new("amount", e.Amount, Buyer)],
        Payment.Event.VoidAsked e     => [new("reference", e.Intent, Buyer)],
        Payment.Event.Declined or Payment.Event.Abandoned or Payment.Event.Voided or Payment.Event.ReturnsChosen => [],
    };

    static StatedFact[] Of(Return r) => [new("order", $"{r.Order}", Buyer), new("amount", r.Amount, Buyer)];

    static StatedFact[] Of(Refund.Event @event) => @event switch
    {
        Refund.Event.Opened e     => [new("amount", e.Owed.Amount, Buyer), new("promised", e.Owed.Promised, Buyer)],
        Refund.Event.Unanswered e => [new("reason", e.Why, Staff), .. Of(e.Deadline, Buyer)],
        Refund.Event.AskedAgain e => Of(e.Deadline, Buyer),
        Refund.Event.Accepted e   => [new("reference", e.Reference, Buyer), .. Of(e.Deadline, Buyer)],
        Refund.Event.Paid e       => [new("reference", e.Reference, Buyer), new("at", e.At, Buyer)],
        Refund.Event.Failed e     => [.. Maybe("reference", e.Reference, Buyer), .. Of(e.Deadline, Buyer)],
        Refund.Event.Reversed e   => [new("reference", e.Reference, Buyer), .. Of(e.Deadline, Buyer)],
        Refund.Event.Retried e    => [new("attempt", e.Attempt, Buyer), .. Of(e.Deadline, Buyer)],
        Refund.Event.Escalated e  => [new("next", e.Next, Staff), .. Of(e.Deadline, Buyer)],
        Refund.Event.MovedToWallet e => [new("amount", e.Amount, Buyer), new("at", e.At, Buyer)],
        Refund.Event.TraceOpened e => Of(e.Deadline, Buyer),
        Refund.Event.LookedFor e   => Of(e.Deadline, Buyer),
        Refund.Event.Seen e        => [.. Maybe("reference", e.Arn, Buyer)],
        Refund.Event.Diverted      => [],
        Refund.Event.Reviewed e    => StepOf(e.What),
        Refund.Event.Compensated e => [new("amount", e.What.Amount, Buyer)],
        Refund.Event.TraceLate e   => Of(e.Deadline, Buyer),
        Refund.Event.TraceClosed e => [new("reference", e.Reference, Buyer)],
        Refund.Event.Confirmed e   => [new("amount", e.Due, Buyer)],
        Refund.Event.Corrected e   => [new("amount", e.Due, Buyer), new("missing", e.Missing, Buyer)],
    };
}
