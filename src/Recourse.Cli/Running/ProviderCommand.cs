using System.ComponentModel;
using System.Net;
using Microsoft.Extensions.Hosting;
using Recourse.Adapters.Payments.StandIn;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>The stand-in payment provider on its own.</summary>
sealed class ProviderCommand : AsyncCommand<ProviderCommand.Settings>
{
    /// <summary>How.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>Where it listens.</summary>
        [CommandOption("--port <PORT>"), DefaultValue(0), Description("The port to listen at; 0 picks a free one.")]
        public int Port { get; init; }

        /// <summary>Where its books are.</summary>
        [CommandOption("--data <DIR>"), Description("The folder of its books; without, they are gone when it stops.")]
        public string? Data { get; init; }

        /// <summary>Where its reports go.</summary>
        [CommandOption("--webhook <URL>"), Description("Where its signed reports go; without, it makes none.")]
        public string? Webhook { get; init; }

        /// <summary>What it signs them with.</summary>
        [CommandOption("--secret <SECRET>"), Description("What it signs reports with.")]
        [DefaultValue("whsec_standin")]
        public string Secret { get; init; } = "";

        /// <summary>How fast its waiting goes.</summary>
        [CommandOption("--speed <FACTOR>"), DefaultValue(1.0), Description("All its waiting is divided by this.")]
        public double Speed { get; init; } = 1;
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (settings.Port is < 0 or > IPEndPoint.MaxPort)
            throw new Trouble("cli.bad-port", $"{settings.Port} is no port.", Trouble.BadInput);
        if (settings.Speed is not (> 0 and <= 1_000_000))
            throw new Trouble("cli.bad-speed", "--speed is a number above 0, at most 1000000.", Trouble.BadInput);
        Uri? webhook = null;
        if (settings.Webhook is { } url && !Uri.TryCreate(url, UriKind.Absolute, out webhook))
            throw new Trouble("cli.bad-webhook", $"\"{url}\" is no address.", Trouble.BadInput);
        if (settings.Data is { } folder) Directory.CreateDirectory(folder);
        await using var app = StandInProvider.Build(new()
        {
            Listen = new(IPAddress.Loopback, settings.Port), WebhookSecret = settings.Secret, ReportsTo = webhook,
            File = settings.Data is null ? null : Path.Combine(settings.Data, "standin.db"), Speed = settings.Speed,
        });
        await app.StartAsync(cancel);
        Out.Line($"The stand-in payment provider runs at {app.Urls.First()}; use it with "
            + $"Recourse__Provider__Base={app.Urls.First()}. Ctrl+C stops it.");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
