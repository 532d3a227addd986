using System.Globalization;
namespace Recourse.Adapters.Payments.StandIn;

using Metadata = ImmutableSortedDictionary<string, string>;

/// <summary>A change that is asked for, with all that can be seen to be wrong without looking at the books.</summary>
internal closed record Request
{
    /// <summary>A new intent.</summary>
    public sealed record Create(
        long Amount, string Currency, string? Method, bool IsManual, bool Confirms, Metadata Metadata) : Request;

    /// <summary>Try to hold or take.</summary>
    public sealed record Confirm(string Id, string? Method) : Request;

    /// <summary>Take what is held; null: all of it.</summary>
    public sealed record Capture(string Id, long? Amount) : Request;

    /// <summary>Let go.</summary>
    public sealed record Cancel(string Id, string? Reason) : Request;

    /// <summary>Give back; null: all that is left.</summary>
    public sealed record Repay(string? Intent, string? Charge, long? Amount, string? Reason, Metadata Metadata)
        : Request;

    /// <summary>Have a method checked with its bank.</summary>
    /// <param name="Page">Where this is reached, for the page's address.</param>
    public sealed record SetUp(string Method, string? ReturnUrl, Metadata Metadata, string Page) : Request;

    const long Most = 999_999_999_999;

    public static (Request?, Answer?) ReadSetUp(string page, Form form)
    {
        if (form.Has("payment_method_types"))
            return Wrong("payment_method_types", "Use allowed_payment_method_types.",
                "payment_method_types_no_longer_supported");
        if (form["payment_method"] is not { } method) return Missing("payment_method");
        if (form["confirm"] is not "true") return Wrong("confirm", "Only confirmed ones stand in here.");
        if (form["return_url"] is { } back && !(Uri.TryCreate(back, UriKind.Absolute, out var uri)
            && (uri.Scheme is "http" or "https"))) return Wrong("return_url", "Not a valid URL.", "url_invalid");
        if (!IsMetadata(form, out var metadata)) return Wrong("metadata", "Invalid metadata.");
        return (new SetUp(method, form["return_url"], metadata, page), null);
    }


    public static (Request?, Answer?) ReadCreate(Form form)
    {
        if (form.Has("payment_method_types"))
            return Wrong("payment_method_types", "Use allowed_payment_method_types.",
                "payment_method_types_no_longer_supported");
        if (form["amount"] is null || form["currency"] is null)
            return Missing(form["amount"] is null ? "amount" : "currency");
        if (Read(form, "amount") is not { } amount) return NoInteger("amount");
        if (amount > Most) return Wrong("amount", "Amount is too large.", "amount_too_large");
        var currency = form["currency"]!.ToLowerInvariant();
        if (StripeAmounts.FromStripe(0, currency) is not { } zero) return Wrong("currency", "Invalid currency.");
        if (!StripeAmounts.IsFine(amount, zero.Currency)) return TooFine();
        if (form["capture_method"] is not (null or "manual" or "automatic" or "automatic_async"))
            return Wrong("capture_method", "Invalid capture_method.");
        if (form["confirm"] is "true" && form["payment_method"] is null) return Missing("payment_method");
        if (!IsMetadata(form, out var metadata)) return Wrong("metadata", "Invalid metadata.");
        return (new Create(amount, currency, form["payment_method"], form["capture_method"] is "manual",
            form["confirm"] is "true", metadata), null);
    }

    public static (Request?, Answer?) ReadConfirm(string id, Form form) =>
        (new Confirm(id, form["payment_method"]), null);

    public static (Request?, Answer?) ReadCapture(string id, Form form) =>
        form["amount_to_capture"] is null ? (new Capture(id, null), null)
        : Read(form, "amount_to_capture") is { } amount ? (new Capture(id, amount), null)
        : NoInteger("amount_to_capture");

    public static (Request?, Answer?) ReadCancel(string id, Form form) =>
        form["cancellation_reason"] is null or "duplicate" or "fraudulent" or "requested_by_customer" or "abandoned"
            ? (new Cancel(id, form["cancellation_reason"]), null)
            : Wrong("cancellation_reason", "Invalid cancellation_reason.");

    public static (Request?, Answer?) ReadRepay(Form form)
    {
        if (form["payment_intent"] is null && form["charge"] is null) return Missing("payment_intent");
        if (form["amount"] is not null && Read(form, "amount") is null) return NoInteger("amount");
        if (form["reason"] is not (null or "duplicate" or "fraudulent" or "requested_by_customer"))
            return Wrong("reason", "Invalid reason.");
        if (!IsMetadata(form, out var metadata)) return Wrong("metadata", "Invalid metadata.");
        var wish = new Repay(form["payment_intent"], form["charge"], Read(form, "amount"), form["reason"], metadata);
        return (wish, null);
    }

    public static (Request?, Answer?) TooFine() => Wrong("amount", "Invalid amount: its last digits must be 0.",
        "invalid_charge_amount_no_decimal_compatible");

    static (Request?, Answer?) Missing(string param) =>
        Wrong(param, $"Missing required param: {param}.", "parameter_missing");

    static (Request?, Answer?) Wrong(string param, string message, string? code = null) =>
        (null, Wire.Invalid(message, code, param));

    static (Request?, Answer?) NoInteger(string param) =>
        Wrong(param, "Invalid integer.", "parameter_invalid_integer");

    static long? Read(Form form, string name) =>
        long.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount > 0
            ? amount : null;

    static bool IsMetadata(Form form, out Metadata metadata)
    {
        metadata = form.Under("metadata");
        return metadata.Count <= 50 && metadata.All(m => m.Key.Length is > 0 and <= 40 && m.Value.Length <= 500);
    }
}
