using System.Net;
using Recourse.Adapters.Payments.StandIn;
using Card = Recourse.Adapters.Payments.StandIn.Card;
using Stripe;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>The protocol, spoken by Stripe's own library as it is.</summary>
public sealed class TheStandIn
{
    static PaymentIntentCreateOptions Cup(long amount = 500, string method = "pm_card_visa") => new()
    {
        Amount = amount, Currency = "eur", PaymentMethod = method, Confirm = true, CaptureMethod = "manual",
        AllowedPaymentMethodTypes = ["card"], Metadata = new() { ["payment"] = "payment/ann/one" },
    };

    static RequestOptions Under(string key) => new() { IdempotencyKey = key };

    static async Task<StripeException> Refused(Func<Task> deed) => await Assert.ThrowsAsync<StripeException>(deed);

    static bool IsRepeat(StripeResponse response) => response.Headers.Contains("Idempotent-Replayed");

    [Fact]
    public async Task Answers_a_key_the_same_again_and_only_to_the_same_request()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        var first = await intents.CreateAsync(Cup(), Under("k"), Ct);
        var again = await intents.CreateAsync(Cup(), Under("k"), Ct);
        Assert.Equal(first.StripeResponse.Content, again.StripeResponse.Content);
        Assert.Equal((false, true), (IsRepeat(first.StripeResponse), IsRepeat(again.StripeResponse)));

        var other = await Refused(() => intents.CreateAsync(Cup(600), Under("k"), Ct));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency_error"), (other.HttpStatusCode, other.StripeError.Type));
        var elsewhere = await Refused(() => intents.CancelAsync(first.Id, null, Under("k"), Ct));
        Assert.Equal("idempotency_error", elsewhere.StripeError.Type);

        var declined = Cup(method: "pm_card_chargeDeclined");
        Assert.False(IsRepeat((await Refused(() => intents.CreateAsync(declined, Under("d"), Ct))).StripeResponse));
        Assert.True(IsRepeat((await Refused(() => intents.CreateAsync(declined, Under("d"), Ct))).StripeResponse));
    }

    [Fact]
    public async Task Forgets_a_key_after_a_day()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        var first = await intents.CreateAsync(Cup(), Under("k"), Ct);
        counter.Now += Duration.FromHours(24);
        Assert.Equal(first.Id, (await intents.CreateAsync(Cup(), Under("k"), Ct)).Id);
        counter.Now += Duration.FromSeconds(1);
        Assert.NotEqual(first.Id, (await intents.CreateAsync(Cup(), Under("k"), Ct)).Id);
    }

    [Fact]
    public async Task Keeps_nothing_under_a_key_that_came_with_nonsense()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        await Refused(() => intents.CreateAsync(Cup(0), Under("k"), Ct));
        Assert.Equal("requires_capture", (await intents.CreateAsync(Cup(), Under("k"), Ct)).Status);
    }

    [Fact]
    public async Task Answers_one_of_two_that_come_at_once_under_one_key()
    {
        await using var counter = await Open(o => o with { Speed = 50 });
        var intents = counter.Client().V1.PaymentIntents;
        var slow = intents.CreateAsync(Cup(method: "pm_standin_stall"), Under("k"), Ct);
        await Pause(50);
        var busy = await Refused(() => intents.CreateAsync(Cup(method: "pm_standin_stall"), Under("k"), Ct));
        Assert.Equal(HttpStatusCode.Conflict, busy.HttpStatusCode);
        Assert.Equal("requires_capture", (await slow).Status);
    }

    [Fact]
    public async Task Lets_nobody_in_without_the_key()
    {
        await using var counter = await Open();
        foreach (var key in (string[])["sk_test_other", "x"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await Refused(() =>
                counter.Client(key).V1.PaymentIntents.ListAsync(null, null, Ct))).HttpStatusCode);
        using var http = new HttpClient { BaseAddress = counter.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/standin/statement", Ct)).StatusCode);
    }

    [Fact]
    public async Task Goes_through_the_steps_of_an_intent_one_by_one()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        var made = await intents.CreateAsync(
            new() { Amount = 500, Currency = "EUR", CaptureMethod = "manual" }, null, Ct);
        Assert.Equal(("requires_payment_method", 0), (made.Status, made.AmountCapturable));
        var failed = await Refused(() => intents.ConfirmAsync(
            made.Id, new() { PaymentMethod = "pm_card_chargeDeclined" }, null, Ct));
        Assert.Equal(("card_error", "card_declined", "generic_decline"),
            (failed.StripeError.Type, failed.StripeError.Code, failed.StripeError.DeclineCode));
        Assert.Equal("generic_decline", (await intents.GetAsync(made.Id, null, null, Ct)).LastPaymentError.DeclineCode);
        var held = await intents.ConfirmAsync(made.Id, new() { PaymentMethod = "pm_card_visa" }, null, Ct);
        Assert.Equal(("requires_capture", 500, null), (held.Status, held.AmountCapturable, held.LastPaymentError));
        var taken = await intents.CaptureAsync(made.Id, new() { AmountToCapture = 300 }, null, Ct);
        Assert.Equal(("succeeded", 0, 300), (taken.Status, taken.AmountCapturable, taken.AmountReceived));
        Assert.Equal("payment_intent_unexpected_state",
            (await Refused(() => intents.CancelAsync(made.Id, null, null, Ct))).StripeError.Code);
        Assert.Equal(HttpStatusCode.NotFound,
            (await Refused(() => intents.CaptureAsync("pi_none", null, null, Ct))).HttpStatusCode);
    }

    [Fact]
    public async Task Takes_at_once_where_capture_is_automatic_and_refunds_by_charge()
    {
        await using var counter = await Open();
        var services = counter.Client().V1;
        var options = Cup();
        options.CaptureMethod = null;
        var taken = await services.PaymentIntents.CreateAsync(options, null, Ct);
        Assert.Equal(("succeeded", 500), (taken.Status, taken.AmountReceived));
        var refund = await services.Refunds.CreateAsync(new() { Charge = taken.LatestChargeId }, null, Ct);
        Assert.Equal(("succeeded", 500, taken.Id), (refund.Status, refund.Amount, refund.PaymentIntentId));
        Assert.Equal(refund.Id, (await services.Refunds.GetAsync(refund.Id, null, null, Ct)).Id);
    }

    [Fact]
    public async Task Lists_page_by_page_forwards_and_back()
    {
        await using var counter = await Open();
        var services = counter.Client().V1;
        var made = new List<string>();
        for (var i = 0; i < 7; i++) made.Insert(0, (await services.PaymentIntents.CreateAsync(Cup(), null, Ct)).Id);
        var all = new List<string>();
        await foreach (var intent in services.PaymentIntents.ListAutoPagingAsync(new() { Limit = 3 }, null, Ct))
            all.Add(intent.Id);
        Assert.Equal(made, all);
        var back = await services.PaymentIntents.ListAsync(new() { Limit = 2, EndingBefore = made[5] }, null, Ct);
        Assert.Equal((made[3], made[4], true), (back.Data[0].Id, back.Data[1].Id, back.HasMore));
        var later = new DateRangeOptions { GreaterThan = Noon.ToDateTimeUtc() };
        Assert.Empty((await services.PaymentIntents.ListAsync(new() { Created = later }, null, Ct)).Data);
        var none = new PaymentIntentSearchOptions { Query = "metadata['payment']:'payment/ann/two'" };
        Assert.Empty((await services.PaymentIntents.SearchAsync(none, null, Ct)).Data);
        var one = new PaymentIntentSearchOptions { Query = "metadata[\"payment\"]:\"payment/ann/one\"" };
        Assert.Equal(7, (await services.PaymentIntents.SearchAsync(one, null, Ct)).Data.Count);
    }

    [Fact]
    public async Task Keeps_an_account_that_adds_up_to_its_statement()
    {
        await using var counter = await Open();
        var services = counter.Client().V1;
        foreach (var card in (Behaviour[])[Behaviour.None, Behaviour.RefundFailsOnce, Behaviour.RefundPending])
        {
            var intent = await services.PaymentIntents.CreateAsync(Cup(method: Card.TokenOf(card)), null, Ct);
            await services.PaymentIntents.CaptureAsync(intent.Id, null, null, Ct);
            await services.Refunds.CreateAsync(new() { PaymentIntent = intent.Id, Amount = 200 }, null, Ct);
        }
        await Until(() => counter.Statement().Result.Totals.Single().Pending is 0);
        var total = (await counter.Statement()).Totals.Single();
        Assert.Equal(("eur", 1500, 0, 1500, 400),
            (total.Currency, total.Authorised, total.Held, total.Captured, total.Refunded));
        var lines = await services.BalanceTransactions.ListAsync(new() { Limit = 100 }, null, Ct);
        Assert.Equal(total.Captured - total.Refunded, lines.Sum(l => l.Net));
        var newest = lines.Data[0].Id;
        Assert.Equal(newest, (await services.BalanceTransactions.GetAsync(newest, null, null, Ct)).Id);
        Assert.Single(lines, l => l.Type is "refund_failure");
    }

    [Fact]
    public async Task Refuses_what_Stripe_refuses()
    {
        await using var counter = await Open();
        var intents = counter.Client().V1.PaymentIntents;
        var fine = Cup(5_124);
        fine.Currency = "kwd";
        Assert.Equal("invalid_charge_amount_no_decimal_compatible",
            (await Refused(() => intents.CreateAsync(fine, null, Ct))).StripeError.Code);
        var odd = Cup();
        odd.Currency = "xxx";
        Assert.Equal("currency", (await Refused(() => intents.CreateAsync(odd, null, Ct))).StripeError.Param);
        var old = Cup();
        old.AddExtraParam("payment_method_types[0]", "card");
        Assert.Equal("payment_method_types_no_longer_supported",
            (await Refused(() => intents.CreateAsync(old, null, Ct))).StripeError.Code);
        var large = Cup();
        large.Metadata = Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => "v");
        Assert.Equal("metadata", (await Refused(() => intents.CreateAsync(large, null, Ct))).StripeError.Param);
        var number = await Refused(() => intents.CreateAsync(Cup(method: "4242424242424242"), null, Ct));
        Assert.DoesNotContain("4242", number.StripeResponse.Content);
    }
}
