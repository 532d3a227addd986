using Xunit;
namespace Recourse.Tests;

/// <summary>Stopping in between loses nothing, and nothing is signed twice under another id.</summary>
public sealed class WebhooksAcrossARestart
{
    [Fact]
    public async Task Go_on_where_they_were()
    {
        await using var receiver = await Receiver.Start();
        receiver.Answers = 503;
        var market = new Market(o => o with { LocalWebhooks = true });
        await market.InitializeAsync();
        try
        {
            var (ana, seller) = await market.Seller();
            var made = await seller.Post("/v1/webhooks", new { url = receiver.Url, events = new[] { "order.funded" } });
            await market.Bought(ana);
            for (var i = 0; i < 100 && receiver.All.IsEmpty; i++) await Task.Delay(50);
            await market.Restart();
            receiver.Answers = 200;
            await market.Bought(ana);
            await Market.Until(() =>
            {
                market.Clock.Pass(Duration.FromMinutes(5));
                return Task.FromResult(receiver.All.Select(g => g.Id).Distinct().Count() == 2);
            }, "both events");
            await Task.Delay(500);
            receiver.All.Select(g => g.Id).Distinct().Count().ShouldBe(2);
            foreach (var got in receiver.All) got.VerifyWith(made["secret"]!);
        }
        finally { await market.DisposeAsync(); }
    }
}
