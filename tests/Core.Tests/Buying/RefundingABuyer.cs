using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "REF-2")]
public sealed class RefundingABuyer
{
    static readonly Return Return = new(Cups, 1, Eur(5_00), new Statement(
        "cancel.out-of-stock", "order.reduced", [new("amount", Eur(5_00), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")],
        Wednesday, Wednesday + Duration.FromDays(184)));

    static readonly Life Opened = NewRefund.When(OfPayment, Open());
    static readonly Life Failed = Opened.When(
        Provider, Answer(Opened, new ProviderAnswer.Declined("re-1", "lost_card")));

    static Refund.Command Open() => new Refund.Command.Open(Return, ThePayment, "pi-1", "BR");
    static Refund.Command Answer(Life asked, ProviderAnswer answer) =>
        new Refund.Command.HearAnswer(asked.Call<ProviderCall>(), answer);
    static Refund.Command Report(ReportedStatus status, string reference = "re-1", long cents = 5_00) =>
        new Refund.Command.HearReport(new("evt", reference, Attempt: 0, status, Eur(cents), null));

    [Fact]
    public void Promises_a_day_by_the_buyers_calendar_and_asks_the_provider()
    {
        // Ten business days from Wednesday 4 March, to 18:00 in São Paulo.
        Assert.Equal(Instant.FromUtc(2026, 3, 18, 21, 0), Opened.Then<Refund.Event.Opened>().Owed.Promised);
        Assert.Equal(
            new($"{TheRefund}/1/refund", $"{TheRefund}", "pi-1", Eur(5_00)),
            Opened.Call<ProviderCall.Refund>());
        Opened.When(OfPayment, Open()).ThenNothing();
        NewRefund.When(House(new PaymentId(new("eve"), "c1")), Open()).ThenRefused("kernel.not-found");
        (NewRefund with { Id = RefundId.Of(Ana, Lamp, 1) }).When(OfPayment, Open()).ThenRefused("refund.other-return");
    }

    [Fact]
    public void Books_it_once_whoever_says_so_first()
    {
        var paid = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1")));
        Assert.Equal(
            (-5_00, 5_00),
            (paid.At($"buyer/ana/refunds/{TheRefund.Code}"), paid.At("provider/clearing/ana/c1")));
        paid.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1"))).ThenNothing();
        paid.When(Provider, Report(ReportedStatus.Refunded)).ThenNothing();

        var pending = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Pending("re-1")));
        pending.Then<Refund.Event.Accepted>();
        pending.When(Provider, Report(ReportedStatus.RefundPending)).ThenNothing();
        pending.When(Provider, Report(ReportedStatus.Refunded, "re-2")).ThenRefused("refund.other-reference");
        pending.When(Provider, Report(ReportedStatus.Refunded, cents: 5_01)).ThenRefused("refund.amount-differs");
        Assert.True(Currency.TryParse("USD", out var dollars));
        pending.When(Provider, new Refund.Command.HearReport(
            new("evt", "re-1", 0, ReportedStatus.Refunded, new(5_00, dollars), null)))
            .ThenRefused("refund.amount-differs");
        pending.When(Provider, Report(ReportedStatus.Captured)).ThenRefused("refund.report-does-not-fit");
        var back = pending.When(Provider, Report(ReportedStatus.Refunded));
        Assert.Equal(paid.Balances, back.Balances);
        back.When(Provider, Report(ReportedStatus.Voided)).ThenRefused("refund.report-does-not-fit");
    }

    [Fact, Trait("Capability", "REF-4")]
    public void Is_owed_again_when_the_bank_sends_back_what_was_paid_and_goes_to_an_agent()
    {
        var paid = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1")));
        var back = paid.When(Provider, Report(ReportedStatus.RefundFailed));
        var reversed = back.Then<Refund.Event.Reversed>();
        Assert.Equal(("refund.came-back", "refund.not-back"), (reversed.Why.Code, reversed.Why.Outcome));
        Assert.Equal(
            (Party.Agent, Wednesday + Duration.FromHours(24)), (reversed.Deadline.Owner, reversed.Deadline.Due));
        Assert.All(back.Balances.Values, balance => Assert.Equal(0, balance));
        back.When(Provider, Report(ReportedStatus.RefundFailed)).ThenNothing();
        back.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1"))).ThenNothing();
        paid.When(Provider, Report(ReportedStatus.RefundFailed, "re-2")).ThenRefused("refund.other-reference");
        paid.When(Provider, Report(ReportedStatus.RefundFailed, cents: 4_99)).ThenRefused("refund.amount-differs");

        var second = back.When(Agent, new Refund.Command.Retry());
        Assert.Equal($"{TheRefund}/2/refund", second.Call<ProviderCall>().Key);
        Assert.Equal(paid.Balances, second.When(Provider, Report(ReportedStatus.Refunded, "re-2")).Balances);
    }

    [Fact]
    public void Calls_people_each_day_when_it_came_back_after_the_promised_day()
    {
        var promised = Opened.Then<Refund.Event.Opened>().Owed.Promised;
        var back = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1")))
            .When(Provider, Report(ReportedStatus.RefundFailed), promised + Duration.FromDays(7));
        var called = back.WhenDue();
        Assert.Equal(Party.Operator, called.ThenAlso<Refund.Event.Escalated>().Deadline.Owner);
        Assert.Equal(called.Now + Duration.FromHours(24), called.WhenDue().Now);
        Assert.Equal(Party.Operator, back.When(Agent, new Refund.Command.Retry()).In<Refund.State.Requested>()
            .Deadline.Owner);
    }

    [Fact]
    public void Asks_again_with_the_same_key_when_the_outcome_is_unknown()
    {
        var again = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Unknown("time-out"))).WhenDue();
        Assert.Equal(Opened.Call<ProviderCall>(), again.Call<ProviderCall>());
        again.When(Agent, new Refund.Command.Retry()).ThenRefused("refund.still-unclear");
    }

    [Fact]
    public void Calls_people_on_the_promised_day_before_the_buyer_asks_and_again_each_day()
    {
        var pending = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Pending("re-1")));
        var late = pending.WhenDue();
        Assert.Equal(Opened.Then<Refund.Event.Opened>().Owed.Promised, late.Now);
        Assert.Equal(Party.Operator, late.ThenAlso<Refund.Event.Escalated>().Deadline.Owner);
        Assert.Equal(Opened.Call<ProviderCall>(), late.Call<ProviderCall>());
        Assert.Equal(late.Now + Duration.FromHours(24), late.WhenDue().Now);
    }

    [Fact, Trait("Capability", "REF-1")]
    public void Compensates_being_late_once_into_the_wallet_and_also_tells_of_it()
    {
        var late = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Pending("re-1"))).WhenDue();
        var paid = late.ThenAlso<Refund.Event.Compensated>();
        Assert.Equal((Eur(1_00), Bearer.Platform), (paid.What.Amount, paid.What.BorneBy));
        Assert.Equal(-1_00, late.At($"platform/compensation/ana/{TheRefund.Code}"));
        Assert.Equal(Eur(1_00), Assert.Single(late.Sent<Wallet.Command.Receive>()).Command.Amount);
        Assert.Equal("refund-compensated", Assert.Single(
            Refund.Notices(TheRefund, late.In<Refund.State.Pending>(), paid)).Code);
        Assert.Empty(late.WhenDue().Last.Events.OfType<Refund.Event.Compensated>());
        var back = late.When(Provider, Report(ReportedStatus.Refunded));
        Assert.Equal(Eur(1_00), back.In<Refund.State.Paid>().Compensated);
        // It comes back and is late again: that was paid for.
        Assert.Empty(back.When(Provider, Report(ReportedStatus.RefundFailed)).WhenDue().Last.Events
            .OfType<Refund.Event.Compensated>());
    }

    [Fact]
    public void Does_not_compensate_what_fails_before_the_promised_day()
    {
        Assert.IsType<Refund.Event.Escalated>(Assert.Single(Failed.WhenDue().Last.Events));
        var paid = Opened.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1", "ARN-1")));
        Assert.Null(paid.In<Refund.State.Paid>().Compensated);
    }

    [Fact]
    public void Calls_people_as_well_when_the_provider_never_says_anything()
    {
        var life = Opened;
        while (life.Last.Events is not [Refund.Event.Escalated, ..])
        {
            life = life.WhenDue();
            Assert.Equal(Opened.Call<ProviderCall>(), life.Call<ProviderCall>());
        }
        Assert.Equal(Opened.Then<Refund.Event.Opened>().Owed.Promised, life.Now);
        Assert.Equal(Party.Operator, life.WhenDue().In<Refund.State.Requested>().Deadline.Owner);
    }

    [Fact, Trait("Capability", "REF-4")]
    public void Goes_to_an_agent_when_it_fails_and_is_tried_again_under_a_new_key()
    {
        Assert.Equal(Party.Agent, Failed.In<Refund.State.Failed>().Deadline.Owner);
        Assert.Empty(Failed.Balances);
        Failed.When(Buyer, new Refund.Command.Retry()).ThenRefused("refund.not-now");
        Assert.Equal(Party.Operator, Failed.WhenDue().Then<Refund.Event.Escalated>().Deadline.Owner);

        var second = Failed.When(Agent, new Refund.Command.Retry());
        Assert.Equal($"{TheRefund}/2/refund", second.Call<ProviderCall>().Key);
        second.When(Provider, Answer(Opened, new ProviderAnswer.Done("re-1"))).ThenNothing();
        second.When(Provider, Report(ReportedStatus.RefundFailed)).ThenNothing();        // of the first attempt, late
        second.When(Provider, Report(ReportedStatus.Refunded)).ThenRefused("refund.report-does-not-fit");
        second.When(Provider, Report(ReportedStatus.Refunded, "re-2")).Then<Refund.Event.Paid>();
        Failed.When(Operator, new Refund.Command.Retry()).Then<Refund.Event.Retried>();
    }
}
