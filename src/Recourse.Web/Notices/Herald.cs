using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Buyers;
using Recourse.Orders;
using Recourse.People;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>
/// Follows the log and says to whom each event is news: in inboxes, as letters, to endpoints, at the door. It comes
/// after the views, which know whose an order is, and lets turns gather: nobody's order waits for it.
/// </summary>
sealed partial class Herald : BackgroundService
{
    const int MostAtOnce = 1_000, MostHeard = 8_000;
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(1);

    readonly Platform _platform;
    readonly Store _store;
    readonly NoticeFile _file;
    readonly Accounts _accounts;
    readonly PostOffice _post;
    readonly HookQueue _hooks;
    readonly Live _live;
    readonly ILogger<Herald> _log;
    readonly Heard _heard = new(MostHeard);
    readonly Dictionary<string, Notifications> _choices;
    readonly List<(Recorded Of, ImmutableArray<Notice> Notices)> _waiting = [];
    long _read;

    public Herald(
        Platform platform, Store store, NoticeFile file, Accounts accounts, PostOffice post, HookQueue hooks,
        Live live, ILogger<Herald> log)
    {
        (_platform, _store, _file, _accounts) = (platform, store, file, accounts);
        (_post, _hooks) = (post, hooks);
        (_live, _log) = (live, log);
        _choices = file.Choices();
        store.Follower.Committed += _heard.Add;
    }

    /// <summary>What keeps it from going on; null: nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Turns that nobody was told of yet.</summary>
    public long Lag => Math.Max(0, _platform.Position - _file.Position);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var turns = await CatchUp(stoppingToken);
                Failure = null;
                if (turns < MostAtOnce) await Task.Delay(turns > 0 ? Gather : Gather / 2, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (Failure is null) LogFailure(_log, e);
                Failure = e;
                _waiting.Clear();
                _read = 0;
                await Task.Delay(Patience, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells what has come; how many turns that was.</summary>
    async Task<int> CatchUp(CancellationToken stop)
    {
        var from = _file.Position;
        if (_read < from) _read = from;
        if (_platform.Position > _read && _read - from < MostAtOnce) Read();
        var upTo = Math.Min(_read, _store.Views.Position);
        if (upTo <= from) return 0;
        var ready = _waiting.TakeWhile(w => w.Of.Position <= upTo).ToList();
        var news = new News();
        foreach (var (recorded, notices) in ready) Note(recorded, notices, news);
        await _hooks.Take(ready.Select(w => w.Of), stop);
        _file.Keep(upTo, news, _platform.Now);
        _waiting.RemoveRange(0, ready.Count);
        foreach (var person in news.Inbox.Select(i => i.Person).Distinct()) _live.Tell(Topic.Inbox(person));
        if (news.Mail.Count > 0) _post.Wake();
        return (int)(upTo - from);
    }

    /// <summary>
    /// Takes out of turns what is news, and lets go of them at once: what lives until the views have come so far is
    /// moved about by the collector.
    /// </summary>
    void Read()
    {
        foreach (var (position, turn) in _heard.After(_read) ?? _platform.Journal.Read(_read, MostAtOnce))
        {
            foreach (var recorded in Recordings.Of(position, turn))
            {
                ImmutableArray<Notice> notices =
                    [.. _platform.Registry.Of(recorded.Id).Notices(recorded.Id, null, recorded.Event)];
                if (notices.Length > 0 || _hooks.IsWanted || recorded.Id is PersonId || ChoiceIn(recorded) is not null)
                    _waiting.Add((recorded, notices));
            }
            _read = position;
        }
    }

    void Note(Recorded r, ImmutableArray<Notice> notices, News news)
    {
        TellTheDoor(r);
        if (ChoiceIn(r) is { } choice)
        {
            _choices[$"{r.Id}"] = choice;
            news.Choices.Add(($"{r.Id}", choice));
        }
        foreach (var (part, notice) in notices.Index())
        {
            if ((notice.To ?? BuyerOf(notice.About)) is not { } person) continue;
            var what = new NoticePlace(r.Position, r.Nth, part);
            var chosen = _choices.GetValueOrDefault(person, Notifications.Everything);
            if (chosen.Inbox.Contains(notice.Topic)) news.Inbox.Add((person, what));
            if (_post.IsOn && r.Position > _file.Born && person is not Notice.Staff
                && chosen.Mail.Contains(notice.Topic)) news.Mail.Add((person, what, r.At));
        }
    }

    void TellTheDoor(Recorded r)
    {
        if (r is not { Id: PersonId id, Event: PersonAccount.Event e }) return;
        switch (e)
        {
            case PersonAccount.Event.Blocked: _accounts.KeepOut(id.Code, r.At.ToDateTimeOffset()); break;
            case PersonAccount.Event.Admitted: _accounts.LetIn(id.Code); break;
        }
    }

    static Notifications? ChoiceIn(Recorded r) => r.Event switch
    {
        BuyerAccount.Event.NotificationsChosen e  => e.Choice,
        SellerAccount.Event.NotificationsChosen e => e.Choice,
        _ => null,
    };

    string? BuyerOf(IId about) =>
        about is OrderId id ? _store.Views.Find(OrderList.View, OrderList.Key(id))?.Buyer : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "People can't be told; it is tried again")]
    static partial void LogFailure(ILogger log, Exception e);
}
