using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Checkouts;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A checkout and its payment, which have one code, as the platform's people see them.</summary>
static class PaymentPages
{
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet("/payments/{buyer}/{code}", Show).AsPage(Party.Staff);

    static async Task<IResult> Show(
        string buyer, string code, Caller caller, IPlatform platform, Store store, WorkDesk work)
    {
        if (!PaymentId.TryParse($"payment/{buyer}/{code}", out var id)) return Problems.NotFound;
        var checkout = await platform.Read(id.Checkout, caller.Who, caller.Cancel);
        var payment = await platform.Read(id, caller.Who, caller.Cancel);
        if (checkout is null && payment is null) return Problems.NotFound;
        return Pages.Show<PaymentPage>(Reader.Of(caller.Http), new()
        {
            ["Id"] = id, ["Body"] = payment is null ? null : await PaymentEndpoints.Of(payment, caller, platform),
            ["Checkout"] = checkout is null ? null : await CheckoutEndpoints.Of(checkout, caller, platform, store),
            ["Work"] = checkout is null ? null : (await work.Read(id.Checkout, caller))?.Body,
            ["Who"] = caller.Who.Name,
            ["Record"] = await HistoryEndpoints.Of([id.Checkout, id], caller, platform, caller.Texts),
        });
    }
}
