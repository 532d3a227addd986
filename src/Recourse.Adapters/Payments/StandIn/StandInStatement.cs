using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>What the provider's books say of one intent, in the provider's units.</summary>
/// <param name="Payment">Our payment's id, as sent along.</param>
/// <param name="Authorised">What was ever held; what still is, is <paramref name="Held"/>.</param>
/// <param name="Refunded">Given back for good.</param>
/// <param name="Pending">On its way back, and may fail.</param>
public sealed record StatementLine(
    string Intent, string? Payment, string? Attempt, string Status, string Currency,
    long Authorised, long Held, long Captured, long Refunded, long Pending)
{
    /// <summary>One of its amounts as ours.</summary>
    public Money Of(long amount) => StripeAmounts.FromStripe(amount, Currency)
        ?? throw new FormatException($"{amount} {Currency} can't be ours.");
}

/// <summary>The sums of one currency.</summary>
public sealed record StatementTotal(
    string Currency, long Authorised, long Held, long Captured, long Refunded, long Pending);

/// <summary>The provider's own books, to compare ours with.</summary>
public sealed record StandInStatement(ImmutableArray<StatementLine> Intents, ImmutableArray<StatementTotal> Totals)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Asks a running stand-in.</summary>
    public static async Task<StandInStatement> Read(
        HttpClient http, Uri standIn, string apiKey, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(standIn, "/standin/statement"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<StandInStatement>(Json, cancel))!;
    }

    internal static Answer Of(Store store)
    {
        var refunds = store.All<Repayment>("refund").ToLookup(r => r.Intent);
        var lines = store.All<Intent>("intent").Select(i => new StatementLine(
            i.Id, i.Metadata.GetValueOrDefault("payment"), i.Metadata.GetValueOrDefault("attempt"), i.Status,
            i.Currency, i.Authorised, i.Capturable, i.Received,
            Sum(refunds[i.Id], "succeeded"), Sum(refunds[i.Id], "pending")))
            .ToImmutableArray();
        var totals = lines.GroupBy(l => l.Currency).OrderBy(g => g.Key).Select(g => new StatementTotal(g.Key,
            g.Sum(l => l.Authorised), g.Sum(l => l.Held), g.Sum(l => l.Captured), g.Sum(l => l.Refunded),
            g.Sum(l => l.Pending)));
        return new(200, JsonSerializer.Serialize(new StandInStatement(lines, [.. totals]), Json));
    }

    static long Sum(IEnumerable<Repayment> refunds, string status) =>
        refunds.Where(r => r.Status == status).Sum(r => r.Amount);
}
