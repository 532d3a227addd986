using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
namespace Recourse.Web;

/// <summary>Takes out of a folder what nothing needs any more, now and then.</summary>
public abstract partial class Sweep(ILogger log) : BackgroundService
{
    static readonly TimeSpan First = TimeSpan.FromMinutes(5), Every = TimeSpan.FromHours(6);

    /// <summary>All of it once; how many files went.</summary>
    public abstract Task<int> Once(CancellationToken cancel);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; !stoppingToken.IsCancellationRequested; wait = Every)
        {
            try
            {
                await Task.Delay(wait, stoppingToken);
                if (await Once(stoppingToken) is > 0 and var gone) LogGone(log, gone);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(log, e); }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} files that nothing needs any more are gone.")]
    static partial void LogGone(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Files could not be looked through.")]
    static partial void LogFailure(ILogger log, Exception e);
}
