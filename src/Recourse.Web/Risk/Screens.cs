using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Gathering;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Screening in a checkout's own time: what is remembered of past purchases is a fold of the log in memory, saved now
/// and then; what is asked of it never waits for a disk.
/// </summary>
sealed partial class Screens : BackgroundService
{
    const string Source = "memory/risk", MemoryName = "risk.memory";
    const int MostAtOnce = 1_000, MostHeard = 8_000, MostAlerts = 200, SaveEvery = 100_000;
    static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(1);

    readonly Platform _platform;
    readonly Store _store;
    readonly RiskMemory _memory;
    readonly Screener _screener;
    readonly Fingerprints _prints;
    readonly ILogger<Screens> _log;
    readonly string _file;
    readonly Heard _heard = new(MostHeard);
    readonly Lock _alarms = new();
    readonly ConcurrentDictionary<(int Rulebook, string Rule), RuleAlert?> _again = [];
    ImmutableArray<RuleAlert> _alerts = [];
    long _through, _saved;

    public Screens(
        HostOptions options, Platform platform, Store store, Fingerprints prints, ModelShelf models,
        ILogger<Screens> log)
    {
        (_platform, _store, _prints, _log) = (platform, store, prints, log);
        _file = Path.Combine(options.DataFolder, MemoryName);
        (_memory, _through) = RiskMemory.Load(_file);
        // Saved further than the log goes: the log is another one, restored from before.
        if (_through > store.Journal.Position) (_memory, _through) = (new(), 0);
        _saved = _through;
        _screener = new(_memory, Hear, models);
        foreach (var broken in models.Broken) LogBroken(log, broken.File, broken.Problem);
        store.Follower.Committed += _heard.Add;
    }

    /// <summary>
    /// Rules that could not be tried, one for each rule of an edition with how often so far: a fault of theirs, and
    /// nobody's outage. Purchases are counted by the log; what was only looked at, since this process began.
    /// </summary>
    public ImmutableArray<RuleAlert> Alerts
    {
        get
        {
            var recorded = _platform.Views.List(UntriedRules.View, Scope.Index, Scope.All, null, MostAlerts).Rows;
            return
            [
                .. from alert in _alerts.Concat(recorded.Select(SeenAgain).OfType<RuleAlert>())
                   group alert by (alert.Rulebook, alert.Rule) into same
                   let book = _platform.Rulebooks.FirstOrDefault(b => b.Version == same.Key.Rulebook)
                   let now = book is null ? 0 : _screener.FailuresOf(book).GetValueOrDefault(same.Key.Rule)
                   select same.First() with { Times = Math.Max(same.Max(a => a.Times), now) },
            ];
        }
    }

    /// <summary>How many rules of the edition in force can't be tried.</summary>
    public int Failing => Alerts.Count(a => a.Rulebook == BookAt(_platform.Now).Version);

    /// <summary>What is wrong with a rule is tried once more on what was known; null: nothing any longer.</summary>
    RuleAlert? SeenAgain(UntriedRule row)
    {
        var alert = _again.GetOrAdd((row.Rulebook, row.Rule), _ =>
        {
            RuleAlert? told = null;
            if (_platform.Rulebooks.FirstOrDefault(b => b.Version == row.Rulebook) is { } book)
                new RuleEngine(book, a => told = a.Rule == row.Rule ? a : told).Judge(row.Known);
            return told;
        });
        return alert is null ? null : alert with { Times = row.Times };
    }

    /// <summary>What keeps it from going on; null: nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Turns that it hasn't heard of yet.</summary>
    public long Lag => Math.Max(0, _platform.Position - Interlocked.Read(ref _through));

    /// <summary>What screening knows of a basket that somebody is about to pay.</summary>
    public Fact<RiskFacts>? Of(CheckoutDraft draft, CheckoutFacts facts, Caller by) =>
        Of(draft, facts, by, isRemembered: false);

    Fact<RiskFacts>? Of(
        CheckoutDraft draft, CheckoutFacts facts, Caller by, bool isRemembered, bool isElsewhere = false)
    {
        if (by.Role is not Party.Buyer || by.Who is not Actor.Buyer { Id: var buyer }) return null;
        var now = _platform.Now;
        return AmountOf(draft, facts, BookAt(now), now) is not { } amount ? null
            : Known(AttemptBy(by, buyer, amount, facts, draft.Country) with
            {
                Address = _prints.OfAddress(draft.Place), IsRemembered = isRemembered,
                IsElsewhere = isElsewhere,
            });
    }

    /// <summary>The same of an order as its buyer wants it instead: the purchase itself was counted before.</summary>
    /// <param name="isElsewhere">It is to go to another address.</param>
    public Fact<RiskFacts>? OfChange(CheckoutDraft draft, CheckoutFacts facts, Caller by, bool isElsewhere) =>
        Of(draft, facts, by, isRemembered: true, isElsewhere);

    /// <summary>The same of a checkout that is to be paid with another method; null: nobody can ask for that.</summary>
    public async Task<Fact<RiskFacts>?> Of(CheckoutId id, Fact<MethodSeen>? seen, Caller by)
    {
        if (by.Role is not Party.Buyer || by.Who is not Actor.Buyer { Id: var buyer }
            || await _platform.History(id, by.Who, by.Cancel) is not [{ Event: Checkout.Event.Opened e }, ..])
            return null;
        var goods = e.Requests.SelectMany(r => r.Lines)
            .Select(l => (l.UnitPrice * l.Quantity) - (l.Off ?? Money.Zero(e.Currency))).Sum(e.Currency);
        return Known(AttemptBy(by, buyer, goods, e.Facts with { Method = seen }, e.Basket.Country) with
        {
            Address = e.Facts.Risk?.Value.Links?.Address, IsRemembered = true,
        });
    }

    PurchaseAttempt AttemptBy(Caller by, BuyerId buyer, Money amount, CheckoutFacts facts, string? country) => new(
        _platform.Now, buyer.Code,
        by.Visitor.Person is { } person ? Instant.FromDateTimeOffset(person.CreatedAt) : null, amount,
        _prints.OfDevice(Devices.Of(by.Http)), _prints.OfIp(PlaceOf(by.Http.Connection.RemoteIpAddress)),
        facts.Method?.Value.Card, Address: null, by.Visitor.Person?.Mail is { } mail && DisposableMail.Is(mail),
        ConflictsIn(facts, country),
        Checkout.IsIssuedElsewhere(facts, country)
            && facts.ShipTo?.Value.PhoneCountry != facts.Method!.Value.Country,
        facts.Method?.Value.Funding is "prepaid");

    Fact<RiskFacts> Known(PurchaseAttempt attempt) =>
        new(_screener.FactsOf(attempt, BookAt(attempt.At)), attempt.At, Source);

    Rulebook BookAt(Instant now)
    {
        var books = _platform.Rulebooks;
        for (var i = books.Length - 1; i > 0; i--)
            if (books[i].From <= now) return books[i];
        return books[0];
    }

    static Money? AmountOf(CheckoutDraft draft, CheckoutFacts facts, Rulebook book, Instant at)
    {
        if (facts.Quotes.Length != draft.Lines.Length) return null;
        var basket = draft.ToBasket(null);
        var offs = Checkout.OffOf(basket, facts, at, book.Of<CouponRules>());
        var known = draft.Lines.Select((l, n) => (l.Quantity, Price: Checkout.PriceOf(basket, facts, n), Off: offs[n]))
            .Where(l => l is { Price: not null, Quantity: > 0 and <= BasketItem.MostUnits }).ToList();
        if (known.Select(l => l.Price!.Value.Currency).Distinct().Take(2).ToList() is not [var currency]) return null;
        var zero = Money.Zero(currency);
        return known.Select(l => (l.Price!.Value * l.Quantity) - (l.Off ?? zero)).Sum(currency);
    }

    // What contradicts the country that was written.
    static int ConflictsIn(CheckoutFacts facts, string? country) =>
        (facts.ShipTo?.Value.Faults.Count(f => f.Trouble is AddressTrouble.PostcodeForm
            or AddressTrouble.PostcodeElsewhere or AddressTrouble.PhoneElsewhere) ?? 0)
        + (Checkout.IsIssuedElsewhere(facts, country) ? 1 : 0);

    /// <summary>Of an IPv6 address what one household or office shares; what is of this machine says nothing.</summary>
    static string? PlaceOf(IPAddress? address)
    {
        if (address is null || IPAddress.IsLoopback(address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return $"{address}";
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}";
    }

    void Hear(RuleAlert alert)
    {
        LogAlert(_log, alert.Rule, alert.Rulebook, alert.Times, alert.Problem);
        lock (_alarms)
            _alerts = [.. _alerts.Where(a => (a.Rule, a.Rulebook) != (alert.Rule, alert.Rulebook)), alert];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var turns = CatchUp();
                Failure = null;
                if (_through - _saved >= SaveEvery) Save();
                if (turns < MostAtOnce) await Task.Delay(Gather, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (Failure is null) LogFailure(_log, e);
                Failure = e;
                await Task.Delay(Patience, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Saved where it is: the next start goes on from there.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_through > _saved) Save();
    }

    void Save()
    {
        _memory.Save(_file, _through);
        _saved = _through;
    }

    int CatchUp()
    {
        var from = _through;
        if (_platform.Position <= from) return 0;
        var turns = _heard.After(from) ?? [.. _platform.Journal.Read(from, MostAtOnce)];
        foreach (var (position, turn) in turns)
        {
            var recorded = Recordings.Of(position, turn).ToList();
            // Not paid is not given up, although their account counts both.
            var isUnpaid = recorded.Exists(r => r.Event is Checkout.Event.Abandoned { Unpaid: true });
            foreach (var one in recorded)
                if (!isUnpaid || one.Event is not BuyerAccount.Event.GivenUpCounted) Follow(one);
            Interlocked.Exchange(ref _through, position);
        }
        return turns.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Screening can't follow the log; it is tried again")]
    static partial void LogFailure(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The learned model in {File} can't be used: {Problem}")]
    static partial void LogBroken(ILogger log, string file, string problem);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Rule {Rule} of edition {Rulebook} could not be tried, {Times} times so far: {Problem}")]
    static partial void LogAlert(ILogger log, string rule, int rulebook, long times, string problem);
}
