using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Rulebooks;
using Recourse.Cli;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Monitoring;
using Recourse.Tracking;
using Recourse.Runtime;
using Recourse.Web;
using Recourse.World.Demo;
using Recourse.World.Invariants;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>The real demo with a small world: history, people at the public API, clock, personas.</summary>
public sealed class ADemoThatLives : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    readonly Folder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    string Data => _folder.In("demo");

    Task<DemoLife> Start(double? pace = null, DemoPlan? plan = null) =>
        DemoLife.Start(plan ?? DemoPlan.Small, Data, ["http://127.0.0.1:0"], pace,
            cancel: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Holds_all_that_must_hold_over_days_and_a_restart()
    {
        Instant left;
        await using (var life = await Start(pace: 24))
        {
            life.History.ShouldNotBeNull();
            var start = life.Clock.Now;
            await Until(() => life.Clock.Now > start + Duration.FromDays(4));
            life.Wrong.ShouldBeEmpty();
            left = life.Clock.Now;
        }
        // Which world it is, the store knows better.
        await using (var life = await Start(plan: new()))
        {
            life.History.ShouldBeNull("it was made before");
            life.Clock.Now.ShouldBeGreaterThanOrEqualTo(left);
            life.Clock.Pace.ShouldBe(24, "as it was left");
            left = life.Clock.Now;
            await Until(() => life.Clock.Now > left + Duration.FromDays(4));
            life.Wrong.ShouldBeEmpty();
        }
        Check(left);
    }

    [Fact, Trait("Capability", "MON-6")]
    public async Task Has_an_operator_who_decides_about_brakes_unless_a_person_sits_at_the_desk()
    {
        await using var life = await Start(pace: 24);
        var platform = life.App.Services.GetRequiredService<IPlatform>();
        var left = await Pulled("cancel.never-dispatched");
        await Until(() => IsOff(left));
        // From now on somebody looks at the desk.
        life.App.Services.GetRequiredService<Web.Demo>().Saw(Party.Operator);
        var (taken, from) = (await Pulled("cancel.seller-unresponsive"), life.Clock.Now);
        await Until(() => life.Clock.Now > from + Duration.FromHours(20));
        (await IsOff(taken)).ShouldBeFalse();
        life.Wrong.ShouldBeEmpty();

        async Task<BrakeId> Pulled(string trigger)
        {
            var (scope, now) = (new BrakeScope(trigger), life.Clock.Now);
            var id = BrakeId.Of(scope, now);
            (await platform.Ask(new(id, new Brake.Command.Pull(new(new(scope, 20, 1), now, "view/orders")),
                new Actor.Operator("brake")))).ShouldBeOfType<Outcome.Done>();
            return id;
        }

        async Task<bool> IsOff(BrakeId id) =>
            (await platform.Read(id, new Actor.Operator("olga")))?.State is Brake.State.Off;
    }

    void Check(Instant since)
    {
        var registry = new Registry(Modules.Kinds);
        using var store = new Store(Data, registry, Modules.Views);
        var checker = new Checker(
            registry, () => [RulebookFile.Shipped()], [.. Checker.Everyday(), .. Checker.Dearest()]);
        HashSet<string> done = [];
        for (var p = 0L; p < store.Journal.Position;)
            foreach (var (position, turn) in store.Journal.Read(p, 500))
            {
                checker.Follow(p = position, turn);
                foreach (var happened in turn.Events) CanBeRead(happened.Event, store.People);
                if (turn.At < since) continue;
                foreach (var happened in turn.Events) done.Add(News(happened));
            }
        checker.Finish();
        checker.Violations.Select(v => $"{v.Invariant} at {v.Position}: {v.What} ({v.Of})").ShouldBeEmpty();
        foreach (var what in (string[])["Placed", "Funded", "Shipped", "Reported", "Delivered", "Captured"])
            done.ShouldContain(what, "people live after the restart");
    }

    /// <summary>What is sealed in a history that was made is as readable as what people say later.</summary>
    static void CanBeRead(object happened, KeyRing people)
    {
        if (happened is Checkout.Event.Opened { Basket.ShipTo: { } home }) people.Open(home)!.Name.ShouldNotBeEmpty();
        if (happened is Appeal.Event.Lodged { Complaint.Words: var words }) people.Open(words)!.Text.ShouldNotBeEmpty();
    }

    static string News(Happened happened) => happened.Event.GetType().Name;

    [Fact]
    public async Task Has_someone_to_meet_at_each_desk_and_lets_visitors_take_their_time()
    {
        await using var life = await Start(pace: 1);
        using var http = new HttpClient { BaseAddress = new(life.App.Urls.First()) };
        var personas = (await Get(http, "/v1/demo/personas"))["personas"]!.AsArray();
        personas.Select(p => $"{p!["desk"]}")
            .ShouldBe(["buyer", "buyer", "buyer", "seller", "warehouse", "agent", "operator"]);
        personas.Select(p => $"{p!["role"]} {p["of"]}").ShouldBeUnique();
        var door = await http.GetStringAsync("/sign-in");
        foreach (var persona in personas)
        {
            door.ShouldContain($"value=\"{persona!["key"]}\"", Case.Sensitive, "a card for each");
            $"{persona["line"]}".ShouldStartWith($"{persona["name"]}, {persona["desk"]}");
            http.DefaultRequestHeaders.Authorization = new("Bearer", $"{persona["key"]}");
            (await Get(http, "/v1/orders"))["items"]!.AsArray().ShouldNotBeEmpty($"{persona}");
        }
        http.DefaultRequestHeaders.Authorization = null;
        (await Post(http, "/v1/demo/pause")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var seller = personas.First(p => $"{p!["desk"]}" is "seller")!;
        http.DefaultRequestHeaders.Authorization = new("Bearer", $"{seller["key"]}");
        await Clockwork(http, life.Clock);
        (await Post(http, $"/v1/stock/{seller["of"]}/a-visitors/receipts", """{"location":"main","units":3}"""))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{(await Get(http, "/v1/demo"))["why"]}".ShouldBe("visited");
    }

    static async Task Clockwork(HttpClient http, DemoClock clock)
    {
        (await Post(http, "/v1/demo/pause")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var paused = clock.Now;
        $"{(await Get(http, "/v1/demo"))["why"]}".ShouldBe("paused");
        clock.Now.ShouldBe(paused);
        (await Post(http, "/v1/demo/pace", """{"pace":0.5}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post(http, "/v1/demo/pace", """{"pace":5000}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(http, "/v1/demo/step")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Until(() => clock.Now >= paused + Duration.FromDays(1));
        (await Post(http, "/v1/demo/go-on")).StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{(await Get(http, "/v1/demo"))["pace"]}".ShouldBe("0.5");
    }

    [Fact]
    public async Task Begins_nothing_new_once_it_is_full()
    {
        long last;
        await using (var life = await DemoLife.Start(DemoPlan.Small with { MostBytes = 1 }, Data,
            ["http://127.0.0.1:0"], pace: 24, cancel: TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient { BaseAddress = new(life.App.Urls.First()) };
            await Until(async () => $"{(await Get(http, "/v1/demo"))["full"]}" is "true");
            last = life.App.Services.GetRequiredService<IPlatform>().Position;
            var start = life.Clock.Now;
            await Until(() => life.Clock.Now > start + Duration.FromDays(2));
        }
        using var store = new Store(Data, new Registry(Modules.Kinds), Modules.Views);
        var events = store.Journal.Read(last, 10_000).SelectMany(t => t.Turn.Events).Select(e => e.Event).ToList();
        events.ShouldNotContain(e => e is Checkout.Event.Opened, "nobody fills a basket");
        events.ShouldContain(e => e is Parcel.Event.Reported, "what had begun goes on");
    }

    [Fact]
    public async Task Is_not_opened_as_a_store_of_ones_own_nor_the_other_way_round()
    {
        await using (await Start()) { }
        var run = await BuiltProgram.Run("run", "--data", Data, "--urls", "http://127.0.0.1:0");
        run.Code.ShouldBe(3);
        run.Errors.ShouldContain("store.is-a-demo");
        var own = _folder.In("own");
        using (new Store(own, new Registry(Modules.Kinds), Modules.Views)) { }
        var demo = await BuiltProgram.Run("--data", own, "--urls", "http://127.0.0.1:0");
        demo.Code.ShouldBe(3);
        demo.Errors.ShouldContain("store.not-a-demo");
    }

    static async Task<JsonNode> Get(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    static async Task<HttpResponseMessage> Post(HttpClient http, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{Guid.NewGuid():n}");
        if (body is not null)
            request.Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    static Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));

    static async Task Until(Func<Task<bool>> isSo)
    {
        for (var until = DateTime.UtcNow + Longest; !await isSo(); await Task.Delay(50))
            if (DateTime.UtcNow > until) Assert.Fail("It never came.");
    }
}
