using Recourse.Payments;
namespace Recourse.Refunds;

/// <summary>What follows elsewhere, and what it means in money.</summary>
public static partial class Refund
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(RefundId id, State after, Event @event) => @event switch
    {
        Event.Opened or Event.AskedAgain or Event.Retried => [AskTheProvider(id, after)],
        // A report may have been lost, so a late one is asked about as well: the same key, the same refund.
        Event.Escalated => after is State.Failed ? [] : [AskTheProvider(id, after)],
        Event.Unanswered or Event.Accepted or Event.Paid or Event.Failed or Event.Reversed => [],
    };

    static Intent.Call AskTheProvider(RefundId id, State after) =>
        new(new ProviderCall.Refund(Key(id, after), $"{id}", after.Owed.Intent, after.Owed.Amount));

    static string Key(RefundId id, State state) => $"{id}/{state.Attempt}/refund";
}
