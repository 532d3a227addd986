namespace Recourse.Payments;

/// <summary>
/// A call to the payment provider. Its key makes it safe to repeat: the provider answers a repeat with the first
/// outcome. Stored with the turn that wants it. Providers forget keys (Stripe's live 24 hours at least): an adapter
/// that repeats an older call looks first, by our id in its metadata, whether it was done.
/// </summary>
/// <param name="Key">Idempotency key: the same for every repeat of the same call.</param>
public closed record ProviderCall(string Key) : IOutside
{
    /// <summary>Holds an amount on a method, to be captured by hand.</summary>
    /// <param name="Payment">The text of our payment's id, sent as metadata so that reports find it.</param>
    /// <param name="Since">When it was first asked (UTC), so how old the key is; null: unknown.</param>
    public sealed record Authorise(
        string Key, string Payment, int Attempt, string Method, Money Amount, Instant? Since = null)
        : ProviderCall(Key);

    /// <summary>Takes an amount of what is held; the rest is let go.</summary>
    public sealed record Capture(string Key, string Intent, Money Amount) : ProviderCall(Key);

    /// <summary>Lets go what is held.</summary>
    public sealed record Void(string Key, string Intent) : ProviderCall(Key);

    /// <summary>Gives back an amount of what was taken.</summary>
    /// <param name="RefundId">The text of our refund's id, sent as metadata so that reports find it.</param>
    public sealed record Refund(string Key, string RefundId, string Intent, Money Amount) : ProviderCall(Key);

    /// <summary>Asks how a refund stands there; changes nothing.</summary>
    /// <param name="Reference">The provider's own reference of it.</param>
    public sealed record LookAtRefund(string Key, string Reference, string Intent) : ProviderCall(Key);
}

/// <summary>What a call came to.</summary>
public closed record ProviderAnswer
{
    /// <summary>Done, under the provider's own reference (intent or refund id).</summary>
    /// <param name="Arn">The acquirer reference number, by which the buyer's bank finds a refund; null: none is known.
    /// </param>
    public sealed record Done(string Reference, string? Arn = null) : ProviderAnswer;

    /// <summary>Taken in, and its outcome will be reported (a refund that takes days).</summary>
    public sealed record Pending(string Reference) : ProviderAnswer;

    /// <summary>Refused for good.</summary>
    /// <param name="Reference">The provider's intent or refund, where one was made.</param>
    /// <param name="Code">The provider's decline code, e.g. <c>insufficient_funds</c>.</param>
    public sealed record Declined(string? Reference, string Code) : ProviderAnswer;

    /// <summary>Nobody knows: a time-out, a broken connection, a fault at the provider. Never a guess.</summary>
    public sealed record Unknown(string Why) : ProviderAnswer;
}

/// <summary>What the provider says by itself, in a webhook whose signature was checked at the edge.</summary>
/// <param name="EventId">The provider's id of the report.</param>
/// <param name="Reference">The provider's intent or refund id.</param>
/// <param name="Attempt">Which attempt of the payment (metadata); 0 for refunds.</param>
/// <param name="Status">What it says happened.</param>
/// <param name="Amount">Of what is held, taken or given back.</param>
/// <param name="Code">Decline or failure code, where there is one.</param>
/// <param name="Arn">The acquirer reference number of a refund; null: none is known.</param>
public sealed record ProviderReport(
    string EventId, string Reference, int Attempt, ReportedStatus Status, Money Amount, string? Code,
    string? Arn = null);

/// <summary>What a report says.</summary>
public enum ReportedStatus
{
    /// <summary>The amount is held.</summary>
    Authorised,

    /// <summary>It won't be held.</summary>
    Declined,

    /// <summary>What was held is taken.</summary>
    Captured,

    /// <summary>What was held is let go, and nothing was taken.</summary>
    Voided,

    /// <summary>The refund is on its way.</summary>
    RefundPending,

    /// <summary>The refund is done.</summary>
    Refunded,

    /// <summary>The refund came to nothing.</summary>
    RefundFailed,
}
