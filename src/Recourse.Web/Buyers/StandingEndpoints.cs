using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What stands against a buyer: for themselves and for staff.</summary>
static class StandingEndpoints
{
    /// <summary>The buyer's own page of it.</summary>
    public const string Path = "/standing";

    const Party Readers = Party.Buyer | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var buyer = v1.MapGroup("/buyers/{buyer}").WithTags("People");
        buyer.MapGet("/standing", async (string buyer, Caller caller, Standings standings) =>
                await Of(buyer, caller, standings)).For(Readers).WithName("getStanding")
            .WithSummary("What stands against a buyer, why, until when, and how it is lifted or appealed.");
        buyer.MapPost("/blocks", Block).For(Party.Staff).WithName("blockMethods")
            .WithSummary("Block a buyer's payment methods, or those with the card that paid a checkout.");
        buyer.MapPost("/blocks/{scope}/lift", Lift).For(Party.Staff).WithName("liftBlock")
            .WithSummary("Lift a block of payment methods.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).AsPage(Party.Buyer);
        pages.MapPost("/buyers/{buyer}/blocks", BlockOnPage).AsPage(Party.Staff);
        pages.MapPost("/buyers/{buyer}/blocks/{scope}/lift", LiftOnPage).AsPage(Party.Staff);
    }

    static BuyerId? IdOf(string buyer) => BuyerId.TryParse($"buyer/{buyer}", out var id) ? id : null;

    static async Task<Answer<StandingBody>> Of(string buyer, Caller caller, Standings standings) =>
        IdOf(buyer) is { } id && await standings.Of(id, caller) is { } body ? body : Problems.NotFound;

    static async Task<Answer<StandingBody>> Block(
        string buyer, WriteOf<MethodBlockRequest> write, Standings standings)
    {
        if (IdOf(buyer) is not { } id) return Problems.NotFound;
        var body = write.Body;
        return await standings.Block(id, body.Reason, body.Until, body.Checkout, write) is { } problem ? problem
            : await Of(buyer, write.By, standings);
    }

    static async Task<Answer<StandingBody>> Lift(string buyer, string scope, BareWrite write, Standings standings)
    {
        if (IdOf(buyer) is not { } id) return Problems.NotFound;
        return await standings.Lift(id, scope, write) is { } problem ? problem : await Of(buyer, write.By, standings);
    }

    static async Task<IResult> Show(Caller caller, Standings standings) => Pages.Show<StandingPage>(
        Reader.Of(caller.Http), new() { ["Body"] = await standings.Of(caller.Buyer!.Value, caller) });

    static async Task<IResult> BlockOnPage(string buyer, FormWrite form, Standings standings, IPlatform platform)
    {
        if (IdOf(buyer) is not { } id) return Problems.NotFound;
        var days = int.TryParse(form["days"], out var n) ? n : 0;
        return await standings.Block(
            id, form["reason"], platform.Now + Duration.FromDays(days), form["checkout"], form) is { } problem
            ? problem : Results.LocalRedirect($"/buyers/{buyer}#standing");
    }

    static async Task<IResult> LiftOnPage(string buyer, string scope, FormWrite form, Standings standings) =>
        IdOf(buyer) is not { } id ? Problems.NotFound
        : await standings.Lift(id, scope, form) is { } problem ? problem
        : Results.LocalRedirect($"/buyers/{buyer}#standing");
}
