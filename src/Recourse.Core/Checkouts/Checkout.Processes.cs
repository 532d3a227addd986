using Recourse.Buyers;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Verifying;
using static Recourse.Kernel.Message;
namespace Recourse.Checkouts;

/// <summary>What follows elsewhere. Each process is named as the promise it keeps, and remembers nothing.</summary>
public static partial class Checkout
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(CheckoutId id, State after, Event @event) => @event switch
    {
        Event.Opened e       =>
        [
            .. after.Taken is { } coupon ? AskForTheCoupon(id, coupon, e) : AskEverySeller(e.Requests),
            .. TellHowTheyEnded(id, e), .. KeepInTheWallet(id, after, e),
        ],
        Event.SellersAsked e => AskEverySeller(e.Requests),
        Event.Authorised     => UseTheCouponOnce(id, after),
        Event.AskedAgain e   => AskEverySeller(e.Requests),
        Event.AskedForLess e => AskEverySeller([e.Request]),
        Event.PaymentAsked e => PayForWhatIsKept(id, after, e),
        Event.Missed e       => [GiveBack(e.Order, Reason.PaymentNotResolved)],
        Event.Abandoned e    =>
        [
            .. GiveEverythingBack(after, ReasonOf(e)), .. LetGoOfTheMoney(id, after),
            .. CountWhatWasGivenUp(id, after, e), .. GiveTheCouponBack(id, after), .. LetGoOfTheWallet(id, after),
        ],
        Event.TurnedDown     =>
        [
            .. GiveEverythingBack(after, Reason.PaymentNotResolved), .. GiveTheCouponBack(id, after),
            .. LetGoOfTheWallet(id, after),
        ],
        Event.VerificationAsked => [AskWhoItIs(id, after)],
        Event.Overturned e   => [SpeakFor(id, e)],
        Event.NotOpened or Event.ProofSent or Event.HeldForReview or Event.Reserved or Event.Refused or Event.Stopped
            or Event.Declined or Event.Warned or Event.PutOff or Event.Dropped or Event.Reviewed => [],
    };

    static IEnumerable<Intent> AskEverySeller(ImmutableArray<Request> requests) =>
        from request in requests
        let order = OrderId.Of(request.Checkout, request.Seller)
        select new Intent.Send(To(order, new Order.Command.Place(request)), new Command.HearRefusal(order, []));

    static IEnumerable<Intent> PayForWhatIsKept(CheckoutId id, State after, Event.PaymentAsked e)
    {
        // Only a method that the buyer pays elsewhere is waited for by the buyer's own deadline.
        var authorise = new Payment.Command.Authorise(
            e.Attempt, e.Method, after.Basket.Country, e.Shares,
            PaidUntil: e.Deadline.Owner is Party.Buyer ? e.Deadline.Due : null, e.Wallet,
            e.Kind);
        return [.. KeepNoMore(id, after, e.Wallet), new Intent.Require(To(PaymentId.Of(id), authorise))];
    }

    /// <summary>Only somebody who gave up before is counted for: nobody else's orders are looked at.</summary>
    static IEnumerable<Intent> TellHowTheyEnded(CheckoutId id, Event.Opened e)
    {
        if (e.Facts.Buyer?.Value.EndedWell is { } count)
            yield return new Intent.Require(To(id.Buyer, new BuyerAccount.Command.HearEndedWell(count)));
    }

    /// <summary>
    /// A slip that nobody paid kept stock from others; where a check, a seller or a bank said no, nobody is at fault.
    /// </summary>
    static IEnumerable<Intent> CountWhatWasGivenUp(CheckoutId id, State after, Event.Abandoned e)
    {
        if (e.Why.Code is ByBuyer or NotPaid && after.Basket.MethodKind is not null
            && after.LeftOut.IsEmpty && after.Parts.All(p => p.Refusals.IsEmpty))
            yield return new Intent.Require(To(id.Buyer, new BuyerAccount.Command.CountGivenUp(id, e.Why.Code)));
    }

    /// <summary>Also to sellers that have not answered: messages to one seller stay in order, Place is first.</summary>
    static IEnumerable<Intent> GiveEverythingBack(State after, string reason) =>
        after.Parts.Where(p => p.Refusals.IsEmpty).Select(p => GiveBack(p.Order, reason));

    static string ReasonOf(Event.Abandoned e) => e.Why.Code is ByBuyer ? Reason.ChangedMind : Reason.PaymentNotResolved;

    // Which lines an order has is its own affair: no portions, from an aggregate, are all of it. A refusal means that
    // there is nothing to give back (it was never placed); it is heard and changes nothing.
    static Intent.Send GiveBack(OrderId order, string reason) =>
        new(To(order, new Order.Command.Cancel(reason, [])), new Command.HearRefusal(order, []));

    static Intent.Require AskWhoItIs(CheckoutId id, State after) => new(To(
        new VerificationId(id.Buyer),
        new Verification.Command.Ask(
            id, after is State.Verifying { Gate: { Large: null } gate } ? ReasonsIn(gate) : null, after.Basket.Card)));

    static Intent.Require SpeakFor(CheckoutId id, Event.Overturned e) =>
        new(To(id.Buyer, new BuyerAccount.Command.SpeakFor(e.Appeal)));

    static IEnumerable<Intent> LetGoOfTheMoney(CheckoutId id, State after)
    {
        if (after is State.Abandoned { Attempt: > 0 })
            yield return new Intent.Require(To(PaymentId.Of(id), new Payment.Command.Abandon()));
    }
}
