using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where open pages hear that something of theirs changed. What it is now, they ask the page itself.</summary>
static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/live", Get).AsPage(SignIn.People);

    static IResult Get(Caller caller, Live live, IHostApplicationLifetime life, string? on, string? after)
    {
        if (Live.Read(on) is not { } tags) return Problems.BadParameter("on", "on: tags of this page");
        var since = caller.Http.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? after;
        caller.Http.Response.Headers["X-Accel-Buffering"] = "no";             // a proxy that gathers tells too late
        return TypedResults.ServerSentEvents(live.Changes(tags, since, life.ApplicationStopping, caller.Cancel));
    }
}
