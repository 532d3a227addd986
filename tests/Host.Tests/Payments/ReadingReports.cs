using System.Text;
using System.Text.Json;
using CsCheck;
using Recourse.Adapters.Payments;
using Recourse.Payments;
using Stripe;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>What is believed of a report, and what it is taken to say.</summary>
public sealed class ReadingReports
{
    const string Secret = "whsec_ours";

    static readonly StripeReports Reports = new(new() { ApiKey = "", WebhookSecret = Secret });

    static string Event(string type, object about) => JsonSerializer.Serialize(
        new { id = "evt_1", @object = "event", api_version = "2014-01-31", type, data = new { @object = about } });

    static string Intent(string type, string status, string currency = "eur", object? error = null) => Event(type, new
    {
        id = "pi_1", @object = "payment_intent", amount = 5000, amount_capturable = 4000, amount_received = 3000,
        currency, status, last_payment_error = error, cancellation_reason = "abandoned",
        metadata = new { payment = "payment/ann/one", attempt = "2" },
    });

    static string Repayment(string type, string status) => Event(type, new
    {
        id = "re_1", @object = "refund", amount = 700, currency = "eur", status,
        failure_reason = "lost_or_stolen_card",
        metadata = new { refund = "refund/ann/1" },
    });

    static Hearing Read(string body) => Reports.Read(body, StripeSignature.Sign(body, Secret, Noon), Noon);

    [Theory]
    [InlineData("amount_capturable_updated", "requires_capture", ReportedStatus.Authorised, 40_00, null)]
    [InlineData("payment_failed", "requires_payment_method", ReportedStatus.Declined, 50_00, "lost_card")]
    [InlineData("succeeded", "succeeded", ReportedStatus.Captured, 30_00, null)]
    [InlineData("canceled", "canceled", ReportedStatus.Voided, 50_00, "abandoned")]
    public void Says_what_became_of_a_payment(string type, string status, ReportedStatus said, long cents, string? code)
    {
        var error = new { code = "card_declined", decline_code = "lost_card" };
        var body = Intent("payment_intent." + type, status, error: error);
        Assert.Equal(new Hearing.Heard("payment/ann/one", new("evt_1", "pi_1", 2, said, Eur(cents), code)), Read(body));
    }

    [Theory]
    [InlineData("refund.created", "pending", ReportedStatus.RefundPending, null)]
    [InlineData("refund.created", "requires_action", ReportedStatus.RefundPending, null)]
    [InlineData("refund.updated", "succeeded", ReportedStatus.Refunded, null)]
    [InlineData("refund.failed", "failed", ReportedStatus.RefundFailed, "lost_or_stolen_card")]
    [InlineData("charge.refund.updated", "canceled", ReportedStatus.RefundFailed, "lost_or_stolen_card")]
    public void Says_what_became_of_a_refund(string type, string status, ReportedStatus said, string? code) =>
        Assert.Equal(new Hearing.Heard("refund/ann/1", new("evt_1", "re_1", 0, said, Eur(7_00), code)),
            Read(Repayment(type, status)));

    [Fact]
    public void Ignores_what_is_not_ours_or_not_for_us()
    {
        Assert.IsType<Hearing.Ignored>(Read(Event("customer.created", new { id = "cus_1" })));
        Assert.IsType<Hearing.Ignored>(
            Read(Event("payment_intent.succeeded", new { id = "pi_1", status = "succeeded" })));
        Assert.IsType<Hearing.Ignored>(Read(Intent("payment_intent.amount_capturable_updated", "succeeded")));
    }

    [Fact]
    public void Refuses_what_is_signed_and_cannot_be_read()
    {
        string[] bodies =
        [
            "", "{}", "[]", "null", "{\"id\":1,\"type\":2}", "{\"id\":\"\\ud800\",\"type\":\"x\"}",
            "{\"id\":\"a\",\"type\":\"refund.created\"}", Intent("payment_intent.succeeded", "succeeded", "xxx"),
        ];
        foreach (var body in bodies)
            Assert.Equal(new Hearing.Refused(StripeReports.Malformed), Read(body));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1")]
    [InlineData("v1=00")]
    [InlineData("t=-5,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=99999999999999999999,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("t=9223372036854775807,v1=0000000000000000000000000000000000000000000000000000000000000000")]
    public void Refuses_what_is_not_signed(string? signature) =>
        Assert.Equal(new Hearing.Refused(StripeReports.Forged), Reports.Read("{}", signature, Noon));

    [Fact]
    public void Refuses_another_secret_another_body_and_another_time()
    {
        var body = Intent("payment_intent.succeeded", "succeeded");
        var good = StripeSignature.Sign(body, Secret, Noon);
        Assert.Equal(new Hearing.Refused(StripeReports.Forged),
            Reports.Read(body, StripeSignature.Sign(body, "whsec_theirs", Noon), Noon));
        Assert.Equal(new Hearing.Refused(StripeReports.Forged), Reports.Read(body.Replace("3000", "9000"), good, Noon));
        var moved = good.Replace($"t={Noon.ToUnixTimeSeconds()}", $"t={Noon.ToUnixTimeSeconds() + 9}");
        Assert.Equal(new Hearing.Refused(StripeReports.Forged), Reports.Read(body, moved, Noon));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(86_400, false)]
    public void Refuses_what_is_played_again_after_five_minutes(int seconds, bool isHeard)
    {
        var body = Intent("payment_intent.succeeded", "succeeded");
        var heard = Reports.Read(body, StripeSignature.Sign(body, Secret, Noon), Noon + Duration.FromSeconds(seconds));
        Assert.Equal(isHeard, heard is Hearing.Heard);
        if (!isHeard) Assert.Equal(new Hearing.Refused(StripeReports.Stale), heard);
    }

    [Fact]
    public void Takes_either_signature_while_the_secret_is_changed()
    {
        var body = Intent("payment_intent.succeeded", "succeeded");
        var (old, now) = (StripeSignature.Sign(body, "whsec_old", Noon), StripeSignature.Sign(body, Secret, Noon));
        Assert.IsType<Hearing.Heard>(Reports.Read(body, $"{old},{now[(now.IndexOf(',') + 1)..]},v0=abc", Noon));
    }

    [Fact]
    public void Signs_exactly_as_Stripes_own_library() =>
        Gen.Select(Gen.String, Gen.Long[0, int.MaxValue]).Sample((body, seconds) =>
        {
            var safe = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body));
            var at = Instant.FromUnixTimeSeconds(seconds);
            EventUtility.ValidateSignature(safe, StripeSignature.Sign(safe, Secret, at), Secret, 300, seconds);
            var theirs = EventUtility.GenerateSignatureHeader(safe, Secret, seconds);
            Assert.Equal(at, StripeSignature.SignedAt(safe, theirs, Secret));
        });

    [Fact]
    public void Never_fails_whatever_is_sent() =>
        Gen.Select(Gen.String, Gen.String, Gen.Bool, Gen.Bool).Sample((body, header, isSigned, isNearly) =>
        {
            if (isNearly) body = Intent("payment_intent.succeeded", "succeeded").Replace("3000", body);
            var heard = Reports.Read(body, isSigned ? StripeSignature.Sign(body, Secret, Noon) : header, Noon);
            if (!isSigned) Assert.IsType<Hearing.Refused>(heard);
        });

    [Fact]
    public void Never_fails_whatever_part_is_damaged()
    {
        var body = Intent("payment_intent.payment_failed", "requires_payment_method", error: new { code = "x" });
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Char[' ', '~'], Gen.Int[0, 20]).Sample((at, with, cut) =>
        {
            var end = Math.Min(body.Length, at + cut);
            Read(body[..at] + with + body[end..]);
        });
    }
}
