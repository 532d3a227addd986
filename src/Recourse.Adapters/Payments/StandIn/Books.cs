using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>What the stand-in provider decides. Called inside a turn of its store.</summary>
internal sealed class Books(StandInOptions options, Store store)
{
    /// <summary>How the card that a request is about misbehaves.</summary>
    public Behaviour BehaviourFor(Request request) => request switch
    {
        Request.Create create => CardOf(create.Method),
        Request.Confirm confirm => CardOf(confirm.Method ?? Find(confirm.Id)?.PaymentMethod),
        Request.Capture capture => CardOf(Find(capture.Id)?.PaymentMethod),
        Request.Cancel cancel => CardOf(Find(cancel.Id)?.PaymentMethod),
        Request.Repay repay => CardOf(Find(repay)?.PaymentMethod),
        Request.SetUp setUp => CardOf(setUp.Method),
    };

    /// <summary>One thing that is tried, however often and under whatever key.</summary>
    public static string SubjectOf(Request request, string? key) => request switch
    {
        Request.Create create => $"create {Name(create.Metadata, key)}",
        Request.Confirm confirm => $"confirm {confirm.Id}",
        Request.Capture capture => $"capture {capture.Id}",
        Request.Cancel cancel => $"cancel {cancel.Id}",
        Request.SetUp setUp => $"set-up {Name(setUp.Metadata, key)}",
        Request.Repay repay => $"repay {repay.Intent ?? repay.Charge} {Name(repay.Metadata, key)}",
    };

    /// <summary>Whoever says so in the metadata means the same thing under another key.</summary>
    static string Name(ImmutableSortedDictionary<string, string> metadata, string? key) =>
        metadata.GetValueOrDefault("key", key ?? "");

    /// <summary>Does it.</summary>
    public Outcome Do(Request request) => request switch
    {
        Request.Create create => Create(create),
        Request.Confirm confirm => Find(confirm.Id) is { } intent ? Confirm(intent, confirm.Method) : NoIntent(),
        Request.Capture capture => Find(capture.Id) is { } intent ? Capture(intent, capture.Amount) : NoIntent(),
        Request.Cancel cancel => Find(cancel.Id) is { } intent ? Cancel(intent, cancel.Reason) : NoIntent(),
        Request.Repay repay => Find(repay) is { } intent ? Repay(intent, repay) : NoIntent(),
        Request.SetUp setUp => SetUp(setUp),
    };

    /// <summary>What was pending comes to its end.</summary>
    public ImmutableArray<Report> Settle(string id)
    {
        if (store.Find<Intent>("intent", id) is { Status: "requires_action" } intent)
            return Hold(intent with { Status = "requires_confirmation" }).Reports;
        if (store.Find<Repayment>("refund", id) is not { Status: "pending", Fate: { } fate } refund) return [];
        var settled = refund with { Status = fate, Fate = null, Arn = fate is "succeeded" ? Arn(refund.Id) : null };
        if (fate is "failed")
        {
            settled = settled with { FailureReason = "lost_or_stolen_card" };
            Book($"txn_{refund.Id}_failed", "refund_failure", refund.Amount, refund.Currency, refund.Id);
        }
        Put(settled);
        var card = CardOf(Find(refund.Intent)?.PaymentMethod);
        return fate is "failed"
            ? [.. Tell(card, "refund.updated", Wire.Of(settled)), .. Tell(card, "refund.failed", Wire.Of(settled))]
            : Tell(card, "refund.updated", Wire.Of(settled));
    }

    Outcome Create(Request.Create wish)
    {
        if (wish.Method is { } token && Card.Find(token, options.Seed) is null)
            return Wire.NoSuch("PaymentMethod", "payment_method", 400);
        var status = wish.Method is null ? "requires_payment_method" : "requires_confirmation";
        var intent = new Intent(NewId("pi"), wish.Amount, wish.Currency, status, wish.IsManual, wish.Metadata, Now,
            PaymentMethod: wish.Method);
        return wish.Confirms ? Confirm(intent, wish.Method) : new(Wire.Ok(Wire.Of(Put(intent))), []);
    }

    /// <summary>A card that would be declined isn't checked; of most others the bank asks on its own page.</summary>
    Outcome SetUp(Request.SetUp wish)
    {
        if (Card.Find(wish.Method, options.Seed) is not { } card)
            return Wire.NoSuch("PaymentMethod", "payment_method", 400);
        var setup = new Setup(
            NewId("seti"), wish.Method, "requires_action", wish.ReturnUrl, wish.Metadata, Now);
        setup = card.Code is { } code
            ? setup with { Status = "requires_payment_method", ErrorCode = card.DeclineCode ?? code }
            : card.Behaviour is Behaviour.BankKnows ? BankPage.Passed(setup)
            : card.Behaviour is Behaviour.BankRefuses ? BankPage.Refused(setup) : setup;
        store.Put("setup", setup.Id, null, setup.Created, setup);
        return Wire.Ok(Wire.Of(setup, $"{wish.Page}{setup.Id}"));
    }

    Outcome Confirm(Intent intent, string? method)
    {
        if (intent.Status is not ("requires_payment_method" or "requires_confirmation")) return Unexpected(intent);
        var token = method ?? (intent.ErrorCode is null ? intent.PaymentMethod : null);
        if (token is null) return Wire.Invalid("A payment method is needed.", "parameter_missing", "payment_method");
        if (Card.Find(token, options.Seed) is not { } card)
            return Wire.NoSuch("PaymentMethod", "payment_method", 400);
        var tried = intent with
        {
            PaymentMethod = token, ErrorCode = null, DeclineCode = null, Charge = $"ch_{intent.Id}",
        };
        if (card.Code is not null)
        {
            tried = Put(tried with
            {
                Status = "requires_payment_method", ErrorCode = card.Code, DeclineCode = card.DeclineCode,
            });
            return new(Wire.Declined(tried), Tell(card.Behaviour, "payment_intent.payment_failed", Wire.Of(tried)));
        }
        if (card.Behaviour is not Behaviour.RequiresAction) return Hold(tried);
        tried = Put(tried with { Status = "requires_action" });
        return new(Wire.Ok(Wire.Of(tried)),
            Tell(card.Behaviour, "payment_intent.requires_action", Wire.Of(tried)), tried.Id);
    }

    Outcome Hold(Intent intent)
    {
        if (!intent.IsManual) return Take(intent with { Authorised = intent.Amount }, intent.Amount);
        var held = Put(intent with
        {
            Status = "requires_capture", Authorised = intent.Amount, Capturable = intent.Amount,
        });
        return new(Wire.Ok(Wire.Of(held)),
            Tell(CardOf(held.PaymentMethod), "payment_intent.amount_capturable_updated", Wire.Of(held)));
    }

    Outcome Capture(Intent intent, long? asked)
    {
        if (intent.Status is not "requires_capture") return Unexpected(intent);
        var amount = asked ?? intent.Capturable;
        if (amount > intent.Capturable)
            return Wire.Invalid("More than what is held.", "amount_too_large", "amount_to_capture", intent);
        if (!IsFine(amount, intent.Currency)) return Request.TooFine().Item2!;
        if (CardOf(intent.PaymentMethod) is not Behaviour.CaptureFails) return Take(intent, amount);
        var gone = Let(intent, "expired");
        return new(Wire.Invalid("The authorization has expired.", "capture_charge_authorization_expired", intent: gone),
            Tell(Behaviour.CaptureFails, "payment_intent.canceled", Wire.Of(gone)));
    }

    Outcome Take(Intent intent, long amount)
    {
        var taken = Put(intent with { Status = "succeeded", Capturable = 0, Received = amount });
        Book($"txn_{taken.Charge}", "charge", amount, taken.Currency, taken.Charge!);
        return new(Wire.Ok(Wire.Of(taken)),
            Tell(CardOf(taken.PaymentMethod), "payment_intent.succeeded", Wire.Of(taken)));
    }

    Outcome Cancel(Intent intent, string? reason)
    {
        if (intent.Status is "canceled" or "succeeded") return Unexpected(intent);
        var gone = Let(intent, reason);
        return new(Wire.Ok(Wire.Of(gone)),
            Tell(CardOf(gone.PaymentMethod), "payment_intent.canceled", Wire.Of(gone)));
    }

    // 23 digits, the first of which says that it is a transaction; the others follow from the id.
    static string Arn(string id) =>
        $"7{string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(id)).Take(22).Select(b => (char)('0' + b % 10)))}";

    Outcome Repay(Intent intent, Request.Repay wish)
    {
        if (intent.Status is not "succeeded")
            return Wire.Invalid("There is no successful charge to refund.", "charge_not_refundable", "payment_intent");
        var earlier = store.Of<Repayment>("refund", intent.Id);
        var left = intent.Received - earlier.Where(r => r.Status is not ("failed" or "canceled")).Sum(r => r.Amount);
        var amount = wish.Amount ?? left;
        if (left is 0) return Wire.Invalid("It has been refunded already.", "charge_already_refunded");
        if (amount > left) return Wire.Invalid("More than what is left to refund.", "amount_too_large", "amount");
        if (!IsFine(amount, intent.Currency)) return Request.TooFine().Item2!;
        var behaviour = CardOf(intent.PaymentMethod);
        var failures = behaviour switch
        {
            Behaviour.RefundFails => options.Tries, Behaviour.RefundFailsOnce => 1, _ => 0,
        };
        var fate = earlier.Count < failures ? "failed" : behaviour is Behaviour.RefundPending ? "succeeded" : null;
        var id = NewId("re");
        var isLost = behaviour is Behaviour.RefundLost;
        var refund = Put(new Repayment(id, intent.Id, intent.Charge!, amount, intent.Currency,
            fate is null ? "succeeded" : "pending", wish.Metadata, Now, wish.Reason, Fate: fate,
            Arn: fate is null && !isLost ? Arn(id) : null, IsLost: isLost));
        Book($"txn_{refund.Id}", "refund", -amount, refund.Currency, refund.Id);
        return new(Wire.Ok(Wire.Of(refund)), Tell(behaviour, "refund.created", Wire.Of(refund)),
            fate is null ? null : refund.Id);
    }

    Intent Let(Intent intent, string? reason) => Put(intent with
    {
        Status = "canceled", Capturable = 0, CanceledAt = Now, CancellationReason = reason,
    });

    /// <summary>What is told of it: more than once, late, after a lie, or never. The truth always comes too.</summary>
    ImmutableArray<Report> Tell(Behaviour behaviour, string type, JsonObject about)
    {
        if (options.ReportsTo is null || behaviour is Behaviour.WebhookNever) return [];
        var id = NewId("evt");
        var truth = new Report(id, Wire.Event(id, type, about, Now).ToJsonString(),
            behaviour is Behaviour.WebhookTwice ? 2 : 1, IsLate: behaviour is Behaviour.WebhookLate);
        ImmutableArray<Report> reports = behaviour switch
        {
            Behaviour.WebhookForged => [new($"{id}_forged", truth.Body, IsForged: true), truth],
            Behaviour.WebhookWrongAmount or Behaviour.WebhookWrongCurrency => [new($"{id}_wrong", Wire.Event(
                $"{id}_wrong", type, Wire.Falsified(about, behaviour is Behaviour.WebhookWrongAmount), Now)
                .ToJsonString()), truth],
            _ => [truth],
        };
        store.Owe(reports);
        return reports;
    }

    void Book(string id, string type, long amount, string currency, string source) => store.Put("line", id, source, Now,
        new BalanceLine(id, type, amount, currency, source, Now, type));

    Behaviour CardOf(string? token) =>
        token is not null && Card.Find(token, options.Seed) is { } card ? card.Behaviour : Behaviour.None;

    Intent Put(Intent intent)
    {
        store.Put("intent", intent.Id, null, intent.Created, intent);
        return intent;
    }

    Repayment Put(Repayment refund)
    {
        store.Put("refund", refund.Id, refund.Intent, refund.Created, refund);
        return refund;
    }

    Intent? Find(string id) => store.Find<Intent>("intent", id);

    Intent? Find(Request.Repay repay) =>
        Find(repay.Intent ?? (repay.Charge!.StartsWith("ch_") ? repay.Charge[3..] : ""));

    static Outcome NoIntent() => Wire.NoSuch("payment_intent", "intent");

    static Outcome Unexpected(Intent intent) => Wire.Invalid(
        $"This PaymentIntent can't do that: it has a status of {intent.Status}.", "payment_intent_unexpected_state",
        intent: intent);

    static bool IsFine(long amount, string currency) =>
        StripeAmounts.FromStripe(0, currency) is { } zero && StripeAmounts.IsFine(amount, zero.Currency);

    string NewId(string prefix) => $"{prefix}_{Derived.Code($"{options.Seed} {prefix} {store.Number()}")}";

    long Now => options.Now().ToUnixTimeSeconds();
}
