using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
namespace Recourse.Adapters.Mail.StandIn;

/// <summary>How a sink is to be, and to misbehave.</summary>
public sealed record MailSinkOptions
{
    /// <summary>Where it listens, on this machine only; 0 picks a free port.</summary>
    public int Port { get; init; }

    /// <summary>Which misbehaviour comes when.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many of a hundred letters meet a server that is busy (4xx).</summary>
    public int BusyPercent { get; init; }

    /// <summary>How many of a hundred are taken in, and the line drops before that is said.</summary>
    public int DropsAfterDataPercent { get; init; }

    /// <summary>How many of a hundred wait for their answer.</summary>
    public int SlowPercent { get; init; }

    /// <summary>For how long.</summary>
    public TimeSpan SlowFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Which addresses it refuses for good: those of nobody.</summary>
    public Func<string, bool> Refuses { get; init; } =
        address => address.StartsWith("nobody", StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters it keeps, the newest.</summary>
    public int MostKept { get; init; } = 500;

    /// <summary>What time it is.</summary>
    public Func<Instant> Now { get; init; } = () => Instant.FromDateTimeUtc(DateTime.UtcNow);
}

/// <summary>A letter that came in.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Times">How often it came in, by its id.</param>
public sealed record SunkMail(
    int Number, Instant At, string From, string To, string Subject, string Text, string MessageId, string? Language,
    int Times);

/// <summary>
/// A small mail server that keeps what it gets. It speaks SMTP (RFC 5321) as far as a client that hands letters over
/// needs it, and misbehaves as servers do.
/// </summary>
public sealed class MailSink : IAsyncDisposable
{
    readonly MailSinkOptions _options;
    readonly TcpListener _listener;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<Task, bool> _talks = [];
    readonly Lock _gate = new();
    readonly List<SunkMail> _mails = [];
    readonly Random _chance;
    readonly Task _listening;
    int _number;

    MailSink(MailSinkOptions options)
    {
        _options = options;
#pragma warning disable CA5394 // misbehaviour has to come the same each time, and keeps no secret
        _chance = new(options.Seed);
#pragma warning restore CA5394
        _listener = new(IPAddress.Loopback, options.Port);
        _listener.Start();
        _listening = Listen();
    }

    /// <summary>From now on.</summary>
    public static MailSink Start(MailSinkOptions options) => new(options);

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came in, the newest first.</summary>
    public ImmutableArray<SunkMail> Mails
    {
        get { lock (_gate) return [.. Enumerable.Reverse(_mails)]; }
    }

    async Task Listen()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var talk = Talk(client);
                _talks[talk] = true;
                _ = talk.ContinueWith(t => _talks.TryRemove(t, out _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    async Task Talk(TcpClient client)
    {
        using (client)
        {
            try { await new SmtpTalk(client.GetStream(), this, _options).Run(_stop.Token); }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException) { }
        }
    }

    /// <summary>Whether one of a hundred such things happens now.</summary>
    internal bool Happens(int percent)
    {
#pragma warning disable CA5394
        lock (_gate) return percent > 0 && _chance.Next(100) < percent;
#pragma warning restore CA5394
    }

    internal void Keep(string from, string to, byte[] data)
    {
        using var stream = new MemoryStream(data);
        using var message = MimeMessage.Load(stream);
        var id = message.MessageId ?? "";
        lock (_gate)
        {
            var before = _mails.FindIndex(m => m.MessageId == id && m.To == to && id is not "");
            if (before >= 0)
            {
                _mails[before] = _mails[before] with { Times = _mails[before].Times + 1 };
                return;
            }
            if (_mails.Count >= _options.MostKept) _mails.RemoveAt(0);
            _mails.Add(new(
                ++_number, _options.Now(), from, to, message.Subject ?? "", message.TextBody?.TrimEnd() ?? "", id,
                message.Body?.Headers["Content-Language"], 1));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        await Task.WhenAll(_talks.Keys);
        _stop.Dispose();
    }
}
