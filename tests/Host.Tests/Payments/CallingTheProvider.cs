using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>The adapter, over real HTTP, against every way in which the provider can be.</summary>
public sealed class CallingTheProvider
{
    static ProviderCall.Authorise Authorise(string method, long cents = 50_00, string key = "a1") =>
        new(key, "payment/ann/one", 1, method, Eur(cents));

    static string Card(Behaviour behaviour) => Adapters.Payments.StandIn.Card.TokenOf(behaviour);

    [Fact]
    public async Task Authorises_captures_a_part_and_refunds_in_parts()
    {
        await using var counter = await Open();
        var intent = await counter.Authorised("pm_card_visa");
        var taken = await counter.Say(new ProviderCall.Capture("c", intent, Eur(40_00)));
        var first = await counter.Say(new ProviderCall.Refund("r1", "refund/ann/1", intent, Eur(15_00)));
        var second = await counter.Say(new ProviderCall.Refund("r2", "refund/ann/2", intent, Eur(25_00)));

        Assert.Equal(new ProviderAnswer.Done(intent), taken);
        Assert.NotEqual(Assert.IsType<ProviderAnswer.Done>(first), Assert.IsType<ProviderAnswer.Done>(second));
        var line = Assert.Single((await counter.Statement()).Intents);
        Assert.Equal(("payment/ann/one", 50_00, 0, 40_00, 40_00, 0),
            (line.Payment, line.Authorised, line.Held, line.Captured, line.Refunded, line.Pending));
    }

    [Fact]
    public async Task Tells_payment_and_refund_in_reports()
    {
        await using var counter = await Open();
        var intent = await counter.Captured("pm_card_visa");
        await counter.Say(new ProviderCall.Refund("r1", "refund/ann/1", intent, Eur(15_00)));
        await Until(() => counter.Heard.Count is 3);

        Assert.Equal(
            [("payment/ann/one", ReportedStatus.Authorised, Eur(50_00), 1),
                ("payment/ann/one", ReportedStatus.Captured, Eur(50_00), 1),
                ("refund/ann/1", ReportedStatus.Refunded, Eur(15_00), 0)],
            counter.Heard.Cast<Hearing.Heard>().OrderBy(h => h.Report.Status)
                .Select(h => (h.TargetId, h.Report.Status, h.Report.Amount, h.Report.Attempt)));
    }

    [Fact]
    public async Task Says_how_a_refund_stands_and_by_which_reference_a_bank_finds_it()
    {
        await using var counter = await Open();
        var intent = await counter.Captured("pm_card_visa");
        var done = Assert.IsType<ProviderAnswer.Done>(
            await counter.Say(new ProviderCall.Refund("r1", "refund/ann/1", intent, Eur(15_00))));
        Assert.Matches("^7[0-9]{22}$", done.Arn);
        Assert.Equal(done, await counter.Say(new ProviderCall.LookAtRefund("l1", done.Reference, intent)));
        await Until(() => counter.Reports.Any(r => r.Status is ReportedStatus.Refunded && r.Arn == done.Arn));

        Assert.Equal(new ProviderAnswer.Declined(null, "refund_of_another_payment"),
            await counter.Say(new ProviderCall.LookAtRefund("l2", done.Reference, "pi_other")));
        Assert.Equal(new ProviderAnswer.Declined(null, "resource_missing"),
            await counter.Say(new ProviderCall.LookAtRefund("l3", "re_nobodys", intent)));
        Assert.Single((await counter.Statement()).Intents);
    }

    [Fact]
    public async Task Says_what_became_of_a_refund_since_it_was_made()
    {
        await using var counter = await Open(o => o with { Speed = 1_000 });
        var intent = await counter.Captured(Card(Behaviour.RefundFailsOnce));
        var pending = Assert.IsType<ProviderAnswer.Pending>(
            await counter.Say(new ProviderCall.Refund("r1", "refund/ann/1", intent, Eur(15_00))));
        await Until(() => counter.Reports.Any(r => r.Status is ReportedStatus.RefundFailed));
        Assert.Equal(new ProviderAnswer.Declined(pending.Reference, "lost_or_stolen_card"),
            await counter.Say(new ProviderCall.LookAtRefund("l1", pending.Reference, intent)));

        await using var other = await Open();
        var lost = await other.Captured(Card(Behaviour.RefundLost));
        var done = Assert.IsType<ProviderAnswer.Done>(
            await other.Say(new ProviderCall.Refund("r2", "refund/ann/2", lost, Eur(15_00))));
        Assert.Null(done.Arn);
        Assert.Equal(new ProviderAnswer.Declined(null, "resource_missing"),
            await other.Say(new ProviderCall.LookAtRefund("l2", done.Reference, lost)));
    }

    [Fact]
    public async Task Lets_go_what_is_held()
    {
        await using var counter = await Open();
        var intent = await counter.Authorised("pm_card_visa");
        Assert.Equal(new ProviderAnswer.Done(intent),
            await counter.Say(new ProviderCall.Void("v", intent)));
        Assert.Equal(0, (await counter.Statement()).Totals.Single().Held);
    }

    [Theory]
    [InlineData("pm_card_chargeDeclined", "generic_decline")]
    [InlineData("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [InlineData("pm_card_chargeDeclinedLostCard", "lost_card")]
    [InlineData("pm_card_chargeDeclinedStolenCard", "stolen_card")]
    [InlineData("pm_card_chargeDeclinedFraudulent", "fraudulent")]
    [InlineData("pm_card_chargeDeclinedExpiredCard", "expired_card")]
    [InlineData("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc")]
    [InlineData("pm_card_chargeDeclinedProcessingError", "processing_error")]
    public async Task Hears_why_a_card_is_declined_twice_the_same_and_in_a_report(string method, string code)
    {
        await using var counter = await Open();
        var once = Assert.IsType<ProviderAnswer.Declined>(await counter.Say(Authorise(method)));
        Assert.Equal(code, once.Code);
        Assert.StartsWith("pi_", once.Reference);
        Assert.Equal(once, await counter.Say(Authorise(method)));
        await Until(() => counter.Reports.Any());
        Assert.Equal((ReportedStatus.Declined, code, once.Reference), counter.Reports
            .Select(r => (r.Status, r.Code, r.Reference)).Single());
    }

    [Theory]
    [InlineData("pm_nobody_knows", "resource_missing")]
    [InlineData("4242424242424242", "resource_missing")]
    public async Task Is_refused_for_good_with_a_method_that_does_not_exist(string method, string code)
    {
        await using var counter = await Open();
        Assert.Equal(new ProviderAnswer.Declined(null, code), await counter.Say(Authorise(method)));
    }

    [Fact]
    public async Task Is_pending_until_the_buyer_has_confirmed_with_their_bank()
    {
        await using var counter = await Open(o => o with { Speed = 100 });
        var call = Authorise(Card(Behaviour.RequiresAction));
        var pending = Assert.IsType<ProviderAnswer.Pending>(await counter.Say(call));
        await Until(() => counter.Reports.Any(r => r.Status is ReportedStatus.Authorised));
        Assert.Equal(new ProviderAnswer.Done(pending.Reference), await counter.Say(call));
    }

    [Fact]
    public async Task Is_told_that_a_capture_failed_for_good()
    {
        await using var counter = await Open();
        var intent = await counter.Authorised(Card(Behaviour.CaptureFails));
        var call = new ProviderCall.Capture("c", intent, Eur(50_00));
        Assert.Equal(new ProviderAnswer.Declined(intent, "expired"), await counter.Say(call));
        Assert.Equal(new ProviderAnswer.Declined(intent, "expired"), await counter.Say(call));
    }

    [Theory]
    [InlineData(Behaviour.RefundPending, ReportedStatus.Refunded, 1)]
    [InlineData(Behaviour.RefundFailsOnce, ReportedStatus.RefundFailed, 1)]
    [InlineData(Behaviour.RefundFails, ReportedStatus.RefundFailed, 2)]
    public async Task Hears_later_what_became_of_a_pending_refund(Behaviour behaviour, ReportedStatus end, int times)
    {
        await using var counter = await Open();
        var intent = await counter.Captured(Card(behaviour));
        for (var nth = 1; nth <= times; nth++)
        {
            var call = new ProviderCall.Refund($"r{nth}", "refund/ann/1", intent, Eur(50_00));
            var taken = Assert.IsType<ProviderAnswer.Pending>(await counter.Say(call));
            await Until(() => counter.Reports.Any(r => r.Reference == taken.Reference && r.Status == end));
            var arn = counter.Reports.First(r => r.Reference == taken.Reference && r.Status == end).Arn;
            Assert.Equal(end is ReportedStatus.Refunded ? new ProviderAnswer.Done(taken.Reference, arn)
                : new ProviderAnswer.Declined(taken.Reference, "lost_or_stolen_card"),
                await counter.Say(call));
        }
        if (end is ReportedStatus.RefundFailed)
            Assert.IsType<ProviderAnswer.Done>(await counter.Say(
                new ProviderCall.Refund("again", "refund/ann/1", intent, Eur(50_00))));
        Assert.Equal(50_00, (await counter.Statement()).Totals.Single().Refunded);
    }

    [Fact]
    public async Task Is_refused_more_than_what_is_left()
    {
        await using var counter = await Open();
        var held = await counter.Authorised("pm_card_visa", 10_00);
        Assert.Equal(new ProviderAnswer.Declined(held, "amount_too_large"),
            await counter.Say(new ProviderCall.Capture("c", held, Eur(10_01))));
        Assert.Equal(new ProviderAnswer.Declined(null, "charge_not_refundable"),
            await counter.Say(new ProviderCall.Refund("r0", "refund/ann/0", held, Eur(1))));
        await counter.Say(new ProviderCall.Capture("c2", held, Eur(10_00)));
        Assert.Equal(new ProviderAnswer.Declined(null, "amount_too_large"),
            await counter.Say(new ProviderCall.Refund("r1", "refund/ann/1", held, Eur(10_01))));
        await counter.Say(new ProviderCall.Refund("r2", "refund/ann/2", held, Eur(10_00)));
        Assert.Equal(new ProviderAnswer.Declined(null, "charge_already_refunded"),
            await counter.Say(new ProviderCall.Refund("r3", "refund/ann/3", held, Eur(1))));
        Assert.Equal(10_00, (await counter.Statement()).Totals.Single().Refunded);
    }

    [Fact]
    public async Task Knows_what_was_done_when_its_key_is_long_forgotten()
    {
        await using var counter = await Open();
        var intent = await counter.Captured("pm_card_visa");
        Assert.Equal(new ProviderAnswer.Done(intent),
            await counter.Say(new ProviderCall.Capture("other", intent, Eur(50_00))));
        Assert.Equal(new ProviderAnswer.Unknown("captured 5000"),
            await counter.Say(new ProviderCall.Capture("more", intent, Eur(40_00))));
        Assert.Equal(new ProviderAnswer.Declined(intent, "already_captured"),
            await counter.Say(new ProviderCall.Void("v", intent)));
        var gone = await counter.Authorised("pm_card_visa", payment: "payment/ann/two");
        await counter.Say(new ProviderCall.Void("v1", gone));
        Assert.Equal(new ProviderAnswer.Done(gone), await counter.Say(new ProviderCall.Void("v2", gone)));
        Assert.Equal(new ProviderAnswer.Declined(gone, "canceled"),
            await counter.Say(new ProviderCall.Capture("c", gone, Eur(1))));
    }
}
