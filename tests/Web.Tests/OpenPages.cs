using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Pages that are open while something happens.</summary>
public sealed class OpenPages(Market market) : IClassFixture<Market>
{
    async Task<Browser> As(Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    /// <summary>A stream of changes, read line by line.</summary>
    sealed class Stream(HttpResponseMessage message, StreamReader lines) : IDisposable
    {
        public static async Task<Stream> Of(Browser browser, string on, string after)
        {
            var message = await browser.Listen($"/live?on={on}&after={after}");
            message.StatusCode.ShouldBe(HttpStatusCode.OK);
            message.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            return new(message, new(await message.Content.ReadAsStreamAsync()));
        }

        /// <summary>The next event: its name, what it says, and where it stands.</summary>
        public async Task<(string Name, string Data, string Mark)> Next(int seconds = 20)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var (name, data, mark) = ("", "", "");
            while (await lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (line is "" && name is not "") return (name, data, mark);
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                if (line.StartsWith("id: ", StringComparison.Ordinal)) mark = line[4..];
            }
            throw new EndOfStreamException();
        }

        public async Task<(string Data, string Mark)> Change(int seconds = 20)
        {
            while (true)
                if (await Next(seconds) is ("changed", var data, var mark)) return (data, mark);
        }

        public void Dispose()
        {
            lines.Dispose();
            message.Dispose();
        }
    }

    [Fact]
    public async Task Hear_that_a_bank_has_answered_and_show_it_when_they_are_fetched_again()
    {
        var (ana, _) = await market.Seller();
        using var bea = await Shopper.SignedIn(market);
        var waiting = await bea.Buy("pm_standin_timeout-before", 1, ana);
        waiting.Text.ShouldContain("Your payment is being checked");
        using var stream = await Stream.Of(bea.Browser, waiting.On("outcome"), waiting.Mark);
        PageReply? page = null;
        await Market.Until(async () =>
        {
            market.Clock.Pass(Duration.FromSeconds(15));
            await Task.Delay(50, TestContext.Current.CancellationToken);
            page = await bea.Browser.Open(Shopper.CheckoutOn(waiting));
            return page.Text.Contains("16.50 EUR is held");
        }, "the answer");
        (await stream.Change()).Data.ShouldBe(waiting.On("outcome"));
        page!.On("outcome").ShouldBe(waiting.On("outcome"));
    }

    [Fact]
    public async Task Hear_within_a_second_that_their_order_changed_and_show_it_when_they_are_fetched_again()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        using var bea = await As(Party.Buyer, name);
        var page = await bea.Open(order["/v1".Length..]);
        page.On("next").ShouldStartWith(page.On("pill"), Case.Sensitive, "the order, and what belongs to it");
        using var stream = await Stream.Of(bea, page.On("next"), page.Mark);
        (await stream.Next()).Name.ShouldBe("beat");
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        var since = Stopwatch.GetTimestamp();
        var (changed, mark) = await stream.Change();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        changed.ShouldContain(page.On("pill"));
        mark.ShouldNotBe(page.Mark);
        (await bea.Open(order["/v1".Length..])).Text.ShouldContain("Why the order was cancelled");
    }

    [Fact]
    public async Task Hear_of_lists_once_the_list_shows_it()
    {
        var (ana, _) = await market.Seller();
        using var seller = await As(Party.Seller, ana);
        var (start, list) = (await seller.Open("/"), await seller.Open("/orders"));
        using var other = await As(Party.Seller, (await market.Seller()).Code);
        var elsewhere = await other.Open("/orders");
        using var waiting = await Stream.Of(seller, start.On("waiting"), start.Mark);
        using var orders = await Stream.Of(seller, list.On("orders"), list.Mark);
        using var others = await Stream.Of(other, elsewhere.On("orders"), elsewhere.Mark);
        var (_, order) = await market.Bought(ana);
        await orders.Change();
        (await seller.Open("/orders")).Html.ShouldContain(order.Split('/')[^1]);
        await waiting.Change();
        (await others.Next()).Name.ShouldBe("beat");
        await Should.ThrowAsync<OperationCanceledException>(() => others.Next(seconds: 1));
    }

    [Fact]
    public async Task Miss_nothing_between_two_connections_and_start_anew_after_a_restart()
    {
        var (ana, _) = await market.Seller();
        var name = market.Fresh("bea");
        var (buyer, order) = await market.Bought(ana, buyer: name);
        using var bea = await As(Party.Buyer, name);
        var page = await bea.Open(order["/v1".Length..]);
        await buyer.Post($"{order}/cancellation", new { reason = "cancel.changed-mind" });
        await Task.Delay(500);
        string mark;
        using (var late = await Stream.Of(bea, page.On("pill"), page.Mark))
            (_, mark) = await late.Change();
        using (var again = await Stream.Of(bea, page.On("pill"), mark))
        {
            (await again.Next()).Name.ShouldBe("beat");
            await Should.ThrowAsync<OperationCanceledException>(() => again.Next(seconds: 1));
        }
        using var restarted = await Stream.Of(bea, page.On("pill"), "0a0b0c0d0e0f-17");
        (await restarted.Change()).Data.ShouldBe("*", "of another life nothing is known: everything may be new");
    }

    [Fact]
    public async Task Are_told_nothing_that_they_were_not_shown()
    {
        using var stranger = Browser.At(market.App);
        (await stranger.Open("/live?on=0123456789abcdef")).Location.ShouldNotBeNull().ShouldStartWith("/sign-in");
        using var over = await stranger.Listen("/live?on=0123456789abcdef");
        over.StatusCode.ShouldBe(HttpStatusCode.NoContent, "a browser asks no more for a stream that is over");
        using var gil = await As(Party.Agent, "gil");
        var many = string.Join('.', Enumerable.Repeat("0123456789abcdef", 300));
        foreach (var on in (string[])["", "order/ana/x", "0123", many])
            (await gil.Open($"/live?on={on}")).Status.ShouldBe(HttpStatusCode.BadRequest, on);
    }
}
