using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Webhooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Calls endpoints: each one by itself, so that one that is slow or away keeps nobody else waiting. What fails is tried
/// again with growing pauses; what failed for three days while nothing arrived pauses its endpoint.
/// </summary>
sealed partial class HookSender : BackgroundService
{
    const int AtOnce = 20, MostEndpointsAtOnce = 32;
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    static readonly Duration Sweep = Duration.FromHours(6);

    readonly HookFile _file;
    readonly IPlatform _platform;
    readonly Hooks _hooks;
    readonly NoticeMeters _meters;
    readonly HookClient _client;
    readonly ILogger<HookSender> _log;
    readonly SemaphoreSlim _wake = new(0);
    readonly ConcurrentDictionary<string, Task> _busy = [];
    Instant _swept;

    public HookSender(
        HookFile file, HookQueue queue, IPlatform platform, Hooks hooks, NoticeMeters meters, HostOptions options,
        ILogger<HookSender> log)
    {
        (_file, _platform, _hooks, _meters, _log) = (file, platform, hooks, meters, log);
        _client = new(options.CallsThisMachine, options.WebhookPatience);
        queue.Woken = () => { if (_wake.CurrentCount == 0) _wake.Release(); };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var hook in _file.Hooks.Where(h => h.State is HookState.Active)) Begin(hook.Id, stoppingToken);
                if (_swept + Sweep < _platform.Now) _file.Prune(_swept = _platform.Now);
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailure(_log, e);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_busy.Values);
    }

    void Begin(string hook, CancellationToken stop)
    {
        if (_busy.ContainsKey(hook) || _busy.Count >= MostEndpointsAtOnce) return;
        var due = _file.Due(hook, _platform.Now, AtOnce);
        if (due.Count == 0) return;
        _busy[hook] = Task.Run(async () =>
        {
            try { await Send(due, stop); }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(_log, e); }
            finally
            {
                _busy.TryRemove(hook, out _);
                if (_wake.CurrentCount == 0) _wake.Release();
            }
        }, CancellationToken.None);
    }

    async Task Send(List<Delivery> due, CancellationToken stop)
    {
        foreach (var d in due)
        {
            if (_file.Find(d.Hook) is not { State: HookState.Active } hook) return;
            var answer = await _client.Send(
                new(new(hook.Url), d.Id, d.Body, _hooks.SecretsOf(hook, _platform.Now)), stop);
            Note(hook, d, answer);
            if (answer.Status is null) return;                              // nobody is there: they would all wait
        }
    }

    void Note(Hook hook, Delivery d, HookAnswer answer)
    {
        var now = _platform.Now;
        _meters.Delivered(answer.IsTaken ? "taken" : answer.Status is null ? "no-answer" : "refused");
        if (answer.IsTaken)
        {
            _file.Tried(d, DeliveryState.Delivered, now, answer.Status, answer.Took, answer.Said, now);
            return;
        }
        var next = answer.IsGone ? null : Retries.Next(d.Tries, d.At, now);
        _file.Tried(
            d, next is null ? DeliveryState.Failed : DeliveryState.Waiting, next ?? now, answer.Status, answer.Took,
            answer.Said, now);
        if (next is not null || !answer.IsGone && _file.DeliveredSince(d.Hook, d.At)) return;
        _hooks.GiveUp(hook, new(
            answer.IsGone ? "webhook.gone" : "webhook.kept-failing", d.At, d.Tries + 1,
            $"{answer.Status} {answer.Said}".Trim()));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _client.Dispose();
        _wake.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks can't be sent; it is tried again")]
    static partial void LogFailure(ILogger log, Exception e);
}
