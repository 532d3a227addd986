using System.Collections.Concurrent;
using Recourse.Payments;
using Recourse.Refunds;
namespace Recourse.Web;

/// <summary>
/// How refunds stand at the provider at this moment: it is really asked, and what it says is remembered for a minute in
/// memory alone. Nobody waits for a silent provider for long: then it is not known now.
/// </summary>
sealed class RefundLooks(Provider provider)
{
    const int MostKept = 10_000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), KeptFor = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, (long At, Task<ProviderAnswer> Answer)> _kept = new(StringComparer.Ordinal);

    /// <summary>What the provider says; null: it never had it, so there is nothing to ask about.</summary>
    public async Task<ProviderAnswer?> Of(Refund.State state, CancellationToken cancel)
    {
        if (ReferenceOf(state) is not { } reference) return null;
        var asked = Asked(reference, state.Owed.Intent);
        try { return await asked.WaitAsync(Patience, cancel); }
        catch (TimeoutException) { return new ProviderAnswer.Unknown("timeout"); }
    }

    Task<ProviderAnswer> Asked(string reference, string intent)
    {
        var now = Environment.TickCount64;
        if (_kept.TryGetValue(reference, out var kept) && now - kept.At < KeptFor.TotalMilliseconds) return kept.Answer;
        if (_kept.Count > MostKept) _kept.Clear();
        var answer = provider.LookAt(new($"look/{reference}", reference, intent));
        _kept[reference] = (now, answer);
        return answer;
    }

    static string? ReferenceOf(Refund.State state) => state switch
    {
        Refund.State.Pending s => s.Reference,
        Refund.State.Paid s    => s.Reference,
        Refund.State.Tracing s => s.Reference,
        Refund.State.Requested or Refund.State.Failed or Refund.State.InWallet => null,
    };
}
