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

    [Fact]
    public async Task A_line_that_cant_be_had_goes_and_the_rest_is_bought()
    {
        var (ana, _) = await market.Seller();
        var (ben, seller) = await market.Seller();
        await seller.Post($"/v1/listings/{ben}/mug/pause");
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        object Both(params string[] apply) => new
        {
            lines = new[] { ben, ana }.Select(s => new { listing = $"listing/{s}/mug", sku = "red", quantity = 1 }),
            country = "DE", shipTo = Home(postcode: "10115"), method = "pm_card_visa", apply,
        };
        var refused = await bea.Post("/v1/checkouts", Both());
        var fix = Findings(refused).ShouldHaveSingleItem()!["fixes"]!.AsArray().ShouldHaveSingleItem()!;
        fix["kind"]!.ToString().ShouldBe("leave-out");
        var paid = await bea.Post("/v1/checkouts", Both(fix["id"]!.ToString()));
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        paid.Json["orders"]!.AsArray().Count.ShouldBe(1);
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
