namespace Recourse.Tests;

/// <summary>What each desk is there for: with a mouse, with keys alone, and on a phone.</summary>
public sealed class AtTheirDesks(TheDemo demo)
{
    /// <summary>All ways to work.</summary>
    public static TheoryData<By> Ways => [By.Mouse, By.Keyboard, By.Touch];

    /// <summary>All ways to work at all desks.</summary>
    public static TheoryData<string, By> Desks
    {
        get
        {
            var all = new TheoryData<string, By>();
            foreach (var desk in (string[])["buyer", "seller", "warehouse", "agent", "operator"])
                foreach (var by in (By[])[By.Mouse, By.Keyboard, By.Touch]) all.Add(desk, by);
            return all;
        }
    }

    [Theory, MemberData(nameof(Desks))]
    public async Task One_comes_in_by_the_card_of_a_persona_and_leaves_again(string desk, By by)
    {
        await using var guest = await demo.Visit(Look.Of(by));
        await guest.Open("/sign-in");
        await guest.Press($"form:has(input[value='{(await demo.Meet()).First(p => p.Desk == desk).Key}']) button");
        await guest.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await Assertions.Expect(guest.Page.Locator("h1")).ToHaveCountAsync(1);
        await guest.Press("form[action='/sign-out'] button");
        await guest.Page.WaitForURLAsync("**/sign-in");
        (await guest.Open("/orders")).ShouldBe(200);
        guest.Page.Url.ShouldContain("/sign-in", Case.Sensitive, "they are out");
        guest.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_card_leads_to_what_it_says()
    {
        foreach (var persona in await demo.Meet())
        {
            await using var guest = await demo.Visit();
            await guest.Open("/sign-in");
            await guest.Press($"form:has(input[value='{persona.Key}']) button");
            await guest.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
            await Assertions.Expect(guest.Page.Locator("h1")).ToHaveCountAsync(1);
            if (!persona.Page.StartsWith("/demo/", StringComparison.Ordinal))
                guest.Page.Url.ShouldEndWith(persona.Page, Case.Sensitive, persona.Line);
            if (persona.Line.Contains("coupon", StringComparison.Ordinal)) await OrdersWithoutTheCoupon(guest);
            if (persona.Line.Contains("verified", StringComparison.Ordinal)) await BeginsToBeVerified(guest);
            guest.Wrong.ShouldBeEmpty(persona.Line);
        }
    }

    static async Task OrdersWithoutTheCoupon(Guest guest)
    {
        guest.Page.Url.ShouldContain("/checkout");
        await guest.Sees("Order without the coupon");
        await guest.Press("button:has-text('Order without the coupon')");
        await Assertions.Expect(guest.Page.Locator("text=Order without the coupon")).ToHaveCountAsync(0);
    }

    static async Task BeginsToBeVerified(Guest guest)
    {
        await guest.Press("form[action='/verification/start'] button");
        await Assertions.Expect(guest.Page.Locator("form[action='/verification/document']")).ToHaveCountAsync(1);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_buyer_goes_to_their_order_and_cancels_it(By by)
    {
        var deal = await Deal.Make(demo);
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, by);
        await bea.Open("/");
        await bea.Press("nav a[href='/orders']");
        await bea.Press($"main a[href='{deal.Page}']");
        await bea.Press(".acts a[href='#cancel']");
        await bea.Sees("For 30 s you can take that back.");
        await bea.Choose("#cancel input[value='cancel.changed-mind']");
        await bea.Press("#cancel button.main");
        await bea.Sees("This order will be cancelled");
        await Assertions.Expect(bea.Page.Locator("[data-toast]")).ToBeFocusedAsync();
        (await deal.Count("order.cancellation-meant")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_buyer_thinks_better_of_it_and_takes_it_back(By by)
    {
        var deal = await Deal.Make(demo);
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, by);
        await bea.Open($"{deal.Page}#cancel");
        await bea.Choose("#cancel input[value='cancel.changed-mind']");
        await bea.Press("#cancel button.main");
        await bea.Sees("This order will be cancelled");
        if (by is By.Keyboard) await bea.Page.Keyboard.PressAsync("z");
        else await bea.Press(".meant button");
        await bea.Sees("Taken back. The order goes on.");
        (await bea.Page.Locator(".meant").CountAsync()).ShouldBe(0);
        (await deal.State()).ShouldBe("funded");
        (await deal.Count("order.cancellation-taken-back")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_taken_back_happens_in_front_of_ones_eyes()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, By.Mouse);
        await bea.Open($"{deal.Page}#cancel");
        await bea.Choose("#cancel input[value='cancel.changed-mind']");
        await bea.Press("#cancel button.main");
        var left = bea.Page.Locator(".meant [data-due]");
        await Assertions.Expect(left).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^in [0-9]+ s$"));
        var before = await left.InnerTextAsync();
        await Assertions.Expect(left).Not.ToHaveTextAsync(before);
        await bea.Sees("Why the order was cancelled", within: 60_000);
        (await bea.Page.Locator(".meant").CountAsync()).ShouldBe(0);
        (await deal.State()).ShouldBe("cancelled");
        bea.Wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_buyer_says_that_it_has_arrived(By by)
    {
        var deal = await Deal.Make(demo);
        await deal.Dispatch();
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, by);
        await bea.Open(deal.Page);
        await bea.Press(".bar a[href='#confirm-receipt']");
        await bea.Press("#confirm-receipt button.main");
        await bea.Sees("Confirmed. The seller is paid.");
        (await deal.State()).ShouldBe("completed");
        bea.Wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_seller_hands_over_a_parcel_with_its_number(By by)
    {
        var deal = await Deal.Make(demo);
        await using var ana = await demo.Visit(Party.Seller, deal.Seller, by);
        await ana.Open("/");
        await ana.Press($"main a[href='{deal.Page}']");
        await ana.Press(".bar a[href='#dispatch']");
        await ana.Fill("#dispatch [name=carrier]", "dhl");
        await ana.Fill("#dispatch [name=number]", deal.Number);
        await ana.Press("#dispatch button.main");
        await ana.Sees("The parcel is handed over.");
        await ana.Sees(deal.Number);
        (await deal.State()).ShouldBe("shipped");
        ana.Wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_seller_is_told_what_is_wrong_with_a_number_and_keeps_what_they_wrote(By by)
    {
        var deal = await Deal.Make(demo);
        await using var ana = await demo.Visit(Party.Seller, deal.Seller, by);
        ana.Expects("status of 4");
        await ana.Open($"{deal.Page}#dispatch");
        await ana.Fill("#dispatch [name=carrier]", "dhl");
        await ana.Fill("#dispatch [name=number]", "?");
        await ana.Press("#dispatch button.main");
        await ana.Sees("Nothing was done.");
        await Assertions.Expect(ana.Page.Locator("#problem")).ToBeFocusedAsync();
        (await ana.Find("#dispatch [name=number]").InputValueAsync()).ShouldBe("?");
        await ana.Fill("#dispatch [name=number]", deal.Number);
        await ana.Press("#dispatch button.main");
        await ana.Sees("The parcel is handed over.");
        ana.Wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task An_agent_finds_an_order_and_reads_why_it_ended(By by)
    {
        var deal = await Deal.Make(demo);
        await deal.Cancel();
        await using var gil = await demo.Visit(Party.Agent, "gil", by);
        await gil.Open("/");
        await gil.Fill("[role=search] input[type=search]", $"{deal.Seller}/{deal.Code}");
        await gil.Page.Keyboard.PressAsync("Enter");
        await gil.Page.WaitForURLAsync(url => url.Contains(deal.Code, StringComparison.Ordinal));
        // One that is known by its whole name opens at once; among several one chooses.
        if (!gil.Page.Url.EndsWith(deal.Page, StringComparison.Ordinal)) await gil.Press($"main a[href='{deal.Page}']");
        await gil.Sees("Why the order was cancelled");
        gil.Page.Url.ShouldEndWith(deal.Page);
        await gil.Sees("cancel.changed-mind");
        gil.Wrong.ShouldBeEmpty();
    }
}
