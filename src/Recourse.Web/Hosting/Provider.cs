using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>
/// The payment provider, as the platform calls it: the configured one, or a stand-in in this process.
/// </summary>
sealed class Provider(HostOptions options, Settings settings, IServer server, Pulse pulse)
    : IHostedLifecycleService, IAsyncDisposable
{
    readonly TaskCompletionSource<IPaymentProvider> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    WebApplication? _standIn;
    StripeProvider? _stripe;

    /// <summary>How reports are read.</summary>
    public StripeReports Reports { get; } = new(OptionsFor(settings, new Uri("http://localhost")));

    /// <summary>The stand-in's address; null if there is none.</summary>
    public string? StandInAddress => _standIn?.Urls.First();

    /// <summary>Calls, and says the answer as a command to whoever called.</summary>
    public async Task<object?> Call(Outside call)
    {
        if (call.Request is ChallengeCall challenge)
            return new Verification.Command.HearChallenge(
                challenge, await pulse.Measure(await _ready.Task, challenge));
        var request = (ProviderCall)call.Request;
        var answer = await pulse.Measure(await _ready.Task, request);
        return call.From switch
        {
            PaymentId => new Payment.Command.HearAnswer(request, answer),
            VerificationId => new Verification.Command.HearAnswer(request, answer),
            RefundId  => new Refund.Command.HearAnswer(request, answer),
            var from  => throw new InvalidOperationException($"{from} calls no provider."),
        };
    }

    /// <summary>What a token stands for; null: the provider doesn't say.</summary>
    public async Task<MethodLook?> Look(string token, CancellationToken cancel) =>
        await (await _ready.Task.WaitAsync(cancel)).Look(token, cancel);

    /// <summary>How a refund stands there now.</summary>
    public async Task<ProviderAnswer> LookAt(ProviderCall.LookAtRefund call) =>
        await pulse.Measure(await _ready.Task, call);

    /// <summary>Only now is it known where reports are to go.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.PaymentProvider is { } given)
        {
            _ready.SetResult(given);
            return;
        }
        var address = settings.ProviderBase;
        if (address is null && options.StandIn)
        {
            var refundsTake = options.Demo is null ? new StandInOptions().RefundTakes : Demo.RefundsTake;
            _standIn = StandInProvider.Build(new()
            {
                RefundTakes = refundsTake,
                Listen = new(IPAddress.Loopback, options.StandInPort), ApiKey = settings.ProviderKey,
                WebhookSecret = settings.WebhookSecret, ReportsTo = new(Here(), WebhookEndpoints.Path),
                File = Path.Combine(options.DataFolder, "standin.db"), Now = () => options.Clock.Now,
                Speed = options.StandInSpeed,
            });
            await _standIn.StartAsync(cancellationToken);
            address = new(_standIn.Urls.First());
        }
        var stripe = OptionsFor(settings, address ?? new("https://api.stripe.com"));
        _ready.SetResult(_stripe = new(stripe, () => options.Clock.Now));
    }

    static StripeOptions OptionsFor(Settings settings, Uri address) =>
        new() { ApiKey = settings.ProviderKey, WebhookSecret = settings.WebhookSecret, ApiBase = address };

    Uri Here()
    {
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(address.Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1").Replace("+", "127.0.0.1"));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        _standIn?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_standIn is not null) await _standIn.DisposeAsync();
        _stripe?.Dispose();
    }
}
