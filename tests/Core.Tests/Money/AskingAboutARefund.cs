using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "REF-3")]
public sealed class AskingAboutARefund
{
    static readonly Return Return = new(Cups, 1, Eur(5_00), new Statement(
        "cancel.out-of-stock", "order.reduced", [new("amount", Eur(5_00), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")],
        Wednesday, Wednesday + Duration.FromDays(184)));

    static readonly Life Opened =
        NewRefund.When(OfPayment, new Refund.Command.Open(Return, ThePayment, "pi-1", "BR"));

    static Life Answered(ProviderAnswer answer) =>
        Opened.When(Provider, new Refund.Command.HearAnswer(Opened.Call<ProviderCall>(), answer));

    static readonly Life Paid = Answered(new ProviderAnswer.Done("re-1", "74537600000000000000001"));
    static readonly Life Failed = Answered(new ProviderAnswer.Declined("re-1", "expired_or_canceled_card"));

    static Refund.Command Due(long cents) =>
        new Refund.Command.Recompute(new Fact<Kernel.Money>(Eur(cents), Wednesday, "journal"));

    [Fact]
    public void Names_the_reference_by_which_a_bank_finds_it() =>
        Assert.Equal("74537600000000000000001", Paid.In<Refund.State.Paid>().Arn);

    [Fact]
    public void That_the_bank_does_not_show_is_traced_by_an_agent_until_a_day()
    {
        var tracing = Paid.When(Buyer, new Refund.Command.Trace());
        var deadline = tracing.Then<Refund.Event.TraceOpened>().Deadline;
        Assert.Equal((Party.Agent, Wednesday + Duration.FromHours(24)), (deadline.Owner, deadline.Due));
        tracing.When(Buyer, new Refund.Command.Trace()).ThenNothing();
        Assert.Equal(Party.Operator, tracing.WhenDue().Then<Refund.Event.TraceLate>().Deadline.Owner);
        tracing.When(Agent, new Refund.Command.CloseTrace(" ")).ThenRefused("refund.bad-trace");
        Assert.Equal("ARN-2", tracing.When(Agent, new Refund.Command.CloseTrace("ARN-2")).In<Refund.State.Paid>().Arn);
        tracing.When(Buyer, new Refund.Command.CloseTrace("ARN-2")).ThenRefused("refund.not-now");
        Opened.When(Buyer, new Refund.Command.Trace()).ThenRefused("refund.still-unclear");
        tracing.When(Provider, new Refund.Command.HearReport(
            new("evt", "re-1", 0, ReportedStatus.RefundFailed, Eur(5_00), null))).In<Refund.State.Failed>();
    }

    [Fact, Trait("Capability", "REF-4")]
    public void That_failed_is_taken_in_the_wallet_only_by_its_buyer()
    {
        Failed.When(Agent, new Refund.Command.TakeInWallet()).ThenRefused("refund.not-now");
        var taken = Failed.When(Buyer, new Refund.Command.TakeInWallet());
        Assert.Equal(Eur(5_00), Assert.Single(taken.Sent<Wallet.Command.Receive>()).Command.Amount);
        Assert.Equal(-5_00, taken.At($"buyer/ana/refunds/{TheRefund.Code}"));
        taken.When(Buyer, new Refund.Command.TakeInWallet()).ThenNothing();
        taken.When(Agent, new Refund.Command.Retry()).ThenRefused("refund.not-now");
        taken.When(Provider, new Refund.Command.HearReport(
            new("evt", "re-2", 0, ReportedStatus.Refunded, Eur(5_00), null))).ThenRefused("refund.report-does-not-fit");
        Opened.When(Buyer, new Refund.Command.TakeInWallet()).ThenRefused("refund.still-unclear");
        Paid.When(Buyer, new Refund.Command.TakeInWallet()).ThenRefused("refund.not-now");
    }

    [Fact]
    public void Of_what_several_payments_give_back_each_owes_its_own_part()
    {
        var line = new Line(1, new(Cups.Seller, "cup"), new("cup"), "Cup", 2, Eur(8_00), Eur(2_00));
        var one = new Settlement(1, [line], Eur(16_00), Eur(4_00), Bearer.Seller);
        Assert.Equal((Eur(20_00), (Kernel.Money?)null), (one.OwedBy(1), one.OwedBy(2)));
        Assert.Equal(Eur(16_00), (one with { ShippingBorneBy = Bearer.Buyer }).OwedBy(1));
        var changed = one with
        {
            From = [new(PaymentId.OfAmendment(Cups, Ana, 1), 1, Eur(5_00)), new(ThePayment, 2, Eur(15_00))],
        };
        Assert.Equal((Eur(5_00), Eur(15_00), null), (changed.OwedBy(1), changed.OwedBy(2), changed.OwedBy(3)));
    }

    [Fact]
    public void Of_too_little_pays_what_is_missing_once_and_of_too_much_takes_nothing_back()
    {
        var corrected = Paid.When(Buyer, Due(6_50));
        Assert.Equal(Eur(1_50), corrected.Then<Refund.Event.Corrected>().Missing);
        Assert.Equal(-1_50, corrected.At($"platform/corrections/ana/{TheRefund.Code}"));
        corrected.When(Buyer, Due(6_50)).Then<Refund.Event.Confirmed>();
        Paid.When(Buyer, Due(4_00)).Then<Refund.Event.Confirmed>();
        Paid.When(Buyer, new Refund.Command.Recompute()).ThenRefused("refund.not-looked-up");
        Paid.When(Agent, Due(6_50)).ThenRefused("refund.not-now");
    }
}
