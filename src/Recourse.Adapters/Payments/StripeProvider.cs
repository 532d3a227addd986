using System.Collections.Concurrent;
using System.Net;
using Recourse.Payments;
using Stripe;
namespace Recourse.Adapters.Payments;

/// <summary>Stripe's API, or whoever speaks it.</summary>
/// <remarks>
/// The provider stores the first outcome of a key, faults of its own too, for at least a day. So a repeat that hears a
/// stored fault asks how things stand, and only if nothing was done goes on under the next key, which is derived.
/// Each object carries our key in its metadata: that is how it is found again.
/// </remarks>
public sealed class StripeProvider : IPaymentProvider, IDisposable
{
    const int MostKeys = 8;
    const int MostRecentPages = 10;
    const int MostUnclear = 10_000;
    static readonly Duration SearchLag = Duration.FromMinutes(10);
    static readonly Duration KeyIsSure = Duration.FromHours(20);

    readonly HttpClient _http;
    readonly PaymentIntentService _intents;
    readonly RefundService _refunds;
    readonly SetupIntentService _setups;
    readonly PaymentMethodService _methods;
    readonly TimeSpan _timeout;
    readonly Func<Instant> _now;
    readonly ConcurrentDictionary<string, Instant> _unclear = new();

    /// <summary>Connects lazily; nothing is asked before the first call.</summary>
    /// <param name="now">The platform's clock, to tell recent intents from older ones.</param>
    /// <param name="wire">Replaces the network.</param>
    public StripeProvider(StripeOptions options, Func<Instant> now, HttpMessageHandler? wire = null)
    {
        _http = new(wire ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        _http.Timeout = Timeout.InfiniteTimeSpan;
        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = options.ApiKey,
            ApiBase = options.ApiBase.GetLeftPart(UriPartial.Path).TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: 0, enableTelemetry: false),
        });
        (_intents, _refunds, _methods, _setups) = (new(client), new(client), new(client), new(client));
        (_timeout, _now) = (options.Timeout.ToTimeSpan(), now);
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel)
    {
        var answer = await Call(call, isOld: _now() - FirstAsked(call) > KeyIsSure, cancel);
        if (answer is ProviderAnswer.Done or ProviderAnswer.Declined) _unclear.TryRemove(call.Key, out _);
        if (_unclear.Count > MostUnclear) _unclear.Clear();
        return answer;
    }

    /// <summary>
    /// A hold is the one thing that a forgotten key would let be done twice. The platform says since when it is asked
    /// for, and a restart of ours makes no old key look like a new one. Not known is old.
    /// </summary>
    Instant FirstAsked(ProviderCall call) => call is ProviderCall.Authorise { Since: var since }
        ? since ?? Instant.MinValue : _unclear.GetOrAdd(call.Key, _now());

    async Task<ProviderAnswer> Call(ProviderCall call, bool isOld, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timeout);
        try
        {
            if (isOld && await Find(call, limit.Token) is { } old) return old;
            for (var nth = 1; nth <= MostKeys; nth++)
                if (await Once(call, nth, limit.Token) is { } answer) return answer;
            return new ProviderAnswer.Unknown("stored_fault");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ProviderAnswer.Unknown("timeout");
        }
        catch (Exception e) when (e is not OperationCanceledException)     // the library fails in any way on nonsense
        {
            return StripeAnswers.Explain(e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A forgotten key begins a second check, which costs nobody anything.</remarks>
    public async Task<ChallengeAnswer> Challenge(ChallengeCall call, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_timeout);
        try
        {
            for (var nth = 1; nth <= MostKeys; nth++)
                if (await Once(call, nth, limit.Token) is { } answer) return answer;
            return new ChallengeAnswer.Unknown("stored_fault");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ChallengeAnswer.Unknown("timeout");
        }
        catch (Exception e) when (e is not OperationCanceledException)     // the library fails in any way on nonsense
        {
            return StripeAnswers.NotChallenged(e);
        }
    }

    /// <summary>Null: a fault is stored under that key, and nothing was done.</summary>
    async Task<ChallengeAnswer?> Once(ChallengeCall call, int nth, CancellationToken cancel)
    {
        try
        {
            return call switch
            {
                ChallengeCall.Begin begin => StripeAnswers.Challenged(await Begin(begin, nth, cancel)),
                ChallengeCall.Look look   => StripeAnswers.Challenged(await Find(look.Reference, cancel)),
            };
        }
        catch (StripeException e) when (e.HttpStatusCode >= HttpStatusCode.InternalServerError
            && StripeAnswers.IsRepeat(e.StripeResponse)) { return null; }
    }

    async Task<SetupIntent> Begin(ChallengeCall.Begin call, int nth, CancellationToken cancel)
    {
        var options = new RequestOptions { IdempotencyKey = nth is 1 ? call.Key : $"{call.Key}~{nth}" };
        var setup = await _setups.CreateAsync(new()
        {
            PaymentMethod = call.Method, AllowedPaymentMethodTypes = ["card"], Confirm = true, Usage = "on_session",
            ReturnUrl = call.BackTo, Expand = ["latest_attempt"],
            PaymentMethodOptions = new() { Card = new() { RequestThreeDSecure = "any" } },
            Metadata = new() { ["verification"] = call.Of, ["key"] = call.Key },
        }, options, cancel);
        return StripeAnswers.IsRepeat(setup.StripeResponse) ? await Find(setup.Id, cancel) : setup;
    }

    Task<SetupIntent> Find(string reference, CancellationToken cancel) =>
        _setups.GetAsync(reference, new() { Expand = ["latest_attempt"] }, null, cancel);

    /// <inheritdoc/>
    public async Task<MethodLook?> Look(string token, CancellationToken cancel)
    {
        try
        {
            return StripeAnswers.LookedAt(await _methods.GetAsync(token, null, null, cancel));
        }
        catch (Exception e) when (e is not OperationCanceledException)     // it said nothing that anybody can use
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The call under its nth key; null: a fault is stored under that key, and nothing was done.</summary>
    async Task<ProviderAnswer?> Once(ProviderCall call, int nth, CancellationToken cancel)
    {
        try
        {
            return await Say(call, new() { IdempotencyKey = nth is 1 ? call.Key : $"{call.Key}~{nth}" }, cancel);
        }
        catch (StripeException e) when (e.HttpStatusCode >= HttpStatusCode.InternalServerError)
        {
            return StripeAnswers.IsRepeat(e.StripeResponse) ? await Find(call, cancel) : StripeAnswers.Explain(e);
        }
        catch (StripeException e) when (StripeAnswers.MayBeDone(call, e))
        {
            return await Find(call, cancel) ?? StripeAnswers.Explain(e);
        }
    }

    Task<ProviderAnswer> Say(ProviderCall call, RequestOptions options, CancellationToken cancel) => call switch
    {
        ProviderCall.Authorise authorise => Authorise(authorise, options, cancel),
        ProviderCall.Capture capture => Capture(capture, options, cancel),
        ProviderCall.Void let => Let(let, options, cancel),
        ProviderCall.Refund refund => Refund(refund, options, cancel),
        ProviderCall.LookAtRefund look => Look(look, cancel),
    };

    async Task<ProviderAnswer> Authorise(
        ProviderCall.Authorise call, RequestOptions options, CancellationToken cancel)
    {
        var (amount, wrong) = StripeAmounts.ToStripe(call.Amount);
        if (wrong is not null) return new ProviderAnswer.Declined(null, wrong);
        var intent = await _intents.CreateAsync(new()
        {
            Amount = amount,
            Currency = call.Amount.Currency.Code.ToLowerInvariant(),
            PaymentMethod = call.Method,
            AllowedPaymentMethodTypes = ["card"],
            CaptureMethod = "manual",
            Confirm = true,
            Metadata = new()
            {
                ["payment"] = call.Payment, ["attempt"] = call.Attempt.ToString(), ["key"] = call.Key,
            },
        }, options, cancel);
        return StripeAnswers.Authorised(await Today(intent, cancel));
    }

    async Task<ProviderAnswer> Capture(ProviderCall.Capture call, RequestOptions options, CancellationToken cancel)
    {
        var (amount, wrong) = StripeAmounts.ToStripe(call.Amount);
        if (wrong is not null) return new ProviderAnswer.Declined(call.Intent, wrong);
        var intent = await _intents.CaptureAsync(call.Intent, new() { AmountToCapture = amount }, options, cancel);
        return StripeAnswers.Captured(await Today(intent, cancel), amount);
    }

    async Task<ProviderAnswer> Let(ProviderCall.Void call, RequestOptions options, CancellationToken cancel) =>
        StripeAnswers.Voided(await Today(await _intents.CancelAsync(call.Intent, null, options, cancel), cancel));

    /// <summary>Looks first: a key is kept for a day only, and two equal refunds of a part are both possible.</summary>
    async Task<ProviderAnswer> Refund(ProviderCall.Refund call, RequestOptions options, CancellationToken cancel)
    {
        var (amount, wrong) = StripeAmounts.ToStripe(call.Amount);
        if (wrong is not null) return new ProviderAnswer.Declined(null, wrong);
        return await Find(call, cancel) is { } done ? StripeAnswers.Refunded(done)
            : StripeAnswers.Refunded(await _refunds.CreateAsync(new()
            {
                PaymentIntent = call.Intent,
                Amount = amount,
                Metadata = new() { ["refund"] = call.RefundId, ["key"] = call.Key },
            }, options, cancel));
    }

    /// <summary>A refund of another payment is none that we asked about.</summary>
    async Task<ProviderAnswer> Look(ProviderCall.LookAtRefund call, CancellationToken cancel)
    {
        var refund = await _refunds.GetAsync(call.Reference, null, null, cancel);
        if (refund.Id != call.Reference) return new ProviderAnswer.Unknown("the answer can't be read");
        return refund.PaymentIntentId == call.Intent
            ? StripeAnswers.Refunded(refund) : new ProviderAnswer.Declined(null, "refund_of_another_payment");
    }

    /// <summary>How things stand, whatever was answered before; null: nothing was done.</summary>
    async Task<ProviderAnswer?> Find(ProviderCall call, CancellationToken cancel) => call switch
    {
        ProviderCall.Authorise authorise => await Find(authorise, cancel),
        ProviderCall.Capture capture => await _intents.GetAsync(capture.Intent, null, null, cancel) is
            { Status: not "requires_capture" } intent
                ? StripeAnswers.Captured(intent, StripeAmounts.ToStripe(capture.Amount).Amount) : null,
        ProviderCall.Void let => await _intents.GetAsync(let.Intent, null, null, cancel) is
            { Status: "canceled" or "succeeded" } intent ? StripeAnswers.Voided(intent) : null,
        ProviderCall.Refund refund => await Find(refund, cancel) is { } done ? StripeAnswers.Refunded(done) : null,
        ProviderCall.LookAtRefund look => await Look(look, cancel),
    };

    /// <summary>A stored answer shows the intent as it was then.</summary>
    async Task<PaymentIntent> Today(PaymentIntent intent, CancellationToken cancel) =>
        StripeAnswers.IsRepeat(intent.StripeResponse)
            ? await _intents.GetAsync(intent.Id, null, null, cancel) : intent;

    async Task<Refund?> Find(ProviderCall.Refund call, CancellationToken cancel)
    {
        var all = _refunds.ListAutoPagingAsync(new() { PaymentIntent = call.Intent, Limit = 100 }, null, cancel);
        await foreach (var refund in all)
            if (IsOf(refund.Metadata, call)) return refund;
        return null;
    }

    /// <summary>Search knows all but the newest, the list has the newest: in neither means never made.</summary>
    async Task<ProviderAnswer?> Find(ProviderCall.Authorise call, CancellationToken cancel)
    {
        var recent = new PaymentIntentListOptions
        {
            Limit = 100, Created = new DateRangeOptions { GreaterThanOrEqual = (_now() - SearchLag).ToDateTimeUtc() },
        };
        for (var page = 1; ; page++)
        {
            var list = await _intents.ListAsync(recent, null, cancel);
            if (list.Data.Find(i => IsOf(i.Metadata, call)) is { } made) return StripeAnswers.Authorised(made);
            if (!list.HasMore) break;
            if (page == MostRecentPages) return new ProviderAnswer.Unknown("too_many_to_look_through");
            recent.StartingAfter = list.Data[^1].Id;
        }
        var quoted = call.Key.Replace(@"\", @"\\").Replace("'", @"\'");
        var query = new PaymentIntentSearchOptions { Query = $"metadata['key']:'{quoted}'" };
        var found = await _intents.SearchAsync(query, null, cancel);
        return found.Data.Find(i => IsOf(i.Metadata, call)) is { } old ? StripeAnswers.Authorised(old) : null;
    }

    static bool IsOf(Dictionary<string, string>? metadata, ProviderCall call) =>
        metadata?.GetValueOrDefault("key") == call.Key;
}
