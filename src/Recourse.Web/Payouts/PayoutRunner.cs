using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Runs what is due to sellers by itself; an operator can run it at any moment, and nothing is paid twice.
/// </summary>
public sealed class PayoutRunner(IPlatform platform) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    static readonly Actor Itself = new Actor.Operator("payouts");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SellerPayoutEndpoints.RunAll(
                    Itself, $"run-{platform.Now.ToUnixTimeTicks()}", platform, stoppingToken);
        }
        catch (OperationCanceledException) { }                                            // the host ends
    }
}
