using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>A parcel, and what its carrier said.</summary>
static class ParcelPages
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/parcels/{seller}/{code}", Show).AsPage(SignIn.People);

    static async Task<IResult> Show(string seller, string code, Caller caller, IPlatform platform)
    {
        if (!ParcelId.TryParse($"parcel/{seller}/{code}", out var id)
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return Problems.NotFound;
        return Pages.Show<ParcelPage>(Reader.Of(caller.Http), new()
        {
            ["Body"] = ParcelEndpoints.Of(id, (Parcel.State)seen.State),
            ["Record"] = caller.IsStaff ? await HistoryEndpoints.Of([id], caller, platform, caller.Texts) : default,
        });
    }
}
