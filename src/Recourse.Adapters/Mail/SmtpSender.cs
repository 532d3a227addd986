using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
namespace Recourse.Adapters.Mail;

/// <summary>Hands letters to a mail server, one after the other over one connection, for one caller.</summary>
public sealed class SmtpSender(SmtpOptions options) : IDisposable
{
    const int LongestWhy = 300;
    readonly SmtpClient _client = new() { Timeout = (int)options.Patience.TotalMilliseconds };

    /// <summary>Hands one over.</summary>
    public async Task<MailOutcome> Send(OutgoingMail mail, CancellationToken stop)
    {
        if (!MailboxAddress.TryParse(mail.To, out var to)) return new MailOutcome.Refused("The address is no address.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Patience * 2);
        try
        {
            await Connect(limit.Token);
            using var message = Compose(mail, to);
            await _client.SendAsync(message, limit.Token);
            return new MailOutcome.Accepted();
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode is >= 500 and < 600)
        {
            return new MailOutcome.Refused(Shortened($"{(int)e.StatusCode} {e.Message}"));
        }
        catch (SmtpCommandException e)
        {
            return new MailOutcome.Unclear(Shortened($"{(int)e.StatusCode} {e.Message}"));
        }
        catch (Exception e) when (e is IOException or SocketException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException or ProtocolException or AuthenticationException or SslHandshakeException
            or TimeoutException or NotSupportedException
            || e is OperationCanceledException && !stop.IsCancellationRequested)
        {
            Drop();
            return new MailOutcome.Unclear(Shortened(e.Message));
        }
        catch (OperationCanceledException)
        {
            Drop();
            throw;
        }
    }

    async Task Connect(CancellationToken stop)
    {
        if (_client.IsConnected) return;
        await _client.ConnectAsync(options.Host, options.Port, options.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.Tls  => SecureSocketOptions.SslOnConnect,
            _                 => options.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
        }, stop);
        if (options.User is { } user) await _client.AuthenticateAsync(user, options.Password ?? "", stop);
    }

    MimeMessage Compose(OutgoingMail mail, MailboxAddress to)
    {
        var message = new MimeMessage { Subject = mail.Subject, MessageId = mail.MessageId, Date = mail.Date };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(to);
        // So that no machine answers one.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = mail.Text };
        message.Body.Headers.Add("Content-Language", mail.Language);
        return message;
    }

    /// <summary>Nothing more is to be said for now: servers don't like to be kept waiting.</summary>
    public async Task Rest(CancellationToken stop)
    {
        if (!_client.IsConnected) return;
        try { await _client.DisconnectAsync(quit: true, stop); }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or SmtpCommandException)
        {
            Drop();
        }
    }

    void Drop()
    {
        try { _client.Disconnect(quit: false); }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException) { }
    }

    static string Shortened(string why) => why.Length > LongestWhy ? why[..LongestWhy] : why;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
