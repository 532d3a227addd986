using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A bank slip is paid at the bank, days later: its window is another than a card's.</summary>
public sealed class PayingElsewhere
{
    static readonly Life Paying = Paid("boleto");
    static readonly Instant FifthBusinessDay = Instant.FromUtc(2026, 3, 11, 21, 0);       // 18:00 in São Paulo

    static Life Paid(string? kind) => NewCheckout
        .When(Buyer, Open(BasketOf(SixCups) with { MethodKind = kind }))
        .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal));

    static Payment.Command Authorise(Life paying) => paying.Sent<Payment.Command.Authorise>().Single().Command;

    static Payment.Command Pending(Life asked) =>
        PayingOnce.Answer(asked, new ProviderAnswer.Pending("pi-1"));

    [Fact, Trait("Capability", "CAN-4")]
    public void Waits_for_the_buyer_as_long_as_the_rulebook_says_for_that_kind_and_warns_them()
    {
        var deadline = Paying.In<Checkout.State.Paying>().Deadline;
        Assert.Equal((Party.Buyer, FifthBusinessDay), (deadline.Owner, deadline.Due));
        Assert.Equal(FifthBusinessDay - Duration.FromHours(6), deadline.Warn);

        var warned = Paying.WhenDue();
        Assert.Equal(FifthBusinessDay, warned.Then<Checkout.Event.Warned>().Deadline.Due);
        var why = warned.WhenDue().Then<Checkout.Event.Abandoned>().Why;
        Assert.Equal(("checkout.not-paid", "checkouts.paidLater.boleto"), (why.Code, why.Rule));
        Assert.Contains(
            $"{FifthBusinessDay}", $"{why.Facts.Single(f => f.Name is "due").Value}", StringComparison.Ordinal);
        warned.When(OfPayment, new Checkout.Command.ConfirmAuthorised()).In<Checkout.State.Authorised>();
    }

    [Fact]
    public void Answers_the_buyer_at_once_and_not_when_they_have_been_to_the_bank()
    {
        Assert.True(Paying.Kind.IsSettled(Paying.State!));
        Assert.False(Paying.Kind.IsSettled(Paid("card").State!));
    }

    [Theory]
    [InlineData(null), InlineData("card"), InlineData("never-heard-of")]
    public void Leaves_every_other_kind_its_day(string? kind)
    {
        var deadline = Paid(kind).In<Checkout.State.Paying>().Deadline;
        Assert.Equal(new(Party.Provider, "checkout.give-up", null, Wednesday + Duration.FromHours(24)), deadline);
    }

    [Fact]
    public void Keeps_the_stock_until_the_slip_can_no_longer_be_paid()
    {
        var place = NewCheckout.When(Buyer, Open(BasketOf(SixCups) with { MethodKind = "boleto" }))
            .Sent<Order.Command.Place>().Single();
        var placed = new Life(Order.Kind, Cups, null, Wednesday).When(OfCheckout, place.Command);
        Assert.True(placed.Then<Order.Event.Placed>().Deadline.Due > FifthBusinessDay);
    }

    [Fact]
    public void Calls_nobody_and_asks_seldom_while_the_slip_can_still_be_paid()
    {
        var asked = NewPayment.When(OfCheckout, Authorise(Paying));
        var (life, asks) = (asked, 0);
        while (life.Now < FifthBusinessDay)
        {
            life = life.When(Provider, Pending(life));
            Assert.Equal(Party.Buyer, life.In<Payment.State.Authorising>().Deadline.Owner);
            life = life.WhenDue();
            if (life.Now < FifthBusinessDay)
                Assert.Equal(Party.Provider, life.In<Payment.State.Authorising>().Deadline.Owner);
            Assert.Equal(asked.Call<ProviderCall>(), life.Call<ProviderCall>());
            asks++;
        }
        Assert.InRange(asks, 25, 35);

        Assert.Equal(Party.Operator, life.When(Provider, Pending(life)).In<Payment.State.Authorising>().Deadline.Owner);
        life.When(Provider, PayingOnce.Answer(life, new ProviderAnswer.Done("pi-1"))).In<Payment.State.Authorised>();
    }

    [Fact, Trait("Capability", "CHK-6")]
    public void Takes_no_second_slip_once_the_checkouts_own_day_has_passed()
    {
        var decline = NewPayment.When(OfCheckout, Authorise(Paying)).When(
            Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined("pi-1", "expired_slip")));
        var lapsed = Paying.When(
            OfPayment, new Checkout.Command.HearDecline(decline.Then<Payment.Event.Declined>().Why), FifthBusinessDay);
        lapsed.When(Buyer, new Checkout.Command.Pay("slip-2", "boleto")).ThenRefused("checkout.too-late-for-method");
        lapsed.When(Buyer, new Checkout.Command.Pay("card-2")).In<Checkout.State.Paying>();
    }

    [Fact]
    public void Takes_no_kind_that_can_not_be_one()
    {
        NewCheckout.When(Buyer, Open(BasketOf(SixCups) with { MethodKind = "Bank slip" }))
            .ThenRefused("checkout.no-such-kind-of-method");
        Paying.When(Buyer, new Checkout.Command.Pay("card-2", "")).ThenRefused("checkout.no-such-kind-of-method");
    }
}
