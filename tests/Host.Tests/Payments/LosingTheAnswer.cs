using System.Net;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Payments;
using Xunit;
using static Recourse.Tests.Payments.Counter;
namespace Recourse.Tests.Payments;

/// <summary>Calls whose answer never came, or made no sense: asked again until it is known, and done once.</summary>
public sealed class LosingTheAnswer
{
    static ProviderCall.Authorise Authorise(string method, long cents = 50_00, string key = "a1") =>
        new(key, "payment/ann/one", 1, method, Eur(cents), Since: Noon);

    static string Card(Behaviour behaviour) => Adapters.Payments.StandIn.Card.TokenOf(behaviour);

    [Theory]
    [InlineData(Behaviour.TimeoutBefore, 3)]
    [InlineData(Behaviour.ChargeThenTimeout, 2)]
    [InlineData(Behaviour.Answer500Before, 3)]
    [InlineData(Behaviour.Answer500AfterDoing, 2)]
    public async Task Finds_out_what_became_of_each_call_whose_answer_was_lost(Behaviour behaviour, int times)
    {
        await using var counter = await Open();
        var (held, timesHeld) = await counter.Settle(Authorise(Card(behaviour)));
        var intent = Assert.IsType<ProviderAnswer.Done>(held).Reference;
        var (taken, timesTaken) = await counter.Settle(new ProviderCall.Capture("c", intent, Eur(30_00)));
        var (back, timesBack) = await counter.Settle(new ProviderCall.Refund("r", "refund/ann/1", intent, Eur(20_00)));

        Assert.Equal(new ProviderAnswer.Done(intent), taken);
        Assert.IsType<ProviderAnswer.Done>(back);
        Assert.Equal((times, times, times), (timesHeld, timesTaken, timesBack));
        var line = Assert.Single((await counter.Statement()).Intents);
        Assert.Equal((50_00, 30_00, 20_00), (line.Authorised, line.Captured, line.Refunded));
    }

    [Theory]
    [InlineData(Behaviour.TimeoutBefore)]
    [InlineData(Behaviour.ChargeThenTimeout)]
    [InlineData(Behaviour.Answer500Before)]
    [InlineData(Behaviour.Answer500AfterDoing)]
    public async Task Lets_go_once_though_the_answer_was_lost(Behaviour behaviour)
    {
        await using var counter = await Open();
        var intent = await counter.Authorised(Card(behaviour));
        var (let, _) = await counter.Settle(new ProviderCall.Void("v", intent));
        Assert.Equal(new ProviderAnswer.Done(intent), let);
        Assert.Equal("canceled", Assert.Single((await counter.Statement()).Intents).Status);
    }

    [Fact]
    public async Task Finds_out_hours_later_too()
    {
        await using var counter = await Open();
        Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(Authorise(Card(Behaviour.Answer500AfterDoing))));
        using var later = counter.Later(Duration.FromHours(5));
        Assert.IsType<ProviderAnswer.Done>(await later.Call(Authorise(Card(Behaviour.Answer500AfterDoing)), Ct));
        Assert.Single((await counter.Statement()).Intents);
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"error\":{}}")]
    [InlineData(302, "")]
    [InlineData(400, "")]
    [InlineData(400, "{\"error\":\"invalid\"}")]
    [InlineData(402, "{\"error\":{}}")]
    [InlineData(404, "<html>")]
    [InlineData(502, "<html>")]
    public async Task Does_not_know_when_the_answer_makes_no_sense(int status, string body)
    {
        using var provider = new StripeProvider(
            new() { ApiKey = Key, WebhookSecret = "" }, () => Noon, new Nonsense(status, body));
        Assert.IsType<ProviderAnswer.Unknown>(await provider.Call(Authorise("pm_card_visa"), Ct));
        Assert.IsType<ProviderAnswer.Unknown>(
            await provider.Call(new ProviderCall.Capture("c", "pi_1", Eur(1)), Ct));
        Assert.IsType<ProviderAnswer.Unknown>(await provider.Call(new ProviderCall.Void("v", "pi_1"), Ct));
        Assert.IsType<ProviderAnswer.Unknown>(
            await provider.Call(new ProviderCall.Refund("r", "refund/ann/1", "pi_1", Eur(1)), Ct));
        Assert.IsType<ProviderAnswer.Unknown>(
            await provider.Call(new ProviderCall.LookAtRefund("l", "re_1", "pi_1"), Ct));
    }

    [Fact]
    public async Task Waits_no_longer_than_its_limit_for_a_stalled_answer()
    {
        await using var counter = await Open(o => o with { Speed = 10 }, Duration.FromMilliseconds(300));
        Assert.Equal(new ProviderAnswer.Unknown("timeout"),
            await counter.Say(Authorise(Card(Behaviour.Stall))));
        Assert.Equal(new ProviderAnswer.Unknown("idempotency_key_in_use"),
            await counter.Say(Authorise(Card(Behaviour.Stall))));
        await Pause(1500);
        Assert.IsType<ProviderAnswer.Done>(await counter.Say(Authorise(Card(Behaviour.Stall))));
        Assert.Single((await counter.Statement()).Intents);
    }

    [Theory]
    [InlineData(Behaviour.ChargeThenTimeout)]
    [InlineData(Behaviour.Answer500AfterDoing)]
    public async Task Does_nothing_twice_though_the_provider_has_forgotten_the_key(Behaviour behaviour)
    {
        await using var counter = await Open();
        var authorise = Authorise(Card(behaviour));
        Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(authorise));
        counter.Now += Duration.FromHours(25);
        var intent = Assert.IsType<ProviderAnswer.Done>(await counter.Say(authorise)).Reference;
        ProviderCall[] calls =
        [
            new ProviderCall.Capture("c", intent, Eur(50_00)),
            new ProviderCall.Refund("r", "refund/ann/1", intent, Eur(9)),
        ];
        foreach (var call in calls)
        {
            Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(call));
            counter.Now += Duration.FromHours(25);
            Assert.IsType<ProviderAnswer.Done>(await counter.Say(call));
        }
        var line = Assert.Single((await counter.Statement()).Intents);
        Assert.Equal((50_00, 50_00, 9), (line.Authorised, line.Captured, line.Refunded));
    }

    [Theory]
    [InlineData(Behaviour.ChargeThenTimeout, true), InlineData(Behaviour.ChargeThenTimeout, false)]
    [InlineData(Behaviour.Answer500AfterDoing, true), InlineData(Behaviour.Answer500AfterDoing, false)]
    public async Task Holds_nothing_twice_though_the_key_is_forgotten_and_we_were_started_anew(
        Behaviour behaviour, bool isAgeKnown)
    {
        await using var counter = await Open();
        var authorise = Authorise(Card(behaviour)) with { Since = isAgeKnown ? Noon : null };
        Assert.IsType<ProviderAnswer.Unknown>(await counter.Say(authorise));
        counter.Now += Duration.FromHours(25);
        using var restarted = counter.Later(Duration.Zero);
        Assert.IsType<ProviderAnswer.Done>(await restarted.Call(authorise, Ct));
        Assert.Equal(50_00, Assert.Single((await counter.Statement()).Intents).Authorised);
    }

    [Fact]
    public async Task Does_not_know_when_it_is_not_let_in_or_nobody_is_there()
    {
        await using var counter = await Open();
        using var stranger = new StripeProvider(
            new() { ApiKey = "sk_test_other", WebhookSecret = "", ApiBase = counter.Address }, () => Noon);
        Assert.Equal(new ProviderAnswer.Unknown("not let in"), await stranger.Call(Authorise("pm_card_visa"), Ct));
        using var lost = new StripeProvider(
            new() { ApiKey = Key, WebhookSecret = "", ApiBase = new("http://127.0.0.1:9") }, () => Noon);
        Assert.StartsWith("network", Assert.IsType<ProviderAnswer.Unknown>(
            await lost.Call(Authorise("pm_card_visa"), Ct)).Why);
    }

    [Fact]
    public async Task Does_not_guess_when_a_key_comes_with_another_amount()
    {
        await using var counter = await Open();
        await counter.Say(Authorise("pm_card_visa"));
        Assert.Equal(new ProviderAnswer.Unknown("idempotency_error"),
            await counter.Say(Authorise("pm_card_visa", 60_00)));
    }

    [Fact]
    public async Task Stops_when_the_caller_gives_up()
    {
        await using var counter = await Open(o => o with { Speed = 1 });
        using var cancel = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            counter.Provider.Call(Authorise(Card(Behaviour.Stall)), cancel.Token));
    }

    sealed class Nonsense(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) });
    }
}
