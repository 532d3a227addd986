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
    public async Task Cover_what_people_are_subject_to()
    {
        var (ana, _) = await market.Seller();
        var (bea, shop) = (await SentencesFor(Party.Buyer, "bea"), await SentencesFor(Party.Seller, ana));
        bea.ShouldContain("The goods break the marketplace's rules. Before that, a warning goes to: the seller. "
            + "Time to put it right: 3 business days.");
        bea.ShouldContain("Compensation for a late refund is at most: "
            + "20.00 EUR; 20.00 USD; 18.00 GBP; 100.00 BRL; 3,000 JPY.");
        bea.ShouldContain("Prices for Germany contain 19 % of tax.");
        shop.ShouldContain("Of what was earned of late, 10 % is kept back for chargebacks.");
        shop.ShouldContain("A seller has 5 days to answer before a reason is found false.");
        bea.ShouldNotContain(s => s.Contains("kept back for chargebacks"));
        bea.Concat(shop).ShouldNotContain(s => s.Contains("has taken on"));
        (await SentencesFor(Party.Agent, "ines")).ShouldContain(s => s.Contains("has taken on"));
    }

    [Theory, InlineData("zh-Hans"), InlineData("es"), InlineData("fr"), InlineData("pt-BR"), InlineData("ar")]
    public async Task Are_read_in_every_language_of_statements(string language)
    {
        var (there, here) = (
            await SentencesFor(Party.Agent, "ines"), await SentencesFor(Party.Agent, "ines", language));
        here.Count.ShouldBe(there.Count);
        here.Intersect(there).ShouldBeEmpty();
        here.ShouldAllBe(s => !s.Contains('{'));
        using var reader = await market.Browse(Party.Buyer, "bea");
        var page = await reader.Open($"/rulebook?lang={language}");
        page.Html.ShouldContain($"<ul class=\"words body\" lang=\"{language}\"");
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
