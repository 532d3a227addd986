using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Cli;
using Recourse.Client;
using Recourse.Monitoring;
using Recourse.Runtime;
using Recourse.Web;
using Recourse.World.Demo;
namespace Recourse.Tests;

/// <summary>Whom the demo has one be at a desk.</summary>
public sealed record Persona(
    string Desk, string Name, string Line, string Role, string Of, string? About, string Page, string Key);

/// <summary>
/// The real server with a village's history and its people, at real time so that nothing moves by itself, and a browser
/// to look at it.
/// </summary>
public sealed class TheDemo : IAsyncLifetime
{
    const double RealTime = 1 / 1440.0;

    sealed record All(ImmutableArray<Persona> Personas);

    readonly string _folder = Path.Combine(Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");
    readonly ConcurrentDictionary<string, Task<string>> _sessions = [];
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    readonly HttpClient _http = new();
    readonly Lazy<Task<string>> _new;
    IPlaywright? _playwright;
    IBrowser _browser = null!;
    DemoLife? _life;
    int _number;

    /// <summary>Not there yet.</summary>
    public TheDemo() => _new = new(Register);

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Start(_playwright);
        await Start();
    }

    /// <summary>Starts, where it was before if it was there before.</summary>
    public async Task Start()
    {
        _life = await DemoLife.Start(DemoPlan.Small, _folder, [$"{Address}".TrimEnd('/')], RealTime);
        Address = new(_life.App.Urls.First());
        _http.BaseAddress ??= Address;
        if (Personas.IsEmpty) Personas = await Meet();
    }

    /// <summary>Whom one can be now.</summary>
    public async Task<ImmutableArray<Persona>> Meet() =>
        (await _http.GetFromJsonAsync<All>(new Uri(Address, "/v1/demo/personas")))!.Personas;

    /// <summary>Ends; its store stays.</summary>
    public async Task Stop()
    {
        if (_life is null) return;
        await _life.DisposeAsync();
        _life = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        await Stop();
        _http.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    T Service<T>() where T : notnull => _life!.App.Services.GetRequiredService<T>();

    /// <summary>Whom one can be, as of the first start: nobody whom a test has made.</summary>
    public ImmutableArray<Persona> Personas { get; private set; } = [];

    /// <summary>The first persona of a desk.</summary>
    public Persona At(string desk) => Personas.First(p => p.Desk == desk);

    /// <summary>A name that nobody else here has.</summary>
    public string Fresh(string name) => $"{name}-t{Interlocked.Increment(ref _number)}";

    /// <summary>A key to be anybody.</summary>
    public string KeyOf(Party role, string of) => Service<AccessKeys>().Create(role, of);

    /// <summary>Somebody at the API.</summary>
    public RecourseClient Api(Party role, string of) => new(_http, KeyOf(role, of)) { Language = "en" };

    /// <summary>Puts on a brake, as the platform's own watch does; its page.</summary>
    public async Task<string> Brake(BrakeScope scope)
    {
        var platform = Service<IPlatform>();
        var (id, now) = (BrakeId.Of(scope, platform.Now), platform.Now);
        (await platform.Ask(new(id, new Brake.Command.Pull(new(new(scope, 40, 1), now, "test")),
            new Actor.Operator("brake")), default)).ShouldBeOfType<Outcome.Done>();
        return $"/brakes/{id.Code}";
    }

    /// <summary>Every address that is a page, the most exact pattern first.</summary>
    public IReadOnlyList<string> Patterns =>
    [
        .. from endpoint in Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<Access>() is { IsPage: true }
           where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true
           orderby endpoint.RoutePattern.InboundPrecedence
           select endpoint.RoutePattern.RawText is "/" ? "/" : endpoint.RoutePattern.RawText!.TrimEnd('/'),
    ];

    /// <summary>The pattern of a page's address; null: it is none.</summary>
    public string? PatternOf(string path) => Patterns.FirstOrDefault(p =>
        new TemplateMatcher(TemplateParser.Parse(p), new()).TryMatch(path.Split('?')[0], new()));

    /// <summary>Somebody who has not signed in.</summary>
    public Task<Guest> Visit(Look? look = null) => Guest.Arrive(_browser, Address, look ?? Look.Wide, null);

    /// <summary>Somebody who has.</summary>
    public Task<Guest> Visit(Party role, string of, By by) => Visit(role, of, Look.Of(by));

    /// <inheritdoc cref="Visit(Party, string, By)"/>
    public async Task<Guest> Visit(Party role, string of, Look? look = null) =>
        await Guest.Arrive(_browser, Address, look ?? Look.Wide, await Session($"{role} {of}", () => KeyOf(role, of)));

    /// <summary>As a persona.</summary>
    public async Task<Guest> Visit(Persona persona, Look? look = null) =>
        await Guest.Arrive(_browser, Address, look ?? Look.Wide, await Session(persona.Key, () => persona.Key));

    /// <summary>As somebody who registers, reads the letter, and has put something into their basket.</summary>
    public async Task<Guest> VisitAsNew() => await Guest.Arrive(_browser, Address, Look.Wide, await _new.Value);

    async Task<string> Register()
    {
        var mail = $"{Fresh("nia")}@example.org";
        const string Password = "a green umbrella";
        await using var guest = await Visit();
        await guest.Open("/register");
        await guest.Fill("[name=name]", "Nia Novak");
        await guest.Fill("[name=mail]", mail);
        await guest.Fill("[name=password]", Password);
        await guest.Press("form[action='/register'] button");
        await guest.Sees(mail);
        var link = guest.Page.Locator("main a[href*='/confirm?']").First;
        for (var until = DateTime.UtcNow + Patience; await link.CountAsync() == 0; await Task.Delay(200))
        {
            (DateTime.UtcNow < until).ShouldBeTrue("the letter never came");
            await guest.Open($"/demo/mailbox?find={mail}");
            var letter = guest.Page.Locator("main a[href*='mail=']").First;
            if (await letter.CountAsync() > 0) await guest.Press(letter);
        }
        await guest.Press(link);
        await guest.Fill("[name=password]", Password);
        await guest.Press("main form button");
        await guest.Page.WaitForURLAsync(
            url => !url.Contains("/confirm", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await guest.Open("/shop");
        await guest.Press("main a[href^='/shop/']");
        await guest.Press("form[action='/basket/add'] button.main");
        return await guest.Page.Context.StorageStateAsync();
    }

    /// <summary>Comes in once; the cookies of that serve every later window.</summary>
    Task<string> Session(string who, Func<string> key) => _sessions.GetOrAdd(who, async _ =>
    {
        await using var guest = await Visit();
        await guest.Open("/sign-in");
        // A card of the demo is a form with its persona's key; here it gets another.
        var card = guest.Page.Locator("form:has(input[type=hidden][value^=rk_])").First;
        await card.Locator("input[value^=rk_]").EvaluateAsync("(e, key) => { e.value = key; }", key());
        await card.Locator("button").ClickAsync();
        await guest.Page.WaitForURLAsync(
            url => !url.EndsWith("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        return await guest.Page.Context.StorageStateAsync();
    });
}
