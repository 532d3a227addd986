using System.Net;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Each way through a checkout, with plain forms: nothing is lost, and nothing done twice.</summary>
public sealed class PayingOnAPage(Market market) : IClassFixture<Market>
{
    static async Task<int> CheckoutsOf(Shopper who) =>
        (await who.Api.Get("/v1/checkouts?position=0")).Json["items"]!.AsArray().Count;

    static Task StartSays(Shopper who, string text) =>
        Market.Until(async () => (await who.Browser.Open("/")).Text.Contains(text), text);

    [Fact]
    public async Task Goes_from_the_window_to_the_order_with_one_press_that_names_the_amount()
    {
        var (ana, _) = await market.Seller();
        var (ben, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana, 2);
        await bea.PutMugs(ben);
        var review = await bea.GiveAddress();
        review.Text.ShouldContain("Pay 49.50 EUR");
        review.Text.ShouldContain("Nothing has been charged");
        review.Text.ShouldContain("Hauptstr. 1");
        var paid = await bea.Browser.Follow(await bea.Press(review));
        paid.Text.ShouldContain("Paid");
        paid.Text.ShouldContain("49.50 EUR is held");
        paid.Html.ShouldContain($"/orders/{ana}/");
        paid.Html.ShouldContain($"/orders/{ben}/");
        paid.IsRenewed.ShouldBeFalse();
        (await bea.Browser.Open("/basket")).Text.ShouldContain("Your basket is empty");
    }

    [Fact]
    public async Task Is_paid_once_however_often_it_is_pressed_and_wherever_one_goes_back_to()
    {
        var (ana, seller) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var review = await bea.GiveAddress();
        var all = await Task.WhenAll(bea.Press(review), bea.Press(review));
        all.Select(r => r.Location).Distinct().Count().ShouldBe(1);
        var again = await bea.Press(review);                                // back, and once more
        again.Location.ShouldBe(all[0].Location);
        (await bea.Browser.Follow(again)).Text.ShouldContain("Paid");
        await bea.PutMugs(ana);                                             // also with a new basket
        (await bea.Press(review)).Location.ShouldBe(again.Location);
        await Market.Until(async () => await CheckoutsOf(bea) > 0, "the checkout in the list");
        (await CheckoutsOf(bea)).ShouldBe(1);
        (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>().ShouldBe(9);
    }

    [Fact]
    public async Task Charges_nothing_that_was_not_shown()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var stale = await bea.GiveAddress();
        await bea.PutMugs(ana, 4);                                          // in another tab
        var refused = await bea.Press(stale);
        (refused.Status, await CheckoutsOf(bea)).ShouldBe((HttpStatusCode.Conflict, 0));
        refused.Text.ShouldContain("has changed since this page was shown");
        refused.Text.ShouldContain("Pay 82.50 EUR");
        (await bea.Browser.Follow(await bea.Press(refused))).Text.ShouldContain("82.50 EUR is held");
    }

    [Fact]
    public async Task Keeps_everything_for_whoever_must_sign_in_first_and_for_whoever_was_signed_out()
    {
        var (ana, _) = await market.Seller();
        using var visitor = new Shopper(market);
        await visitor.PutMugs(ana);
        var review = await visitor.GiveAddress();
        review.Text.ShouldContain("Sign in to pay 16.50 EUR");
        review.Html.ShouldContain("/sign-in?then=%2Fcheckout%3Fcurrency%3DEUR");
        (await visitor.SignIn(then: "/checkout?currency=EUR")).Location.ShouldBe("/checkout?currency=EUR");
        var mine = await visitor.Browser.Open("/checkout?currency=EUR");
        mine.Text.ShouldContain("Pay 16.50 EUR");
        mine.Text.ShouldContain("Hauptstr. 1");

        var name = visitor.Name!;
        await visitor.Browser.Send(await visitor.Browser.Open("/"), "/sign-out");
        var expired = await visitor.Press(mine);
        expired.Status.ShouldBe(HttpStatusCode.Redirect);
        expired.Location!.ShouldStartWith("/sign-in");
        (await visitor.Browser.Open("/checkout")).Text.ShouldNotContain("Hauptstr. 1");
        await visitor.SignIn(of: name);
        var back = await visitor.Browser.Open("/checkout?currency=EUR");
        back.Text.ShouldContain("Hauptstr. 1");
        (await visitor.Browser.Follow(await visitor.Press(back))).Text.ShouldContain("Paid");
    }

    [Fact]
    public async Task Says_all_that_is_wrong_with_an_address_at_once_and_keeps_what_was_typed()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var script = "<script>alert('x')</script>";
        var wrong = await bea.GiveAddress(("name", ""), ("line1", ""), ("city", new('x', 201)), ("country", "ZZ"),
            ("postcode", script));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("4 fields need correcting");
        wrong.Count("aria-invalid=\"true\"").ShouldBe(4);
        wrong.Html.ShouldContain("value=\"&lt;script&gt;");
        wrong.Html.ShouldNotContain("<script>alert");
        var odd = await bea.GiveAddress(("name", script), ("line1", script), ("line2", script), ("city", script),
            ("phone", script), ("postcode", script));
        odd.Text.ShouldContain("2 things to settle");
        odd.Html.ShouldNotContain("<script>alert");
        odd = await bea.Apply(odd, "address.phone-form:shipTo.phone#erase");
        odd.Text.ShouldContain("Postcodes in Germany don't look like this");
        var kept = await bea.Apply(odd, "address.postcode-form:shipTo.postcode#confirm");
        kept.Text.ShouldContain("Pay 16.50 EUR");
        kept.Html.ShouldNotContain("<script>alert");
        var paid = await bea.Browser.Follow(await bea.Press(kept));
        paid.Html.ShouldNotContain("<script>alert");
        paid.Text.ShouldContain("Paid");
    }

    [Fact]
    public async Task Tells_every_finding_with_its_fix_and_settles_them_all_without_paying()
    {
        var (ana, seller) = await market.Seller(units: 2);
        var (ben, other) = await market.Seller();
        var (cy, third) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana, 5);
        await bea.PutMugs(ben);
        await bea.PutMugs(cy);
        await other.Put($"/v1/listings/{ben}/mug", Market.Mug(price: 1350));
        await third.Post($"/v1/listings/{cy}/mug/pause");
        var page = await bea.GiveAddress();
        foreach (var text in (string[])["3 things to settle", "Take 2", "Take it at 13.50 EUR", "Leave it out"])
            page.Text.ShouldContain(text);
        page.Count("/checkout/pay").ShouldBe(0);
        var one = await bea.Apply(page, "checkout.price-differs:lines[1].unitPrice#take-price",
            "checkout.not-offered:lines[2].listing#leave-out", "stock.not-enough:lines[0].quantity#take");
        one.Text.ShouldContain("Pay 50.50 EUR");
        one.Text.ShouldContain("Undo");
        (await CheckoutsOf(bea)).ShouldBe(0);
        (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>().ShouldBe(2);

        var elsewhere = await bea.GiveAddress(("country", "FR"), ("city", "Paris"), ("postcode", "75001"));
        elsewhere.Text.ShouldContain("is not shipped to France");
        elsewhere.Text.ShouldContain("Send it elsewhere");
    }

    [Fact]
    public async Task Tries_another_method_after_a_decline_and_can_be_given_up_and_taken_back()
    {
        var (ana, seller) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        var declined = await bea.Buy("pm_card_chargeDeclinedInsufficientFunds", 1, ana);
        foreach (var text in (string[])["The payment didn't go through", "Nothing was charged", "Pay 16.50 EUR"])
            declined.Text.ShouldContain(text);
        await StartSays(bea, "choose another method");
        var at = Shopper.CheckoutOn(declined);
        var twice = await bea.Browser.Follow(
            await bea.Browser.Send(declined, $"{at}/payment", ("method", "pm_card_chargeDeclined")));
        twice.Text.ShouldContain("The payment didn't go through");
        var given = await bea.Browser.Follow(await bea.Browser.Send(twice, $"{at}/abandon"));
        given.Text.ShouldContain("Given up");
        (await bea.Browser.Send(declined, $"{at}/payment", ("method", "pm_card_visa"))).Text
            .ShouldContain("can't be done");                                // a page from before it was given up
        await Market.Until(async () =>
            (await seller.Get($"/v1/stock/{ana}/red")).Json["available"]!.GetValue<int>() == 10, "stock");
        var basket = await bea.Browser.Follow(await bea.Browser.Send(given, "/basket/again",
            ("buyer", given.Field("/basket/again", "buyer")), ("code", given.Field("/basket/again", "code"))));
        basket.Text.ShouldContain("12.50 EUR");
        (await bea.Browser.Follow(await bea.Press(await bea.GiveAddress()))).Text.ShouldContain("Paid");
    }

    [Fact]
    public async Task Goes_on_without_a_seller_that_refuses()
    {
        var (ana, _) = await market.Seller();
        var (ben, _) = await market.Seller(units: 1);
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        await bea.PutMugs(ben);
        var review = await bea.GiveAddress();
        await market.Bought(ben);                                           // somebody else takes the last one
        var stopped = await bea.Browser.Follow(await bea.Press(review));
        foreach (var text in (string[])
            ["Part of it can't be ordered", "Nothing has been charged", "Of red there are 0 left", "pay 16.50 EUR"])
            stopped.Text.ShouldContain(text);
        await StartSays(bea, "go on without, or give up");
        var at = Shopper.CheckoutOn(stopped);
        for (var times = 0; times < 2; times++)
            (await bea.Browser.Follow(await bea.Browser.Send(stopped, $"{at}/proceed"))).Text
                .ShouldContain("16.50 EUR is held");
        (await bea.Browser.Follow(await bea.PutMugs(ben))).Text.ShouldContain("None left");
    }

    [Fact]
    public async Task Waits_for_a_silent_bank_by_itself_and_never_asks_for_the_money_twice()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        var waiting = await bea.Buy("pm_standin_timeout-before", 1, ana);
        waiting.Text.ShouldContain("Your payment is being checked");
        waiting.Text.ShouldContain("won't be charged twice");
        waiting.IsRenewed.ShouldBeTrue();
        waiting.Count("/payment\"").ShouldBe(0);
        var at = Shopper.CheckoutOn(waiting);
        await StartSays(bea, "A payment is being checked");
        PageReply? last = null;
        await Market.Until(async () =>
        {
            market.Clock.Pass(Duration.FromSeconds(15));
            last = await bea.Browser.Open(at);
            return last.Text.Contains("16.50 EUR is held");
        }, "the answer");
        last!.IsRenewed.ShouldBeFalse();
    }

    [Fact]
    public async Task Belongs_to_its_buyer()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        var declined = await bea.Buy("pm_card_chargeDeclined", 1, ana);
        var at = Shopper.CheckoutOn(declined);
        using var bob = await Shopper.SignedIn(market);
        (await bob.Browser.Open(at)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var act in (string[])["payment", "abandon"])
            (await bob.Browser.Send($"{at}/{act}",
                (FormWrite.TokenField, (await bob.Browser.Open("/")).Field("/sign-out", FormWrite.TokenField)),
                (FormWrite.KeyField, FormWrite.NewKey()), ("method", "pm_card_visa"))).Status
                .ShouldBe(HttpStatusCode.NotFound, act);
        using var seller = await Shopper.SignedIn(market, Party.Seller, ana);
        (await seller.Browser.Open(at)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var agent = await Shopper.SignedIn(market, Party.Agent, "gil");
        var seen = await agent.Browser.Open(at);
        (seen.Status, seen.Count($"action=\"{at}/")).ShouldBe((HttpStatusCode.OK, 0));
    }
}
