using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Starting, stopping and starting again.</summary>
public sealed class TheHost : IDisposable
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");
    readonly SettableClock _clock = new();

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    async Task With(Func<WebApplication, HttpClient, Task> act, int perMinute = 1_000_000)
    {
        await using var app = RecourseHost.Build(new()
        {
            DataFolder = _folder, Clock = _clock, StandInSpeed = 1_000, RequestsPerMinute = perMinute,
        });
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        await act(app, http);
        await app.StopAsync();
    }

    static Someone As(WebApplication app, HttpClient http, Party role, string of) =>
        new(http, app.Services.GetRequiredService<AccessKeys>().Create(role, of));

    [Fact]
    public async Task Keeps_what_was_written_and_what_was_published()
    {
        await With(async (app, http) =>
        {
            var seller = As(app, http, Party.Seller, "ana");
            (await seller.Put("/v1/listings/ana/mug", Market.Mug())).Status.ShouldBe(HttpStatusCode.OK);
            var it = As(app, http, Party.Operator, "opal");
            var text = (await it.Get("/v1/rulebook"))["text"]!.Replace("fee: 8 %", "fee: 5 %");
            text.ShouldContain("second-account-on-a-device");
            var from = _clock.Now + Duration.FromMinutes(2);
            var published = await it.Post("/v1/rulebook/editions", new { text, from = from.ToString() });
            (published.Status, published["version"]).ShouldBe((HttpStatusCode.Created, "2"), published.Text);
            (await it.Get("/v1/rulebook"))["version"].ShouldBe("1");
        });
        _clock.Pass(Duration.FromMinutes(3));
        await With(async (app, http) =>
        {
            var buyer = As(app, http, Party.Buyer, "bea");
            (await buyer.Get("/v1/listings/ana/mug")).Status.ShouldBe(HttpStatusCode.OK);
            var rulebook = await buyer.Get("/v1/rulebook");
            rulebook["version"].ShouldBe("2");
            rulebook["text"]!.ShouldNotContain("second-account-on-a-device");
            rulebook.Json["sections"]!["orders"]!["fee"]!.ToString().ShouldBe("5 %");
            (await buyer.Get("/v1/rulebook/editions")).Json["editions"]!.AsArray().Count.ShouldBe(2);
        });
    }

    [Fact]
    public async Task Says_whether_it_is_well()
    {
        await With(async (app, http) =>
        {
            (await http.GetStringAsync("/health/live")).ShouldBe("alive");
            var ready = await new Someone(http, null).Get("/health/ready");
            (ready.Status, ready["ready"]).ShouldBe((HttpStatusCode.OK, "true"), ready.Text);
            var seller = As(app, http, Party.Seller, "ana");
            await seller.Put("/v1/listings/ana/mug", Market.Mug());
            var metrics = await http.GetStringAsync("/metrics");
            // Meters are heard by name, so hosts of other tests in this process count too.
            metrics.ShouldMatch("recourse_asks_total\\{otel_scope_name=\"Recourse\",outcome=\"done\"\\} [1-9]");
            metrics.ShouldContain("recourse_position");
            metrics.ShouldContain("recourse_views_lag");
            metrics.ShouldContain("recourse_ask_duration_seconds_bucket");
        });
    }

    [Fact]
    public async Task Slows_down_who_asks_too_much()
    {
        await With(async (app, http) =>
        {
            var buyer = As(app, http, Party.Buyer, "bea");
            for (var i = 0; i < 10; i++) (await buyer.Get("/v1/orders")).Status.ShouldBe(HttpStatusCode.OK);
            var more = await buyer.Get("/v1/orders");
            (more.Status, more.Code).ShouldBe((HttpStatusCode.TooManyRequests, "api.too-many-requests"));
            more.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
            more.Headers.GetValues("RateLimit").Single().ShouldContain("r=0");
            (await As(app, http, Party.Buyer, "bob").Get("/v1/orders")).Status.ShouldBe(HttpStatusCode.OK);
        }, perMinute: 60);
    }

    [Fact]
    public async Task Does_not_open_a_folder_that_another_process_has()
    {
        await With((_, _) =>
        {
            var e = Should.Throw<StoreException>(() => RecourseHost.Build(new() { DataFolder = _folder }));
            e.Code.ShouldBe("store.in-use");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Does_not_open_what_a_newer_program_wrote()
    {
        await With((_, _) => Task.CompletedTask);
        using (var db = new Db(Path.Combine(_folder, "journal.db"), durable: true))
            db.Execute("UPDATE meta SET value = '999' WHERE name = 'format'");
        Should.Throw<StoreException>(() => RecourseHost.Build(new() { DataFolder = _folder })).Code
            .ShouldBe("store.newer-version");
    }

    [Fact]
    public async Task Stops_soon_though_somebody_listens()
    {
        await With(async (app, http) =>
        {
            var keys = app.Services.GetRequiredService<AccessKeys>();
            http.DefaultRequestHeaders.Authorization = new("Bearer", keys.Create(Party.Seller, "ana"));
            http.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
            using var stream = await http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
            var stopping = System.Diagnostics.Stopwatch.StartNew();
            await app.StopAsync();
            stopping.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        });
    }

    [Fact]
    public async Task Forgets_who_is_erased()
    {
        await With(async (app, http) =>
        {
            var seller = As(app, http, Party.Seller, "ana");
            await seller.Put("/v1/listings/ana/mug", Market.Mug());
            await seller.Post("/v1/stock/ana/red/receipts", new { location = "main", units = 5 });
            var buyer = As(app, http, Party.Buyer, "bea");
            var bought = await buyer.Post("/v1/checkouts", Market.Basket(sellers: "ana"));
            var order = $"/v1/{bought.Json["orders"]![0]!["order"]!.ToString().Replace("order/", "orders/")}";
            (await seller.Get(order)).Text.ShouldContain("Muster");
            app.Services.GetRequiredService<Store>().People.Erase("buyer/bea", _clock.Now).ShouldBeTrue();
            (await seller.Get(order)).Text.ShouldNotContain("Muster");
            (await buyer.Post("/v1/checkouts", Market.Basket(sellers: "ana"))).Code.ShouldBe("people.erased");
        });
    }
}
