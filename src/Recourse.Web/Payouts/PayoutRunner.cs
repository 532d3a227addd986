using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Runs what is due to sellers by itself; an operator can run it at any moment, and nothing is paid twice.
/// </summary>
public sealed class PayoutRunner(IPlatform platform) : BackgroundService
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    static readonly Duration Every = Duration.FromHours(1);                // by the platform's clock, which may be fast
    static readonly Actor Itself = new Actor.Operator("payouts");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat);
        var last = platform.Now;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (platform.Now < last + Every) continue;
                last = platform.Now;
                await SellerPayoutEndpoints.RunAll(
                    Itself, $"run-{platform.Now.ToUnixTimeTicks()}", platform, stoppingToken);
            }
        }
        catch (OperationCanceledException) { }                                            // the host ends
    }
}
