using Recourse.Adapters.Rulebooks;
using Xunit;
namespace Recourse.Tests;

/// <summary>The rulebook in plain words, with the numbers in force, for each of its readers.</summary>
[Trait("Capability", "POL-1")]
public sealed class TheRulesInWords(Market market) : IClassFixture<Market>
{
    async Task<List<string>> SentencesFor(Party role, string who, string language = "en") =>
    [
        .. (await market.As(role, who).Reading(language).Get("/v1/rulebook/editions/1/values")).Json["sections"]!
            .AsArray().SelectMany(s => s!["words"]!.AsArray()).Select(w => $"{w!["text"]}"),
    ];

    [Fact]
    public async Task Are_those_of_their_reader_in_their_language()
    {
        var (ana, _) = await market.Seller();
        var (bea, shop) = (await SentencesFor(Party.Buyer, "bea"), await SentencesFor(Party.Seller, ana));
        bea.ShouldContain("A buyer can object for 14 days after delivery; the seller is paid then.");
        shop.ShouldContain("The platform keeps 8 % of the price of the goods; shipping passes through untouched.");
        bea.ShouldNotContain(s => s.Contains("The platform keeps"));
        shop.ShouldNotContain(s => s.Contains("buying pauses"));
        shop.ShouldContain(s => s.Contains("out of stock") && s.Contains("By: the seller") && s.Contains("1 mark"));
        bea.ShouldContain(s => s.Contains("out of stock") && !s.Contains("mark"));
        (await SentencesFor(Party.Buyer, "bea", "pt-BR"))
            .ShouldContain("O comprador pode contestar por 14 dias após a entrega; então o vendedor é pago.");
        (await SentencesFor(Party.Buyer, "bea", "ar")).ShouldContain(s => s.Contains("أيام عمل"));
        bea.Concat(shop).ShouldAllBe(s => !s.Contains('{') && !s.Contains("(unknown)"));
        using var reader = await market.Browse(Party.Buyer, "bea");
        var page = await reader.Open("/rulebook");
        page.Text.ShouldContain("A buyer can object for 14 days after delivery");
        page.Html.ShouldContain("<li id=\"orders.objectWithin\">");
    }

    [Fact]
    public async Task Say_what_a_draft_would_change()
    {
        var text = RulebookFile.ShippedText().Replace("objectWithin: 14 days", "objectWithin: 21 days");
        var from = (market.Clock.Now + Duration.FromMinutes(5)).ToString();
        var check = (await market.As(Party.Operator, "opal").Post("/v1/rulebook/editions/check", new { text, from }))
            .Json;
        var change = check["changes"]!.AsArray().Single()!;
        change["words"]!.ToString().ShouldStartWith("A buyer can object for 21 days");
        change["wordsBefore"]!.ToString().ShouldStartWith("A buyer can object for 14 days");
    }

    [Fact]
    public async Task Are_those_under_which_an_order_was_placed()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        using var reader = await market.Browse(Party.Buyer, name);
        (await reader.Open(order["/v1".Length..])).Html.ShouldContain("href=\"/rulebook?version=1\"");
    }
}
