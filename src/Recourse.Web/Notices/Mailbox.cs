using Recourse.Adapters.Mail.StandIn;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>Where the letters of a demo or a test end; nowhere, where a server is configured or mail is off.</summary>
public sealed class Mailbox : IAsyncDisposable, IDisposable
{
    /// <summary>Opens it, if there is to be one.</summary>
    public Mailbox(HostOptions options, Settings settings, IClock clock)
    {
        if (settings.Mail is null && (options.MailSink ?? OfDemo(options)) is { } sink)
            Sink = MailSink.Start(sink with { Now = () => clock.Now });
    }

    static MailSinkOptions? OfDemo(HostOptions options) => options.Demo is null ? null
        : new() { BusyPercent = 3, DropsAfterDataPercent = 1, SlowPercent = 1 };

    /// <summary>The server that takes letters in; null: there is none.</summary>
    public MailSink? Sink { get; }

    /// <summary>For a host that never started.</summary>
    public void Dispose() => DisposeAsync().AsTask().Wait();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Sink?.DisposeAsync() ?? ValueTask.CompletedTask;
}
