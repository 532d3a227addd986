using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The public register as a page.</summary>
static class RegisterPages
{
    public const string Path = "/decisions";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Show).AsPageAlsoForStrangers(SignIn.People);
        pages.MapGet($"{Path}/export", RegisterEndpoints.Export).AsPage(Party.Operator);
    }

    static async Task<IResult> Show(Caller caller, IPlatform platform, string? code, string? about, string? after)
    {
        var rows = await RegisterEndpoints.List(caller, platform, code, about, after, null);
        return rows.Body is not { } body ? rows : Pages.Show<RegisterPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Counts"] = RegisterEndpoints.CountsOf(platform), ["Code"] = code,
            ["All"] = platform.Views.Count(ReasonRegister.View, ReasonRegister.ByTime, ReasonRegister.All),
        });
    }
}
