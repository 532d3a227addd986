using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>Operators keep words with places for facts; agents use them where they write to somebody.</summary>
[Trait("Capability", "SUP-1")]
public sealed class WritingWithMacros(Market market) : IClassFixture<Market>
{
    Someone Operator => market.As(Party.Operator, "it");

    static object Texts(string english, string? portuguese = null) => new
    {
        texts = new[] { ("en", english), ("pt-BR", portuguese) }.Where(t => t.Item2 is not null)
            .Select(t => new { language = t.Item1, text = t.Item2 }),
    };

    async Task<string> Put(string english, string? portuguese = null)
    {
        var code = market.Fresh("macro");
        var put = await Operator.Put($"/v1/macros/{code}", Texts(english, portuguese));
        put.Status.ShouldBe(HttpStatusCode.OK, put.Text);
        return code;
    }

    /// <summary>An order that its seller cancelled, and its buyer's appeal against that.</summary>
    async Task<(Someone Buyer, string Order, string Appeal)> Appealed()
    {
        var (ana, seller) = await market.Seller();
        var (buyer, order) = await market.Bought(ana);
        await seller.Post($"{order}/cancellation", new
        {
            reason = "cancel.price-error",
            @case = new { evidence = new { kind = "price-list", source = "List 7" }, noWay = "There is no other." },
        });
        var appeal = (await buyer.Get($"{order}/why")).Json["statements"]![0]!["appeal"]!;
        var id = await Lodged(buyer, appeal);
        (await seller.Post($"/v1/{id.Replace("appeal/", "appeals/")}/answer", new { text = "The list says so." }))
            .Status.ShouldBe(HttpStatusCode.OK);
        return (buyer, order, id);
    }

    static async Task<string> Lodged(Someone buyer, JsonNode appeal)
    {
        var id = appeal["id"]!.ToString();
        var lodged = await buyer.Post($"/v1/{id.Replace("appeal/", "appeals/")}",
            new { about = appeal["about"]!.ToString(), text = "I object." });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        return id;
    }

    /// <summary>An appeal against a block: it is about no order and no amount.</summary>
    async Task<(Someone Buyer, string Appeal)> Blocked()
    {
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        var blocked = await market.As(Party.Agent, "lia").Post($"/v1/buyers/{name}/blocks",
            new { reason = "method.unusual-use", until = $"{market.Clock.Now + Duration.FromDays(3):g}" });
        return (buyer, await Lodged(buyer, blocked.Json["blocks"]![0]!["appeal"]!));
    }

    [Fact]
    public async Task What_an_agent_chooses_is_told_with_the_facts_of_the_case()
    {
        var (buyer, order, appeal) = await Appealed();
        var macro = await Put("We looked at order {order} of {amount} again. It was decided on {decided}: {reason}.");
        var agent = market.As(Party.Agent, market.Fresh("gil"));
        var seen = await agent.Get($"/v1/macros/{macro}/preview?for={appeal}");
        seen.Status.ShouldBe(HttpStatusCode.OK, seen.Text);
        seen["language"].ShouldBe("en");
        var text = seen["text"]!;
        text.ShouldContain(order.Split('/')[^1]);
        text.ShouldContain("EUR");
        text.ShouldNotContain("{");
        text.ShouldNotContain("cancel.price-error");
        (await buyer.Get($"/v1/macros/{macro}/preview?for={appeal}")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var path = $"/v1/{appeal.Replace("appeal/", "appeals/")}";
        var decided = await agent.Post($"{path}/decision",
            new { verdict = "uphold", reason = "appeal.rule-applies", macro, note = "Kind regards, Gil" });
        decided.Status.ShouldBe(HttpStatusCode.OK, decided.Text);
        (await buyer.Get(path))["note"].ShouldBe($"{text}\n\nKind regards, Gil");
    }

    [Fact]
    public async Task What_is_not_known_of_a_case_refuses_the_macro_and_nothing_is_sent()
    {
        var (buyer, appeal) = await Blocked();
        var macro = await Put("About {order} of {amount}, by {until}.");
        var agent = market.As(Party.Agent, market.Fresh("gil"));
        var path = $"/v1/{appeal.Replace("appeal/", "appeals/")}";
        foreach (var no in new[]
        {
            await agent.Get($"/v1/macros/{macro}/preview?for={appeal}"),
            await agent.Post($"{path}/decision", new { verdict = "uphold", reason = "appeal.rule-applies", macro }),
        })
        {
            (no.Status, no.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "macro.fact-missing"), no.Text);
            no.Json["refusals"]!.AsArray().Select(r => $"{r!["facts"]![0]!["value"]}").ShouldBe(["order", "amount"]);
        }
        (await buyer.Get(path))["state"].ShouldBe("open");
    }

    [Fact]
    public async Task Whoever_reads_another_language_reads_that_and_English_otherwise()
    {
        var (buyer, appeal) = await Blocked();
        var chosen = await buyer.Put("/v1/me/notifications",
            new { inbox = new[] { "decisions", "money" }, mail = Array.Empty<string>(), language = "pt-BR" });
        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Text);
        var agent = market.As(Party.Agent, market.Fresh("gil"));
        var both = await Put("By {until}.", "At\u00e9 {until}.");
        var seen = await agent.Get($"/v1/macros/{both}/preview?for={appeal}");
        (seen["language"], seen["text"]!.StartsWith("At\u00e9 ", StringComparison.Ordinal)).ShouldBe(("pt-BR", true));
        var one = await Put("By {until}.");
        (await agent.Get($"/v1/macros/{one}/preview?for={appeal}"))["language"].ShouldBe("en");
    }

    [Fact]
    public async Task Operators_keep_them_with_all_versions_and_retire_them()
    {
        var macro = await Put("One.");
        (await market.As(Party.Agent, "lia").Put($"/v1/macros/{macro}", Texts("Mine."))).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        (await Operator.Put($"/v1/macros/{macro}", Texts("One."))).Json["version"]!.GetValue<int>().ShouldBe(1);
        (await Operator.Put($"/v1/macros/{macro}", Texts("Two."))).Json["version"]!.GetValue<int>().ShouldBe(2);
        (await Operator.Put($"/v1/macros/{macro}", Texts("{nothing} two."))).Code.ShouldBe("macro.no-such-fact");
        (await Operator.Put($"/v1/macros/{macro}", Texts("{amount two."))).Code.ShouldBe("macro.no-such-fact");
        var foreign = new { texts = new[] { new { language = "pt-BR", text = "Dois." } } };
        (await Operator.Put($"/v1/macros/{macro}", foreign)).Code.ShouldBe("macro.no-english");
        (await Operator.Put("/v1/macros/No!", Texts("x"))).Code.ShouldBe("macro.bad-code");
        (await Operator.Post($"/v1/macros/{macro}/retirement")).Json["isRetired"]!.GetValue<bool>().ShouldBeTrue();
        var (_, appeal) = await Blocked();
        var agent = market.As(Party.Agent, market.Fresh("gil"));
        (await agent.Get($"/v1/macros/{macro}/preview?for={appeal}")).Code.ShouldBe("macro.retired");
        (await agent.Get($"/v1/macros/{market.Fresh("none")}/preview?for={appeal}")).Code
            .ShouldBe("macro.no-such-macro");
        var kept = (await agent.Get($"/v1/macros/{macro}")).Json["versions"]!.AsArray();
        kept.Select(v => v!["version"]?.GetValue<int>()).ShouldBe([null, 2, 1]);
        $"{kept[2]!["texts"]![0]!["text"]}".ShouldBe("One.");
        await Market.Until(async () => !(await agent.Get("/v1/macros?used=true&limit=200")).Text.Contains(macro)
            && (await agent.Get("/v1/macros?limit=200")).Text.Contains(macro), "the list");
    }

    [Fact]
    public async Task On_pages_an_operator_adds_one_and_an_agent_sees_it_filled_in_before_it_is_sent()
    {
        var (buyer, appeal) = await Blocked();
        var macro = market.Fresh("macro");
        using var keeper = await market.Browse(Party.Operator, "it");
        var added = await keeper.Send(await keeper.Open("/macros"), "/macros",
            ("code", macro), ("text-en", "We look at it by {until}."));
        (await keeper.Follow(added)).Text.ShouldContain("It is kept.");
        using var agent = await market.Browse(Party.Agent, market.Fresh("gil"));
        var path = $"/{appeal.Replace("appeal/", "appeals/")}";
        await Market.Until(async () => (await agent.Open(path)).Text.Contains(macro), "the choice");
        var page = await agent.Open($"{path}?macro={macro}");
        page.Text.ShouldContain("We look at it by ");
        page.Text.ShouldNotContain("{until}");
        var bad = await Put("About {order}.");
        (await agent.Open(path)).Html.ShouldNotContain($"value=\"{bad}\"", Case.Sensitive, "there is no order");
        var no = await agent.Open($"{path}?macro={bad}");
        no.Text.ShouldContain("has a place for");
        (await buyer.Get($"/v1{path}"))["state"].ShouldBe("open");
    }
}
