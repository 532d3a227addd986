namespace Recourse.Tests;

/// <summary>What a buyer does about an order besides cancelling it, on pages and without their script.</summary>
public sealed class ChangingInsteadOfCancelling(TheDemo demo)
{
    [Theory, InlineData(By.Mouse), InlineData(By.Keyboard), InlineData(By.Touch)]
    public async Task A_buyer_sees_what_more_of_it_costs_and_gets_it(By by)
    {
        var deal = await Deal.Make(demo);
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, by);
        await bea.Open(deal.Page);
        await bea.Press($".acts a[href='{deal.Page}/change']");
        await bea.Fill("#q1", "3");
        await bea.Press(".bar button[value='look']");
        await bea.Sees("Before and after");
        if (by is By.Mouse)
            (await Crawl.FaultsOf(bea.Page, $"{deal.Page}/change", new(390), isForThumbs: true)).ShouldBeEmpty();
        await bea.Sees("It is charged to what you paid with.");
        await bea.Press(".bar button[value='do']");
        // What was done is told once, and goes from the address then.
        await bea.Page.WaitForURLAsync(
            url => !url.Contains("/change", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(bea.Page.Locator(".goods .total").First).ToContainTextAsync("49.50",
            new() { Timeout = 20_000 });
        (await deal.Count("order.amended")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_is_said_and_what_was_filled_in_stays()
    {
        var deal = await Deal.Make(demo);
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, By.Mouse);
        bea.Expects("422");
        await bea.Open($"{deal.Page}/change");
        await bea.Fill("#q1", "99");
        await bea.Press(".bar button[value='look']");
        await bea.Sees("Of red there are 10 left; 99 were wanted.");
        (await bea.Find("#q1").InputValueAsync()).ShouldBe("99");
        await bea.Fill("#q1", "many");
        await bea.Press(".bar button[value='look']");
        await bea.Sees("A line has 1 to");
        bea.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Once_it_is_picked_the_buyer_asks_and_the_seller_answers()
    {
        var deal = await Deal.Make(demo);
        await using var packer = await demo.Visit(Party.Warehouse, deal.Seller, By.Mouse);
        await packer.Open("/pack");
        await packer.Press("form[action='/pack/pick'] button");
        await packer.Sees("Being picked since");

        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, By.Mouse);
        await bea.Open($"{deal.Page}#cancel");
        await bea.Sees("It is being picked already: you ask the seller");
        await bea.Choose("#cancel input[value='cancel.changed-mind']");
        await bea.Press("#cancel button.main");
        await bea.Sees("You asked to cancel 1 item");

        await using var ana = await demo.Visit(Party.Seller, deal.Seller, By.Mouse);
        await ana.Open(deal.Page);
        await ana.Sees("The buyer asks to cancel 1 item");
        await ana.Press(".meant a[href$='#refuse']");
        await ana.Choose("#refuse input[value='refuse.packed-already']");
        await ana.Press("#refuse button.main");
        await ana.Sees("Refused. The order goes on.");
        await bea.Open(deal.Page);
        await bea.Sees("The seller says that it is packed already.");
        foreach (var one in (Guest[])[packer, bea, ana]) one.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_its_way_the_buyer_sees_how_to_give_it_back_and_asks_the_carrier()
    {
        var deal = await Deal.Make(demo);
        await deal.Dispatch();
        await using var bea = await demo.Visit(Party.Buyer, deal.Buyer, By.Mouse);
        await bea.Open(deal.Page);
        await bea.Sees("Refuse it at the door");
        await bea.Press(".acts a[href='#recall']");
        await bea.Press("#recall button.main");
        await bea.Sees("The carrier is asked.");
        (await deal.Count("order.recall-asked")).ShouldBe(1);
        bea.Wrong.ShouldBeEmpty();
    }
}
