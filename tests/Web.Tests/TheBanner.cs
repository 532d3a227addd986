using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A demo says on every page that it is one, and lets its visitors turn the clock.</summary>
public sealed class TheBanner : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");
    WebApplication _app = null!;
    Demo _demo = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var clock = new DemoClock(_folder, Instant.FromUtc(2026, 3, 14, 14, 5));
        _demo = new(clock, (_, of) => of, (_, _) => "");
        _app = RecourseHost.Build(new() { DataFolder = _folder, Demo = _demo, Clock = clock });
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _demo.Clock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    async Task<Browser> As(Party role)
    {
        var browser = Browser.At(_app);
        await browser.SignIn(_app.Services.GetRequiredService<AccessKeys>().Create(role, "bea"));
        return browser;
    }

    [Fact]
    public async Task Is_on_every_page_and_tells_a_stranger_only_what_day_it_is()
    {
        using var stranger = Browser.At(_app);
        var door = await stranger.Open("/sign-in");
        door.Text.ShouldContain("2026");
        door.Text.ShouldContain("a day a minute");
        door.Count("action=\"/demo/clock\"").ShouldBe(0);
        using var bea = await As(Party.Buyer);
        foreach (var path in (string[])["/", "/orders", "/go", "/shortcuts", "/design", "/nowhere"])
            (await bea.Open(path)).Count("action=\"/demo/clock\"").ShouldBe(1, path);
    }

    [Fact]
    public async Task Turns_the_clock_and_leads_back_to_the_page_that_it_was_on()
    {
        using var bea = await As(Party.Buyer);
        const string Page = "/orders?state=funded";
        await Press("pause", "paused", "Go on");
        _demo.Clock.Gait.ShouldBe(Gait.Paused);
        var before = _demo.Clock.Now;
        await Press("step", "a day is passing", null);
        await Market.Until(() => Task.FromResult(_demo.Clock.Gait is Gait.Paused), "the end of the day");
        _demo.Clock.Now.ShouldBe(before + Duration.FromDays(1));
        await Press("go-on", "a day a minute", "Pause");
        await Press("pace-7", "a week a minute", "Pause");
        _demo.Clock.Pace.ShouldBe(7);
        _demo.Clock.Visit();
        (await bea.Open(Page)).Text.ShouldContain("at real time");
        await Press("go-on", "a week a minute", "Pause");

        async Task Press(string act, string says, string? offers)
        {
            var page = await bea.Open(Page);
            var reply = await bea.Send(page, "/demo/clock", ("act", act), ("then", page.Field("/demo/clock", "then")));
            (reply.Status, reply.Location).ShouldBe((HttpStatusCode.Redirect, Page), act);
            var after = await bea.Open(Page);
            after.Text.ShouldContain(says);
            if (offers is not null) after.Text.ShouldContain(offers);
        }
    }

    [Theory, InlineData("pace-0"), InlineData("pace-25"), InlineData("pace-x"), InlineData("stop"), InlineData("")]
    public async Task Takes_no_pace_that_is_none(string act)
    {
        using var bea = await As(Party.Buyer);
        var reply = await bea.Send(await bea.Open("/"), "/demo/clock", ("act", act), ("then", "/"));
        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        _demo.Clock.Pace.ShouldBe(1);
    }

    [Fact]
    public async Task Says_when_it_is_full_and_leads_nobody_elsewhere()
    {
        using var bea = await As(Party.Buyer);
        (await bea.Open("/")).Text.ShouldNotContain("full size");
        _demo.IsFull = true;
        var page = await bea.Open("/");
        page.Text.ShouldContain("full size");
        (await bea.Send(page, "/demo/clock", ("act", "pause"), ("then", "//evil.example"))).Location.ShouldBe("/");
        _demo.Clock.Gait.ShouldBe(Gait.Paused, "turning the clock is no visit");
    }

    [Fact]
    public async Task Tells_open_pages_when_somebody_turned_the_clock()
    {
        using var bea = await As(Party.Buyer);
        var page = await bea.Open("/orders");
        using var stream = await bea.Listen($"/live?on={page.On("demo")}&after={page.Mark}");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        _demo.Clock.Pause();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? line;
        while ((line = await lines.ReadLineAsync(patience.Token)) is not null && line != $"data: {page.On("demo")}") { }
        line.ShouldNotBeNull();
    }
}
