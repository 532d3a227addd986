using Recourse.Checkouts;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>What is known of a card goes with a checkout, from look to decline.</summary>
public sealed class PayingWithACard
{
    static readonly Statement No = NewPayment.When(OfCheckout, PayingOnce.Authorise())
        .When(Provider, PayingOnce.Answer(PayingOnce.Asked, new ProviderAnswer.Declined("pi-1", "stolen_card")))
        .Then<Payment.Event.Declined>().Why;

    static Fact<MethodSeen> Seen(string? card, string? country = null) =>
        new(new("card", card, country, "credit"), Wednesday, "provider/method");

    static Checkout.Command OpenWith(Fact<MethodSeen>? method, string? kind = null)
    {
        var open = (Checkout.Command.Open)Open(BasketOf(SixCups) with { MethodKind = kind });
        return open with { Facts = open.Facts with { Method = method } };
    }

    static Life Paying(Fact<MethodSeen>? method, string? kind = null) => NewCheckout
        .When(Buyer, OpenWith(method, kind))
        .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal));

    static Checkout.Finding[] Found(MethodSeen? method, string? ruled = null)
    {
        var basket = BasketOf(SixCups);
        var facts = ((Checkout.Command.Open)OpenWith(
            method is null ? null : new(method, Wednesday, "provider/method"))).Facts;
        var book = ruled is null ? Published[0] : Suspicion.Published(Adapters.Rulebooks.RulebookFile.ShippedText()
            .Replace("method.issued-elsewhere: advice", $"method.issued-elsewhere: {ruled}", StringComparison.Ordinal))
            with { From = Instant.MinValue };
        return [.. Checkout.Findings(basket, facts, new(Buyer, Wednesday, [book]))];
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Of_another_country_than_it_goes_to_is_asked_about_and_stops_nobody()
    {
        var found = Assert.Single(Found(new("card", "c1", "US")));
        Assert.Equal(("method.issued-elsewhere", Gravity.Advice, "method"),
            (found.What.Code, found.Gravity, found.What.Field));
        Assert.False(found.Stops(BasketOf(SixCups)));
        Assert.Contains("issued in United States, and what you buy goes to Brazil",
            Texts.In("en", DateTimeZone.Utc).Fill(found.What.Code, found.What.Facts), StringComparison.Ordinal);
        Paying(Seen("c1", "US")).In<Checkout.State.Paying>();
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Weighs_as_much_as_the_rulebook_says_and_can_be_confirmed()
    {
        var found = Assert.Single(Found(new("card", "c1", "US"), ruled: "step"));
        Assert.True(found.Stops(BasketOf(SixCups)));
        Assert.False(found.Stops(BasketOf(SixCups) with { Confirmed = [found.Id] }));
    }

    [Fact, Trait("Capability", "CHK-4")]
    public void Is_not_guessed_about_where_nobody_says_whence_it_is()
    {
        Assert.Empty(Found(null));
        Assert.Empty(Found(new(Kind: null)));
        Assert.Empty(Found(new("card", "c1")));
        Assert.Empty(Found(new("card", "c1", "BR")));
    }

    [Fact, Trait("Capability", "RSK-1")]
    public void Is_told_again_when_its_bank_says_no()
    {
        var declined = Paying(Seen("c1")).When(OfPayment, new Checkout.Command.HearDecline(No));
        Assert.Equal("c1", declined.Then<Checkout.Event.Declined>().Card);

        var again = declined.When(Buyer, new Checkout.Command.Pay("card-2", Seen: Seen("c2")));
        Assert.Equal("c2", again.Then<Checkout.Event.PaymentAsked>().Seen?.Value.Card);
        Assert.Equal("c2", again.When(OfPayment, new Checkout.Command.HearDecline(No))
            .Then<Checkout.Event.Declined>().Card);

        // The second one is nobody's to tell: the first is not meant.
        var blind = declined.When(Buyer, new Checkout.Command.Pay("card-3", Seen: new(new(null), Wednesday, "test")));
        Assert.Null(blind.When(OfPayment, new Checkout.Command.HearDecline(No)).Then<Checkout.Event.Declined>().Card);
    }

    [Fact, Trait("Capability", "RSK-1")]
    public void A_slip_that_its_buyer_never_paid_is_a_purchase_not_paid_for()
    {
        var warned = Paying(null, "boleto").WhenDue();
        Assert.True(warned.WhenDue().Then<Checkout.Event.Abandoned>().Unpaid);

        var lapsed = Paying(null, "boleto").When(OfPayment, new Checkout.Command.HearDecline(No)).WhenDue();
        while (lapsed.State is Checkout.State.Declined) lapsed = lapsed.WhenDue();
        Assert.True(lapsed.Then<Checkout.Event.Abandoned>().Unpaid);
    }

    [Fact, Trait("Capability", "RSK-1")]
    public void Neither_a_silent_provider_nor_a_banks_no_nor_a_sellers_nor_a_change_of_mind_is_one()
    {
        var silent = Paying(null).WhenDue();
        Assert.Equal("checkout.payment-unclear", silent.Then<Checkout.Event.Abandoned>().Why.Code);
        Assert.Null(silent.Then<Checkout.Event.Abandoned>().Unpaid);

        var declined = Paying(null).When(OfPayment, new Checkout.Command.HearDecline(No));
        while (declined.State is Checkout.State.Declined) declined = declined.WhenDue();
        var left = declined.Then<Checkout.Event.Abandoned>();
        Assert.Equal(("checkout.not-paid", null), (left.Why.Code, left.Unpaid));

        var stopped = NewCheckout.When(Buyer, OpenWith(null, "boleto"))
            .When(OfCups, new Checkout.Command.HearRefusal(
                Cups, [new Refusal("stock.too-little", new Remedy("listing.look"))]));
        while (stopped.State is Checkout.State.Stopped) stopped = stopped.WhenDue();
        Assert.Null(stopped.Then<Checkout.Event.Abandoned>().Unpaid);

        Assert.Null(Paying(null, "boleto").When(Buyer, new Checkout.Command.Abandon())
            .Then<Checkout.Event.Abandoned>().Unpaid);
    }
}
