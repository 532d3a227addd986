using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Payments;
using Recourse.Payments;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Refunds that go wrong at the provider, and what their buyers can do and need not do.</summary>
public sealed class WhereIsMyRefund
{
    /// <summary>Takes whatever it is asked for, and gives back as it is told to.</summary>
    sealed class Clerk : IPaymentProvider
    {
        int _looks;

        public bool Refuses { get; set; }
        public bool Waits { get; init; }
        public Func<ProviderCall.LookAtRefund, Task<ProviderAnswer>> Says { get; set; } =
            c => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Done(c.Reference));
        public int Looks => Volatile.Read(ref _looks);

        public Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel)
        {
            var reference = $"x_{Derived.Code(call.Key)}";
            if (call is ProviderCall.LookAtRefund look)
            {
                Interlocked.Increment(ref _looks);
                return Says(look);
            }
            return Task.FromResult<ProviderAnswer>(call is ProviderCall.Refund && Refuses
                ? new ProviderAnswer.Declined(reference, "lost_card")
                : call is ProviderCall.Refund && Waits ? new ProviderAnswer.Pending(reference)
                : new ProviderAnswer.Done(reference));
        }

        public Task<ChallengeAnswer> Challenge(ChallengeCall call, CancellationToken cancel) =>
            Task.FromResult<ChallengeAnswer>(new ChallengeAnswer.Authenticated(Derived.Code(call.Key), true));

        public Task<MethodLook?> Look(string token, CancellationToken cancel) =>
            Task.FromResult<MethodLook?>(new("card"));
    }

    static async Task With(Clerk? clerk, Func<Market, Task> act)
    {
        var market = new Market(o => o with { PaymentProvider = clerk });
        await market.InitializeAsync();
        try { await act(market); }
        finally { await market.DisposeAsync(); }
    }

    static readonly object Account = new { holder = "Bea Muster", iban = "DE89 3704 0044 0532 0130 00" };

    /// <summary>A mug of 16.50 that was paid for and given up.</summary>
    static async Task<(string Name, Someone Buyer, string Refund)> Ended(
        Market market, string state, string method = "pm_card_visa")
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var buyer = market.As(Party.Buyer, name);
        var opened = await buyer.Post("/v1/checkouts", Market.Basket(1, method, ana));
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Text);
        var order = $"/v1/{opened.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
        await Market.Until(async () => (await buyer.Get(order))["state"] == "funded", "funding");
        market.Clock.Pass(Duration.FromMinutes(61));
        await Market.Until(async () => (await buyer.Get($"{order}/money"))["paymentState"] == "captured", "capture");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        string? refund = null;
        await Market.Until(async () => (refund = (await buyer.Get($"{order}/money")).Json["refunds"]!.AsArray()
            .SingleOrDefault(r => r!["state"]!.ToString() == state)?["id"]!.ToString()) is not null, state);
        return (name, buyer, $"/v1/{refund!.Replace("refund/", "refunds/")}");
    }

    static async Task<long> BalanceOf(Someone buyer, string name) =>
        (await buyer.Get($"/v1/wallets/{name}/eur")).Json["balance"]!["minor"]!.GetValue<long>();

    static async Task<string[]> StepsOf(Someone buyer, string refund) =>
        [.. (await buyer.Get($"{refund}/trace")).Json["steps"]!.AsArray().Select(s => s!["code"]!.ToString())];

    [Fact, Trait("Capability", "REF-3")]
    public Task That_the_provider_lost_is_looked_into_by_itself_by_a_day_that_is_told() => With(null, async market =>
    {
        var (_, buyer, refund) = await Ended(market, "paid", "pm_standin_refund-lost");
        var sent = await buyer.Get($"{refund}/trace");
        (sent["where"], sent["said"]).ShouldBe(("sent", "not-found"), sent.Text);
        market.Clock.Pass(Duration.FromDays(21));
        await Market.Until(async () => (await buyer.Get(refund))["state"] == "tracing", "an investigation");
        var trace = await buyer.Get($"{refund}/trace");
        (trace["where"], trace["owner"]).ShouldBe(("traced", "agent"), trace.Text);
        trace["by"].ShouldNotBeNull();
        (await StepsOf(buyer, refund)).ShouldBe(
            ["ended", "asked", "paid", "looked-for", "investigated", "provider-not-found", "answer"]);
        await Market.Until(
            async () => (await buyer.Get("/v1/inbox")).Text.Contains("refund-tracing"), "word of it");

        using var agent = Browser.At(market.App);
        await agent.SignIn(Keys(market).Create(Party.Agent, "gil"));
        var page = await agent.Open(refund["/v1".Length..]);
        page.Text.ShouldContain("It never went out");
        var (id, gil) = (refund["/v1/".Length..].Replace("refunds/", "refund/"), market.As(Party.Agent, "gil"));
        var waits = await Queued();
        (waits!["kind"]!.ToString(), waits["stake"]!["minor"]!.GetValue<long>()).ShouldBe(("refund", 1650));
        await agent.Send(page, $"{refund["/v1".Length..]}/trace/close", ("lost", "yes"));
        await Market.Until(async () => await Queued() is { } again
            && $"{again["since"]}" != $"{waits["since"]}", "the queue: now it has failed");
        var owed = await buyer.Get(refund);
        (owed["state"], owed.Json["why"]!["code"]!.ToString()).ShouldBe(("failed", "refund.never-went-out"), owed.Text);

        async Task<System.Text.Json.Nodes.JsonNode?> Queued() => (await gil.Get("/v1/queue?limit=200"))
            .Json["items"]!.AsArray().FirstOrDefault(i => $"{i!["id"]}" == id);
    });

    [Fact, Trait("Capability", "REF-3")]
    public Task That_the_provider_has_is_asked_about_and_found_by_the_bank() => With(null, async market =>
    {
        var (_, buyer, refund) = await Ended(market, "paid");
        var trace = await buyer.Get($"{refund}/trace");
        (trace["where"], trace["said"]).ShouldBe(("back", "back"), trace.Text);
        var arn = (await buyer.Get(refund))["arn"]!;
        (arn.Length, arn[0], arn.All(char.IsAsciiDigit)).ShouldBe((23, '7', true), arn);
        trace.Json["references"]!.AsArray().Select(r => r!.ToString()).ShouldContain(arn);
        (await market.As(Party.Buyer, "eve").Get($"{refund}/trace")).Status.ShouldBe(HttpStatusCode.NotFound);
    });

    [Fact, Trait("Capability", "REF-3")]
    public Task Nobody_waits_long_for_a_silent_provider() =>
        With(new() { Says = _ => new TaskCompletionSource<ProviderAnswer>().Task }, async market =>
        {
            var (_, buyer, refund) = await Ended(market, "paid");
            var start = Stopwatch.GetTimestamp();
            var trace = await buyer.Get($"{refund}/trace");
            (trace.Status, trace["said"]).ShouldBe((HttpStatusCode.OK, "not-known-now"), trace.Text);
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        });

    [Fact, Trait("Capability", "REF-3")]
    public async Task A_look_is_asked_for_once_a_minute_however_often_the_page_is_read()
    {
        var clerk = new Clerk();
        await With(clerk, async market =>
        {
            var (_, buyer, refund) = await Ended(market, "paid");
            var before = clerk.Looks;
            for (var i = 0; i < 5; i++) await buyer.Get($"{refund}/trace");
            (clerk.Looks - before).ShouldBe(1);
        });
    }

    [Fact, Trait("Capability", "REF-4")]
    public Task That_failed_goes_to_a_bank_once_and_only_as_its_buyer_wants() =>
        With(new() { Refuses = true }, async market =>
        {
            var (name, buyer, refund) = await Ended(market, "failed");
            var bad = await buyer.Post($"{refund}/bank", new { holder = "", iban = "DE00 1234" });
            bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, bad.Text);
            bad.Text.ShouldContain("payout.bad-iban");
            ((await buyer.Get(refund))["state"], await BalanceOf(buyer, name)).ShouldBe(("failed", 0));
            (await market.As(Party.Buyer, "eve").Post($"{refund}/bank", Account)).Status
                .ShouldBe(HttpStatusCode.NotFound);

            var early = await buyer.Post($"{refund}/bank", Account);
            (early.Status, early["code"]).ShouldBe((HttpStatusCode.Conflict, "wallet.verify-first"), early.Text);
            ((await buyer.Get(refund))["state"], await BalanceOf(buyer, name)).ShouldBe(("inWallet", 1650));

            await ServingAClinic.Verify(market, buyer, name);
            var paid = await buyer.Post($"{refund}/bank", Account);
            paid.Status.ShouldBe(HttpStatusCode.Created, paid.Text);
            (paid.Json["amount"]!["minor"]!.GetValue<long>(), await BalanceOf(buyer, name)).ShouldBe((1650, 0));
            paid.Text.ShouldNotContain("0532", customMessage: "the account's number is told to nobody");
        });

    [Fact, Trait("Capability", "REF-4")]
    public Task That_went_to_a_bank_takes_nothing_else_out_of_the_wallet() =>
        With(new() { Refuses = true }, async market =>
        {
            var (ana, _) = await market.Seller();
            var (name, buyer, refund) = await Ended(market, "failed");
            await TakingMoneyOut.Filled(market, buyer, ana, name);
            await ServingAClinic.Verify(market, buyer, name);
            (await buyer.Post($"{refund}/bank", Account)).Status.ShouldBe(HttpStatusCode.Created);
            (await BalanceOf(buyer, name)).ShouldBe(1650);
            var twice = await buyer.Post($"{refund}/bank", Account);
            (twice.Status, twice["code"]).ShouldBe((HttpStatusCode.Conflict, "wallet.sent-already"), twice.Text);
            (await BalanceOf(buyer, name)).ShouldBe(1650);
        });

    [Fact, Trait("Capability", "REF-4"), Trait("Capability", "PAY-3")]
    public async Task That_fails_into_the_wallet_while_its_buyer_is_erased_is_lost_to_nobody()
    {
        var clerk = new Clerk { Refuses = true };
        await With(clerk, async market =>
        {
            var (name, buyer, refund) = await Ended(market, "failed");
            await ServingAClinic.Verify(market, buyer, name);
            var people = market.App.Services.GetRequiredService<Runtime.Store>().People;
            await Task.WhenAll(buyer.Post($"{refund}/bank", Account),
                Task.Run(() => people.Erase($"buyer/{name}", market.Clock.Now)));
            people.ErasedAt($"buyer/{name}").ShouldNotBeNull();
            var op = market.As(Party.Operator, "olga");
            await op.Post("/v1/payouts/files");
            // Whichever was first: it is in the wallet, or on its way; no file has a number that nobody can read.
            (await op.Get("/v1/payouts?state=ready")).Json["items"]!.AsArray().ShouldBeEmpty();
            var sent = (await op.Get($"/v1/payouts?of=buyer/{name}")).Json["items"]!.AsArray()
                .Where(p => p!["state"]!.ToString() is "sent").Sum(p => (long)p!["amount"]!["minor"]!);
            (sent, await BalanceOf(op, name) + ((await op.Get(refund))["state"] is "failed" ? 1650 : 0))
                .ShouldBe((0, 1650));
        });
    }

    [Fact, Trait("Capability", "REF-4")]
    public async Task That_the_card_took_after_all_goes_nowhere_else()
    {
        var clerk = new Clerk { Refuses = true };
        await With(clerk, async market =>
        {
            var (name, buyer, refund) = await Ended(market, "failed");
            clerk.Refuses = false;
            (await market.As(Party.Agent, "gil").Post($"{refund}/retry")).Status.ShouldBe(HttpStatusCode.OK);
            await Market.Until(async () => (await buyer.Get(refund))["state"] == "paid", "the card's success");
            var late = await buyer.Post($"{refund}/bank", Account);
            (late.Status, late["code"]).ShouldBe((HttpStatusCode.Conflict, "refund.not-now"), late.Text);
            (await BalanceOf(buyer, name)).ShouldBe(0);
        });
    }

    [Fact, Trait("Capability", "REF-4")]
    public Task A_buyer_says_beforehand_where_it_goes() => With(new() { Waits = true }, async market =>
    {
        var (name, buyer, refund) = await Ended(market, "pending");
        var said = await buyer.Post($"{refund}/diversion", new { toWallet = true });
        said.Json["diverted"]!.GetValue<bool>().ShouldBeTrue(said.Text);
        (await market.As(Party.Agent, "gil").Post($"{refund}/diversion", new { toWallet = false })).Status
            .ShouldBe(HttpStatusCode.Forbidden);
        using var browser = Browser.At(market.App);
        await browser.SignIn(Keys(market).Create(Party.Buyer, name));
        var path = $"/my-refunds/{refund.Split('/')[^1]}";
        var page = await browser.Open(path);
        page.Text.ShouldContain("goes into your wallet by itself, as you said");
        var changed = await browser.Follow(await browser.Send(page, $"{path}/divert", ("to", "method")));
        changed.Text.ShouldContain("Then take it in my wallet");
        (await buyer.Get(refund)).Json["diverted"]!.GetValue<bool>().ShouldBeFalse();
    });

    [Fact, Trait("Capability", "REF-2")]
    public Task That_is_late_is_compensated_before_anybody_asks() => With(null, async market =>
    {
        var (name, buyer, refund) = await Ended(market, "failed", "pm_standin_refund-fails");
        market.Clock.Pass(Duration.FromDays(21));
        await Market.Until(async () => await BalanceOf(buyer, name) == 100, "a compensation");
        var body = await buyer.Get(refund);
        body.Json["items"]!["compensation"]!["minor"]!.GetValue<long>().ShouldBe(100, body.Text);
        body.Json["items"]!["total"]!["minor"]!.GetValue<long>().ShouldBe(1750);
        body.Json["toWallet"]!["minor"]!.GetValue<long>().ShouldBe(100);
        (await StepsOf(buyer, refund)).ShouldContain("compensated");
        using var browser = Browser.At(market.App);
        await browser.SignIn(Keys(market).Create(Party.Buyer, name));
        var page = await browser.Open($"/my-refunds/{refund.Split('/')[^1]}");
        page.Text.ShouldContain("Compensation");
        page.Text.ShouldNotContain("console.");
    });

    static AccessKeys Keys(Market market) =>
        (AccessKeys)market.App.Services.GetService(typeof(AccessKeys))!;
}
