using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A market whose endpoints may be on this machine.</summary>
public sealed class CallingMarket : IAsyncLifetime
{
    /// <summary>The market.</summary>
    public Market Market { get; } =
        new(o => o with { LocalWebhooks = true, WebhookPatience = TimeSpan.FromSeconds(2) });

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => Market.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Market.DisposeAsync();
}

/// <summary>Programs of sellers and of the platform are told of events, signed, until they have them.</summary>
public sealed class TheWebhooks(CallingMarket calling) : IClassFixture<CallingMarket>
{
    readonly Market market = calling.Market;

    static async Task<(string Path, string Secret)> Make(Someone who, string url, params string[] events)
    {
        var made = await who.Post("/v1/webhooks", new { url, events, note = "our shop system" });
        made.Status.ShouldBe(HttpStatusCode.Created, made.Text);
        return ($"/v1/webhooks/{made["id"]}", made["secret"]!);
    }

    async Task Until(Func<bool> isSo, string what, Duration? pass = null)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (isSo()) return;
            if (pass is { } time) market.Clock.Pass(time);
            await Task.Delay(50);
        }
        Assert.Fail($"It never came: {what}");
    }

    [Fact]
    public async Task Tell_a_seller_what_they_may_see_signed()
    {
        await using var receiver = await Receiver.Start();
        var (ana, seller) = await market.Seller();
        var (path, secret) = await Make(seller, receiver.Url, "order.funded", "order.cancelled");
        var (_, order) = await market.Bought(ana);
        await seller.Post($"{order}/cancellation", Market.OutOfStock);
        await Until(() => receiver.All.Length == 2, "two events");
        foreach (var got in receiver.All) got.VerifyWith(secret);
        Should.Throw<Exception>(() => (receiver.All[0] with { Body = receiver.All[0].Body + " " }).VerifyWith(secret));
        receiver.All.Select(g => g.Type).ShouldBe(["order.funded", "order.cancelled"], ignoreOrder: true);
        var data = JsonNode.Parse(receiver.All.Single(g => g.Type is "order.cancelled").Body)!["data"]!;
        data["of"]!.ToString().ShouldBe($"order/{order["/v1/orders/".Length..]}");
        data["why"]!["code"]!.ToString().ShouldBe("cancel.out-of-stock");
        receiver.All.ShouldAllBe(g => !g.Body.Contains("Muster"));
        await Market.Until(async () => (await seller.Get($"{path}/deliveries?state=delivered")).Json["items"]!.AsArray()
            .Count == 2, "the log");
        var delivery = (await seller.Get($"{path}/deliveries/{receiver.All[0].Id}"));
        (delivery["state"], delivery["status"], delivery["sent"]).ShouldBe(("delivered", "204", receiver.All[0].Body));
    }

    [Fact]
    public async Task Tell_the_platform_of_everything_and_a_seller_nothing_of_others()
    {
        await using var all = await Receiver.Start();
        await using var mine = await Receiver.Start();
        await Make(market.As(Party.Operator, "opal"), all.Url, "*");
        var (_, stranger) = await market.Seller();
        await Make(stranger, mine.Url, "*");
        var before = mine.All.Length;
        var (ana, _) = await market.Seller();
        await market.Bought(ana);
        foreach (var what in (string[])["payment.authorised", "order.funded"])
            await Until(() => all.All.Any(g => g.Type == what), what);
        mine.All.Skip(before).ShouldAllBe(g => !g.Body.Contains(ana));
    }

    [Fact]
    public async Task Are_tried_again_under_the_same_id_until_they_are_taken()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = 503;
        var (ana, seller) = await market.Seller();
        var (path, secret) = await Make(seller, receiver.Url, "order.funded");
        await market.Bought(ana);
        await Until(() => receiver.All.Length >= 3, "three tries", Duration.FromMinutes(3));
        var log = (await seller.Get($"{path}/deliveries")).Json["items"]!.AsArray().Single()!;
        (log["state"]!.ToString(), log["status"]!.ToString(), log["said"]!.ToString())
            .ShouldBe(("waiting", "503", "out of order"));
        receiver.Answers = 200;
        await Market.Until(async () =>
        {
            market.Clock.Pass(Duration.FromMinutes(30));
            return (await seller.Get($"{path}/deliveries?state=delivered")).Json["items"]!.AsArray().Count == 1;
        }, "delivery");
        receiver.All.Select(g => (g.Id, g.Body)).Distinct().Count().ShouldBe(1);
        foreach (var got in receiver.All) got.VerifyWith(secret);
    }

    [Fact]
    public async Task Are_given_up_after_three_days_with_a_reason_and_a_way_on()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = 500;
        var (ana, seller) = await market.Seller();
        var (path, secret) = await Make(seller, receiver.Url, "order.funded");
        await market.Bought(ana);
        await Until(() => receiver.All.Length > 0, "the first try");
        await Market.Until(async () =>
        {
            market.Clock.Pass(Duration.FromHours(8));
            return (await seller.Get(path))["state"] is "failing";
        }, "giving up");
        var hook = await seller.Get(path);
        hook["why"]!.ShouldContain("out of order");
        hook["failed"].ShouldBe("1");
        var tries = receiver.All.Length;
        (await seller.Post($"{path}/test")).Code.ShouldBe("webhook.not-active");
        await market.Bought(ana);                                           // waits for it
        await Market.Until(async () => (await seller.Get(path))["waiting"] is "1", "what waits");
        receiver.All.Length.ShouldBe(tries);
        receiver.Answers = 200;
        (await seller.Post($"{path}/resume"))["state"].ShouldBe("active");
        (await seller.Post($"{path}/deliveries/redelivery", new { since = "2026-01-01T00:00:00Z" })).Status
            .ShouldBe(HttpStatusCode.OK);
        await Market.Until(async () => (await seller.Get($"{path}/deliveries?state=delivered")).Json["items"]!.AsArray()
            .Count == 2, "all of it");
        receiver.All.Select(g => g.Id).Distinct().Count().ShouldBe(2);
        foreach (var got in receiver.All.TakeLast(2)) got.VerifyWith(secret);
    }

    [Fact]
    public async Task Follow_no_redirect()
    {
        await using var receiver = await Receiver.Start();
        await using var elsewhere = await Receiver.Start();
        receiver.Redirects = elsewhere.Url;
        var (ana, seller) = await market.Seller();
        var (path, _) = await Make(seller, receiver.Url, "order.funded");
        await market.Bought(ana);
        await Market.Until(async () =>
            (await seller.Get($"{path}/deliveries")).Json["items"]!.AsArray().Any(d => $"{d!["status"]}" == "307"),
            "an answer");
        elsewhere.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_one_that_is_slow_keep_no_other_waiting()
    {
        await using var slow = await Receiver.Start();
        await using var quick = await Receiver.Start();
        slow.Thinks = TimeSpan.FromSeconds(30);
        var (ana, seller) = await market.Seller();
        var (path, _) = await Make(seller, slow.Url, "order.funded");
        await Make(seller, quick.Url, "order.funded");
        await market.Bought(ana);
        await Until(() => quick.All.Length == 1, "the quick one");
        await Market.Until(async () =>
            (await seller.Get($"{path}/deliveries")).Json["items"]!.AsArray().Any(d => $"{d!["said"]}".Contains("2 s")),
            "patience that ends");
    }

    [Fact]
    public async Task Change_their_secret_with_both_signatures_for_a_day()
    {
        await using var receiver = await Receiver.Start();
        var (_, seller) = await market.Seller();
        var (path, old) = await Make(seller, receiver.Url, "order.funded");
        var rotated = await seller.Post($"{path}/secret", idempotency: "once");
        var secret = rotated["secret"]!;
        secret.ShouldNotBe(old);
        // Said twice it is changed once, and shown once.
        (await seller.Post($"{path}/secret", idempotency: "once"))["secret"].ShouldBeNull();
        (await seller.Get(path))["secret"].ShouldBeNull();
        await seller.Post($"{path}/test");
        await Until(() => receiver.All.Length == 1, "a test");
        receiver.All[0].VerifyWith(secret);
        receiver.All[0].VerifyWith(old);
        (receiver.All[0].Type, receiver.All[0].Signatures).ShouldBe(("webhook.test", 2));
        market.Clock.Pass(Duration.FromHours(25));
        await seller.Post($"{path}/test");
        await Until(() => receiver.All.Length == 2, "another test");
        receiver.All[1].VerifyWith(secret);
        Should.Throw<Exception>(() => receiver.All[1].VerifyWith(old));
    }

    [Theory]
    [InlineData("http://example.com/hooks", "webhook.not-encrypted")]
    [InlineData("https://10.1.2.3/", "webhook.closed-network")]
    [InlineData("https://192.168.0.1/", "webhook.closed-network")]
    [InlineData("https://169.254.169.254/latest/meta-data", "webhook.closed-network")]
    [InlineData("https://[fd00::1]/", "webhook.closed-network")]
    [InlineData("https://[::ffff:10.0.0.1]/", "webhook.closed-network")]
    [InlineData("https://[64:ff9b::a00:1]/", "webhook.closed-network")]
    [InlineData("https://0x7f.1/", "webhook.closed-network", false)]
    [InlineData("https://2130706433/", "webhook.closed-network", false)]
    [InlineData("https://localhost/", "webhook.closed-network", false)]
    [InlineData("http://127.0.0.1:9/", "webhook.closed-network", false)]
    [InlineData("https://user:secret@example.com/", "webhook.has-credentials")]
    [InlineData("ftp://example.com/", "webhook.no-address")]
    [InlineData("example.com", "webhook.no-address")]
    public async Task Call_only_the_open_internet(string url, string code, bool local = true)
    {
        if (!local)
        {
            Recourse.Adapters.Webhooks.HookAddress.FaultOf(url, local: false).ShouldNotBeNull();
            return;
        }
        var (_, seller) = await market.Seller();
        var refused = await seller.Post("/v1/webhooks", new { url, events = new[] { "*" } });
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, code));
    }

    [Fact]
    public async Task Look_again_where_a_name_leads_before_they_call()
    {
        // This machine's own name leads into its own network, whatever it looked like.
        var name = Dns.GetHostName();
        var addresses = await Dns.GetHostAddressesAsync(name);
        if (addresses.Any(a => Recourse.Adapters.Webhooks.HookAddress.IsOpen(a, local: false))) return;
        using var client = new Recourse.Adapters.Webhooks.HookClient(local: false);
        Recourse.Adapters.Webhooks.HookAddress.FaultOf($"https://{name}/", local: false).ShouldBeNull();
        var answer = await client.Send(new(new($"https://{name}/"), "msg_1", [], []), default);
        answer.Status.ShouldBeNull();
        answer.Said.ShouldContain("not open to the internet");
    }

    [Fact]
    public async Task Are_their_owners_alone()
    {
        await using var receiver = await Receiver.Start();
        var (_, seller) = await market.Seller();
        var (path, _) = await Make(seller, receiver.Url, "*");
        var (_, other) = await market.Seller();
        foreach (var reply in (Reply[])
            [await other.Get(path), await other.Post($"{path}/test"), await other.Post($"{path}/secret"),
             await other.Get($"{path}/deliveries"), await other.Send(HttpMethod.Delete, path, null, "k-1")])
            reply.Status.ShouldBe(HttpStatusCode.NotFound);
        (await market.As(Party.Buyer, "bob").Get("/v1/webhooks")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var odd = await seller.Post("/v1/webhooks", new { url = receiver.Url, events = new[] { "payment.captured" } });
        odd.Code.ShouldBe("webhook.no-such-event");
        (await seller.Send(HttpMethod.Delete, path, null, "k-2")).Status.ShouldBe(HttpStatusCode.OK);
        (await seller.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Are_made_and_looked_after_on_pages()
    {
        await using var receiver = await Receiver.Start();
        var (ana, _) = await market.Seller();
        using var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(Party.Seller, ana));
        var page = await browser.Open("/webhooks");
        page.Status.ShouldBe(HttpStatusCode.OK);
        var refused = await browser.Send(page, "/webhooks", ("url", "https://10.0.0.1/"), ("all", "on"));
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("not open to the internet");
        var made = await browser.Send(page, "/webhooks", ("url", receiver.Url), ("all", "on"), ("note", "shop"));
        made.Text.ShouldContain("whsec_");
        made.Text.ShouldNotContain("console.");
        var again = await browser.Send(page, "/webhooks", ("url", receiver.Url), ("all", "on"), ("note", "shop"));
        again.Text.ShouldNotContain("whsec_");
        var id = System.Text.RegularExpressions.Regex.Match(made.Html, "/webhooks/([0-9a-z]{13})/test").Groups[1].Value;
        var home = $"/webhooks/{id}";
        (await browser.Send(made, $"{home}/test")).Location.ShouldBe($"{home}?done=test");
        await Until(() => receiver.All.Length > 0, "a test");
        await Market.Until(async () => (await browser.Open(home)).Text.Contains("Delivered 204"), "the log");
        var delivery = await browser.Open($"{home}/deliveries/{receiver.All[0].Id}");
        delivery.Text.ShouldContain("A test: nothing has happened.");
        delivery.Text.ShouldNotContain("console.");
        (await browser.Open("/webhooks")).Text.ShouldContain(receiver.Url);
        var paused = await browser.Send(await browser.Open(home), $"{home}/pause");
        (await browser.Open(paused.Location!)).Text.ShouldContain("Paused");
    }
}
