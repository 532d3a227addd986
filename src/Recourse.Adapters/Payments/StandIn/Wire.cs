using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>Objects as the provider's API writes them.</summary>
internal static class Wire
{
    /// <summary>What its reports say they are written in.</summary>
    public static string Version => Stripe.StripeConfiguration.ApiVersion;

    public static JsonObject Of(Intent intent) => new()
    {
        ["id"] = intent.Id,
        ["object"] = "payment_intent",
        ["amount"] = intent.Amount,
        ["amount_capturable"] = intent.Capturable,
        ["amount_received"] = intent.Received,
        ["canceled_at"] = intent.CanceledAt,
        ["cancellation_reason"] = intent.CancellationReason,
        ["capture_method"] = intent.IsManual ? "manual" : "automatic",
        ["client_secret"] = $"{intent.Id}_secret_standin",
        ["confirmation_method"] = "automatic",
        ["created"] = intent.Created,
        ["currency"] = intent.Currency,
        ["last_payment_error"] = intent.ErrorCode is null ? null : CardError(intent),
        ["latest_charge"] = intent.Charge,
        ["livemode"] = false,
        ["metadata"] = Of(intent.Metadata),
        ["next_action"] = intent.Status is "requires_action" ? new JsonObject { ["type"] = "use_stripe_sdk" } : null,
        ["payment_method"] = intent.ErrorCode is null ? intent.PaymentMethod : null,
        ["payment_method_types"] = new JsonArray("card"),
        ["status"] = intent.Status,
    };

    /// <summary>A check with a bank, and where its page is.</summary>
    public static JsonObject Of(Setup setup, string page) => new()
    {
        ["id"] = setup.Id,
        ["object"] = "setup_intent",
        ["client_secret"] = $"{setup.Id}_secret_standin",
        ["created"] = setup.Created,
        ["last_setup_error"] = setup.ErrorCode is { } code
            ? new JsonObject { ["type"] = "card_error", ["code"] = code, ["message"] = "The bank did not confirm it." }
            : null,
        ["latest_attempt"] = setup.Result is null ? null : new JsonObject
        {
            ["id"] = $"setatt_{setup.Id}",
            ["object"] = "setup_attempt",
            ["payment_method_details"] = new JsonObject
            {
                ["type"] = "card",
                ["card"] = new JsonObject
                {
                    ["three_d_secure"] = new JsonObject { ["result"] = setup.Result, ["version"] = "2.2.0" },
                },
            },
        },
        ["livemode"] = false,
        ["metadata"] = Of(setup.Metadata),
        ["next_action"] = setup.Status is not "requires_action" ? null : new JsonObject
        {
            ["type"] = "redirect_to_url",
            ["redirect_to_url"] = new JsonObject { ["url"] = page, ["return_url"] = setup.ReturnUrl },
        },
        ["payment_method"] = setup.PaymentMethod,
        ["payment_method_types"] = new JsonArray("card"),
        ["status"] = setup.Status,
        ["usage"] = "on_session",
    };

    /// <summary>A payment method; everybody's card is one of nobody in particular, so it has no fingerprint.</summary>
    public static JsonObject Of(string token, Card card)
    {
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes(card.Owner ?? card.Brand ?? ""));
        return new()
        {
            ["id"] = token,
            ["object"] = "payment_method",
            ["card"] = new JsonObject
            {
                ["brand"] = card.Brand ?? "visa",
                ["country"] = card.Country,
                ["exp_month"] = 1 + drawn[0] % 12,
                ["exp_year"] = 2040 + drawn[1] % 10,
                ["fingerprint"] = card.Owner is null ? null : Convert.ToHexStringLower(drawn.AsSpan(0, 8)),
                ["funding"] = card.Funding ?? "credit",
                ["last4"] = $"{BinaryPrimitives.ReadUInt16BigEndian(drawn.AsSpan(2)) % 10_000:0000}",
            },
            ["livemode"] = false,
            ["type"] = "card",
        };
    }

    // docs.stripe.com/api/refunds/object: until there is one, only its kind is told.
    static JsonObject Reference(Repayment refund) => new()
    {
        ["type"] = "refund",
        ["reference"] = refund.Arn,
        ["reference_status"] = refund.Arn is null ? "pending" : "available",
        ["reference_type"] = "acquirer_reference_number",
    };

    public static JsonObject Of(Repayment refund) => new()
    {
        ["id"] = refund.Id,
        ["object"] = "refund",
        ["amount"] = refund.Amount,
        ["balance_transaction"] = $"txn_{refund.Id}",
        ["charge"] = refund.Charge,
        ["created"] = refund.Created,
        ["currency"] = refund.Currency,
        ["destination_details"] = new JsonObject { ["type"] = "card", ["card"] = Reference(refund) },
        ["failure_balance_transaction"] = refund.Status is "failed" ? $"txn_{refund.Id}_failed" : null,
        ["failure_reason"] = refund.FailureReason,
        ["metadata"] = Of(refund.Metadata),
        ["payment_intent"] = refund.Intent,
        ["reason"] = refund.Reason,
        ["status"] = refund.Status,
    };

    public static JsonObject Of(BalanceLine line) => new()
    {
        ["id"] = line.Id,
        ["object"] = "balance_transaction",
        ["amount"] = line.Amount,
        ["available_on"] = line.Created,
        ["created"] = line.Created,
        ["currency"] = line.Currency,
        ["description"] = line.Description,
        ["exchange_rate"] = null,
        ["fee"] = 0,
        ["fee_details"] = new JsonArray(),
        ["net"] = line.Amount,
        ["reporting_category"] = line.Type,
        ["source"] = line.Source,
        ["status"] = "available",
        ["type"] = line.Type,
    };

    public static JsonObject Event(string id, string type, JsonObject about, long created) => new()
    {
        ["id"] = id,
        ["object"] = "event",
        ["api_version"] = Version,
        ["created"] = created,
        ["data"] = new JsonObject { ["object"] = about },
        ["livemode"] = false,
        ["pending_webhooks"] = 1,
        ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
        ["type"] = type,
    };

    /// <summary>A page as asked for; the rows may hold one more, which only says that there is more.</summary>
    public static Answer List(string url, IReadOnlyList<JsonObject> rows, Paging paging)
    {
        var page = rows.Take(paging.Limit);
        if (paging.Before is not null) page = page.Reverse();
        return Ok(new()
        {
            ["object"] = "list",
            ["url"] = url,
            ["has_more"] = rows.Count > paging.Limit,
            ["data"] = new JsonArray([.. page]),
        });
    }

    public static Answer Found(string url, IEnumerable<JsonObject> rows) => Ok(new()
    {
        ["object"] = "search_result",
        ["url"] = url,
        ["has_more"] = false,
        ["next_page"] = null,
        ["data"] = new JsonArray([.. rows]),
    });

    public static Answer Ok(JsonObject body) => new(200, body.ToJsonString());

    public static Answer Invalid(
        string message, string? code = null, string? param = null, Intent? intent = null, int status = 400) =>
        Error(status, "invalid_request_error", message, code, param, intent);

    /// <summary>Doesn't repeat what was given: it may be what must not be kept.</summary>
    public static Answer NoSuch(string what, string param, int status = 404) =>
        Invalid($"No such {what}.", "resource_missing", param, status: status);

    public static Answer Error(
        int status, string type, string message, string? code = null, string? param = null, Intent? intent = null)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = message };
        if (code is not null) error["code"] = code;
        if (param is not null) error["param"] = param;
        if (intent is not null) error["payment_intent"] = Of(intent);
        return new(status, new JsonObject { ["error"] = error }.ToJsonString());
    }

    public static Answer Declined(Intent intent)
    {
        var error = CardError(intent);
        error["payment_intent"] = Of(intent);
        return new(402, new JsonObject { ["error"] = error }.ToJsonString());
    }

    public static Answer Fault => Error(500, "api_error", "Something went wrong on our side.");

    /// <summary>As a report that lies has it: another amount, or another currency.</summary>
    public static JsonObject Falsified(JsonObject about, bool amount)
    {
        var copy = about.DeepClone().AsObject();
        if (!amount) copy["currency"] = copy["currency"]?.GetValue<string>() is "usd" ? "eur" : "usd";
        foreach (var name in (string[])["amount", "amount_capturable", "amount_received"])
            if (amount && copy[name]?.GetValue<long>() is > 0 and var value) copy[name] = value + 100;
        return copy;
    }

    static JsonObject Of(ImmutableSortedDictionary<string, string> metadata) =>
        new(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));

    static JsonObject CardError(Intent intent)
    {
        var error = new JsonObject
        {
            ["type"] = "card_error",
            ["code"] = intent.ErrorCode,
            ["charge"] = intent.Charge,
            ["message"] = "Your card was declined.",
        };
        if (intent.DeclineCode is not null) error["decline_code"] = intent.DeclineCode;
        return error;
    }
}
