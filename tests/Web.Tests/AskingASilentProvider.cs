using System.Diagnostics;
using System.Net;
using Recourse.Adapters.Payments;
using Recourse.Payments;
using Xunit;
namespace Recourse.Tests;

/// <summary>A provider that is asked for more than it says, and whom nobody waits for.</summary>
public sealed class AskingASilentProvider(ITestOutputHelper output)
{
    /// <summary>Holds whatever is asked for, but for slips; tells of a card, or never.</summary>
    sealed class Teller : IPaymentProvider
    {
        int _looks;

        public bool IsSilent { get; init; }
        public int Looks => Volatile.Read(ref _looks);

        public Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel)
        {
            var intent = $"pi_{Derived.Code(call.Key)}";
            var isSlip = call is ProviderCall.Authorise { Method: var method }
                && method.StartsWith("slip", StringComparison.Ordinal);
            return Task.FromResult<ProviderAnswer>(
                isSlip ? new ProviderAnswer.Pending(intent) : new ProviderAnswer.Done(intent));
        }

        public Task<ChallengeAnswer> Challenge(ChallengeCall call, CancellationToken cancel) =>
            Task.FromResult<ChallengeAnswer>(new ChallengeAnswer.Authenticated(Derived.Code(call.Key), true));

        public async Task<MethodLook?> Look(string token, CancellationToken cancel)
        {
            Interlocked.Increment(ref _looks);
            if (IsSilent) await Task.Delay(Timeout.Infinite, cancel);
            return new("card", new("visa", token, "DE", "credit", "0001", new YearMonth(2041, 6)));
        }
    }

    static async Task With(Teller teller, Func<Market, Task> act)
    {
        var market = new Market(o => o with { PaymentProvider = teller });
        await market.InitializeAsync();
        try { await act(market); }
        finally { await market.DisposeAsync(); }
    }

    static async Task<(Reply Reply, TimeSpan Took)> Buys(
        Someone buyer, string seller, string method, string? kind = null)
    {
        var start = Stopwatch.GetTimestamp();
        var reply = await buyer.Post("/v1/checkouts", new
        {
            lines = new[] { new { listing = $"listing/{seller}/mug", sku = "red", quantity = 1 } },
            country = "DE", method, methodKind = kind, shipTo = Market.Home,
        });
        return (reply, Stopwatch.GetElapsedTime(start));
    }

    static string PathOf(Reply reply) => reply.Headers.Location!.ToString();

    [Fact, Trait("Capability", "CHK-6")]
    public Task Its_silence_costs_one_short_wait_and_stops_nobody() => With(new() { IsSilent = true }, async market =>
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        var (first, took) = await Buys(bea, ana, "tok_1");
        first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        var (second, again) = await Buys(bea, ana, "tok_1");
        second.Status.ShouldBe(HttpStatusCode.Created, second.Text);
        output.WriteLine($"first {took.TotalMilliseconds:0} ms, again {again.TotalMilliseconds:0} ms");

        var method = (await market.As(Party.Agent, "gil").Get(PathOf(first))).Json["screening"]!["method"]!;
        (method["known"]!.GetValue<bool>(), method["text"]!.ToString())
            .ShouldBe((false, "the provider did not say in time"));
        (await bea.Get(PathOf(first))).Json["card"].ShouldBeNull();
    });

    [Fact, Trait("Capability", "RSK-1")]
    public async Task A_checkout_costs_one_look_and_none_for_a_token_that_was_seen()
    {
        var teller = new Teller();
        await With(teller, async market =>
        {
            var (ana, _) = await market.Seller();
            var bea = market.As(Party.Buyer, market.Fresh("bea"));
            (await bea.Post("/v1/checkouts/quotes", Market.Basket(1, "tok_1", ana))).Status.ShouldBe(HttpStatusCode.OK);
            var (first, _) = await Buys(bea, ana, "tok_1");
            first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
            (await bea.Get(PathOf(first))).Json["card"]!["lastFour"]!.ToString().ShouldBe("0001");
            teller.Looks.ShouldBe(1);
            await Buys(bea, ana, "tok_1");
            teller.Looks.ShouldBe(1);
            await Buys(bea, ana, "tok_2");
            teller.Looks.ShouldBe(2);
            // What is no token is asked of nobody.
            await Buys(bea, ana, "a token/with more");
            teller.Looks.ShouldBe(2);
        });
    }

    [Fact, Trait("Capability", "RSK-1")]
    public Task Whoever_twice_left_a_slip_unpaid_shows_that_it_is_them() => With(new(), async market =>
    {
        var (ana, _) = await market.Seller();
        var bea = market.As(Party.Buyer, market.Fresh("bea"));
        foreach (var slip in (string[])["slip_1", "slip_2"])
        {
            var (asked, _) = await Buys(bea, ana, slip, "boleto");
            (asked.Status, asked["state"]).ShouldBe((HttpStatusCode.Accepted, "paying"), asked.Text);
            for (var days = 0; days < 14 && (await bea.Get(PathOf(asked)))["state"] == "paying"; days++)
            {
                market.Clock.Pass(Duration.FromDays(1));
                await Task.Delay(1_500, TestContext.Current.CancellationToken);
            }
            await Market.Until(async () => (await bea.Get(PathOf(asked)))["state"] == "abandoned", "the end");
        }
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var (third, _) = await Buys(bea, ana, "tok_1");
        var screening = (await market.As(Party.Agent, "gil").Get(PathOf(third))).Json["screening"]!;
        screening["contributions"]!.AsArray().Select(c => c!["rule"]!.ToString())
            .ShouldContain("did-not-pay", third.Text);
        third["state"].ShouldBe("verifying", third.Text);
    });
}
