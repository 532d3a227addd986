using System.Net;
using Recourse.Payments;
using Stripe;
using static Recourse.Payments.ProviderAnswer;
namespace Recourse.Adapters.Payments;

/// <summary>What the provider's objects and errors mean to us. Whatever isn't known for sure is Unknown.</summary>
public static class StripeAnswers
{
    /// <summary>An intent, to whoever asked to authorise.</summary>
    public static ProviderAnswer Authorised(PaymentIntent intent) => intent.Status switch
    {
        "requires_capture" or "succeeded" => new Done(intent.Id),
        "processing" or "requires_action" or "requires_confirmation" => new Pending(intent.Id),
        "requires_payment_method" => new Declined(intent.Id, CodeOf(intent.LastPaymentError) ?? intent.Status),
        "canceled" => new Declined(intent.Id, intent.CancellationReason ?? intent.Status),
        var other => new Unknown($"status {other}"),
    };

    /// <summary>An intent, to whoever asked to take so much.</summary>
    public static ProviderAnswer Captured(PaymentIntent intent, long amount) => intent.Status switch
    {
        "succeeded" when intent.AmountReceived == amount => new Done(intent.Id),
        "succeeded" => new Unknown($"captured {intent.AmountReceived}"),
        "processing" => new Pending(intent.Id),
        "requires_payment_method" => new Declined(intent.Id, CodeOf(intent.LastPaymentError) ?? intent.Status),
        "canceled" => new Declined(intent.Id, intent.CancellationReason ?? intent.Status),
        var other => new Unknown($"status {other}"),
    };

    /// <summary>An intent, to whoever asked to let it go.</summary>
    public static ProviderAnswer Voided(PaymentIntent intent) => intent.Status switch
    {
        "canceled" => new Done(intent.Id),
        "succeeded" => new Declined(intent.Id, "already_captured"),
        "processing" => new Pending(intent.Id),
        var other => new Unknown($"status {other}"),
    };

    /// <summary>A refund.</summary>
    public static ProviderAnswer Refunded(Refund refund) => refund.Status switch
    {
        "succeeded" => new Done(refund.Id, ArnOf(refund)),
        "pending" or "requires_action" => new Pending(refund.Id),
        "failed" or "canceled" => new Declined(refund.Id, refund.FailureReason ?? refund.Status),
        var other => new Unknown($"status {other}"),
    };

    // Some days after it is done the provider knows it; other kinds of references no bank can look up.
    static string? ArnOf(Refund refund) =>
        refund.DestinationDetails?.Card is { ReferenceType: "acquirer_reference_number" } card ? card.Reference : null;

    /// <summary>A check with the card's bank.</summary>
    /// <remarks>docs.stripe.com/api/setup_attempts/object: only "authenticated" says that it is the holder.</remarks>
    public static ChallengeAnswer Challenged(SetupIntent setup) => setup.Status switch
    {
        "succeeded" => ResultOf(setup) is var result && result is "authenticated"
            ? new ChallengeAnswer.Authenticated(setup.Id, ShiftsLiability: true)
            : new ChallengeAnswer.Failed(setup.Id, result ?? "not_checked"),
        "requires_action" => setup.NextAction?.RedirectToUrl?.Url is { } page
            ? new ChallengeAnswer.Waiting(setup.Id, page) : new ChallengeAnswer.Unknown("no page"),
        "requires_payment_method" =>
            new ChallengeAnswer.Failed(setup.Id, CodeOf(setup.LastSetupError) ?? setup.Status),
        "canceled" => new ChallengeAnswer.Failed(setup.Id, setup.CancellationReason ?? setup.Status),
        var other => new ChallengeAnswer.Unknown($"status {other}"),
    };

    static string? ResultOf(SetupIntent setup) =>
        setup.LatestAttempt?.PaymentMethodDetails?.Card?.ThreeDSecure?.Result;

    /// <summary>What went wrong with a check: refused for good only if the provider says so.</summary>
    public static ChallengeAnswer NotChallenged(Exception e) => Explain(e) switch
    {
        Declined d => new ChallengeAnswer.Failed(null, d.Code),
        Unknown u  => new ChallengeAnswer.Unknown(u.Why),
        Done or Pending => new ChallengeAnswer.Unknown("the answer can't be read"),
    };

    /// <summary>A payment method; what the provider calls <c>unknown</c> is not known.</summary>
    public static MethodLook LookedAt(PaymentMethod method) =>
        new(method.Type, method.Card is { } card ? Of(card) : null);

    static CardLook Of(PaymentMethodCard card) => new(
        Known(card.Brand), Known(card.Fingerprint), Known(card.Country)?.ToUpperInvariant(), Known(card.Funding),
        Known(card.Last4),
        card is { ExpYear: >= 2000 and <= 9999, ExpMonth: >= 1 and <= 12 }
            ? new YearMonth((int)card.ExpYear, (int)card.ExpMonth) : null);

    static string? Known(string? said) => said is "" or "unknown" ? null : said;

    /// <summary>Whatever went wrong.</summary>
    public static ProviderAnswer Explain(Exception e) => e switch
    {
        StripeException refused => Explain(refused),
        HttpRequestException or IOException => new Unknown("network"),
        _ => new Unknown("the answer can't be read"),
    };

    /// <summary>An error: refused for good only if the provider says so.</summary>
    public static ProviderAnswer Explain(StripeException e) => (e.HttpStatusCode, e.StripeError) switch
    {
        (_, null) => new Unknown($"the answer can't be read: {(int)e.HttpStatusCode}"),
        ( >= HttpStatusCode.InternalServerError, _) => new Unknown($"fault {(int)e.HttpStatusCode}"),
        (HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests, var error) => new Unknown(NameOf(error)),
        (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => new Unknown("not let in"),
        (_, { Type: "idempotency_error" }) => new Unknown("idempotency_error"),
        (_, { Type: "card_error" or "invalid_request_error" } error) =>
            new Declined(error.PaymentIntent?.Id, NameOf(error)),
        (_, var error) => new Unknown(NameOf(error)),
    };

    /// <summary>Whether a refusal may only mean that it is done already: said after a key was forgotten.</summary>
    public static bool MayBeDone(ProviderCall call, StripeException e) =>
        call is not (ProviderCall.Authorise or ProviderCall.LookAtRefund)
        && e is { HttpStatusCode: HttpStatusCode.BadRequest, StripeError: not null }
        && e.StripeError.Type is "invalid_request_error";

    /// <summary>Whether it is the stored answer to an earlier request with the same key.</summary>
    public static bool IsRepeat(StripeResponse? response) =>
        response?.Headers?.TryGetValues("Idempotent-Replayed", out var said) is true && said.Contains("true");

    static string? CodeOf(StripeError? error) => error is null ? null : error.DeclineCode ?? error.Code;

    static string NameOf(StripeError error) => CodeOf(error) ?? error.Type ?? "unnamed";
}
