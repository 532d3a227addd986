using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Stripe;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>Whatever is sent, the stand-in answers, and never with a fault that nobody asked for.</summary>
public sealed class FuzzingTheStandIn
{
    static readonly string[] Paths =
    [
        "/v1/payment_intents", "/v1/refunds", "/v1/payment_intents/pi_x/capture", "/v1/payment_intents/pi_x/confirm",
        "/v1/payment_intents/pi_x/cancel", "/v1/payment_intents/search", "/v1/balance_transactions", "/v1/refunds/x",
        "/standin/statement", "/v1/nothing",
    ];

    static readonly string[] Words =
    [
        "amount", "currency", "eur", "kwd", "500", "-1", "99999999999999999999", "payment_method", "pm_card_visa",
        "confirm", "true", "metadata", "metadata[a]", "metadata[a][b]", "metadata[", "metadata]", "[", "]", "[x]",
        "limit", "starting_after", "created[gte]", "created[lt]", "created", "query", "metadata['a']:'b'", "%", "%zz",
        "%00", "%ff", "=", "&", "payment_intent", "pi_x", "amount_to_capture", "+", "\u0000", "é", "capture_method",
    ];

    static readonly string[] Glue = ["=", "&", "", "[a]="];

    static readonly Gen<string> Body = Gen.OneOf(
        Gen.Select(Gen.Int[0, Words.Length - 1], Gen.Int[0, 3]).Array[0, 12].Select(all =>
            string.Concat(all.Select(w => Words[w.Item1] + Glue[w.Item2]))),
        Gen.String,
        Gen.Byte.Array[0, 64].Select(Encoding.Latin1.GetString));

    [Fact]
    public async Task Never_a_fault()
    {
        await using var counter = await Open();
        using var http = new HttpClient { BaseAddress = counter.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        var requests = Gen.Select(Body, Gen.Int[0, Paths.Length - 1], Gen.Bool, Gen.Bool);
        await requests.SampleAsync(async (body, at, posts, keyed) =>
        {
            using var request = posts
                ? new HttpRequestMessage(HttpMethod.Post, Paths[at]) { Content = new StringContent(body) }
                : new HttpRequestMessage(HttpMethod.Get, $"{Paths[at]}?{Uri.EscapeDataString(body).Replace("%3D", "=")
                    .Replace("%26", "&").Replace("%5B", "[").Replace("%5D", "]")}");
            if (posts)
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            var key = body.Length % 5 is 0 ? "k" : Uri.EscapeDataString(body);
            if (keyed) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var answer = await http.SendAsync(request, Ct);
            Assert.InRange((int)answer.StatusCode, 200, 499);
        }, iter: 1_500, threads: 1);
    }

    [Fact]
    public async Task Any_text_in_metadata_comes_back_as_it_went()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        await Gen.String.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t))).SampleAsync(async text =>
        {
            var made = await intents.CreateAsync(new()
            {
                Amount = 500, Currency = "eur", Metadata = new() { ["said"] = text[..Math.Min(text.Length, 500)] },
            }, null, Ct);
            var kept = await intents.GetAsync(made.Id, null, null, Ct);
            Assert.Equal(text, kept.Metadata.GetValueOrDefault("said", ""));
        }, iter: 300, threads: 1);
    }

    [Fact]
    public async Task A_body_too_large_or_broken_off_is_refused()
    {
        await using var counter = await Open();
        using var http = new HttpClient { BaseAddress = counter.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        using var answer = await http.PostAsync("/v1/refunds", new StringContent(new string('a', 70_000)), Ct);
        Assert.Equal(400, (int)answer.StatusCode);
    }
}
