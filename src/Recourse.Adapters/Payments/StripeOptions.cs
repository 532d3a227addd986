namespace Recourse.Adapters.Payments;

/// <summary>Where the payment provider is, and what proves who we are.</summary>
public sealed record StripeOptions
{
    /// <summary>The secret key of the account.</summary>
    public required string ApiKey { get; init; }

    /// <summary>The secret that reports are signed with.</summary>
    public required string WebhookSecret { get; init; }

    /// <summary>The provider itself, or the stand-in.</summary>
    public Uri ApiBase { get; init; } = new("https://api.stripe.com");

    /// <summary>How long one call may take before its outcome counts as unknown.</summary>
    public Duration Timeout { get; init; } = Duration.FromSeconds(10);

    /// <summary>How far a report's time of signing may be from ours.</summary>
    public Duration Tolerance { get; init; } = Duration.FromMinutes(5);
}
