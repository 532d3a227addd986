using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
namespace Recourse.Web;

/// <summary>
/// Takes letters about somebody's access and sends them beside the request: how long an answer takes says nothing of
/// whether an address is known. A letter that is lost with the process can be asked for again.
/// </summary>
sealed partial class Postbox(IMailer mailer, ILogger<Postbox> log) : BackgroundService
{
    const int Most = 10_000, Tries = 4;

    readonly Channel<Letter> _letters = Channel.CreateBounded<Letter>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Posts a letter; its words are <c>letter.{name}.subject</c> and <c>letter.{name}.text</c>.</summary>
    public void Post(string to, string name, Texts texts, params ImmutableArray<Named> facts) =>
        _letters.Writer.TryWrite(new(
            to, texts.Fill($"letter.{name}.subject", facts), texts.Fill($"letter.{name}.text", facts),
            $"{Guid.NewGuid():n}"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _letters.Reader.ReadAllAsync(stoppingToken)) await Send(letter, stoppingToken);
    }

    async Task Send(Letter letter, CancellationToken stop)
    {
        for (var nth = 1; ; nth++)
            try
            {
                await mailer.Send(letter, stop);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFault(log, nth, e);
                if (nth == Tries) return;
                await Task.Delay(TimeSpan.FromSeconds(nth * nth), stop);
            }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A letter could not be sent (try {Nth})")]
    static partial void LogFault(ILogger log, int nth, Exception e);
}

/// <summary>Addresses of pages for letters: never made of what a request says that it was sent to.</summary>
sealed class PublicAddress(Settings settings, IServer server)
{
    /// <summary>The full address of a path of ours.</summary>
    public string Of(string path) => new Uri(Base, path).ToString();

    Uri Base => settings.PublicUrl ?? new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()
        .Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1").Replace("+", "127.0.0.1"));
}
