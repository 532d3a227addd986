using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Every endpoint as every role, with a key and without: nobody sees what isn't theirs.</summary>
public sealed partial class WhoMayDoWhat(Market market) : IClassFixture<Market>
{
    static object Business => new { name = "Clinic", taxId = "DE123456789", purpose = "A ward" };

    static object Endpoint => new { url = "https://hooks.example/in", events = new[] { "stock.received" } };

    /// <summary>What everybody with the role may look at, and what is one's own by being asked.</summary>
    static readonly HashSet<string> Common =
    [
        "openCheckout", "getRulebook", "listEditions", "getEdition", "publishEdition", "getListing", "listListings",
        "getAvailability", "listCategories", "quoteCheckout", "getShopName", "getShipping",
        "listOrders", "listCheckouts", "getCaller", "listStaff", "inviteStaff", "listKeys", "makeKey", "listPeople",
        "listRefunds", "listAccounts", "listPostings", "listEvents", "listInbox", "readInbox", "getNotifications",
        "chooseNotifications", "listWebhooks", "makeWebhook", "listToDispatch", "dispatchOrders", "listStock",
        "importStock", "exportStock", "listCoupons", "issueCoupon",
        "importListings", "exportListings", "listRuleValues", "checkEdition", "listPayments",
        "listWallets", "listPayouts", "makePayoutFile", "runPayouts",
        "listAppeals", "listRates", "importRates", "confirmRates", "dismissRates", "listPlans", "listOwnFindings",
        "listDecisions", "countDecisions", "getDecision", "listDsaStatements", "exportDecisions",
        "listReasons", "listBrakes", "listWork", "getService", "keepEvidence", "listMacros",
    ];

    sealed record Scene(
        string Ana, string Bea, string Clinic, Dictionary<string, string> Values, string Order);

    IEnumerable<RouteEndpoint> Endpoints => market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal));

    static string NameOf(Endpoint e) => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;
    static string MethodOf(Endpoint e) => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];
    static Party RolesOf(Endpoint e) => e.Metadata.GetMetadata<Access>()!.Roles;

    [Fact]
    public void Is_said_by_every_endpoint() =>
        market.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<Access>() is null).Select(e => e.DisplayName).ShouldBeEmpty();

    [Fact]
    public async Task Is_kept_for_strangers_and_for_those_whose_it_is()
    {
        var scene = await Play();
        List<string> wrong = [];
        foreach (var endpoint in Endpoints)
        {
            await AsStranger(endpoint, scene, wrong);
            foreach (var (_, role) in AccessKeys.Roles)
            {
                await AsOther(endpoint, role, scene, wrong);
                await AsOwn(endpoint, role, scene, wrong);
            }
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>An order that was paid, dispatched in part … and one that was refunded.</summary>
    async Task<Scene> Play()
    {
        var (ana, seller) = await market.Seller(units: 1_000);
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        var (_, other) = await market.Bought(ana, buyer: name);
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{other}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{other}/cancellation", new { reason = "cancel.changed-mind" });
        await Market.Until(async () => (await buyer.Get("/v1/refunds")).Json["items"]!.AsArray().Count == 1, "refund");
        await seller.Post("/v1/coupons", new
        {
            code = "mug", percentOff = 10, currency = "EUR", uses = 5, until = "2099-01-01T00:00:00Z",
        });
        await market.As(Party.Operator, "it").Put("/v1/macros/mug", Bodies["putMacro"]);
        var proof = await BringingEvidence.Kept(seller);
        await BringingEvidence.InTwoMinds(seller, order, proof);
        await seller.Post($"{order}/dispatch", new { carrier = "dhl", trackingNumber = "TRACK000321" });
        var refund = (await buyer.Get("/v1/refunds")).Json["items"]![0]!["id"]!.ToString();
        var checkout = (await buyer.Get(order))["checkout"]!;
        var hook = (await seller.Post("/v1/webhooks", Endpoint))["id"]!;
        await seller.Post($"/v1/webhooks/{hook}/test");
        var delivery = (await seller.Get($"/v1/webhooks/{hook}/deliveries")).Json["items"]![0]!["id"]!.ToString();
        await buyer.Post($"/v1/verifications/{name}/start");
        await HoldingPurchases.Shows(buyer, name, HoldingPurchases.Picture);
        await buyer.Put($"/v1/buyers/{name}/business", Business);
        var (exhibit, appeal) = await Appealed(buyer, name);
        var (clinic, plan) = await Planned(ana);
        var (payout, file) = await PaidOut(ana, clinic);
        await Looked(order, name, seller, proof);
        return new(ana, name, clinic, new()
        {
            ["seller"] = ana, ["buyer"] = name, ["owner"] = name, ["sku"] = "red", ["promotion"] = "rush",
            ["carrier"] = "dhl", ["number"] = "TRACK000321", ["version"] = "1", ["source"] = "ecb",
            ["order"] = order.Split('/')[^1], ["refund"] = refund.Split('/')[^1],
            ["checkout"] = checkout.Split('/')[^1], ["appeal"] = appeal, ["scope"] = "all",
            ["id"] = hook, ["delivery"] = delivery, ["plan"] = plan, ["payout"] = payout, ["file"] = file,
            ["proof"] = proof, ["exhibit"] = exhibit, ["brought"] = proof, ["kind"] = "appeal", ["nth"] = "1",
            ["currency"] = "eur", ["uid"] = await TheRegister.FirstIn(market),
        }, order);
    }

    /// <summary>The code of an appeal against a block.</summary>
    async Task<(string Exhibit, string Code)> Appealed(Someone buyer, string name)
    {
        var (exhibit, until) = (await BringingEvidence.Kept(buyer), $"{market.Clock.Now + Duration.FromDays(3):g}");
        var blocked = await market.As(Party.Agent, "lia").Post(
            $"/v1/buyers/{name}/blocks", new { reason = "method.unusual-use", until });
        var id = blocked.Json["blocks"]![0]!["appeal"]!["id"]!.ToString();
        var lodged = await buyer.Post($"/v1/{id.Replace("appeal/", "appeals/")}",
            new { about = $"buyer/{name}", text = "It was me.", files = new[] { exhibit } });
        lodged.Status.ShouldBe(HttpStatusCode.OK, lodged.Text);
        return (exhibit, id.Split('/')[^1]);
    }

    static string PathOf(RouteEndpoint endpoint, Scene scene)
    {
        var text = endpoint.RoutePattern.RawText!.Replace(":int", "");
        var code = text.Contains("/refunds/") ? "refund" : text.Contains("/appeals/")
            || text.Contains("/queue/") ? "appeal"
            : text.Contains("/plans/") ? "plan" : text.Contains("/payouts/{owner}") ? "payout"
            : text.Contains("/checkouts/") || text.Contains("/payments/")
            ? "checkout"
            : text.Contains("/listings/") || text.Contains("/coupons/") || text.Contains("/macros/") ? null : "order";
        text = text.Replace("{code}", code is null ? "mug" : scene.Values[code]);
        text = text.Replace("{person}", "nobody");
        if (text.Contains("/payouts/{owner}")) text = text.Replace("{owner}", scene.Clinic);
        if (!text.Contains("/webhooks/")) text = text.Replace("{id}", "nothing");
        foreach (var (name, value) in scene.Values) text = text.Replace($"{{{name}}}", value);
        var order = $"order/{scene.Ana}/{scene.Values["order"]}";
        return NameOf(endpoint) switch
        {
            "getLedgerStatement" or "getHistory" => $"{text}?of={order}",
            "getAccount"           => $"{text}?of=escrow/{order}&currency=EUR",
            "retireMacro"          => text.Replace("mug", "another"),
            "previewMacro"         => $"{text}?for=appeal/{scene.Bea}/{scene.Values["appeal"]}",
            "getEarnings"          => $"{text}?seller={scene.Ana}",
            "getEarningsStatement" => $"{text}?seller={scene.Ana}&month=2026-01&currency=EUR",
            _                      => text,
        };
    }

    static Task<Reply> Call(Someone who, RouteEndpoint endpoint, Scene scene)
    {
        var (method, name) = (MethodOf(endpoint), NameOf(endpoint));
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null) Bodies.ShouldContainKey(name);
        var body = !Bodies.TryGetValue(name, out var b) ? null
            : b is byte[] picture ? HoldingPurchases.Body(picture)
            : (HttpContent)(b is string table ? new StringContent(table, Encoding.UTF8, "text/csv")
            : new StringContent(System.Text.Json.JsonSerializer.Serialize(b), Encoding.UTF8, "application/json"));
        return who.Send(new(method), PathOf(endpoint, scene), body, method is "GET" ? null : $"{Guid.NewGuid():n}");
    }

    async Task AsStranger(RouteEndpoint endpoint, Scene scene, List<string> wrong)
    {
        if (RolesOf(endpoint) is Party.None) return;
        foreach (var key in (string?[])[null, "rk_" + new string('0', 64), "nonsense"])
        {
            var reply = await Call(market.Stranger(key), endpoint, scene);
            var mayCome = key is null && endpoint.Metadata.GetMetadata<Access>()!.LetsStrangersIn;
            if (reply.Status is HttpStatusCode.Unauthorized == mayCome || (int)reply.Status >= 500)
                wrong.Add($"{NameOf(endpoint)} without a key: {reply.Status}");
        }
    }

    /// <summary>Another one of the same role: what is asked for does not exist for them.</summary>
    async Task AsOther(RouteEndpoint endpoint, Party role, Scene scene, List<string> wrong)
    {
        var reply = await Call(market.As(role, market.Fresh("other")), endpoint, scene);
        var name = $"{NameOf(endpoint)} as another {AccessKeys.NameOf(role)}: {(int)reply.Status}";
        var roles = RolesOf(endpoint);
        if (roles is not Party.None && (roles & role) == 0)
        {
            if (reply.Status is not HttpStatusCode.Forbidden) wrong.Add(name);
        }
        else if ((role & (Party.Staff | Party.Integration)) == 0 && roles is not Party.None
            && !Common.Contains(NameOf(endpoint)) && reply.Status is not HttpStatusCode.NotFound) wrong.Add(name);
        // Programs that pass carriers' reports on may look at any parcel, and at nothing else.
        if ((role & (Party.Staff | Party.Integration)) == 0 && !IsShown(NameOf(endpoint))
            && new[] { $"{scene.Ana}/", $"{scene.Bea}/", "Muster" }.Any(reply.Text.Contains))
            wrong.Add($"{name} tells of others: {reply.Text[..Math.Min(300, reply.Text.Length)]}");
        if ((int)reply.Status >= 500) wrong.Add($"{name}: {reply.Text}");
    }

    static bool IsShown(string name) => name is "getListing" or "listListings" or "getAvailability";

    /// <summary>Whoever it belongs to reads it; nothing is written here.</summary>
    async Task AsOwn(RouteEndpoint endpoint, Party role, Scene scene, List<string> wrong)
    {
        if (MethodOf(endpoint) is not "GET" || (RolesOf(endpoint) & role) == 0) return;
        var of = role switch
        {
            Party.Buyer => endpoint.RoutePattern.RawText!.Contains("/plans/")
                || endpoint.RoutePattern.RawText!.Contains("/payouts/{owner}") ? scene.Clinic : scene.Bea,
            Party.Seller or Party.Warehouse => scene.Ana,
            Party.Carrier => "dhl",
            _ => "it",
        };
        var reply = await Call(market.As(role, of), endpoint, scene);
        var path = endpoint.RoutePattern.RawText!;
        // A seller's endpoint is no business of the platform's people, who have their own.
        var hidden = role is Party.Integration && path.Contains("/orders/{seller}")
            || role is Party.Operator && path.Contains("/webhooks/{id}")
            || role is Party.Seller
                && (path.Contains("/appeals/{owner}") || path.Contains("/payouts/{owner}"));        // it is a buyer's
        if (reply.Status != (hidden ? HttpStatusCode.NotFound : HttpStatusCode.OK))
            wrong.Add($"{NameOf(endpoint)} as its {AccessKeys.NameOf(role)}: {(int)reply.Status} {reply.Text}");
        if (role is Party.Warehouse && NameOf(endpoint).Contains("Order") && reply.Text.Contains("minor"))
            wrong.Add($"{NameOf(endpoint)} tells a warehouse of money");
        if (role is Party.Operator or Party.Carrier or Party.Integration && reply.Text.Contains("Muster"))
            wrong.Add($"{NameOf(endpoint)} tells {role} where the buyer lives");
    }

    [Fact]
    public async Task Ends_with_the_key()
    {
        var keys = market.App.Services.GetRequiredService<AccessKeys>();
        var token = keys.Create(Party.Agent, "gil", Scopes.Read);
        var agent = market.Stranger(token);
        (await agent.Get("/v1/orders")).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.Post("/v1/refunds/x/y/retry")).Status.ShouldBe(HttpStatusCode.Forbidden);
        keys.All().ShouldContain(k => k.Id == AccessKeys.IdOf(token) && k.RevokedAt == null);
        keys.Revoke(AccessKeys.IdOf(token)).ShouldBeTrue();
        (await agent.Get("/v1/orders")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        keys.Revoke("rk_nothing").ShouldBeFalse();
    }
}
