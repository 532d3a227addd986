using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Wallets;
using static Recourse.Kernel.Message;
namespace Recourse.Payments;

/// <summary>What follows elsewhere. Each process is named as the promise it keeps, and remembers nothing.</summary>
public static partial class Payment
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(PaymentId id, State after, Event @event) => @event switch
    {
        Event.Asked or Event.AskedAgain or Event.CaptureAsked or Event.VoidAsked => AskTheProvider(id, after),
        Event.Authorised      =>
        [
            .. id.IsOfAmendment ? (ReadOnlySpan<Intent>)[]
                : [TellTheCheckout(id, new Checkout.Command.ConfirmAuthorised())],
            .. FundOrders(id, after), .. SpendWhatWasKept(id, after),
        ],
        Event.Released e      => BackToTheWallet(id, after, e.Order, e.Amount),
        Event.Unfunded e      => BackToTheWallet(id, after, e.Order, e.Amount),
        Event.Declined e      => id.IsOfAmendment
            ? after.Stakes.Select(s => new Intent.Send(
                To(s.Order, new Order.Command.HearDecline(id, e.Why.Code))))
            : [TellTheCheckout(id, new Checkout.Command.HearDecline(e.Why))],
        Event.RefundOwed e    => [OpenTheRefund(id, after, e)],
        Event.CaptureFailed e => TellWhoeverLosesIt(after, e),
        Event.Unanswered or Event.ReturnQueued or Event.Captured or Event.Abandoned or Event.Voided
            or Event.ReturnsChosen => [],
    };

    /// <summary>The state says what is asked, so asking again is the same call under the same key.</summary>
    static IEnumerable<Intent> AskTheProvider(PaymentId id, State after)
    {
        if (RunningCall(id, after) is { } call) yield return new Intent.Call(call);
    }

    static ProviderCall? RunningCall(PaymentId id, State state) => state switch
    {
        State.Authorising { ByMethod.Minor: 0 } => null,
        State.Authorising s => new ProviderCall.Authorise(
            Key(id, s, "authorise"), $"{id}", s.Terms.Attempt, s.Terms.Method, s.ByMethod,
            s.Terms.AskedAt),
        State.Held { Intent: FromWallet } => null,
        State.Capturing { Asked.Minor: 0 } s => new ProviderCall.Void(Key(id, s, "void"), s.Intent),
        State.Capturing s   => new ProviderCall.Capture(Key(id, s, "capture"), s.Intent, s.Asked),
        State.Voiding s     => new ProviderCall.Void(Key(id, s, "void"), s.Intent),
        State.Authorised or State.Captured or State.Declined or State.Voided or State.Failed => null,
    };

    static string Key(PaymentId id, State state, string step) => $"{id}/{state.Terms.Attempt}/{step}";

    static Intent.Require TellTheCheckout(PaymentId id, Checkout.Command command) =>
        new(To(id.Checkout, command));

    static IEnumerable<Intent> FundOrders(PaymentId id, State after) => after.Stakes.Select(s =>
        new Intent.Send(
            To(s.Order, new Order.Command.Fund(s.Amount, id)), new Command.HearFundingRefused(s.Order, [])));

    static IEnumerable<Intent> SpendWhatWasKept(PaymentId id, State after)
    {
        if (after.Terms.Wallet is { } wallet)
            yield return new Intent.Require(
                To(WalletId.Of(id.Buyer, wallet.Currency), new Wallet.Command.Spend(id.Checkout)));
    }

    static IEnumerable<Intent> BackToTheWallet(PaymentId id, State after, OrderId order, Money amount)
    {
        if (WalletsPart(after, order, amount) is { Minor: > 0 } part)
            yield return new Intent.Require(
                To(WalletId.Of(id.Buyer, part.Currency), new Wallet.Command.Receive(id.Code, part)));
    }

    static Intent OpenTheRefund(PaymentId id, State after, Event.RefundOwed e)
    {
        var wallet = after.Terms.BackToWallet is true ? e.Return.Amount
            : WalletsPart(after, e.Return.Order, e.Return.Amount);
        var open = To(
            RefundId.Of(id, e.Return),
            new Refund.Command.Open(
                e.Return, id, e.Intent, after.Terms.Country, wallet.Minor == 0 ? null : wallet,
                after.Terms.Kind));
        return e.IsLater ? new Intent.Send(open) : new Intent.Require(open);
    }

    static IEnumerable<Intent> TellWhoeverLosesIt(State after, Event.CaptureFailed e) =>
        from stake in after.Stakes
        where stake.Wanted.Minor > 0
        select new Intent.Send(
            To(stake.Order, new Order.Command.LosePayment(e.Why.Code)),
            new Command.HearLossRefused(stake.Order, []));
}
