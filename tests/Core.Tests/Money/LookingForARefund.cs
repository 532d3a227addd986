using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Wallets;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "REF-3")]
public sealed class LookingForARefund
{
    const string Arn = "74537600000000000000001";

    static readonly Return Return = new(Cups, 1, Eur(5_00), new Statement(
        "cancel.out-of-stock", "order.reduced", [new("amount", Eur(5_00), Party.Everyone)], "orders.reasons", 1,
        new DecidedBy.Person(Party.Seller), [new("order.buy-elsewhere")],
        Wednesday, Wednesday + Duration.FromDays(184)));

    static readonly Life Opened =
        NewRefund.When(OfPayment, new Refund.Command.Open(Return, ThePayment, "pi-1", "BR"));

    static readonly Instant Promised = Opened.In<Refund.State.Requested>().Owed.Promised;

    static readonly Life Paid = Hear(Opened, new ProviderAnswer.Done("re-1"));

    static readonly Life Looked = Paid.WhenDue();

    static Life Hear(Life asked, ProviderAnswer answer) =>
        asked.When(Provider, new Refund.Command.HearAnswer(asked.Call<ProviderCall>(), answer));

    static Life Report(Life life, ReportedStatus status, string? arn = null, string reference = "re-1") =>
        life.When(Provider, new Refund.Command.HearReport(new("e", reference, 0, status, Eur(5_00), null, arn)));

    [Fact]
    public void On_the_promised_day_the_provider_is_asked_unless_a_bank_could_find_it_anyway()
    {
        Assert.Equal(Promised, Looked.Now);
        Looked.Then<Refund.Event.LookedFor>();
        var call = Looked.Call<ProviderCall.LookAtRefund>();
        Assert.Equal(("re-1", "pi-1"), (call.Reference, call.Intent));
        Assert.Null(Hear(Opened, new ProviderAnswer.Done("re-1", Arn)).In<Refund.State.Paid>().Check);
        Paid.When(Clock, new Refund.Command.Wake(Promised - Duration.FromHours(1))).ThenNothing();
    }

    [Fact]
    public void What_is_still_so_waits_for_nobody_and_has_the_reference_by_then()
    {
        var seen = Hear(Looked, new ProviderAnswer.Done("re-1", Arn));
        seen.Then<Refund.Event.Seen>();
        Assert.Equal((Arn, null), (seen.In<Refund.State.Paid>().Arn, seen.In<Refund.State.Paid>().Check));
        Assert.Null(Refund.Kind.NextWake(seen.State!));
        Assert.Equal(Paid.Balances, seen.Balances);
        seen.When(Provider, new Refund.Command.HearAnswer(Looked.Call<ProviderCall>(), new ProviderAnswer.Done("re-1")))
            .ThenNothing();
    }

    [Fact]
    public void A_reference_that_comes_later_by_itself_is_kept()
    {
        Assert.Equal(Arn, Report(Paid, ReportedStatus.Refunded, Arn).In<Refund.State.Paid>().Arn);
        Report(Report(Paid, ReportedStatus.Refunded, Arn), ReportedStatus.Refunded, Arn).ThenNothing();
        Report(Paid, ReportedStatus.Refunded, Arn, "re-2").ThenRefused("refund.other-reference");
        Assert.Equal(Arn, Report(Traced, ReportedStatus.Refunded, Arn).Then<Refund.Event.TraceClosed>().Reference);
    }

    static Life Traced => Hear(Looked, new ProviderAnswer.Declined(null, "resource_missing"));

    [Fact]
    public void A_silent_provider_is_asked_again_and_then_an_agent_looks_into_it_by_a_day_that_the_buyer_is_told()
    {
        var silent = Hear(Looked, new ProviderAnswer.Unknown("timeout")).ThenNothing();
        var times = 1;
        for (; silent.State is Refund.State.Paid; times++) silent = silent.WhenDue();
        Assert.Equal(11, times);                                              // the first, and nine more, and enough
        var opened = silent.Then<Refund.Event.TraceOpened>();
        Assert.Equal(
            (Party.Agent, silent.Now + Duration.FromHours(24), "refund.provider-silent"),
            (opened.Deadline.Owner, opened.Deadline.Due, opened.Because));
        Assert.Equal(["staff-refund-trace", "refund-tracing"],
            Refund.Notices(TheRefund, silent.In<Refund.State.Tracing>(), opened).Select(n => n.Code));
        Assert.Equal(Party.Operator, silent.WhenDue().Then<Refund.Event.TraceLate>().Deadline.Owner);
    }

    [Theory, InlineData("pending"), InlineData("missing"), InlineData("other")]
    public void A_provider_that_is_not_sure_any_more_is_looked_into_at_once(string said)
    {
        ProviderAnswer answer = said switch
        {
            "pending" => new ProviderAnswer.Pending("re-1"),
            "missing" => new ProviderAnswer.Declined(null, "resource_missing"),
            _         => new ProviderAnswer.Done("re-9", Arn),
        };
        var traced = Hear(Looked, answer);
        Assert.Equal("refund.provider-unsure", traced.Then<Refund.Event.TraceOpened>().Because);
        Assert.Equal(Paid.Balances, traced.Balances);
    }

    [Fact]
    public void What_turns_out_to_have_failed_is_owed_again()
    {
        var failed = Hear(Looked, new ProviderAnswer.Declined("re-1", "lost_or_stolen_card"));
        Assert.Equal("refund.came-back", failed.Then<Refund.Event.Reversed>().Why.Code);
        Assert.All(failed.Balances.Values, balance => Assert.Equal(0, balance));
    }

    [Fact]
    public void What_never_went_out_is_owed_again_as_an_agent_learns_of_the_provider()
    {
        var lost = Traced.When(Agent, new Refund.Command.CloseTrace(null, Lost: true));
        var reversed = lost.Then<Refund.Event.Reversed>();
        Assert.Equal(
            ("refund.never-went-out", new DecidedBy.Person(Party.Agent)), (reversed.Why.Code, reversed.Why.By));
        Assert.All(lost.Balances.Values, balance => Assert.Equal(0, balance));
        Report(lost, ReportedStatus.Refunded).ThenRefused("refund.report-does-not-fit");
        Traced.When(Buyer, new Refund.Command.CloseTrace(null, Lost: true)).ThenRefused("refund.not-now");
        Paid.When(Agent, new Refund.Command.CloseTrace(null, Lost: true)).ThenRefused("refund.not-now");
        lost.When(Agent, new Refund.Command.TakeInWallet()).ThenRefused("refund.not-now");
        var agreed = Traced.When(Buyer, new Refund.Command.Divert(true))
            .When(Agent, new Refund.Command.CloseTrace(null, Lost: true));
        Assert.IsType<Refund.State.InWallet>(agreed.State);
    }

    [Fact]
    public void Whoever_asks_themselves_has_the_provider_asked_and_its_reference_is_the_answer()
    {
        var asked = Paid.When(Buyer, new Refund.Command.Trace());
        Assert.Equal("re-1", asked.Call<ProviderCall.LookAtRefund>().Reference);
        Hear(asked, new ProviderAnswer.Unknown("timeout")).ThenNothing();
        Hear(asked, new ProviderAnswer.Done("re-1")).ThenNothing();
        Assert.Equal(Arn, Hear(asked, new ProviderAnswer.Done("re-1", Arn)).In<Refund.State.Paid>().Arn);
        Assert.IsType<Refund.State.Failed>(Hear(asked, new ProviderAnswer.Declined("re-1", "x")).State);
        asked.When(Provider, new Refund.Command.HearAnswer(
            new ProviderCall.LookAtRefund("another", "re-1", "pi-1"), new ProviderAnswer.Done("re-1", Arn)))
            .ThenNothing();
    }

    [Fact, Trait("Capability", "REF-4")]
    public void Goes_into_the_wallet_by_itself_where_its_buyer_has_said_so_beforehand()
    {
        var agreed = Opened.When(Buyer, new Refund.Command.Divert(true));
        agreed.When(Buyer, new Refund.Command.Divert(true)).ThenNothing();
        agreed.When(Agent, new Refund.Command.Divert(false)).ThenRefused("refund.not-now");
        var declined = agreed.When(Provider, new Refund.Command.HearAnswer(
            Opened.Call<ProviderCall>(), new ProviderAnswer.Declined("re-1", "lost_card")));
        Assert.Equal([typeof(Refund.Event.Failed), typeof(Refund.Event.MovedToWallet)],
            declined.Last.Events.Select(e => e.GetType()));
        Assert.Equal(Eur(5_00), Assert.Single(declined.Sent<Wallet.Command.Receive>()).Command.Amount);
        Assert.IsType<Refund.State.InWallet>(declined.State);
        Report(declined, ReportedStatus.Refunded, reference: "re-2").ThenRefused("refund.report-does-not-fit");

        var back = Report(Paid.When(Buyer, new Refund.Command.Divert(true)), ReportedStatus.RefundFailed);
        Assert.IsType<Refund.State.InWallet>(back.State);
        Assert.Equal((-5_00, 5_00, 0), (back.At($"buyer/ana/refunds/{TheRefund.Code}"),
            back.At($"buyer/ana/held/{TheRefund.Code}"), back.At("provider/clearing/ana/c1")));

        var changed = agreed.When(Buyer, new Refund.Command.Divert(false));
        Assert.IsType<Refund.State.Failed>(changed.When(Provider, new Refund.Command.HearAnswer(
            Opened.Call<ProviderCall>(), new ProviderAnswer.Declined("re-1", "lost_card"))).State);
    }

    [Fact, Trait("Capability", "REF-4")]
    public void A_report_before_the_answer_diverts_it_once()
    {
        var failed = Report(Opened.When(Buyer, new Refund.Command.Divert(true)), ReportedStatus.RefundFailed);
        Assert.IsType<Refund.State.InWallet>(failed.State);
        failed.When(Provider, new Refund.Command.HearAnswer(
            Opened.Call<ProviderCall>(), new ProviderAnswer.Declined("re-1", "lost_card"))).ThenNothing();
        failed.When(Buyer, new Refund.Command.Divert(false)).ThenRefused("refund.not-now");
    }
}
