using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>
/// What the provider tells of a card, over its own protocol: found, counted, and seen by those whose business it is.
/// </summary>
public sealed class KnowingTheCard(Market market, ITestOutputHelper output) : IClassFixture<Market>
{
    Someone Agent => market.As(Party.Agent, "gil");

    static string PathOf(Reply reply) => reply.Headers.Location!.ToString();

    static string[] OfMethod(Reply quote) =>
        [.. quote.Json["findings"]!.AsArray().Select(f => f!["id"]!.ToString()).Where(i => i.StartsWith("method."))];

    // What was bought or declined a moment ago is remembered a moment later.
    static Task Remembered() => Task.Delay(400, TestContext.Current.CancellationToken);

    async Task<Reply> Buys(string buyer, string method)
    {
        var (ana, _) = await market.Seller();
        await Remembered();
        return await market.As(Party.Buyer, buyer).Post("/v1/checkouts", Market.Basket(1, method, ana));
    }

    static string[] RulesIn(Reply staff) =>
        [.. staff.Json["screening"]!["contributions"]!.AsArray().Select(c => c!["rule"]!.ToString())];

    [Fact, Trait("Capability", "CHK-4")]
    public async Task One_of_another_country_is_asked_about_before_anybody_pays_and_can_be_used()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var basket = Market.Basket(1, $"pm_card_us.{market.Fresh("bea")}", ana);
        var quote = await bea.Post("/v1/checkouts/quotes", basket);
        var found = quote.Json["findings"]![0]!;
        (found["id"]!.ToString(), found["gravity"]!.ToString(), found["stops"]!.GetValue<bool>())
            .ShouldBe(("method.issued-elsewhere:method@US", "advice", false), quote.Text);
        found["detail"]!.ToString().ShouldBe(
            "This card was issued in United States, and what you buy goes to Germany.");
        (await bea.Post("/v1/checkouts", basket)).Status.ShouldBe(HttpStatusCode.Created);

        // A card of the same country, one of nobody knows where, and somebody who hasn't signed in.
        OfMethod(await bea.Post("/v1/checkouts/quotes", basket)).ShouldNotBeEmpty();
        foreach (var method in (string[])["pm_card_de.bea", "pm_card_visa"])
            OfMethod(await bea.Post("/v1/checkouts/quotes", Market.Basket(1, method, ana))).ShouldBeEmpty();
        OfMethod(await market.Stranger().Post("/v1/checkouts/quotes", basket)).ShouldBeEmpty();
    }

    [Fact, Trait("Capability", "CHK-4")]
    public async Task On_the_page_one_of_another_country_is_told_before_it_is_charged_and_confirmed_with_one_press()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        await bea.PutMugs(ana);
        var (us, fr) = ($"pm_card_us.{market.Fresh("bea")}", $"pm_card_fr.{market.Fresh("bea")}");
        var told = await bea.Press(await bea.GiveAddress(), us);
        told.Status.ShouldBe(HttpStatusCode.OK);
        told.Text.ShouldContain("This card was issued in United States, and what you buy goes to Germany.");
        told.Text.ShouldContain("Nothing was charged yet.");
        (await bea.Api.Get("/v1/checkouts")).Json["items"]!.AsArray().ShouldBeEmpty();

        // Another one is told of by itself; the same is taken.
        Task<PageReply> Again(PageReply page, string method) => bea.Browser.Send(
            page, "/checkout/pay", ("method", method), ("seen", page.Field("/checkout/pay", "seen")),
            ("currency", "EUR"), ("told", page.Field("/checkout/pay", "told")));
        var other = await Again(told, fr);
        other.Text.ShouldContain("This card was issued in France");
        var paid = await bea.Browser.Follow(await Again(other, fr));
        paid.Text.ShouldContain("16.50 EUR");
        await market.Shown();
        (await bea.Api.Get("/v1/checkouts")).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact, Trait("Capability", "CHK-4")]
    public async Task Where_a_card_of_another_country_is_to_be_confirmed_a_press_on_the_page_does_that()
    {
        var strict = new Market();
        await strict.InitializeAsync();
        try
        {
            var it = strict.As(Party.Operator, "it");
            var text = (await it.Get("/v1/rulebook"))["text"]!.Replace(
                "method.issued-elsewhere: advice", "method.issued-elsewhere: step", StringComparison.Ordinal);
            var from = strict.Clock.Now + Duration.FromMinutes(2);
            (await it.Post("/v1/rulebook/editions", new { text, from = from.ToString() })).Status
                .ShouldBe(HttpStatusCode.Created);
            strict.Clock.PassUntil(from);
            var (ana, _) = await strict.Seller();
            using var bea = await Shopper.SignedIn(strict);
            await bea.PutMugs(ana);
            var asked = await bea.Press(await bea.GiveAddress(), "pm_card_us.bea");
            asked.Text.ShouldContain("This card was issued in United States, and what you buy goes to Germany.");
            const string fix = "method.issued-elsewhere:method@US#confirm";
            asked.Html.ShouldContain(fix);
            var confirmed = await bea.Browser.Follow(await bea.Browser.Send(asked, "/checkout/apply",
                ("currency", "EUR"), ("fix", fix), ("method", "pm_card_us.bea")));
            (await bea.Browser.Follow(await bea.Press(confirmed, "pm_card_us.bea"))).Text
                .ShouldContain("Visa ending in");
        }
        finally { await strict.DisposeAsync(); }
    }

    [Fact, Trait("Capability", "CHK-4")]
    public async Task What_is_remembered_of_a_token_is_what_was_told_of_it()
    {
        const int quotes = 40;
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        foreach (var isNew in (bool[])[true, true, false])
        {
            var took = new List<TimeSpan>();
            for (var nth = 0; nth < quotes; nth++)
            {
                var token = isNew ? $"pm_card_us.{market.Fresh("new")}" : "pm_card_us.known";
                var start = Stopwatch.GetTimestamp();
                var quote = await bea.Post("/v1/checkouts/quotes", Market.Basket(1, token, ana));
                took.Add(Stopwatch.GetElapsedTime(start));
                OfMethod(quote).ShouldBe(["method.issued-elsewhere:method@US"], token);
            }
            took.Sort();
            output.WriteLine($"{(isNew ? "new" : "known")}: {took[quotes / 2].TotalMilliseconds:0.0} ms, the median of "
                + $"{quotes} quotes");
        }
    }

    [Fact, Trait("Capability", "CHK-2")]
    public async Task A_coupon_is_used_once_with_one_card_whatever_its_token()
    {
        var (ana, seller) = await market.Seller();
        (await seller.Post("/v1/coupons", new
        {
            code = "spring", percentOff = 10, currency = "EUR", uses = 5, until = "2099-01-01T00:00:00Z",
        })).Status.ShouldBe(HttpStatusCode.Created);
        object With(string method, string street) => new
        {
            lines = new[] { new { listing = $"listing/{ana}/mug", sku = "red", quantity = 1 } },
            country = "DE", method, coupons = new[] { "spring" },
            shipTo = new
            {
                name = "Bea Muster", lines = new[] { street }, city = "Berlin", postcode = "10115", country = "DE",
            },
        };
        var card = market.Fresh("red");
        Task<Reply> Uses(string method, string street) =>
            market.As(Party.Buyer, market.Fresh("bea")).Post("/v1/checkouts", With(method, street));
        (await Uses($"pm_card_visa.{card}", "First 1")).Status.ShouldBe(HttpStatusCode.Created);
        var linked = await Uses($"pm_card_visa.{card}.again", "Second 2");
        (linked.Status, linked["code"]).ShouldBe((HttpStatusCode.UnprocessableEntity, "coupon.used-by-linked"));
        linked["detail"]!.ShouldContain("the same card");
        (await Uses($"pm_card_visa.{market.Fresh("blue")}", "Third 3")).Status.ShouldBe(HttpStatusCode.Created);
        // A test provider's cards are everybody's: that two people use them links nobody.
        (await Uses("pm_card_visa", "Fourth 4")).Status.ShouldBe(HttpStatusCode.Created);
        (await Uses("pm_card_visa", "Fifth 5")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact, Trait("Capability", "RSK-1")]
    public async Task One_card_under_a_third_account_is_held_and_staff_alone_see_what_counted()
    {
        var card = market.Fresh("pm_card_visa.x");
        foreach (var _ in (int[])[1, 2])
            (await Buys(market.Fresh("bea"), card)).Status.ShouldBe(HttpStatusCode.Created);
        var eve = market.Fresh("eve");
        var held = await Buys(eve, $"{card}.again");
        (held.Status, held["state"]).ShouldBe((HttpStatusCode.Accepted, "inReview"), held.Text);

        var seen = await Agent.Get(PathOf(held));
        var screening = seen.Json["screening"]!;
        (screening["outcome"]!.ToString(), screening["rulebook"]!.GetValue<int>()).ShouldBe(("hold", 1));
        screening["score"]!.GetValue<int>().ShouldBe(
            screening["contributions"]!.AsArray().Sum(c => c!["points"]!.GetValue<int>()));
        var counted = screening["contributions"]!.AsArray()
            .Single(c => c!["rule"]!.ToString() == "a-card-under-many-accounts")!;
        (counted["points"]!.GetValue<int>(), counted["when"]!.ToString()).ShouldBe((6_000, "card.accounts7d >= 3"));
        var fact = counted["facts"]!.AsArray().Single()!;
        (fact["name"]!.ToString(), fact["value"]!.GetValue<int>()).ShouldBe(("card.accounts7d", 3));

        // Whoever is screened learns neither rule nor count (invariant 21), and what is withheld is said to be.
        var own = await market.As(Party.Buyer, eve).Get(PathOf(held));
        own.Json["screening"].ShouldBeNull();
        own.Text.ShouldNotContain("a-card-under-many-accounts");
        own.Json["why"]!["facts"]!.AsArray().Single(f => f!["name"]!.ToString() == "card.accounts7d")!["withheld"]!
            .GetValue<bool>().ShouldBeTrue();

        var cleared = await Agent.Post($"{PathOf(held)}/clear");
        cleared["state"].ShouldBe("authorised", cleared.Text);
        var then = (await Agent.Get(PathOf(held))).Json["screening"]!["then"]!;
        (then["code"]!.ToString(), then["by"]!.ToString()).ShouldBe(("review", "agent/gil"));
        await HasItOnEveryPage(seen, eve);
    }

    async Task HasItOnEveryPage(Reply checkout, string buyer)
    {
        var order = checkout.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/");
        (await Agent.Get($"/v1/{order}")).Json["screening"]!["then"]!["code"]!.ToString().ShouldBe("review");
        var id = checkout["id"]!["checkout/".Length..];
        using var desk = await market.Browse(Party.Agent, "gil");
        foreach (var path in (string[])[$"/{order}", $"/payments/{id}", $"/checkouts/{id}"])
        {
            var page = await desk.Open(path);
            page.Text.ShouldContain("a-card-under-many-accounts", customMessage: path);
            page.Text.ShouldContain("Went on: somebody looked at it.", customMessage: path);
        }
        var seller = order.Split('/')[1];
        (await market.As(Party.Seller, seller).Get($"/v1/{order}")).Json["screening"].ShouldBeNull();
        using var own = await market.Browse(Party.Buyer, buyer);
        (await own.Open($"/checkouts/{id}")).Text.ShouldNotContain("a-card-under-many-accounts");
        using var shop = await market.Browse(Party.Seller, seller);
        (await shop.Open($"/{order}")).Text.ShouldNotContain("a-card-under-many-accounts");
    }

    [Fact, Trait("Capability", "RSK-1")]
    public async Task Cards_that_are_declined_one_after_the_other_bring_a_person_to_look()
    {
        var bea = market.Fresh("bea");
        var no = await Buys(bea, $"pm_card_chargeDeclined.{bea}-a");
        no.Code.ShouldBe("payment.declined-by-bank", no.Text);
        var self = market.As(Party.Buyer, bea);
        foreach (var card in (string[])["b", "c"])
        {
            var method = $"pm_card_chargeDeclinedStolenCard.{bea}-{card}";
            (await self.Post($"{PathOf(no)}/payment", new { method })).Code.ShouldBe("payment.declined-by-bank");
        }

        var held = await Buys(bea, $"pm_card_visa.{bea}-d");
        (held.Status, held["state"]).ShouldBe((HttpStatusCode.Accepted, "inReview"), held.Text);
        string[] counted = ["many-cards-by-an-account", "cards-declined-one-by-one", "stolen-cards-before"];
        RulesIn(await Agent.Get(PathOf(held))).Intersect(counted).ShouldBe(counted);
        // Nobody who tries out cards hears that a bank calls them stolen.
        (await self.Get(PathOf(held))).Text.ShouldNotContain("stolen");
    }

    [Fact, Trait("Capability", "CHK-6")]
    public async Task Its_buyer_knows_it_by_brand_and_last_digits()
    {
        var bea = market.Fresh("bea");
        var paid = await Buys(bea, $"pm_card_mastercard.{bea}");
        paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
        var self = market.As(Party.Buyer, bea);
        var checkout = await self.Get(PathOf(paid));
        var card = checkout.Json["card"]!;
        (card["brand"]!.ToString(), card["lastFour"]!.ToString().Length).ShouldBe(("mastercard", 4));
        card["text"]!.ToString().ShouldBe($"Mastercard ending in {card["lastFour"]}");
        var tries = (await self.Get($"/v1/{checkout["payment"]!.Replace("payment/", "payments/")}")).Json["tries"]!;
        tries[0]!["card"]!["text"]!.ToString().ShouldBe(card["text"]!.ToString());
        using var desk = await market.Browse(Party.Buyer, bea);
        (await desk.Open($"/{checkout["id"]!.Replace("checkout/", "checkouts/")}")).Text
            .ShouldContain(card["text"]!.ToString());
    }

    [Fact, Trait("Capability", "CHK-1")]
    public async Task A_number_that_is_sent_for_a_token_is_taken_nowhere()
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        foreach (var path in (string[])["/v1/checkouts/quotes", "/v1/checkouts"])
        {
            var refused = await bea.Post(path, Market.Basket(1, "4242 4242 4242 4242", ana));
            (refused.Status, refused.Code, refused["field"] ?? "method")
                .ShouldBe((HttpStatusCode.UnprocessableEntity, "api.card-number", "method"), refused.Text);
            refused.Text.ShouldNotContain("4242");
        }
    }

    [Fact, Trait("Capability", "RSK-1")]
    public async Task What_did_not_go_on_is_found_on_its_buyers_page()
    {
        var bea = market.Fresh("bea");
        var (ana, _) = await market.Seller(units: 1);
        var self = market.As(Party.Buyer, bea);
        var refused = await self.Post("/v1/checkouts", Market.Basket(0, "pm_card_visa", ana));
        refused.Code.ShouldBe("checkout.bad-quantity", refused.Text);
        (await Buys(bea, "pm_card_visa")).Status.ShouldBe(HttpStatusCode.Created);
        var stopped = (await Agent.Get($"/v1/buyers/{bea}")).Json["stopped"]!.AsArray().Single()!;
        (stopped["by"]!.ToString(), stopped["reasons"]![0]!.ToString())
            .ShouldBe(("findings", "checkout.bad-quantity"));
        await market.Restart();
        (await Agent.Get($"/v1/buyers/{bea}")).Json["stopped"]!.AsArray().Count.ShouldBe(1, "days later it is known");

        var card = market.Fresh("pm_card_visa.z");
        foreach (var _ in (int[])[1, 2])
            (await Buys(market.Fresh("bea"), card)).Status.ShouldBe(HttpStatusCode.Created);
        var held = await Buys(bea, card);
        (await Agent.Post($"{PathOf(held)}/turn-down"))["state"].ShouldBe("turnedDown", held.Text);
        JsonNode? turnedDown = null;
        await Market.Until(async () => (turnedDown = (await Agent.Get($"/v1/buyers/{bea}")).Json["stopped"]!.AsArray()
            .SingleOrDefault(s => s!["by"]!.ToString() == "screening")) is not null, "the list");
        turnedDown!["checkout"]!.ToString().ShouldBe(held["id"]);
        var then = (await Agent.Get(PathOf(held))).Json["screening"]!["then"]!;
        (then["code"]!.ToString(), then["by"]!.ToString()).ShouldBe(("turned-down", "agent/gil"));

        using var desk = await market.Browse(Party.Agent, "gil");
        var page = await desk.Open($"/buyers/{bea}");
        page.Text.ShouldContain("Purchases that did not go on");
        page.Html.ShouldContain($"href=\"{turnedDown["href"]}\"");
    }
}
