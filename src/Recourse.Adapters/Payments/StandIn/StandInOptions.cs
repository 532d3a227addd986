using System.Net;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>How the stand-in provider is to be.</summary>
public sealed record StandInOptions
{
    /// <summary>Where it listens; port 0 picks a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The secret key that it lets in.</summary>
    public string ApiKey { get; init; } = "sk_test_standin";

    /// <summary>The secret that it signs reports with.</summary>
    public string WebhookSecret { get; init; } = "whsec_standin";

    /// <summary>Where its reports go; null: nowhere.</summary>
    public Uri? ReportsTo { get; init; }

    /// <summary>The file of its books; null: in memory, gone with the process.</summary>
    public string? File { get; init; }

    /// <summary>What <c>pm_standin_seeded-random-…</c> cards do, and every id it makes, follow from this.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How often a card misbehaves in one thing before it settles.</summary>
    public int Tries { get; init; } = 2;

    /// <summary>How long a stalled answer takes.</summary>
    public Duration Stall { get; init; } = Duration.FromSeconds(15);

    /// <summary>How late a late report is, and how long a buyer takes to confirm with their bank.</summary>
    public Duration Late { get; init; } = Duration.FromMinutes(1);

    /// <summary>How long a pending refund takes.</summary>
    public Duration RefundTakes { get; init; } = Duration.FromMinutes(2);

    /// <summary>How long an idempotency key is remembered, by <see cref="Now"/>.</summary>
    public Duration KeysLast { get; init; } = Duration.FromHours(24);

    /// <summary>All waiting is divided by this.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>What it writes on things as their time (UTC).</summary>
    public Func<Instant> Now { get; init; } = SystemClock.Instance.GetCurrentInstant;

    internal TimeSpan Scaled(Duration duration) => (duration / Speed).ToTimeSpan();
}
