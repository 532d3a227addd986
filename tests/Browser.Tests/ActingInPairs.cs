using Microsoft.Playwright;
namespace Recourse.Tests;

/// <summary>An agent ends an order of more than one decides alone: another sees why, and confirms it or not.</summary>
[Trait("Capability", "SUP-1")]
public sealed class ActingInPairs(TheDemo demo)
{
    const string Cancel = "form[action$='/cancellation']", Second = "section:has(#proposal)";

    [Theory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.Touch)]
    public async Task One_proposes_and_another_confirms(By by)
    {
        var deal = await Deal.Make(demo, "Vase", price: 1_200_00);
        await using var lia = await demo.Visit(Party.Agent, demo.Fresh("lia"), by);
        await Propose(lia, deal);
        await lia.Sees("You have proposed it yourself.");
        (await lia.Page.Locator($"{Second} form").CountAsync()).ShouldBe(1, "only taking it back is theirs");
        (await Axe.Of(lia.Page, again: false, isGallery: false)).ShouldBeEmpty();
        (await deal.State()).ShouldBe("funded");

        await using var gil = await demo.Visit(Party.Agent, demo.Fresh("gil"), by);
        await gil.Open("/queue?confirm=true");
        await gil.Press($"main a[href='{deal.Page}']");
        await gil.Sees("Proposed: a second person confirms");
        (await Axe.Of(gil.Page, again: false, isGallery: false)).ShouldBeEmpty();
        await gil.Press($"{Second} form[action$='/confirmation'] button");
        await gil.Sees("Why the order was cancelled");
        (await deal.State()).ShouldBe("cancelled");
        lia.Wrong.ShouldBeEmpty();
        gil.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_proposes_and_another_sends_it_back()
    {
        var deal = await Deal.Make(demo, "Vase", price: 1_300_00);
        await using var lia = await demo.Visit(Party.Agent, demo.Fresh("lia"), By.Mouse);
        await Propose(lia, deal);
        await using var gil = await demo.Visit(Party.Agent, demo.Fresh("gil"), By.Mouse);
        await gil.Open(deal.Page);
        await gil.Page.Locator($"{Second} select").SelectOptionAsync("review.facts-missing");
        await gil.Press($"{Second} form[action$='/return'] button");
        await Assertions.Expect(gil.Page.Locator(Second)).ToHaveCountAsync(0);
        // Whoever proposed it sees it go without asking again.
        await Assertions.Expect(lia.Page.Locator(Second)).ToHaveCountAsync(0, new() { Timeout = 10_000 });
        (await deal.State()).ShouldBe("funded");
    }

    static async Task Propose(Guest agent, Deal deal)
    {
        await agent.Open($"{deal.Page}#cancel");
        await agent.Choose($"{Cancel} input[value='cancel.fraud-confirmed']");
        await agent.Sees("a colleague confirms it first");
        await agent.Press($"{Cancel} button.main");
        await agent.Sees("Proposed. A colleague confirms it.");
    }
}
