using System.Collections.Concurrent;
using Recourse.Adapters.Addresses;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Risk;
using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// What tokens of payment methods stand for: asked of the provider once, and remembered for a while in memory alone.
/// Nobody waits for a silent provider for long; what it says later is there for whoever asks next.
/// </summary>
sealed class MethodLooks(Provider provider, Fingerprints prints, IPlatform platform, Pulse pulse)
{
    const string Source = "provider/method";
    const int MostKept = 50_000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), GivenUpAfter = TimeSpan.FromSeconds(10),
        KeptFor = TimeSpan.FromHours(1), SilentFor = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    int _many;                                                              // counting them locks all of them

    sealed class Kept
    {
        public readonly long AskedAt = Environment.TickCount64;
        public readonly TaskCompletionSource<MethodLook?> Answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        long _until = long.MaxValue;

        public bool IsOver => Environment.TickCount64 >= Volatile.Read(ref _until);

        public void Say(MethodLook? look)
        {
            var lasts = look is null ? SilentFor : KeptFor;
            Volatile.Write(ref _until, Environment.TickCount64 + (long)lasts.TotalMilliseconds);
            Answer.TrySetResult(look);
        }
    }

    /// <summary>What a token stands for; null: the provider doesn't say, or not in time.</summary>
    public async Task<MethodLook?> Of(string token, CancellationToken cancel)
    {
        if (!IsToken(token)) return null;
        var kept = KeptOf(token);
        if (kept.Answer.Task.IsCompleted) return await kept.Answer.Task;
        // Whoever asks for the same again doesn't wait a second time.
        var left = Patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - kept.AskedAt);
        if (left <= TimeSpan.Zero) return null;
        try { return await kept.Answer.Task.WaitAsync(left, cancel); }
        catch (TimeoutException) { return null; }
    }

    /// <summary>What is recorded of a method; null: none is chosen.</summary>
    public async Task<Fact<MethodSeen>?> FactOf(string? token, CancellationToken cancel)
    {
        if (token is null or Payment.FromWallet) return null;
        var look = await Of(token, cancel);
        return new(
            look is null ? new(Kind: null)
                : new(look.Kind, prints.OfCard(look.Card?.Print), look.Card?.Country, look.Card?.Funding),
            platform.Now, Source);
    }

    Kept KeptOf(string token)
    {
        while (true)
        {
            if (_kept.TryGetValue(token, out var known))
            {
                if (!known.IsOver) return known;
                if (_kept.TryRemove(KeyValuePair.Create(token, known))) Interlocked.Decrement(ref _many);
            }
            var asked = new Kept();
            if (!_kept.TryAdd(token, asked)) continue;
            if (Interlocked.Increment(ref _many) > MostKept)
            {
                _kept.Clear();
                Volatile.Write(ref _many, 0);
            }
            _ = Ask(token, asked);
            return asked;
        }
    }

    async Task Ask(string token, Kept kept)
    {
        MethodLook? look = null;
        pulse.Looks.Add();
        try
        {
            using var limit = new CancellationTokenSource(GivenUpAfter);
            look = await provider.Look(token, limit.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException) { }       // it said nothing, however it did that
        if (look is null) pulse.UnansweredLooks.Add();
        kept.Say(look);
    }

    // What else is sent as one is nobody's token, and least of all a card's number goes anywhere.
    static bool IsToken(string token) => token.Length is > 0 and <= Checkout.LongestMethod
        && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && !CardNumbers.AreIn(token);
}
