using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Starts after the silo and stops before it: nothing is asked of a platform that isn't there.</summary>
sealed class PlatformLife(Platform platform, IServiceProvider services) : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        platform.Grains = services.GetRequiredService<IGrainFactory>();
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => platform.KeepOpen(stoppingToken);

    /// <summary>Whoever was let in gets an answer.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (platform.Asking > 0 && Environment.TickCount64 < until && !cancellationToken.IsCancellationRequested)
            await Task.Delay(20, CancellationToken.None);
    }
}
