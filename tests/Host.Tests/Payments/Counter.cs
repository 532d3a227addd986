using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Stripe;
namespace Recourse.Tests.Payments;

/// <summary>A stand-in provider on a free port, the adapter that calls it, and an ear for its reports.</summary>
sealed class Counter : IAsyncDisposable
{
    public const string Key = "sk_test_standin";
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 24, 12, 0);

    readonly WebApplication _ear;
    int _deaf;

    Counter(WebApplication ear, StandInOptions options)
    {
        (_ear, Options) = (ear, options);
        Heard = [];
    }

    public StandInOptions Options { get; private set; }
    public WebApplication StandIn { get; private set; } = null!;
    public StripeProvider Provider { get; private set; } = null!;
    public Uri Address => new(StandIn.Urls.Single());
    public ConcurrentQueue<Hearing> Heard { get; }

    /// <summary>What time it is for everybody.</summary>
    public Instant Now { get; set; } = Noon;

    public IEnumerable<ProviderReport> Reports => Heard.OfType<Hearing.Heard>().Select(h => h.Report);

    public static async Task<Counter> Open(Func<StandInOptions, StandInOptions>? how = null, Duration? timeout = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var ear = builder.Build();
        var counter = new Counter(ear, new StandInOptions { Speed = 200 });
        ear.MapPost("/reports", counter.Hear);
        await ear.StartAsync();
        counter.Options = counter.Options with
        {
            ReportsTo = new(new Uri(ear.Urls.Single()), "/reports"), Now = () => counter.Now,
        };
        if (how is not null) counter.Options = how(counter.Options);
        await counter.Start(timeout);
        return counter;
    }

    /// <summary>From the next start on, nobody waits.</summary>
    public void Faster() => Options = Options with { Speed = 1_000 };

    /// <summary>The next so many reports are answered 500.</summary>
    public void BeDeaf(int times) => _deaf = times;

    public async Task Restart()
    {
        await StandIn.StopAsync(Ct);
        await StandIn.DisposeAsync();
        Provider.Dispose();
        await Start(null);
    }

    /// <summary>Stripe's own client, as anyone would set it up.</summary>
    public StripeClient Client(string key = Key) => new(new StripeClientOptions
    {
        ApiKey = key, ApiBase = Address.GetLeftPart(UriPartial.Authority),
        HttpClient = new SystemNetHttpClient(maxNetworkRetries: 0),
    });

    public static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static Task Pause(int milliseconds) => Task.Delay(milliseconds, Ct);

    public Task<ProviderAnswer> Say(ProviderCall call) => Provider.Call(call, Ct);

    /// <summary>Says it until the answer is known, as the platform does.</summary>
    public async Task<(ProviderAnswer Answer, int Times)> Settle(ProviderCall call)
    {
        for (var times = 1; times < 50; times++)
        {
            var answer = await Say(call);
            if (answer is not ProviderAnswer.Unknown) return (answer, times);
            await Pause(20);
        }
        throw new TimeoutException($"{call} never settled.");
    }

    public async Task<string> Authorised(string method, long cents = 50_00, string payment = "payment/ann/one")
    {
        var call = new ProviderCall.Authorise($"{payment}/authorise", payment, 1, method, Eur(cents));
        return ((ProviderAnswer.Done)(await Settle(call)).Answer).Reference;
    }

    public async Task<string> Captured(string method, long cents = 50_00)
    {
        var intent = await Authorised(method, cents);
        await Settle(new ProviderCall.Capture($"{intent}/capture", intent, Eur(cents)));
        return intent;
    }

    public Task<StandInStatement> Statement() => StandInStatement.Read(new HttpClient(), Address, Key);

    /// <summary>Waits until it is so, or fails.</summary>
    public static async Task Until(Func<bool> so)
    {
        for (var i = 0; i < 500 && !so(); i++) await Pause(10);
        Xunit.Assert.True(so());
    }

    public static Money Eur(long cents) => new(cents, Currency.Eur);

    public async ValueTask DisposeAsync()
    {
        await StandIn.DisposeAsync();
        await _ear.DisposeAsync();
        Provider.Dispose();
    }

    async Task Start(Duration? timeout)
    {
        StandIn = StandInProvider.Build(Options);
        await StandIn.StartAsync();
        Provider = new(Stripe(timeout), () => Now);
    }

    /// <summary>Another process of ours, somewhat later.</summary>
    public StripeProvider Later(Duration after) => new(Stripe(null), () => Now + after);

    StripeOptions Stripe(Duration? timeout) => new()
    {
        ApiKey = Key, WebhookSecret = "whsec_standin", ApiBase = Address,
        Timeout = timeout ?? Duration.FromSeconds(10),
    };

    async Task Hear(HttpContext http)
    {
        if (Interlocked.Decrement(ref _deaf) >= 0)
        {
            http.Response.StatusCode = 500;
            return;
        }
        using var reader = new StreamReader(http.Request.Body);
        var heard = new StripeReports(Stripe(null))
            .Read(await reader.ReadToEndAsync(), http.Request.Headers["Stripe-Signature"], Now);
        Heard.Enqueue(heard);
        http.Response.StatusCode = heard is Hearing.Refused ? 400 : 200;
    }
}
