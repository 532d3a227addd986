using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>One box for everything that people quote.</summary>
public sealed class SearchingAsAnAgent(Market market) : IClassFixture<Market>
{
    Someone Agent => market.As(Party.Agent, "gil");

    static JsonArray Hits(Reply reply, string kind) => reply.Json["groups"]!.AsArray()
        .SingleOrDefault(g => g!["kind"]!.ToString() == kind)?["hits"]!.AsArray() ?? [];

    static (string Id, string Why) First(Reply reply, string kind) => Hits(reply, kind) is [var hit, ..]
        ? (hit!["id"]!.ToString(), hit["why"]!["code"]!.ToString()) : ("nothing", reply.Text);

    async Task<Reply> Find(string text)
    {
        await market.Shown();
        return await Agent.Get($"/v1/search?q={Uri.EscapeDataString(text)}");
    }

    [Fact, Trait("Capability", "SUP-1")]
    public async Task Finds_an_order_by_whatever_is_quoted_of_it()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("beatrice");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        var label = $"TR{name.ToUpperInvariant()}9";
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = label });
        var (id, code) = ($"order/{ana}/{Desks.Last(order)}", Desks.Last(order));
        var payment = (await buyer.Get($"{order}/money"))["payment"]!;
        var reference = (await buyer.Get($"{order}/money"))["reference"]!;
        var number = label.Replace("-", "");

        First(await Find(id), "orders").ShouldBe((id, "id"));
        First(await Find($"  {ana}/{code} "), "orders").ShouldBe((id, "owner-and-code"));
        var address = $"{market.App.Urls.First()}/orders/{ana}/{code}?done=cancelled";
        First(await Find(address), "orders").ShouldBe((id, "id"));
        First(await Find(code), "orders").ShouldBe((id, "code"));
        First(await Find(code.ToUpperInvariant()), "orders").ShouldBe((id, "code"));
        First(await Find(code[..8]), "orders").ShouldBe((id, "code-start"));
        First(await Find(Desks.Last(payment)), "payments").Id.ShouldEndWith(Desks.Last(payment));
        First(await Find(reference), "payments").ShouldBe((payment, "reference"));
        First(await Find(name), "people").ShouldBe(($"buyer/{name}", "buyer"));
        First(await Find(ana), "people").ShouldBe(($"seller/{ana}", "seller"));
        First(await Find(name[..6]), "people").Why.ShouldBe("person-start");
        First(await Find($"{number[..4]} {number[4..]}".ToLowerInvariant()), "parcels").Why.ShouldBe("number");
        First(await Find(number[..6]), "parcels").Why.ShouldBe("number-start");
        First(await Find($"escrow/{id}"), "accounts").Why.ShouldBe("account");
        Hits(await Find($"order/{ana}/0000000000000"), "orders").ShouldBeEmpty();
    }

    [Fact]
    public async Task Leads_from_each_hit_to_a_page_that_is_there()
    {
        var (ana, seller) = await market.Seller();
        var name = market.Fresh("bea");
        var (_, order) = await market.Bought(ana, buyer: name);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "RR473124829PL" });
        using var agent = await market.Browse(Party.Agent, "gil");
        foreach (var text in (string[])[Desks.Last(order), name, ana, "RR473124829PL", $"{ana}/{Desks.Last(order)}"])
        {
            var found = await Find(text);
            found.Json["groups"]!.AsArray().ShouldNotBeEmpty(text);
            foreach (var hit in found.Json["groups"]!.AsArray().SelectMany(g => g!["hits"]!.AsArray()))
            {
                var page = await agent.Open(hit!["href"]!.ToString());
                TheConsole.IsWhole(page, $"{text}: {hit["href"]}");
            }
            var shown = await agent.Open($"/search?q={Uri.EscapeDataString(text)}");
            TheConsole.IsWhole(shown, text);
            foreach (var hit in found.Json["groups"]!.AsArray().SelectMany(g => g!["hits"]!.AsArray()))
                shown.Html.ShouldContain($"href=\"{hit!["href"]}\"");
        }
    }

    [Fact]
    public async Task Answers_politely_whatever_is_asked()
    {
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        using var agent = await market.Browse(Party.Agent, "gil");
        var sought = await agent.Open($"/search?q={Uri.EscapeDataString(Script)}");
        (sought.Status, sought.Count("<h1")).ShouldBe((HttpStatusCode.OK, 1));
        sought.Html.ShouldNotContain("<script>alert");
        sought.Html.ShouldNotContain("<img");
        sought.Text.ShouldContain("Nothing was found");

        foreach (var letter in (string[])["a", "é", "/", "\u202e"])
        {
            var endless = Uri.EscapeDataString(string.Concat(Enumerable.Repeat(letter, 10_000)));
            var page = await agent.Open($"/search?q={endless}");
            page.Status.ShouldBe(HttpStatusCode.BadRequest, letter);
            page.Text.ShouldContain("at most 200 characters", Case.Sensitive, letter);
            (page.Count("<h1"), page.Count("name=\"q\"")).ShouldBe((1, 1));
            (await Agent.Get($"/v1/search?q={endless}")).Code.ShouldBe("search.too-long");
        }
        string[] odds = ["", " ", "/", "//", "order/", "order//", "%", "_", "😀", "a/b/c/d", "\0x", "http://"];
        foreach (var odd in odds)
            (await Find(odd)).Status.ShouldBe(HttpStatusCode.OK, odd);
        (await agent.Open("/search")).Text.ShouldContain("Names and addresses are sealed");
    }
}
