using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Mail;
using Recourse.Runtime;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>
/// Sends what is to be mailed: taken in durably, said again under the same id until a server takes it, given up after
/// three days. A letter about an event is told when it is sent, in the language that its reader chose.
/// </summary>
sealed partial class PostOffice : BackgroundService, IMailer
{
    const int AtOnce = 20;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly Duration Sweep = Duration.FromHours(6);

    readonly Settings _settings;
    readonly NoticeFile _file;
    readonly Inbox _inbox;
    readonly IAddressBook _book;
    readonly IClock _clock;
    readonly IServer _server;
    readonly NoticeMeters _meters;
    readonly Mailbox _mailbox;
    readonly ILogger<PostOffice> _log;
    readonly SemaphoreSlim _wake = new(0);
    Instant _swept;

    public PostOffice(
        Settings settings, NoticeFile file, Inbox inbox, IAddressBook book, IClock clock,
        IServer server, NoticeMeters meters, Mailbox mailbox, ILogger<PostOffice> log)
    {
        (_settings, _file, _inbox, _book) = (settings, file, inbox, book);
        (_clock, _server, _meters, _mailbox, _log) = (clock, server, meters, mailbox, log);
    }

    /// <summary>Whether there is anywhere to send to.</summary>
    public bool IsOn => _mailbox.Sink is not null || _settings.Mail is not null;

    /// <inheritdoc/>
    public Task Send(Letter letter, CancellationToken stop)
    {
        if (!IsOn) LogNowhere(_log, letter.MessageId);
        _file.Give(letter, _clock.Now);
        Wake();
        return Task.CompletedTask;
    }

    /// <summary>There is something to send.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn) return;
        using var sender = new SmtpSender(_settings.Mail
            ?? new() { Host = "127.0.0.1", Port = _mailbox.Sink!.Port, Security = MailSecurity.None });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var due = _file.DueLetters(_clock.Now, AtOnce);
                foreach (var letter in due) await Send(letter, sender, stoppingToken);
                if (due.Count > 0) continue;
                await sender.Rest(stoppingToken);
                if (_swept + Sweep < _clock.Now) _file.Prune(_swept = _clock.Now);
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                LogFailure(_log, e);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Send(QueuedLetter queued, SmtpSender sender, CancellationToken stop)
    {
        switch (await Try(queued, sender, stop))
        {
            case null: _file.NeedNotBeSent(queued.Id); break;
            case MailOutcome.Accepted:
                _file.Sent(queued.Id);
                _meters.Mailed("accepted");
                break;
            case MailOutcome.Refused no:
                _file.GiveUp(queued.Id, no.Why);
                _meters.Mailed("refused");
                break;
            case MailOutcome.Unclear no:
                var now = _clock.Now;
                if (Retries.Next(queued.Tries, queued.At, now) is { } next) _file.Later(queued.Id, next, no.Why);
                else _file.GiveUp(queued.Id, no.Why);
                _meters.Mailed("unclear");
                break;
        }
    }

    /// <summary>Null: there is nothing to send. A letter that can't be told keeps no other waiting.</summary>
    async Task<MailOutcome?> Try(QueuedLetter queued, SmtpSender sender, CancellationToken stop)
    {
        try { return await Compose(queued, stop) is { } mail ? await sender.Send(mail, stop) : null; }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            LogOdd(_log, queued.Id, e);
            return new MailOutcome.Unclear(e.GetType().Name);
        }
    }

    async Task<OutgoingMail?> Compose(QueuedLetter queued, CancellationToken stop)
    {
        var date = _clock.Now.ToDateTimeOffset();
        if (queued.Letter is { } given)
            return new(given.To, given.Subject, given.Text, IdOf(given.MessageId), Texts.Languages[0], date);
        if (queued.Person is not { } person || Inbox.ActorOf(person) is not { } who) return null;
        if (await _book.Find(person, stop) is not { } addressee) return null;
        var language = addressee.LanguageOf(_file.ChoiceOf(person));
        Texts In(string zone) =>
            Texts.ForStatements(language, DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc);
        if (await _inbox.Tell([queued.What], who, In, 0, stop) is not [var notice]) return null;
        var texts = In("UTC");
        return new(addressee.Mail, notice.Title, TextOf(notice, texts, who), IdOf(queued.Id), texts.Language, date);
    }

    string TextOf(NoticeBody notice, Texts texts, Actor who)
    {
        var reader = who is Actor.Agent or Actor.Operator ? Party.Staff : Party.None;
        var text = new StringBuilder(notice.Text).Append("\n\n");
        if (notice.Goods is not null) text.Append(notice.Goods).Append('\n');
        if (notice.Href is not null) text.Append(Base).Append(Inbox.WhyOf(notice) ?? notice.Href).Append('\n');
        if (notice.Statement is { } why)
            text.Append('\n').Append(texts.Fill("mail.statement", [("rule", why.Rule), ("rulebook", why.Rulebook)]))
                .Append(why.AppealUntil is { } until ? $" {texts.TellAppeal(until, reader)}" : "")
                .Append('\n');
        return text.Append('\n').Append(texts.Fill("mail.footer", [("address", $"{Base}/me/notifications")]))
            .Append('\n').ToString();
    }

    string IdOf(string id) => id.Contains('@') ? id : $"{id}@{Domain}";

    /// <summary>Where people find us.</summary>
    string Base => _settings.PublicUrl?.ToString().TrimEnd('/')
        ?? _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    string Domain => _settings.Mail is { From: var from } && from.LastIndexOf('@') is > 0 and var at
        ? from[(at + 1)..].TrimEnd('>', ' ') : "recourse.example";

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Letters can't be sent; it is tried again")]
    static partial void LogFailure(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "Letter {Id} can't be told; it is tried again")]
    static partial void LogOdd(ILogger log, string id, Exception e);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Letter {Id} waits: no mail server is configured (Recourse:Mail:Host)")]
    static partial void LogNowhere(ILogger log, string id);
}

/// <summary>When something that failed outside is tried again.</summary>
static class Retries
{
    /// <summary>After so long nobody tries any more.</summary>
    public static readonly Duration For = Duration.FromDays(3);

    static readonly ImmutableArray<Duration> Waits =
    [
        Duration.FromSeconds(5), Duration.FromSeconds(30), Duration.FromMinutes(2), Duration.FromMinutes(10),
        Duration.FromMinutes(30), Duration.FromHours(1), Duration.FromHours(2), Duration.FromHours(4),
        Duration.FromHours(8),
    ];

    /// <summary>When; null: it is given up.</summary>
    /// <param name="tries">How many there were before the one that has just failed.</param>
    /// <param name="since">When it was to be sent first.</param>
    public static Instant? Next(int tries, Instant since, Instant now) =>
        now - since >= For ? null : now + Waits[Math.Min(tries, Waits.Length - 1)];
}
