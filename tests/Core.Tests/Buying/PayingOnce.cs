using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

[Trait("Capability", "PAY-2")]
public sealed class PayingOnce
{
    internal static readonly Life Asked = NewPayment.When(OfCheckout, Authorise());
    internal static readonly Life Authorised = Asked.When(Provider, Answer(Asked, Done));
    internal static readonly Life Capturing = Authorised.WhenDue();
    internal static readonly Life Captured = Capturing.When(Provider, Answer(Capturing, Done));

    static ProviderAnswer Done => new ProviderAnswer.Done("pi-1");
    static ProviderAnswer Unknown => new ProviderAnswer.Unknown("time-out");

    internal static Payment.Command Authorise(int attempt = 1, string method = "card-1") =>
        new Payment.Command.Authorise(attempt, method, "BR", [new(Cups, CupsTotal), new(Lamp, LampTotal)]);

    /// <summary>The answer to the call that this payment wants now.</summary>
    internal static Payment.Command Answer(Life asked, ProviderAnswer answer) =>
        new Payment.Command.HearAnswer(asked.Call<ProviderCall>(), answer);

    static Payment.Command Report(
        ReportedStatus status, Money? amount = null, int attempt = 1, string reference = "pi-1", string? code = null) =>
        new Payment.Command.HearReport(new("evt", reference, attempt, status, amount ?? Total, code));

    [Fact]
    public void Holds_the_money_captures_it_when_the_grace_period_ends_and_books_each_step()
    {
        Assert.Equal(
            new("payment/ana/c1/1/authorise", $"{ThePayment}", 1, "card-1", Total, Since: Wednesday),
            Asked.Call<ProviderCall.Authorise>());
        Assert.Equal(-70_98, Authorised.At("provider/authorised/ana/c1"));
        Assert.Equal(
            (25_98, 45_00),
            (Authorised.At($"transit/{Cups}/funding"), Authorised.At($"transit/{Lamp}/funding")));
        Assert.Equal([(Cups, CupsTotal), (Lamp, LampTotal)],
            Authorised.Sent<Order.Command.Fund>().Select(f => ((OrderId)f.To, f.Command.Amount)));
        Assert.Single(Authorised.Sent<Checkout.Command.ConfirmAuthorised>());

        Assert.Equal(Wednesday + Duration.FromMinutes(60), Capturing.Now);
        Assert.Equal(new("payment/ana/c1/1/capture", "pi-1", Total), Capturing.Call<ProviderCall.Capture>());
        Assert.Equal((0, -70_98), (Captured.At("provider/authorised/ana/c1"), Captured.At("provider/clearing/ana/c1")));
        Assert.Null(Captured.Kind.NextWake(Captured.State!));
    }

    [Fact]
    public void Asks_again_with_the_same_key_when_the_outcome_is_unknown_and_makes_no_other_attempt()
    {
        var unclear = Asked.When(Provider, Answer(Asked, Unknown));
        Assert.Empty(unclear.Wants);
        unclear.When(OfCheckout, Authorise(attempt: 2)).ThenRefused("payment.not-now");

        var again = unclear.WhenDue();
        Assert.Equal(Asked.Call<ProviderCall>(), again.Call<ProviderCall>());
        again.When(Provider, Answer(again, Done)).In<Payment.State.Authorised>();
        Assert.Equal(Wednesday, again.Call<ProviderCall.Authorise>().Since);         // that the key is old can be seen
    }

    [Fact]
    public void Asks_ever_more_slowly_calls_people_and_goes_on_asking()
    {
        var (life, waits) = (Asked, new List<Duration>());
        for (var i = 0; i < 12; i++)
        {
            var call = life.Call<ProviderCall>();
            life = life.When(Provider, new Payment.Command.HearAnswer(call, Unknown));
            waits.Add(life.Due - life.Now);
            life = life.WhenDue();
            Assert.Equal(call, life.Call<ProviderCall>());
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60], waits.Select(w => w.TotalMinutes));
        Assert.Equal(Party.Operator, life.In<Payment.State.Authorising>().Deadline.Owner);
        life.When(Provider, Answer(life, Done)).In<Payment.State.Authorised>();
    }

    [Fact]
    public void Counts_a_report_as_the_answer_whichever_comes_first()
    {
        var reported = Asked.When(Provider, Report(ReportedStatus.Authorised));
        Assert.Equal("pi-1", reported.Then<Payment.Event.Authorised>().Intent);
        reported.When(Provider, Answer(Asked, Done)).ThenNothing();
        reported.When(Provider, Report(ReportedStatus.Authorised)).ThenNothing();

        var captured = Capturing.When(Provider, Report(ReportedStatus.Captured));
        captured.Then<Payment.Event.Captured>();
        captured.When(Provider, Answer(Capturing, Done)).ThenNothing();
        captured.When(Provider, Report(ReportedStatus.Captured)).ThenNothing();
        captured.When(Provider, Report(ReportedStatus.Authorised)).ThenNothing();
    }

    [Fact]
    public void Changes_nothing_on_a_report_that_is_wrong()
    {
        Asked.When(Provider, Report(ReportedStatus.Authorised, Eur(1))).ThenRefused("payment.amount-differs");
        Asked.When(Provider, Report(ReportedStatus.Authorised, new(70_98, Currency.Of("USD"))))
            .ThenRefused("payment.amount-differs");
        Asked.When(Provider, Report(ReportedStatus.Authorised, attempt: 2)).ThenRefused("payment.other-attempt");
        Asked.When(Provider, Report(ReportedStatus.Captured)).ThenRefused("payment.report-does-not-fit");
        Authorised.When(Provider, Report(ReportedStatus.Authorised, reference: "pi-9"))
            .ThenRefused("payment.other-intent");
        Captured.When(Provider, Report(ReportedStatus.Captured, Eur(1))).ThenRefused("payment.amount-differs");
        Captured.When(Provider, Report(ReportedStatus.Voided)).ThenRefused("payment.report-does-not-fit");
        NewPayment.When(Provider, Report(ReportedStatus.Authorised)).ThenRefused("kernel.not-found");
        Asked.When(Buyer, Report(ReportedStatus.Authorised)).ThenRefused("payment.not-now");
        Asked.When(Stranger, Report(ReportedStatus.Authorised)).ThenRefused("kernel.not-found");
    }

    [Fact, Trait("Capability", "CHK-6")]
    public void Tells_the_checkout_of_a_decline_and_lets_it_try_again_under_a_new_key()
    {
        var declined = Asked.When(Provider, Answer(Asked, new ProviderAnswer.Declined(null, "expired_card")));
        Assert.Equal(
            "payment.declined-expired", declined.Sent<Checkout.Command.HearDecline>().Single().Command.Why.Code);
        Assert.Empty(declined.Balances);

        var second = declined.When(OfCheckout, Authorise(attempt: 2, "card-2"));
        Assert.Equal("payment/ana/c1/2/authorise", second.Call<ProviderCall.Authorise>().Key);
        second.When(Provider, Report(ReportedStatus.Declined, attempt: 1)).ThenRefused("payment.other-attempt");
        second.When(Provider, Answer(Asked, Done)).ThenNothing();                        // late, of the first attempt
        second.When(OfCheckout, Authorise(attempt: 2)).ThenNothing();
        second.When(OfCheckout, Authorise(attempt: 4)).ThenRefused("payment.other-attempt");
    }

    [Fact]
    public void Voids_what_turns_out_authorised_after_everybody_gave_up()
    {
        var abandoned = Asked.When(OfCheckout, new Payment.Command.Abandon());
        abandoned.When(OfCheckout, new Payment.Command.Abandon()).ThenNothing();
        Assert.Empty(abandoned.Wants);

        var voiding = abandoned.When(Provider, Answer(Asked, Done));
        Assert.Equal(new("payment/ana/c1/1/void", "pi-1"), voiding.Call<ProviderCall.Void>());
        Assert.Empty(voiding.Sent<Order.Command.Fund>());
        var voided = voiding.When(Provider, Answer(voiding, Done));
        voided.In<Payment.State.Voided>();
        Assert.Empty(voided.Balances);
        voided.When(Provider, Report(ReportedStatus.Voided)).ThenNothing();
        voided.When(Provider, Report(ReportedStatus.Authorised)).ThenNothing();

        abandoned.When(Provider, Answer(Asked, new ProviderAnswer.Declined(null, "do_not_honor")))
            .In<Payment.State.Voided>();
    }

    [Fact]
    public void Can_be_given_up_in_every_state_that_holds_nothing_for_an_order()
    {
        var abandon = new Payment.Command.Abandon();
        NewPayment.When(OfCheckout, abandon).ThenNothing();
        Asked.When(Provider, Answer(Asked, new ProviderAnswer.Declined(null, "x"))).When(OfCheckout, abandon)
            .In<Payment.State.Voided>();
        foreach (var held in new[] { Authorised, Capturing, Captured })
            held.When(OfCheckout, abandon).ThenRefused("payment.too-late-to-abandon");
    }

    [Fact]
    public void Keeps_asking_and_calls_people_when_a_hold_can_not_be_let_go()
    {
        var voiding = Asked.When(OfCheckout, new Payment.Command.Abandon()).When(Provider, Answer(Asked, Done));
        var refused = voiding.When(Provider, Answer(voiding, new ProviderAnswer.Declined(null, "unexpected_state")));
        Assert.Equal(Party.Operator, refused.Then<Payment.Event.Unanswered>().Deadline.Owner);
        refused.When(Provider, Report(ReportedStatus.Voided)).In<Payment.State.Voided>();
    }

    [Fact]
    public void Lets_a_stale_wake_decide_nothing() =>
        Capturing.When(Clock, new Payment.Command.Wake(Authorised.Due)).ThenNothing();
}
