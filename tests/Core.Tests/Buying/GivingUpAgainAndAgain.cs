using CsCheck;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

/// <summary>A warning, a question, a pause, one step at a time; all of it goes away.</summary>
[Trait("Capability", "BUY-4")]
public sealed class GivingUpAgainAndAgain
{
    static Life Account => new(BuyerAccount.Kind, Ana, null, Wednesday);

    static CheckoutId Nth(int n) => new(Ana, $"c{n}");

    static Life GiveUp(Life life, int nth, string reason = "cancel.changed-mind", Duration? after = null)
    {
        var order = OrderId.Of(Nth(nth), Potter);
        return life.When(House(order), new BuyerAccount.Command.CountGivenUp(Nth(nth), reason),
            life.Now + (after ?? Duration.FromHours(1)));
    }

    static Life Hear(Life life, int endedWell) =>
        life.When(OfCheckout, new BuyerAccount.Command.HearEndedWell(endedWell));

    /// <summary>So many purchases given up, of somebody of whose orders so many ended well.</summary>
    static Life After(int count, int? endedWell = 0)
    {
        var life = Account;
        for (var n = 1; n <= count; n++)
        {
            life = GiveUp(life, n);
            if (n == 1 && endedWell is { } well) life = Hear(life, well);
        }
        return life;
    }

    static Conduct? ConductOf(Life life) => life.In<BuyerAccount.State>().Standing!.Conduct;

    [Fact]
    public void Is_warned_of_then_asked_about_then_paused()
    {
        Assert.IsType<BuyerAccount.Event.GivenUpCounted>(Assert.Single(After(2).Last.Events));
        var warned = After(3).ThenAlso<BuyerAccount.Event.Cautioned>();
        Assert.Equal((Caution.Warned, 3, 5), (warned.Caution, warned.Count, warned.Next));
        Assert.Equal("buying-warned", Assert.Single(BuyerAccount.Notices(Ana, null, warned)).Code);
        Assert.Single(After(4).Last.Events);
        var asked = After(5).ThenAlso<BuyerAccount.Event.Cautioned>();
        Assert.Equal((Caution.VerifyFirst, 5, 8), (asked.Caution, asked.Count, asked.Next));
        Assert.Equal("buying-verify", Assert.Single(BuyerAccount.Notices(Ana, null, asked)).Code);
        var paused = After(8);
        Assert.Equal(paused.Now + Duration.FromHours(24),
            paused.ThenAlso<BuyerAccount.Event.BuyingPaused>().Until);
    }

    [Fact]
    public void Is_paused_with_a_statement_that_can_be_appealed()
    {
        var paused = After(8, endedWell: 2);
        var why = paused.ThenAlso<BuyerAccount.Event.BuyingPaused>().Why;
        Assert.Equal(("buying.placed-and-given-up", "buyer.buying-paused", "buyers.givenUp.pauseFrom"),
            (why.Code, why.Outcome, why.Rule));
        Assert.Equal(["until", "givenUp", "endedWell", "days"], why.Facts.Select(f => f.Name));
        Assert.All(why.Facts, f => Assert.Equal(Party.Everyone, f.SeenBy));
        Assert.Contains(new Remedy("appeal.open"), why.Remedies);
        Assert.All(Texts.Languages, l =>
            Assert.DoesNotContain("{", Texts.In(l, DateTimeZone.Utc).Tell(why, Party.Buyer), StringComparison.Ordinal));
        var appeal = AppealId.Of(new Subject.BuyingPause(Ana), why);
        var free = paused.When(
            House(appeal), new BuyerAccount.Command.Overturn($"{appeal}", why.Code, why.IssuedAt));
        free.Then<BuyerAccount.Event.PauseOverturned>();
        Assert.Null(ConductOf(free));
    }

    [Fact]
    public void Counts_a_purchase_once_and_only_where_nobody_else_was_at_fault()
    {
        var once = GiveUp(Account, 1);
        GiveUp(once, 1).ThenNothing();
        foreach (var reason in (string[])["cancel.too-slow", "cancel.wrong-address", "cancel.never-dispatched", "x"])
            GiveUp(once, 2, reason).ThenNothing();
        Assert.Single(ConductOf(once)!.GivenUp);
    }

    [Fact]
    public void Means_nothing_to_somebody_whose_orders_mostly_end_well()
    {
        var good = After(7, endedWell: 20);
        Assert.Equal(Caution.None, ConductOf(good)!.Caution);
    }

    [Fact]
    public void Goes_no_further_than_a_warning_while_nobody_knows_how_their_orders_end() =>
        Assert.Equal(Caution.Warned, ConductOf(After(20, endedWell: null))!.Caution);

    [Fact]
    public void Is_made_good_by_orders_that_end_well()
    {
        var warned = After(4);
        var less = Hear(warned, 1);
        less.Then<BuyerAccount.Event.EndedWellHeard>();
        Assert.Equal(3, ConductOf(less)!.CountingSince(Wednesday));
        var good = Hear(less, 2);
        good.ThenAlso<BuyerAccount.Event.ConductCleared>();
        Assert.Null(ConductOf(good));
        Hear(good, 3).ThenNothing();
        Hear(less, 1).ThenNothing();
    }

    [Fact]
    public void Is_forgotten_with_time()
    {
        var warned = After(3);
        Assert.Equal(warned.Now + Duration.FromDays(30), warned.Due);
        var over = warned.WhenDue();
        over.Then<BuyerAccount.Event.ConductCleared>();
        Assert.Null(ConductOf(over));
        Assert.Null(BuyerAccount.Kind.NextWake(over.State!));
        Assert.Equal(1, ConductOf(GiveUp(warned, 4, after: Duration.FromDays(29)))!.GivenUpSince(
            warned.Now));
    }

    [Fact]
    public void Pauses_longer_each_time_and_never_twice_at_once()
    {
        var paused = After(8);
        Assert.Single(GiveUp(paused, 9).Last.Events);
        var free = paused.WhenDue();
        Assert.Equal("buying-free",
            Assert.Single(BuyerAccount.Notices(Ana, null, free.Then<BuyerAccount.Event.PauseEnded>())).Code);
        var again = GiveUp(free, 10);
        Assert.Equal(again.Now + Duration.FromHours(48), again.ThenAlso<BuyerAccount.Event.BuyingPaused>().Until);
    }

    [Fact]
    public void Keeps_somebody_from_buying_until_the_pause_is_over_and_no_longer()
    {
        var pause = ConductOf(After(8))!.Pause!;
        var open = (Checkout.Command.Open)Open(BasketOf(SixCups));
        Life Try(BuyingPause with) => NewCheckout.When(Buyer, open with
        {
            Facts = open.Facts with { Buyer = new(new(null, with), Wednesday, "partition/buyer") },
        });
        Assert.Equal([("until", (Value)pause.Until)],
            Try(pause).ThenRefused("buyer.paused")[0].Facts.Select(f => (f.Name, f.Value)));
        Assert.Empty(Try(pause with { Until = Wednesday }).Last.Refusals);
    }

    [Fact]
    public void Is_told_by_the_order_that_its_buyer_cancels_and_by_no_other_end()
    {
        var told = Assert.Single(
            CancelledBy(Example.Buyer, "cancel.changed-mind").Tells<BuyerAccount.Command.CountGivenUp>());
        Assert.Equal((Example.AnasCheckout, "cancel.changed-mind"), (told.Checkout, told.Reason));
        Assert.Empty(CancelledBy(Example.Seller, "cancel.out-of-stock").Tells<BuyerAccount.Command.CountGivenUp>());
    }

    static Sale CancelledBy(Actor who, string reason) =>
        Given.Funded.When(who, Example.Cancel(reason, Given.Funded.Deal.Everything));

    [Fact]
    public void Is_told_by_a_slip_that_nobody_paid_and_not_where_a_bank_or_seller_said_no()
    {
        var slip = Slip();
        Assert.Equal(TheCheckout, Assert.Single(slip.When(Buyer, new Checkout.Command.Abandon())
            .Sent<BuyerAccount.Command.CountGivenUp>()).Command.Checkout);
        Assert.Single(slip.WhenDue().WhenDue().Sent<BuyerAccount.Command.CountGivenUp>());
        var card = NewCheckout.When(Buyer, Open(BasketOf(SixCups)))
            .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal));
        Assert.Empty(card.When(Buyer, new Checkout.Command.Abandon()).Sent<BuyerAccount.Command.CountGivenUp>());
    }

    static Life Slip() => NewCheckout.When(Buyer, Open(BasketOf(SixCups) with { MethodKind = "boleto" }))
        .When(OfCups, new Checkout.Command.ConfirmReserved(Cups, CupsTotal));

    [Fact]
    public void Looks_at_the_orders_of_those_alone_who_gave_up_before()
    {
        var open = (Checkout.Command.Open)Open(BasketOf(SixCups));
        Assert.Empty(NewCheckout.When(Buyer, open).Sent<BuyerAccount.Command.HearEndedWell>());
        var known = open with
        {
            Facts = open.Facts with { Buyer = new(new(null, null, EndedWell: 4), Wednesday, "partition/buyer") },
        };
        var (to, heard) = Assert.Single(NewCheckout.When(Buyer, known).Sent<BuyerAccount.Command.HearEndedWell>());
        Assert.Equal((Ana, 4), (to, heard.Count));
    }

    /// <summary>Whatever happens in whatever order, no step is left out, and nobody is paused without a warning.
    /// </summary>
    [Fact]
    public void Never_leaves_a_step_out() => Gen.Int[0, 4].Array[0, 40].Sample(steps =>
    {
        var (life, heard) = (Account, 0);
        var before = Caution.None;
        foreach (var (n, step) in steps.Index())
        {
            if (step is 3 && life.State is not null) life = Hear(life, ++heard / 4);
            else if (step is 4 && life.State is not null) life = life.WhenDue();
            else life = GiveUp(life, n);
            var now = life.State is null ? Caution.None : ConductOf(life)?.Caution ?? Caution.None;
            Assert.True(now <= before + 1);
            Assert.True(ConductOf(life)?.Pause is null || now is Caution.Paused);
            before = now;
        }
    });
}
