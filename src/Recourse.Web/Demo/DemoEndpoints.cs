using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a banner says of a demo.</summary>
/// <param name="Day">The day there (UTC, ISO 8601).</param>
/// <param name="Now">The instant there (UTC).</param>
/// <param name="Pace">Days a minute.</param>
/// <param name="Why">How its clock goes: <c>running</c>, <c>paused</c>, <c>visited</c> (real time for a while, because
/// somebody has done something) or <c>stepping</c>.</param>
/// <param name="Full">It has grown as far as it may: people begin nothing new.</param>
public sealed record DemoBody(string Day, Instant Now, double Pace, bool Paused, string Why, bool Full);

/// <summary>Another pace.</summary>
/// <param name="Pace">Days a minute.</param>
public sealed record PaceRequest(double Pace);

/// <summary>A demo's clock and its personas; these endpoints are there in a demo only.</summary>
static class DemoEndpoints
{
    const string Own = "/v1/demo";

    /// <summary>Where the banner's forms go.</summary>
    public const string Page = "/demo/clock";

    public static void Map(IEndpointRouteBuilder v1)
    {
        var demo = v1.MapGroup("/demo").WithTags("Demo");
        demo.MapGet("", (Demo d) => Answer(d)).ForAnybody().WithName("getDemo")
            .WithSummary("What day it is in the demo, and how its clock goes.");
        demo.MapGet("/personas", Tell).ForAnybody().WithName("listPersonas")
            .WithSummary("Someone worth meeting at each desk, with a key to look through their eyes.");
        demo.MapPost("/pause", (BareWrite _, Demo d) => Do(d, c => c.Pause())).For(Access.AnyKey)
            .WithName("pauseDemo").WithSummary("Stop the demo's clock.");
        demo.MapPost("/go-on", (BareWrite _, Demo d) => Do(d, c => c.GoOn())).For(Access.AnyKey)
            .WithName("goOnWithDemo").WithSummary("Let the demo's clock go on at its pace.");
        demo.MapPost("/step", (BareWrite _, Demo d) => Do(d, c => c.Step())).For(Access.AnyKey)
            .WithName("stepDemo").WithSummary("Let a day pass in seconds.");
        demo.MapPost("/pace", SetPace).For(Access.AnyKey).WithName("setPaceOfDemo")
            .WithSummary("Set the pace, in days a minute.");
    }

    // Who turns the clock or comes in has done nothing there yet.
    static readonly ImmutableArray<string> NoVisits = [Own, Page, SignIn.Path, "/sign-out"];

    static Answer<DemoBody> SetPace(WriteOf<PaceRequest> write, Demo demo) =>
        DemoClock.IsPace(write.Body.Pace) ? Do(demo, c => c.Pace = write.Body.Pace)
        : Problems.BadParameter("pace", $"pace > {DemoClock.MostPace}");

    static Answer<DemoBody> Do(Demo demo, Action<DemoClock> act)
    {
        act(demo.Clock);
        return Answer(demo);
    }

    static Answer<DemoBody> Answer(Demo demo)
    {
        var (now, gait) = (demo.Clock.Now, demo.Clock.Gait);
        return new DemoBody(now.InUtc().Date.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            now, demo.Clock.Pace, gait is Gait.Paused, Closed.NameOf($"{gait}"), demo.IsFull);
    }

    static Answer<PersonasBody> Tell(
        Demo demo, IPlatform platform, Store store, Shops shops, HttpRequest request) =>
        new PersonasBody(demo.Personas(platform, store, shops, Languages.Of(request)));

    /// <summary>Whoever writes and doesn't live there is a visitor, and wants to see what comes of it.</summary>
    public static async Task NoticeVisitors(HttpContext http, RequestDelegate next)
    {
        var writes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        await next(http);
        if (!writes || http.Features.Get<Visitor>() is null || http.Response.StatusCode >= 400
            || NoVisits.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal))) return;
        var demo = http.RequestServices.GetRequiredService<Demo>();
        var token = http.Request.Headers.Authorization.ToString().Split(' ')[^1];
        if (demo.Keys?.IsInhabitants(token) is not true) demo.Clock.Visit();
    }
}
