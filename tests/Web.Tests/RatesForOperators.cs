using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Rates;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>Operators see what rates are in force, bring files, and look at what jumped; sources are fetched.</summary>
[Trait("Capability", "INV-4")]
public sealed class RatesForOperators : IAsyncLifetime
{
    readonly RateServer _bank = new();
    Market? _made;

    Someone Operator => _made!.As(Party.Operator, "rui");

    async Task Start(bool fetched)
    {
        var configured = new Dictionary<string, string?>();
        if (fetched) configured["Recourse:Rates:ecb:Url"] = _bank.Url;
        _made = new(o => o with
        {
            RatePatience = TimeSpan.FromSeconds(1),
            Configuration = new ConfigurationBuilder().AddInMemoryCollection(configured).Build(),
        });
        await _made!.InitializeAsync();
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_made is not null) await _made.DisposeAsync();
        _bank.Dispose();
    }

    static Task<PageReply> Upload(
        Browser who, PageReply page, string action, string? file, params (string Name, string Value)[] fields)
    {
        var body = new MultipartFormDataContent();
        foreach (var name in (string[])[FormWrite.TokenField, FormWrite.KeyField])
            body.Add(new StringContent(page.Field(action, name)), name);
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        if (file is not null) body.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "ecb.xml");
        return who.Send(action, body);
    }

    static Task<PageReply> Apply(Browser who, PageReply tried) => Upload(
        who, tried, "/rates/file/apply", null, ("content", tried.Field("/rates/file/apply", "content")));

    LocalDate Today => _made!.Clock.Now.InUtc().Date;

    string Xml(LocalDate day, string usd, string brl = "5.9") =>
        $"<Cube>\n<Cube time='{day:uuuu-MM-dd}'>\n<Cube currency='USD' rate='{usd}'/>\n"
        + $"<Cube currency='BRL' rate='{brl}'/>\n</Cube></Cube>";

    async Task<JsonNode?> Ecb() =>
        (await Operator.Get("/v1/rates")).Json["sources"]!.AsArray().FirstOrDefault(s => $"{s!["source"]}" == "ecb");

    async Task<long> Gauge(string name) => (await Operator.Get("/v1/control")).Json["gauges"]!.AsArray()
        .Single(g => $"{g!["name"]}" == name)!["value"]!.GetValue<long>();

    [Fact]
    public async Task A_file_is_tried_first_and_used_at_a_second_press()
    {
        await Start(fetched: false);
        using var rui = await _made!.Browse(Party.Operator, "rui");
        var page = await rui.Open("/rates");
        page.Text.ShouldContain("No exchange rates are known");
        var bad = await Upload(rui, page, "/rates/file", Xml(Today, "one", "-2"));
        bad.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        bad.Text.ShouldContain("Line 3: The rate of USD is no number");
        bad.Text.ShouldContain("Line 4: The rate of BRL is no number");

        var tried = await Upload(rui, page, "/rates/file", Xml(Today, "1.0705"));
        tried.Text.ShouldContain("They would be used from now on.");
        (await Ecb()).ShouldBeNull();
        var used = await rui.Follow(await Apply(rui, tried));
        used.Text.ShouldContain("These rates are used from now on.");
        used.Text.ShouldContain("European Central Bank");
        used.Text.ShouldContain("1.0705");
        $"{(await Ecb())!["date"]}".ShouldBe($"{Today:uuuu-MM-dd}");

        // Ten dollars for a euro: somebody has to look.
        _made!.Clock.Pass(Duration.FromDays(1));
        var odd = await Upload(rui, page, "/rates/file", Xml(Today, "10.705"));
        odd.Text.ShouldContain("They would wait until somebody says that they are right.");
        var held = await rui.Follow(await Apply(rui, odd));
        held.Text.ShouldContain("EUR → USD: 1.0705 became 10.705");
        (await Ecb())!["held"]!["moves"]!.AsArray().Count.ShouldBe(1);
        await Market.Until(async () => await Gauge("rates") == 1, "the gauge");
        var day = $"{Today:uuuu-MM-dd}";
        (await rui.Does("/rates", "/rates/ecb", ("date", day), ("do", "dismiss"))).Location
            .ShouldBe("/rates?done=dismissed");
        (await Ecb())!["held"].ShouldBeNull();
        var confirmed = await Operator.Post("/v1/rates/ecb/confirmation", new { date = day });
        confirmed.Status.ShouldBe(HttpStatusCode.OK, confirmed.Text);
        $"{(await Ecb())!["date"]}".ShouldBe(day);
        (await Operator.Post("/v1/rates/ecb/dismissal", new { date = "yesterday" })).Code.ShouldBe("rates.bad-date");

        var pair = await rui.Open("/rates/pair?from=usd&to=brl");
        pair.Text.ShouldContain("USD → BRL");
        pair.Count("<tr>").ShouldBe(3);                                     // the head and two days
        (await rui.Open("/rates/pair?from=eur&to=eur")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_source_is_fetched_and_what_is_wrong_with_it_is_seen_and_tried_again()
    {
        _bank.Answers = _ => (500, "broken");
        await Start(fetched: true);
        using var rui = await _made!.Browse(Party.Operator, "rui");
        await Market.Until(async () => await Gauge("rates") == 1, "a failure");
        (await rui.Open("/rates")).Text.ShouldContain("It answered 500");
        (await Ecb()).ShouldBeNull();

        async Task After(Duration wait, Func<LocalDate, (int, string)> answers, string problem)
        {
            _bank.Answers = _ => answers(Today);
            var asked = _bank.Asked;
            _made!.Clock.Pass(wait);
            await Market.Until(() => Task.FromResult(_bank.Asked > asked), "another try");
            await Market.Until(async () => (await rui.Open("/rates")).Text.Contains(problem), problem);
        }
        await After(Duration.FromMinutes(1), day => (200, Xml(day, "1.0705")[..70]), "Is no XML");
        await After(Duration.FromMinutes(2), day => (200, Xml(day.PlusDays(9), "1.0705")), "hasn't come yet");
        await After(Duration.FromMinutes(4), _ => (RateServer.Silent, ""), "No whole answer within 1 s.");
        await After(Duration.FromMinutes(8), _ => (302, ""), "It answered 302");
        await After(Duration.FromMinutes(16), day => (200, Xml(day, "1.0705")), "Fetched");
        await Market.Until(async () => await Gauge("rates") == 0, "the gauge");

        // The next day it jumps, and nobody uses that until somebody has looked.
        await After(Duration.FromDays(1), day => (200, Xml(day, "10.705")), "moved further than rates do");
        (await Ecb())!["held"].ShouldNotBeNull();
        $"{(await Ecb())!["rates"]![0]!["numerator"]}".ShouldBe("10705");
    }

    [Fact]
    public async Task Nobody_is_called_unless_configuration_says_whom()
    {
        await Start(fetched: false);
        _made!.Clock.Pass(Duration.FromDays(2));
        await Task.Delay(600);
        _bank.Asked.ShouldBe(0);
        _made!.App.Services.GetRequiredService<RateFetcher>().Looks.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_larger_than_any_file_of_rates_is_not_read_to_its_end()
    {
        _bank.Answers = _ => (200, new string(' ', 4_000));
        using var feed = new RateFeed(most: 1_000);
        (await feed.Fetch("ecb", new(_bank.Url), default)).ShouldBeOfType<RateAnswer.Failed>();
        _bank.Answers = _ => (200, "<Cube><Cube time='2026-03-03'><Cube currency='USD' rate='1.1'/></Cube></Cube>");
        (await feed.Fetch("ecb", new(_bank.Url), default)).ShouldBeOfType<RateAnswer.Read>();
        // Of one source nothing is taken for another's; and where nobody is, that is said.
        (await feed.Fetch("nbp", new(_bank.Url), default)).ShouldBeOfType<RateAnswer.Failed>();
        (await feed.Fetch("ecb", new("http://127.0.0.1:9/"), default)).ShouldBeOfType<RateAnswer.Failed>()
            .Why.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Recourse:Rates:xyz:Url", "https://rates.example/", "no source whose files are known")]
    [InlineData("Recourse:Rates:ecb:Url", "rates.example", "is no address")]
    [InlineData("Recourse:Rates:ecb:At", "noon", "no time of day")]
    [InlineData("Recourse:Rates:nbp:At", "12:30", "Url is missing")]
    public void What_is_configured_wrongly_is_said_at_the_start(string key, string value, string problem)
    {
        var configured = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build();
        Should.Throw<InvalidOperationException>(() => Settings.Of(configured, new() { DataFolder = "unused" }))
            .Message.ShouldContain(problem);
    }

    [Fact]
    public async Task A_source_that_stays_away_is_stale_and_seen_as_such()
    {
        await Start(fetched: false);
        (await Operator.Post("/v1/rates/ecb", new { text = Xml(Today, "1.0705") })).Status.ShouldBe(HttpStatusCode.OK);
        _made!.Clock.Pass(Duration.FromDays(10));
        await Market.Until(async () => await Gauge("rates") == 1, "the gauge");
        using var rui = await _made!.Browse(Party.Operator, "rui");
        var page = await rui.Open("/rates");
        page.Text.ShouldContain("No price is made or moved by these");
        page.Text.ShouldContain("Stale since");
    }

    /// <summary>A bank on this machine that answers as it is told.</summary>
    sealed class RateServer : IDisposable
    {
        public const int Silent = -1;
        readonly HttpListener _listener = new();
        int _asked;

        public RateServer()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = Serve();
        }

        public string Url { get; }
        public Func<string, (int Status, string Text)> Answers { get; set; } = _ => (404, "");
        public int Asked => Volatile.Read(ref _asked);

        async Task Serve()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try { context = await _listener.GetContextAsync(); }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
                var (status, text) = Answers(context.Request.RawUrl ?? "");
                Interlocked.Increment(ref _asked);
                if (status == Silent) continue;                             // whoever waits gives up by themselves
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
                context.Response.Close();
            }
        }

        public void Dispose() => _listener.Close();
    }
}
