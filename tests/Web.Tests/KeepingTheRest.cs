using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>On the pages too one bad line never costs the rest: it is kept, and each way on is one press.</summary>
[Trait("Capability", "CHK-1")]
public sealed class KeepingTheRest(Market market) : IClassFixture<Market>
{
    const string Without = "without";

    /// <summary>A buyer with two mugs in the basket, of which one can't be had any more.</summary>
    async Task<(Shopper Bea, string Good, string Bad, PageReply Review)> OneBad()
    {
        var (ana, _) = await market.Seller();
        var (ben, seller) = await market.Seller();
        var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ben);
        await bea.PutMugs(ana);
        await seller.Post($"/v1/listings/{ben}/mug/pause");
        return (bea, ana, ben, await bea.GiveAddress());
    }

    static Task<PageReply> Press(Shopper who, PageReply review, string how = "", string? rest = null) =>
        who.Browser.Send(
            review, "/checkout/pay", ("method", "pm_card_visa"), ("currency", "EUR"), ("how", how),
            ("seen", review.Field("/checkout/pay", "seen")),
            ("rest", rest ?? review.Field("/checkout/pay", "rest")));

    async Task<int> LeftOf(string seller) => (await market.As(Party.Seller, seller).Get($"/v1/stock/{seller}/red"))
        .Json["available"]!.GetValue<int>();

    [Fact]
    public async Task One_press_that_names_the_amount_goes_on_without_it_and_leaves_it_in_the_basket()
    {
        var (bea, ana, ben, review) = await OneBad();
        using var _ = bea;
        foreach (var text in (string[])
        [
            "can't be ordered as it is", "Total without what can't be ordered", "kept for you until",
            "Go on without it, pay 16.50 EUR",
        ])
            review.Text.ShouldContain(text);
        var stale = await Press(bea, review, Without, rest: "0");
        stale.Text.ShouldContain("has changed since this page was shown");
        var paid = await bea.Browser.Follow(await Press(bea, review, Without));
        paid.Text.ShouldContain("16.50 EUR is held");
        paid.Html.ShouldContain($"/orders/{ana}/");
        (await bea.Browser.Open("/basket")).Html.ShouldContain(ben);
    }

    [Fact]
    public async Task The_rest_is_kept_while_its_buyer_puts_it_right_and_then_bought_with_it()
    {
        var (bea, ana, ben, review) = await OneBad();
        using var _ = bea;
        var stopped = await bea.Browser.Follow(await Press(bea, review));
        foreach (var text in (string[])
        [
            "Part of it can't be ordered as it is", "Nothing has been charged", "The rest is kept for you until",
            "Go on without it, pay 16.50 EUR", "Put it right",
        ])
            stopped.Text.ShouldContain(text);
        (await LeftOf(ana)).ShouldBe(9);

        var again = await bea.Browser.Follow(await bea.Browser.Send(stopped, "/basket/again",
            ("buyer", stopped.Field("/basket/again", "buyer")), ("code", stopped.Field("/basket/again", "code"))));
        again.Text.ShouldContain("Go on without it, pay 16.50 EUR");
        (await LeftOf(ana)).ShouldBe(9);
        await market.As(Party.Seller, ben).Post($"/v1/listings/{ben}/mug/resume");
        var ready = await bea.Browser.Open("/checkout?currency=EUR");
        ready.Text.ShouldContain("Pay 33.00 EUR");
        (await bea.Browser.Follow(await bea.Press(ready))).Text.ShouldContain("33.00 EUR is held");
        (await bea.Browser.Open(Shopper.CheckoutOn(stopped))).Text.ShouldContain("Given up");
        await Market.Until(async () => await LeftOf(ana) == 9, "what was kept twice");
    }

    [Fact]
    public async Task Whoever_went_on_after_all_is_told_so_once_before_they_buy_it_again()
    {
        var (bea, _, ben, review) = await OneBad();
        using var _ = bea;
        var stopped = await bea.Browser.Follow(await Press(bea, review));
        await bea.Browser.Follow(await bea.Browser.Send(stopped, "/basket/again",
            ("buyer", stopped.Field("/basket/again", "buyer")), ("code", stopped.Field("/basket/again", "code"))));
        await bea.Browser.Send(stopped, $"{Shopper.CheckoutOn(stopped)}/proceed");                // in another tab
        await market.As(Party.Seller, ben).Post($"/v1/listings/{ben}/mug/resume");
        var told = await bea.Press(await bea.Browser.Open("/checkout?currency=EUR"));
        told.Text.ShouldContain("This checkout is paid");
        (await bea.Browser.Follow(await bea.Press(told))).Text.ShouldContain("33.00 EUR is held");
    }

    [Fact]
    public async Task Those_who_run_it_see_what_came_of_what_was_found()
    {
        var (bea, _, _, review) = await OneBad();
        using var _ = bea;
        var program = market.As(Party.Operator, "rui");
        async Task<decimal> Saved() => (await program.Get("/v1/findings?code=checkout.not-offered")).Json["items"]!
            .AsArray().Sum(day => day!["saved"]!.AsArray().Sum(s => s!["minor"]!.GetValue<long>())) / 100m;
        var platform = market.App.Services.GetRequiredService<IPlatform>();
        await platform.Views.CaughtUp(platform.Position, TimeSpan.FromSeconds(10), default);   // with other tests' acts
        var expected = await Saved() + 16.50m;
        await bea.Browser.Follow(await Press(bea, review, Without));
        await Market.Until(async () => await Saved() == expected, "what it saved");
        using var rui = await Shopper.SignedIn(market, Party.Operator, "rui");
        var page = await rui.Browser.Open("/findings?code=checkout.not-offered");
        page.Text.ShouldContain($"{expected.ToString("0.00", CultureInfo.InvariantCulture)} EUR");
        page.Text.ShouldContain("looking again counts again");
        page.Text.ShouldContain("is not recorded");
        (await rui.Browser.Open("/findings?code=nothing")).Text.ShouldContain("Nothing was settled yet");
    }
}
