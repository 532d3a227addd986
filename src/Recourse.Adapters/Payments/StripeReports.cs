using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Recourse.Payments;
namespace Recourse.Adapters.Payments;

/// <summary>What came in as a report.</summary>
public closed record Hearing
{
    /// <summary>Something to tell the payment or refund with that id.</summary>
    public sealed record Heard(string TargetId, ProviderReport Report) : Hearing;

    /// <summary>Properly signed, and nothing of ours: answered with success, or it would come again.</summary>
    public sealed record Ignored(string Type) : Hearing;

    /// <summary>Not to be believed.</summary>
    public sealed record Refused(string Code) : Hearing;
}

/// <summary>Reads the provider's reports, whatever version of its API they are written in.</summary>
public sealed class StripeReports(StripeOptions options)
{
    /// <summary>The signature is missing or not the provider's.</summary>
    public const string Forged = "payments.report-forged";

    /// <summary>Signed too long ago, or in the future.</summary>
    public const string Stale = "payments.report-stale";

    /// <summary>Properly signed, and can't be read.</summary>
    public const string Malformed = "payments.report-malformed";

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["payment_intent.amount_capturable_updated"] = "payment", ["payment_intent.payment_failed"] = "payment",
        ["payment_intent.succeeded"] = "payment", ["payment_intent.canceled"] = "payment",
        ["refund.created"] = "refund", ["refund.updated"] = "refund", ["refund.failed"] = "refund",
        ["charge.refund.updated"] = "refund",
    }.ToFrozenDictionary();

    /// <summary>Reads a report: the body exactly as it came, its <c>Stripe-Signature</c>, and our time.</summary>
    public Hearing Read(string body, string? signature, Instant now)
    {
        if (StripeSignature.SignedAt(body, signature, options.WebhookSecret) is not { } at)
            return new Hearing.Refused(Forged);
        if (at < now - options.Tolerance || at > now + options.Tolerance) return new Hearing.Refused(Stale);
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            return new Hearing.Refused(Malformed);
        }
    }

    static Hearing Read(JsonElement json)
    {
        if (Text(json, "id") is not { } id || Text(json, "type") is not { } type)
            return new Hearing.Refused(Malformed);
        if (!Types.TryGetValue(type, out var kind)) return new Hearing.Ignored(type);
        if (Part(Part(json, "data"), "object") is not { } about || Text(about, "id") is not { } reference)
            return new Hearing.Refused(Malformed);
        var metadata = Part(about, "metadata");
        if (Text(metadata, kind) is not { } target || Said(type, about) is not { } said)
            return new Hearing.Ignored(type);
        var attempt = 0;
        if (kind is "payment" && !int.TryParse(Text(metadata, "attempt"), NumberStyles.None, Invariant, out attempt)
            || Number(about, said.AmountIn) is not { } units
            || StripeAmounts.FromStripe(units, Text(about, "currency")) is not { } amount)
            return new Hearing.Refused(Malformed);
        return new Hearing.Heard(target, new(
            id, reference, attempt, said.Status, amount, said.Code, ArnOf(about)));
    }

    static string? ArnOf(JsonElement about) => Part(Part(about, "destination_details"), "card") is { } card
        && Text(card, "reference_type") is "acquirer_reference_number" ? Text(card, "reference") : null;

    /// <summary>What a report says, and which of its amounts it says it of; null: nothing that we need.</summary>
    static (ReportedStatus Status, string AmountIn, string? Code)? Said(string type, JsonElement about) =>
        (type, Text(about, "status")) switch
        {
            ("payment_intent.amount_capturable_updated", "requires_capture") =>
                (ReportedStatus.Authorised, "amount_capturable", null),
            ("payment_intent.payment_failed", _) => (ReportedStatus.Declined, "amount", Failure(about)),
            ("payment_intent.succeeded", _) => (ReportedStatus.Captured, "amount_received", null),
            ("payment_intent.canceled", _) => (ReportedStatus.Voided, "amount", Text(about, "cancellation_reason")),
            ("payment_intent.amount_capturable_updated", _) => null,
            (_, "pending" or "requires_action") => (ReportedStatus.RefundPending, "amount", null),
            (_, "succeeded") => (ReportedStatus.Refunded, "amount", null),
            (_, "failed" or "canceled") => (ReportedStatus.RefundFailed, "amount", Text(about, "failure_reason")),
            _ => null,
        };

    static string? Failure(JsonElement intent) =>
        Part(intent, "last_payment_error") is { } error ? Text(error, "decline_code") ?? Text(error, "code") : null;

    static JsonElement? Part(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } && json.Value.TryGetProperty(name, out var part)
            && part.ValueKind is JsonValueKind.Object ? part : null;

    static string? Text(JsonElement? json, string name)
    {
        try
        {
            return json is { ValueKind: JsonValueKind.Object } && json.Value.TryGetProperty(name, out var part)
                && part.ValueKind is JsonValueKind.String ? part.GetString() : null;
        }
        catch (InvalidOperationException)                                              // half of a surrogate pair
        {
            return null;
        }
    }

    static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Number
            && part.TryGetInt64(out var number) ? number : null;
}
