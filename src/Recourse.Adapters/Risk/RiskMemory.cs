using System.Runtime.CompilerServices;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

/// <summary>
/// What screening remembers of past purchases, in memory: for each try of the last 30 days 32 bytes, with a thread
/// from it to the one before over the same account, device, IP address, card and address; for each account 20 bytes
/// for as long as it is known. Counts are exact over the last <see cref="MostCounted"/> tries of a thread. It can be
/// asked by many at once.
/// </summary>
public sealed partial class RiskMemory
{
    /// <summary>Where more tries than so many were seen in 30 days, only the last ones are counted.</summary>
    public const int MostCounted = 256;

    /// <summary>Honest orders that an average needs.</summary>
    public const int FewestForAverage = 3;

    const int Links = 4, DeviceLink = 0, IpLink = 1, CardLink = 2, AddressLink = 3;
    const uint Hour = 3_600, Day = 24 * Hour, Week = 7 * Day, Month = 30 * Day;
    const int ChunkBits = 14, ChunkSize = 1 << ChunkBits;

    static ReadOnlySpan<char> Kinds => ['d', 'i', 'c', 'a'];

    readonly Lock _door = new();
    readonly KeyTable _heads = new(), _accounts = new();
    readonly List<Trace[]?> _traces = [];
    readonly List<Past[]> _pasts = [];
    uint _next = 1, _oldest = 1, _accountCount;
    uint _now;
    readonly Func<uint, bool> _isOld;

    /// <summary>Remembers nothing yet.</summary>
    public RiskMemory() => _isOld = place => place < _oldest;

    /// <summary>How many purchases of the last 30 days are remembered, further cards and declines with them.</summary>
    public long Purchases { get { lock (_door) return _next - _oldest; } }

    /// <summary>How many accounts are known.</summary>
    public long Accounts { get { lock (_door) return _accountCount; } }

    /// <summary>What all of it takes, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_door)
                return _traces.Sum(t => 8 + (t is null ? 0 : 24 + (long)t.Length * Unsafe.SizeOf<Trace>()))
                    + _pasts.Sum(p => 32 + (long)p.Length * Unsafe.SizeOf<Past>()) + _heads.Bytes + _accounts.Bytes;
        }
    }

    /// <summary>What is known of a purchase that is being tried; remembers nothing.</summary>
    public RiskFacts FactsOf(PurchaseAttempt attempt)
    {
        var hashed = new Hashed(attempt, stackalloc ulong[Links]);
        lock (_door) return FactsOf(attempt, hashed, Seconds(attempt.At));
    }

    /// <summary>Remembers a purchase that was tried. To be told in the order of time.</summary>
    public void Remember(PurchaseAttempt attempt)
    {
        var hashed = new Hashed(attempt, stackalloc ulong[Links]);
        lock (_door) Remember(hashed, Seconds(attempt.At));
    }

    /// <summary>Remembers that another card was tried in a purchase that is remembered.</summary>
    public void RememberCard(string account, string card, Instant at) => Remember(account, card, at, Try.Further);

    /// <summary>Remembers that a purchase that is remembered is to go to another address.</summary>
    public void RememberAddress(string account, string address, Instant at)
    {
        var hashed = new Hashed(new(at, account, null, default, Address: address), stackalloc ulong[Links]);
        lock (_door) Remember(hashed, Seconds(at), Try.Further);
    }

    /// <summary>Remembers that a bank said no. To be told in the order of time, as purchases are.</summary>
    /// <param name="card">Its fingerprint; null: it isn't known.</param>
    /// <param name="isHard">Since the card is lost or stolen, and never good again.</param>
    public void HearDecline(string account, string? card, bool isHard, Instant at) =>
        Remember(account, card, at, isHard ? Try.DeclinedHard : Try.Declined);

    void Remember(string account, string? card, Instant at, Try what)
    {
        var hashed = new Hashed(new(at, account, null, default, Card: card), stackalloc ulong[Links]);
        lock (_door) Remember(hashed, Seconds(at), what);
    }

    /// <summary>What is known of a purchase, which is remembered from now on.</summary>
    public RiskFacts Follow(PurchaseAttempt attempt)
    {
        var hashed = new Hashed(attempt, stackalloc ulong[Links]);
        var at = Seconds(attempt.At);
        lock (_door)
        {
            var facts = FactsOf(attempt, hashed, at);
            Remember(hashed, at);
            return facts;
        }
    }

    /// <summary>Hears how a purchase turned out.</summary>
    public void HearEnd(string account, PurchaseEnd end, Money amount)
    {
        lock (_door)
        {
            ref var past = ref PastOf(Known(KeyTable.HashOf('u', account)));
            switch (end)
            {
                case PurchaseEnd.NonPayment: past.NonPayments = Up(past.NonPayments); break;
                case PurchaseEnd.PlacedThenCancelled: past.Cancelled = Up(past.Cancelled); break;
                case PurchaseEnd.Honest:
                    if (past.Honest < ushort.MaxValue) past.Honest++;
                    Add(ref past, amount);
                    break;
            }
        }

        static byte Up(byte n) => n < byte.MaxValue ? (byte)(n + 1) : n;
    }

    // Averages are of one currency: the last one that was paid in.
    static void Add(ref Past past, Money amount)
    {
        var currency = CodeOf(amount.Currency);
        if (past.Currency != currency) (past.Currency, past.Counted, past.Sum) = (currency, 0, 0);
        if (past.Counted == ushort.MaxValue || amount.Minor is < 0 or > Money.Most) return;
        past.Counted++;
        past.Sum += amount.Minor;
    }

    static ushort CodeOf(Currency currency)
    {
        var code = 0;
        foreach (var letter in $"{currency}") code = code * 32 + (letter & 31);
        return (ushort)code;
    }

    static uint Seconds(Instant at) => (uint)Math.Clamp(at.ToUnixTimeSeconds(), Month, uint.MaxValue - Month);

    RiskFacts FactsOf(PurchaseAttempt attempt, in Hashed hashed, uint at)
    {
        var account = _accounts.Get(hashed.Account);
        var past = account == 0 ? default : PastOf(account);
        var itself = attempt.IsRemembered ? 0 : 1;
        var (purchases, cards, declines, hard) = OfAccount(past.Last, CardOf(hashed), at, itself);
        return new(
            new(attempt.SignedUpAt is { } since ? Math.Max(0, (long)(attempt.At - since).TotalSeconds) : null,
                purchases, cards, past.Honest, past.NonPayments, past.Cancelled, declines, hard),
            new(Percent(past, attempt.Amount), attempt.DisposableMail, attempt.CountryConflicts, attempt.CardElsewhere,
                attempt.CardPrepaid),
            OfLink(DeviceLink, hashed, account, at, itself), OfLink(IpLink, hashed, account, at, itself),
            OfLink(CardLink, hashed, account, at, itself: 1), OfLink(
                AddressLink, hashed, account, at, attempt.IsElsewhere ? 1 : itself),
            RuleResults.None);
    }

    static int? Percent(in Past past, Money amount)
    {
        if (past.Counted < FewestForAverage || past.Sum <= 0 || past.Currency != CodeOf(amount.Currency)) return null;
        return (int)Int128.Min(int.MaxValue, (Int128)amount.Minor * 100 * past.Counted / past.Sum);
    }

    // A card is told from an account's others by a part of its hash.
    static uint CardOf(in Hashed hashed) =>
        hashed.Of[CardLink] == 0 ? 0 : Math.Max(1, KeyTable.Tag(hashed.Of[CardLink]));

    (Recent Purchases, Recent Cards, Recent? Declines, Recent? Hard) OfAccount(
        uint place, uint card, uint at, int itself)
    {
        var (purchases, cards) = (Counter.Of(itself), Counter.Of(card == 0 ? 0 : 1));
        var (declines, hard) = (Counter.Of(0), Counter.Of(0));
        Span<uint> seen = stackalloc uint[MostCounted];
        var known = 0;
        if (card != 0) seen[known++] = card;
        for (var n = 1; n < MostCounted && IsKept(place, at); n++)
        {
            ref readonly var trace = ref TraceOf(place);
            var age = at > trace.At ? at - trace.At : 0;
            if (trace.Try is Try.Purchase) purchases.Add(age);
            if (trace.IsDecline) declines.Add(age);
            if (trace.Try is Try.DeclinedHard) hard.Add(age);
            if (trace.Card != 0 && !trace.IsDecline && !seen[..known].Contains(trace.Card))
            {
                seen[known++] = trace.Card;
                cards.Add(age);
            }
            place = trace.BeforeOfAccount;
        }
        return (purchases.Now, cards.Now, declines.Any, hard.Any);
    }

    LinkFacts? OfLink(int link, in Hashed hashed, uint account, uint at, int itself)
    {
        if (hashed.Of[link] == 0) return null;
        var (purchases, accounts, declines) = (Counter.Of(itself), Counter.Of(1), Counter.Of(0));
        Span<uint> seen = stackalloc uint[MostCounted];
        var known = 0;
        seen[known++] = account;                        // 0, which nobody else has, for one that is new
        var place = _heads.Get(hashed.Of[link]);
        for (var n = 1; n < MostCounted && IsKept(place, at); n++)
        {
            ref readonly var trace = ref TraceOf(place);
            var age = at > trace.At ? at - trace.At : 0;
            (trace.IsDecline ? ref declines : ref purchases).Add(age);
            if (!trace.IsDecline && !seen[..known].Contains(trace.Account))
            {
                seen[known++] = trace.Account;
                accounts.Add(age);
            }
            place = trace.Before[link];
        }
        return new(purchases.Now, accounts.Now, declines.Any);
    }

    bool IsKept(uint place, uint at) => place >= _oldest && place < _next && TraceOf(place).At + Month > at;

    void Remember(in Hashed hashed, uint at, Try what = Try.Purchase)
    {
        _now = Math.Max(_now, at);
        var account = Known(hashed.Account);
        var place = _next++;
        if (place >> ChunkBits >= (uint)_traces.Count) _traces.Add(new Trace[ChunkSize]);
        ref var past = ref PastOf(account);
        ref var trace = ref TraceOf(place);
        trace.Is(what, account);
        (trace.At, trace.Card, trace.BeforeOfAccount) = (_now, CardOf(hashed), past.Last);
        past.Last = place;
        for (var i = 0; i < Links; i++)
        {
            if (hashed.Of[i] == 0) continue;
            trace.Before[i] = _heads.Get(hashed.Of[i]);
            _heads.Set(hashed.Of[i], place, _isOld);
        }
        while (_oldest < place && TraceOf(_oldest).At + Month <= _now)
            if ((++_oldest & (ChunkSize - 1)) == 0) _traces[(int)((_oldest - 1) >> ChunkBits)] = null;
    }

    uint Known(ulong hash)
    {
        if (_accounts.Get(hash) is var there and > 0) return there;
        var account = ++_accountCount;
        if (account >> ChunkBits >= (uint)_pasts.Count) _pasts.Add(new Past[ChunkSize]);
        _accounts.Set(hash, account, static _ => false);
        return account;
    }

    ref Trace TraceOf(uint place) => ref _traces[(int)(place >> ChunkBits)]![place & (ChunkSize - 1)];

    ref Past PastOf(uint account) => ref _pasts[(int)(account >> ChunkBits)][account & (ChunkSize - 1)];
}
