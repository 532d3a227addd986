using Recourse.Payments;
using Recourse.Wallets;
namespace Recourse.Refunds;

/// <summary>What follows elsewhere, and what it means in money.</summary>
public static partial class Refund
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(RefundId id, State after, Event @event) => @event switch
    {
        Event.Opened => [.. ToTheWallet(id, after.Owed.ToWallet), .. AskIfOwed(id, after)],
        Event.AskedAgain or Event.Retried => [AskTheProvider(id, after)],
        Event.MovedToWallet e => ToTheWallet(id, e.Amount),
        Event.Corrected e => ToTheWallet(id, e.Missing),
        Event.Compensated e => ToTheWallet(id, e.What.Amount),
        // A report may have been lost, so a late one is asked about as well: the same key, the same refund.
        Event.Escalated => after is State.Failed ? [] : [AskTheProvider(id, after)],
        Event.LookedFor or Event.TraceOpened or Event.TraceLate => AskWhereItIs(id, after),
        Event.Unanswered or Event.Accepted or Event.Paid or Event.Failed or Event.Reversed
            or Event.TraceClosed or Event.Confirmed or Event.Seen or Event.Diverted
            or Event.Reviewed => [],
    };

    static IEnumerable<Intent> AskIfOwed(RefundId id, State after) =>
        after.Owed.Amount.Minor > 0 ? [AskTheProvider(id, after)] : [];

    static IEnumerable<Intent> ToTheWallet(RefundId id, Money? amount)
    {
        if (amount is { Minor: > 0 } some)
            yield return new Intent.Require(Message.To(
                WalletId.Of(id.Buyer, some.Currency), new Wallet.Command.Receive(id.Code, some)));
    }

    static Intent.Call AskTheProvider(RefundId id, State after) =>
        new(new ProviderCall.Refund(Key(id, after), $"{id}", after.Owed.Intent, after.Owed.Amount));

    static string Key(RefundId id, State state) => $"{id}/{state.Attempt}/refund";
}
