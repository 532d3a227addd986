using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>What may not be meant so is told or asked before it is paid.</summary>
[Trait("Capability", "CHK-7")]
public sealed class LookingBeforePaying(Market market) : IClassFixture<Market>
{
    static object Ask(string seller, int[] quantities, string[]? apply = null) => new
    {
        lines = quantities.Select(quantity => new { listing = $"listing/{seller}/mug", sku = "red", quantity }),
        country = "DE", shipTo = Market.Home, method = "pm_card_visa", apply = apply ?? [],
    };

    static JsonArray Findings(Reply reply) => reply.Json["findings"]!.AsArray();

    static IEnumerable<string> Fixes(JsonNode finding) =>
        finding["fixes"]!.AsArray().Select(f => $"{f!["kind"]} {f["text"]}");

    [Fact]
    public async Task Whoever_bought_the_same_a_moment_ago_is_told_and_can_buy_it_all_the_same()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (bea, _) = await market.Bought(ana, quantity: 2, buyer: name);
        await market.Shown();
        var found = Findings(await bea.Post("/v1/checkouts/quotes", Ask(ana, [2]))).ShouldHaveSingleItem()!;
        (found["id"]!.ToString(), found["gravity"]!.ToString()).ShouldBe(
            ("checkout.bought-just-now:lines[0]", "advice"));
        found["detail"]!.ToString().ShouldBe("You ordered 2 items of Mug 1 min ago.");
        Fixes(found).ShouldBe(["leave-out Leave it out"]);
        (await bea.Post("/v1/checkouts", Ask(ana, [2]))).Status.ShouldBe(HttpStatusCode.Created);

        // Nobody else hears of it.
        var eve = market.As(Party.Buyer, market.Fresh("eve"));
        Findings(await eve.Post("/v1/checkouts/quotes", Ask(ana, [2]))).ShouldBeEmpty();
        var nobody = await market.Stranger().Post("/v1/checkouts/quotes", Ask(ana, [2]));
        nobody.Status.ShouldBe(HttpStatusCode.OK, nobody.Text);
        Findings(nobody).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_on_two_lines_is_put_together_in_one_step()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var found = Findings(await bea.Post("/v1/checkouts/quotes", Ask(ana, [2, 3]))).ShouldHaveSingleItem()!;
        found["code"]!.ToString().ShouldBe("checkout.same-item-twice");
        Fixes(found).ShouldBe(["put-together Put them together", "leave-out Leave it out"]);
        var paid = await bea.Post(
            "/v1/checkouts", Ask(ana, [2, 3], ["checkout.same-item-twice:lines[1]#put-together"]));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        paid.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(5 * (1250 + 400));

        var three = await bea.Post("/v1/checkouts/quotes", Ask(ana, [1, 2, 1],
            ["checkout.same-item-twice:lines[1]#put-together", "checkout.same-item-twice:lines[2]#put-together"]));
        three.Json["lines"]!.AsArray().ShouldHaveSingleItem()!["quantity"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task A_thousand_instead_of_ten_is_asked_about_and_mended_or_confirmed()
    {
        var (ana, _) = await market.Seller(units: 5_000);
        var name = market.Fresh("bea");
        var bea = market.As(Party.Buyer, name);
        await ServingAClinic.Verify(market, bea, name);         // others are asked who they are as well
        var refused = await bea.Post("/v1/checkouts", Ask(ana, [1_000]));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.odd-quantity"));
        var found = Findings(refused).ShouldHaveSingleItem()!;
        found["detail"]!.ToString().ShouldBe("1,000 of Mug: did you mean 10?");
        Fixes(found).ShouldBe(["take Take 10", "leave-out Leave it out", "confirm It is right as it is"]);
        var id = found["id"]!.ToString();

        var fewer = await bea.Post("/v1/checkouts/quotes", Ask(ana, [1_000], [$"{id}#take"]));
        fewer.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(10 * (1250 + 400));
        var all = await bea.Post("/v1/checkouts", Ask(ana, [1_000], [$"{id}#confirm"]));
        all.Status.ShouldBe(HttpStatusCode.Created, all.Text);

        // Who has ordered a thousand is not asked about five hundred.
        await market.Shown();
        (await bea.Post("/v1/checkouts", Ask(ana, [500]))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Until_when_it_can_be_cancelled_is_one_sentence_in_the_reader_s_language()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        (await bea.Post("/v1/checkouts/quotes", Ask(ana, [1])))["cancelling"].ShouldBe(
            "You can cancel free of charge until the parcel is handed over; "
            + "in the first 60 min you aren't even charged.");
    }
}
