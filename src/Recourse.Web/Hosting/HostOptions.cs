using Microsoft.Extensions.Configuration;
using NodaTime.Text;
using Recourse.Adapters.Mail;
using Recourse.Adapters.Mail.StandIn;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Rates;
using Recourse.Runtime;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>How one process of the platform is to be.</summary>
public sealed record HostOptions
{
    /// <summary>The folder of the store; made if it isn't there.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where it listens; port 0 picks a free one.</summary>
    public ImmutableArray<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    /// <summary>Whoever is called for payments; null: the configured provider, or the stand-in.</summary>
    public IPaymentProvider? PaymentProvider { get; init; }

    /// <summary>Starts the stand-in payment provider in this process, unless a provider is configured.</summary>
    public bool StandIn { get; init; } = true;

    /// <summary>Where the stand-in listens; 0 picks a free port.</summary>
    public int StandInPort { get; init; }

    /// <summary>How fast the stand-in's own waiting goes.</summary>
    public double StandInSpeed { get; init; } = 1;

    /// <summary>The platform's clock.</summary>
    public IClock Clock { get; init; } = new RealClock();

    /// <summary>Makes it a demo; its clock is then the platform's. Null: it is none.</summary>
    public Demo? Demo { get; init; }

    /// <summary>
    /// A mailbox in this process that takes letters, where no mail server is configured; null: in a demo only.
    /// </summary>
    public MailSinkOptions? MailSink { get; init; }

    /// <summary>Where people get their mail; null: as the platform knows it.</summary>
    public IAddressBook? AddressBook { get; init; }

    /// <summary>Endpoints for webhooks may be on this machine, without encryption: in demos and tests.</summary>
    public bool LocalWebhooks { get; init; }

    /// <summary>How long an endpoint may take to answer; null: 15 seconds.</summary>
    public TimeSpan? WebhookPatience { get; init; }

    /// <summary>How long a source of exchange rates may take to answer; null: 30 seconds.</summary>
    public TimeSpan? RatePatience { get; init; }

    /// <summary>Whether this machine itself may be called.</summary>
    internal bool CallsThisMachine => LocalWebhooks || Demo is not null;

    /// <summary>More configuration; its keys start with <c>Recourse:</c>. Environment variables are read too.</summary>
    public IConfiguration? Configuration { get; init; }

    /// <summary>Requests that one key may make in a minute, on average; null: as configured, else 6,000.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Checkouts that this process opens in a second; null: as configured, else 5,000.</summary>
    public int? CheckoutsPerSecond { get; init; }

    /// <summary>Those of one listing; null: as configured, else 1,000.</summary>
    public int? CheckoutsPerSecondOfListing { get; init; }

    /// <summary>Whoever sends letters; null: the configured way.</summary>
    public IMailer? Mailer { get; init; }

    /// <summary>Limits of the runtime.</summary>
    public PlatformOptions Limits { get; init; } = new();

    /// <summary>How far ahead partitions know their deadlines: longer where the clock runs fast.</summary>
    public Duration DeadlinesAhead { get; init; } = Duration.FromHours(1);

    /// <summary>
    /// What index and views keep in memory of what is read often; at most as much again of what was just written.
    /// </summary>
    public int StoreMegabytes { get; init; } = Store.Usually;

    /// <summary>Writes what happens to the console; warnings and worse if not.</summary>
    public bool Verbose { get; init; }
}

/// <summary>What configuration says, under <c>Recourse:</c>.</summary>
public sealed record Settings
{
    static readonly LocalTimePattern HourAndMinute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Largest body of a request, in bytes.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>So much is read before a sender is cut off: more than is taken, so that most hear why.</summary>
    public const long MostSent = 4L * LargestBody;

    /// <summary>The provider's address; null: the stand-in's.</summary>
    public Uri? ProviderBase { get; init; }

    /// <summary>The secret key at the provider.</summary>
    public string ProviderKey { get; init; } = "sk_test_standin";

    /// <summary>The secret that the provider signs its reports with.</summary>
    public string WebhookSecret { get; init; } = "whsec_standin";

    /// <summary>Requests that one key may make in a minute, on average.</summary>
    public int RequestsPerMinute { get; init; } = 6_000;

    /// <summary>Checkouts that this process opens in a second; the others wait in line.</summary>
    public int CheckoutsPerSecond { get; init; } = 5_000;

    /// <summary>Those of one listing.</summary>
    public int CheckoutsPerSecondOfListing { get; init; } = 1_000;

    /// <summary>How long a session lasts without a visit.</summary>
    public TimeSpan SessionLasts { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a link that confirms an address or sets a new password can be used.</summary>
    public TimeSpan LinksLast { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long an invitation can be taken.</summary>
    public TimeSpan InvitationsLast { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long no password is tried after too many wrong ones.</summary>
    public TimeSpan LockOutLasts { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The mail server; null: there is none.</summary>
    public SmtpOptions? Mail { get; init; }

    /// <summary>Where people find us, as letters tell it; null: where this process listens.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where exchange rates are fetched; none: nowhere, people bring them.</summary>
    public ImmutableArray<RateFetch> Rates { get; init; } = [];

    /// <summary>Reads them; options of the code go first.</summary>
    public static Settings Of(IConfiguration configuration, HostOptions options)
    {
        var section = configuration.GetSection("Recourse");
        var standard = new Settings();
        return new()
        {
            ProviderBase = AddressOf(section["Provider:Base"], "Provider:Base"),
            PublicUrl = AddressOf(section["PublicUrl"], "PublicUrl"), Mail = MailOf(section.GetSection("Mail")),
            ProviderKey = section["Provider:Key"] ?? standard.ProviderKey,
            WebhookSecret = section["Provider:WebhookSecret"] ?? standard.WebhookSecret,
            RequestsPerMinute = options.RequestsPerMinute
                ?? section.GetValue("RequestsPerMinute", standard.RequestsPerMinute),
            CheckoutsPerSecond = Math.Max(1, options.CheckoutsPerSecond
                ?? section.GetValue("CheckoutsPerSecond", standard.CheckoutsPerSecond)),
            CheckoutsPerSecondOfListing = Math.Max(1, options.CheckoutsPerSecondOfListing
                ?? section.GetValue("CheckoutsPerSecondOfListing", standard.CheckoutsPerSecondOfListing)),
            SessionLasts = section.GetValue("People:SessionLasts", standard.SessionLasts),
            LinksLast = section.GetValue("People:LinksLast", standard.LinksLast),
            InvitationsLast = section.GetValue("People:InvitationsLast", standard.InvitationsLast),
            LockOutLasts = section.GetValue("People:LockOutLasts", standard.LockOutLasts),
            Rates = [.. section.GetSection("Rates").GetChildren().Select(RatesOf)],
        };
    }

    static RateFetch RatesOf(IConfigurationSection of)
    {
        var (source, key) = (of.Key.ToLowerInvariant(), $"Rates:{of.Key}");
        if (!RateFiles.Sources.Contains(source))
            throw new InvalidOperationException(
                $"Recourse:{key} is no source whose files are known: {string.Join(", ", RateFiles.Sources)}.");
        var at = HourAndMinute.Parse(of["At"] ?? "16:30");
        if (!at.Success)
            throw new InvalidOperationException($"Recourse:{key}:At is no time of day such as 16:30: \"{of["At"]}\".");
        return new(source, AddressOf(of["Url"], $"{key}:Url")
            ?? throw new InvalidOperationException($"Recourse:{key}:Url is missing."), at.Value);
    }

    static SmtpOptions? MailOf(IConfigurationSection section)
    {
        if (section["Host"] is not { Length: > 0 } host) return null;
        var standard = new SmtpOptions { Host = host };
        return new()
        {
            Host = host, Port = section.GetValue("Port", standard.Port), User = section["User"],
            Password = section["Password"], From = section["From"] ?? standard.From,
            Security = section.GetValue("Security", standard.Security),
        };
    }

    static Uri? AddressOf(string? text, string key) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new InvalidOperationException($"Recourse:{key} is no address: \"{text}\".");
}
