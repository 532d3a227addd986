using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Checkouts;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>Everything that would stop a basket is told at once, and settled by the ids of its fixes.</summary>
[Trait("Capability", "CHK-1")]
public sealed class WhatACheckoutFinds(Market market) : IClassFixture<Market>
{
    static object Ask(string seller, int quantity, object home, params string[] apply) => new
    {
        lines = new[]
        {
            new
            {
                listing = $"listing/{seller}/mug", sku = "red", quantity,
                unitPrice = new { minor = 1250, currency = "EUR" },
            },
        },
        country = "DE", shipTo = home, apply, method = "pm_card_visa",
    };

    static object Home(string name = "Bea Muster", string postcode = "D 10115", string? phone = null) => new
    {
        name, lines = new[] { "Hauptstr. 1" }, city = "Berlin", postcode, country = "DE", phone,
    };

    static JsonArray Findings(Reply reply) => reply.Json["findings"]!.AsArray();

    static string[] Ids(JsonArray findings) => [.. findings.Select(f => f!["id"]!.ToString())];

    static JsonNode Fix(JsonArray findings, string id) =>
        findings.SelectMany(f => f!["fixes"]!.AsArray()).Single(f => f!["id"]!.ToString() == id)!;

    [Fact]
    public async Task All_of_it_is_told_at_once_and_settled_in_one_request()
    {
        var (ana, seller) = await market.Seller(units: 3);
        await seller.Put($"/v1/listings/{ana}/mug", Market.Mug(price: 1300));
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var basket = Ask(ana, 5, Home("test", phone: "none"));
        var quote = await bea.Post("/v1/checkouts/quotes", basket);
        quote.Status.ShouldBe(HttpStatusCode.OK, quote.Text);
        string[] all =
        [
            "address.name-implausible:shipTo.name", "address.phone-form:shipTo.phone",
            "address.postcode-form:shipTo.postcode", "checkout.price-differs:lines[0].unitPrice",
            "stock.not-enough:lines[0].quantity",
        ];
        Ids(Findings(quote)).Order().ShouldBe(all);
        Findings(quote).Count(f => f!["stops"]!.GetValue<bool>()).ShouldBe(5);
        var take = Fix(Findings(quote), "stock.not-enough:lines[0].quantity#take");
        (take["total"]!["minor"]!.GetValue<long>(), take["change"]!["minor"]!.GetValue<long>(),
            take["text"]!.ToString()).ShouldBe((3 * (1300 + 400), -2 * (1300 + 400), "Take 3"));
        take["dispatchDue"].ShouldNotBeNull();

        var refused = await bea.Post("/v1/checkouts", basket);
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "checkout.price-differs"));
        Ids(Findings(refused)).Order().ShouldBe(all);

        string[] fixes =
        [
            "address.name-implausible:shipTo.name#confirm", "address.phone-form:shipTo.phone#erase",
            "address.postcode-form:shipTo.postcode#write", "checkout.price-differs:lines[0].unitPrice#take-price",
            "stock.not-enough:lines[0].quantity#take",
        ];
        var mended = await bea.Post("/v1/checkouts/quotes", Ask(ana, 5, Home("test", phone: "none"), fixes));
        mended.Json["shipTo"]!["postcode"]!.ToString().ShouldBe("10115");
        Findings(mended).Count(f => f!["stops"]!.GetValue<bool>()).ShouldBe(0, mended.Text);
        mended.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(3 * (1300 + 400));

        var paid = await bea.Post("/v1/checkouts", Ask(ana, 5, Home("test", phone: "none"), fixes));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        paid.Json["shipTo"]!["postcode"]!.ToString().ShouldBe("10115");
        paid.Json["total"]!["minor"]!.GetValue<long>().ShouldBe(3 * (1300 + 400));
    }

    [Fact]
    public async Task What_is_only_advice_stops_nobody()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var ask = Ask(ana, 1, Home(postcode: "10115", phone: "+33 1 44 55 66 77"));
        var quote = await bea.Post("/v1/checkouts/quotes", ask);
        var found = Findings(quote).ShouldHaveSingleItem()!;
        (found["code"]!.ToString(), found["gravity"]!.ToString(), found["stops"]!.GetValue<bool>())
            .ShouldBe(("address.phone-elsewhere", "advice", false));
        (await bea.Post("/v1/checkouts", ask)).Status.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A mug that can't be had and one that can, and who wants both.</summary>
    Task<(string Good, Someone Bea, Func<string?, string[], object> Both)> OneBad(int units = 10) =>
        OneBad(market, units);

    static async Task<(string Good, Someone Bea, Func<string?, string[], object> Both)> OneBad(Market where, int units)
    {
        var (ana, _) = await where.Seller(units);
        var (ben, seller) = await where.Seller();
        await seller.Post($"/v1/listings/{ben}/mug/pause");
        return (ana, where.As(Party.Buyer, where.Fresh("bea")), (instead, apply) => new
        {
            lines = new[] { ben, ana }.Select(s => new { listing = $"listing/{s}/mug", sku = "red", quantity = 1 }),
            country = "DE", shipTo = Home(postcode: "10115"), method = "pm_card_visa", apply, instead,
        });
    }

    async Task<int> LeftOf(string seller) => (await market.As(Party.Seller, seller).Get($"/v1/stock/{seller}/red"))
        .Json["available"]!.GetValue<int>();

    [Fact]
    public async Task A_line_that_cant_be_had_is_left_out_and_the_rest_is_kept_until_its_buyer_decides()
    {
        var (ana, bea, both) = await OneBad();
        var quote = await bea.Post("/v1/checkouts/quotes", both(null, []));
        (quote.Json["rest"]!["without"]!.ToJsonString(), quote.Json["rest"]!["total"]!["minor"]!.GetValue<long>())
            .ShouldBe(("[0]", 1250 + 400));

        var key = Guid.NewGuid().ToString();
        var stopped = await bea.Post("/v1/checkouts", both(null, []), key);
        (stopped.Status, stopped["code"], stopped["field"])
            .ShouldBe((HttpStatusCode.Conflict, "checkout.not-offered", "lines[0].listing"));
        Findings(stopped).ShouldHaveSingleItem()!["fixes"]!.AsArray().ShouldHaveSingleItem()!["kind"]!.ToString()
            .ShouldBe("leave-out");
        (await LeftOf(ana)).ShouldBe(9);
        var again = await bea.Post("/v1/checkouts", both(null, []), key);
        (again.Status, again["code"], again.Location).ShouldBe((stopped.Status, stopped["code"], stopped.Location));

        var body = await bea.Get(stopped.Location!);
        (body["state"], body.Json["leftOut"]!.AsArray().ShouldHaveSingleItem()!["field"]!.ToString(),
            body.Json["total"]!["minor"]!.GetValue<long>()).ShouldBe(("stopped", "lines[0].listing", 1250 + 400));
        var paid = await bea.Post($"{stopped.Location}/proceed");
        (paid.Status, paid["state"], paid.Json["orders"]!.AsArray().Count)
            .ShouldBe((HttpStatusCode.OK, "authorised", 1));
        (await LeftOf(ana)).ShouldBe(9);
    }

    [Fact]
    public async Task What_is_put_right_is_bought_instead_and_what_is_paid_never_gives_way()
    {
        var (ana, bea, both) = await OneBad(units: 1);
        var stopped = await bea.Post("/v1/checkouts", both(null, []));
        (await LeftOf(ana)).ShouldBe(0);                                    // they keep the last one
        var (old, fix) = ($"checkout/{stopped.Location!["/v1/checkouts/".Length..]}",
            Findings(stopped).Single()!["fixes"]![0]!["id"]!.ToString());
        var paid = await bea.Post("/v1/checkouts", both(old, [fix]));
        (paid.Status, paid.Json["orders"]!.AsArray().Count).ShouldBe((HttpStatusCode.Created, 1), paid.Text);
        (await bea.Get(stopped.Location!))["state"].ShouldBe("abandoned");
        (await LeftOf(ana)).ShouldBe(0);

        var other = await bea.Post("/v1/checkouts", both(paid["id"], [fix]));
        (other.Status, other["code"]).ShouldBe((HttpStatusCode.Conflict, "checkout.already-paid"), other.Text);
        (await bea.Get(paid.Location!))["state"].ShouldBe("authorised");
    }

    [Fact]
    public async Task What_buyers_did_about_a_finding_is_counted_with_what_it_saved()
    {
        await using var alone = new Market();           // a view may still be counting what other tests did here
        await alone.InitializeAsync();
        var (_, bea, both) = await OneBad(alone, units: 10);
        var rui = alone.As(Party.Operator, "rui");
        async Task<(int Fixed, int LeftOut, int Paid, long Saved)> Counted()
        {
            var days = await rui.Get("/v1/findings?code=checkout.not-offered&position=0");
            return days.Json["items"]!.AsArray().FirstOrDefault() is not { } day ? default : (
                day["fixed"]!.GetValue<int>(), day["leftOut"]!.GetValue<int>(), day["paid"]!.GetValue<int>(),
                day["saved"]!.AsArray().Sum(s => s!["minor"]!.GetValue<long>()));
        }
        async Task<long> Looks() => (await rui.Get("/v1/findings/looks")).Json["items"]!.AsArray()
            .SingleOrDefault(f => f!["name"]!.ToString() == "checkout.not-offered")?["count"]!.GetValue<long>() ?? 0;

        var (before, looks) = (await Counted(), await Looks());
        var stopped = await bea.Post("/v1/checkouts", both(null, []));
        (await Looks()).ShouldBeGreaterThan(looks);
        await Market.Until(async () => (await Counted()).LeftOut == before.LeftOut + 1, "what was left out");
        var fix = Findings(stopped).Single()!["fixes"]![0]!["id"]!.ToString();
        var paid = await bea.Post("/v1/checkouts", both(null, [fix]));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        await Market.Until(async () => (await Counted()).Fixed == before.Fixed + 1, "what was fixed");
        await Market.Until(async () =>
            (await Counted()).Saved == before.Saved + paid.Json["total"]!["minor"]!.GetValue<long>(), "what it saved");
        (await bea.Get("/v1/findings")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_confirmed_without_being_found_is_not_kept()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var paid = await bea.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1 } },
            country = "DE", shipTo = Home("test", "10115"), method = "pm_card_visa",
            confirmed = new[] { "Bea Muster, Hauptstr. 1", "address.name-implausible:shipTo.name" },
        });
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        CheckoutId.TryParse(paid["id"], out var id).ShouldBeTrue();
        var seen = await market.App.Services.GetRequiredService<IPlatform>().Read(id, new Actor.Operator("rui"));
        ((Checkout.State)seen!.State).Basket.Confirmed!.Value.ShouldBe(["address.name-implausible:shipTo.name"]);
    }

    [Fact]
    public async Task A_card_number_in_a_name_is_refused_and_said_to_nobody()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var refused = await bea.Post("/v1/checkouts", Ask(ana, 1, Home("4242 4242 4242 4242", "10115")));
        (refused.Status, refused["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "api.card-number"));
        refused.Text.ShouldNotContain("4242");
    }
}
