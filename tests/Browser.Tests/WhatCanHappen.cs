using System.Diagnostics;
namespace Recourse.Tests;

/// <summary>What people and networks do to a page: nothing is lost, and nothing done twice.</summary>
public sealed class WhatCanHappen(TheDemo demo)
{
    const string Cancelling = "#cancel input[value='cancel.changed-mind']";

    Task<Guest> Bea(Deal deal, Look? look = null) => demo.Visit(Party.Buyer, deal.Buyer, look);

    static async Task FillIn(Guest guest, Deal deal)
    {
        await guest.Open($"{deal.Page}#cancel");
        await guest.Choose(Cancelling);
    }

    [Theory, InlineData(1440), InlineData(390)]
    public async Task An_open_page_shows_within_a_second_or_two_what_happened_elsewhere(int width)
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal, new(width));
        await bea.Open(deal.Page);
        await bea.Page.WaitForTimeoutAsync(500);
        await deal.Dispatch();
        var from = Stopwatch.GetTimestamp();
        await bea.Sees(deal.Number, within: 4_000);
        Stopwatch.GetElapsedTime(from).TotalSeconds.ShouldBeLessThan(2);
        await Assertions.Expect(bea.Page.Locator("[data-part=pill]")).ToContainTextAsync("On its way");
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_writes_is_not_taken_from_them_when_the_page_changes()
    {
        var deal = await Deal.Make(demo);
        await using var ana = await demo.Visit(Party.Seller, deal.Seller, Look.Wide);
        ana.Expects("status of 409");
        await ana.Open($"{deal.Page}#dispatch");
        await ana.Fill("#dispatch [name=number]", "TRACK0001");
        await deal.Cancel();
        await ana.Sees("It has changed. Show");
        (await ana.Find("#dispatch [name=number]").InputValueAsync()).ShouldBe("TRACK0001");
        await ana.Fill("#dispatch [name=carrier]", "dhl");
        await ana.Press("#dispatch button.main");
        await ana.Sees("Nothing was done.");
        (await deal.Count("order.shipped")).ShouldBe(0);
        ana.Wrong.ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_double_click_does_it_once(bool script)
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal, Look.Wide with { Script = script });
        await FillIn(bea, deal);
        await bea.Find("#cancel button.main").DblClickAsync();
        await bea.Sees("This order will be cancelled");
        (await deal.Count("order.cancellation-meant")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Going_back_after_it_is_done_shows_how_it_is_now()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal);
        await bea.Open("/orders");
        await FillIn(bea, deal);
        await bea.Press("#cancel button.main");
        await bea.Sees("This order will be cancelled");
        await bea.Page.GoBackAsync();
        await bea.Sees("This order will be cancelled");
        await bea.Page.GoForwardAsync();
        await bea.Page.ReloadAsync();
        await bea.Sees("This order will be cancelled");
        (await deal.Count("order.cancellation-meant")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_tabs_show_the_same_and_the_later_act_is_refused()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal);
        await using var other = await demo.Visit(Party.Seller, deal.Seller, Look.Wide with { Script = false });
        other.Expects("status of 409");
        await other.Open($"{deal.Page}#dispatch");
        var tab = await bea.Beside();
        await tab.Open(deal.Page);
        await FillIn(bea, deal);
        await bea.Press("#cancel button.main");
        await tab.Sees("This order will be cancelled", within: 4_000);
        await tab.Sees("Why the order was cancelled", within: 60_000);
        await other.Fill("#dispatch [name=carrier]", "dhl");
        await other.Fill("#dispatch [name=number]", "TRACK0002");
        await other.Press("#dispatch button.main");
        await other.Sees("Nothing was done.");
        (await deal.State()).ShouldBe("cancelled");
        bea.Wrong.Concat(tab.Wrong).Concat(other.Wrong).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_script_all_of_it_works()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal, new(390, Script: false));
        await bea.Open("/");
        await bea.Press("nav a[href='/orders']");
        await bea.Press($"main a[href='{deal.Page}']");
        await bea.Press(".acts a[href='#cancel']");
        await bea.Choose(Cancelling);
        await bea.Press("#cancel button.main");
        await bea.Sees("This order will be cancelled");
        await bea.Press(".meant button");
        await bea.Sees("Taken back. The order goes on.");
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_starts_again_finds_an_open_page_where_it_left_it()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal);
        await using var watching = await demo.Visit(Party.Seller, deal.Seller);
        foreach (var guest in (Guest[])[bea, watching])
        {
            guest.Expects("ERR_CONNECTION");
            guest.Expects("ERR_INCOMPLETE_CHUNKED_ENCODING");
        }
        await watching.Open(deal.Page);
        await FillIn(bea, deal);
        await demo.Stop();
        await watching.Sees("Updates paused.", within: 20_000);
        await demo.Start();
        await bea.Press("#cancel button.main");
        await bea.Sees("This order will be cancelled", within: 10_000);
        await watching.Sees("This order will be cancelled", within: 20_000);
        await Assertions.Expect(watching.Page.Locator(".lost")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        (await deal.Count("order.cancellation-meant")).ShouldBe(1);
        bea.Wrong.Concat(watching.Wrong).ShouldBeEmpty();
    }

    [Fact]
    public async Task Script_in_a_name_is_a_name()
    {
        const string Script = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>";
        var deal = await Deal.Make(demo, Script);
        await using var bea = await Bea(deal);
        await using var ana = await demo.Visit(Party.Seller, deal.Seller);
        foreach (var guest in (Guest[])[bea, ana])
        {
            foreach (var path in (string[])["/", "/orders", deal.Page]) await guest.Open(path);
            (await guest.Page.Locator("h1").InnerTextAsync()).ShouldContain("<script>alert(1)</script>");
            (await guest.Page.Locator("main img, main [onload]").CountAsync()).ShouldBe(0);
            guest.Wrong.ShouldBeEmpty();
        }
        await bea.Open($"/orders?find={Uri.EscapeDataString(Script)}");
        await bea.Sees("is no order");
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_is_told_so()
    {
        await using var guest = await demo.Visit();
        guest.Expects("status of 400");
        await guest.Open("/sign-in");
        await guest.ForgetCookies();
        await guest.Press("form:has(input[value^=rk_]) button");
        await Assertions.Expect(guest.Page.Locator("h1")).ToHaveCountAsync(1);
        await Assertions.Expect(guest.Page.Locator("#problem")).ToBeVisibleAsync();
        guest.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_was_signed_out_comes_back_to_where_they_were()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await Bea(deal);
        await bea.Open("/orders");
        await bea.ForgetCookies();
        await bea.Press($"main a[href='{deal.Page}']");
        await bea.Page.WaitForURLAsync(url => url.Contains(
            $"/sign-in?then={Uri.EscapeDataString(deal.Page)}", StringComparison.OrdinalIgnoreCase));
        await Assertions.Expect(bea.Page.Locator("h1")).ToHaveCountAsync(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_to_somebody_elses_order_is_a_link_to_nothing()
    {
        var deal = await Deal.Make(demo);
        await using var eve = await demo.Visit(Party.Buyer, demo.Fresh("eve"));
        eve.Expects("status of 404");
        (await eve.Open(deal.Page)).ShouldBe(404);
        await Assertions.Expect(eve.Page.Locator("h1")).ToHaveCountAsync(1);
        (await eve.Page.ContentAsync()).ShouldNotContain("Muster");
        await eve.Press("main a[href='/']");
        await eve.Page.WaitForURLAsync("**/");
        eve.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_thousand_letters_are_too_many_to_look_for()
    {
        await using var gil = await demo.Visit(Party.Agent, "gil");
        await gil.Open("/orders");
        var field = gil.Page.Locator("[role=search] input[type=search]").First;
        await field.EvaluateAsync("e => { e.removeAttribute('maxlength'); e.value = 'x'.repeat(10_000); }");
        gil.Expects("status of 4");
        await field.PressAsync("Enter");
        await gil.Page.WaitForURLAsync(url => url.Contains("xxx", StringComparison.Ordinal));
        await Assertions.Expect(gil.Page.Locator("h1")).ToHaveCountAsync(1);
        gil.Wrong.ShouldBeEmpty();
    }
}
