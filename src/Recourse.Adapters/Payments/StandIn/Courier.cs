using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Hosting;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>Tells the platform what happened, at least once, and lets what is pending come to its end.</summary>
internal sealed class Courier(StandInOptions options, Store store, Books books) : IHostedService, IDisposable
{
    const int MostAttempts = 30;
    static readonly Duration LongestPause = Duration.FromMinutes(10);

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 32 })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Takes up what an earlier process left.</summary>
    public Task StartAsync(CancellationToken cancel)
    {
        foreach (var report in store.Owed()) Tell([report]);
        foreach (var id in store.Unsettled()) SettleLater(id);
        return Task.CompletedTask;
    }

    /// <summary>Waits as long as a duration is here; throws when the stand-in stops.</summary>
    public Task Wait(Duration duration) => Task.Delay(options.Scaled(duration), _stop.Token);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys).WaitAsync(cancel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
    }

    /// <summary>Tells these; the task ends when all have been heard.</summary>
    public Task Tell(ImmutableArray<Report> reports) => Task.WhenAll(reports.Select(r => Run(() => Deliver(r))));

    /// <summary>Lets it come to its end when its time is over.</summary>
    public void SettleLater(string id) => Run(async () =>
    {
        await Wait(id.StartsWith("re_") ? options.RefundTakes : options.Late);
        _ = Tell(store.Turn(() => books.Settle(id)));
    });

    Task Run(Func<Task> errand)
    {
        var task = Carry(errand);
        _running[task] = true;
        _ = task.ContinueWith(t => _running.TryRemove(t, out _), TaskScheduler.Default);
        return task;
    }

    async Task Carry(Func<Task> errand)
    {
        await Task.Yield();
        try
        {
            await errand();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    async Task Deliver(Report report)
    {
        if (report.IsLate) await Wait(options.Late);
        for (var copy = 1; copy <= report.Copies; copy++)
            for (var attempt = 1; attempt <= MostAttempts && !await Post(report) && !report.IsForged; attempt++)
                await Wait(Duration.Min(Duration.FromSeconds(1L << Math.Min(attempt - 1, 20)), LongestPause));
        store.Told(report.Id);
    }

    async Task<bool> Post(Report report)
    {
        var secret = report.IsForged ? "whsec_of_somebody_else" : options.WebhookSecret;
        using var request = new HttpRequestMessage(HttpMethod.Post, options.ReportsTo);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(report.Body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("Stripe-Signature",
            StripeSignature.Sign(report.Body, secret, options.Now()));
        try
        {
            using var answer = await _http.SendAsync(request, _stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
