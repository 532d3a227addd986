using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>One press from any order or purchase that was cancelled, held or refused: why.</summary>
static class WhyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/{seller}/{code}/why", OfOrder).AsPage(OrderEndpoints.ReadersOfMoney & SignIn.People);
        pages.MapGet("/checkouts/{buyer}/{code}/why", OfCheckout).AsPage(Party.Buyer | Party.Staff);
    }

    static async Task<IResult> OfOrder(
        string seller, string code, Caller caller, IPlatform platform, Store store)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (await OrderEndpoints.Find(seller, code, caller, platform) is not { } seen) return Problems.NotFound;
        if (await OrderFile.Of(seller, code, caller, platform, store) is not { } file) return Problems.NotFound;
        return Pages.Show<WhyPage>(Reader.Of(caller.Http, OrderView.ZoneOf((Order.State)seen.State, seen.Asked)), new()
        {
            ["Why"] = file.Why, ["Text"] = file.WhyText, ["Findings"] = file.Findings, ["Of"] = file.Order.Id.Code,
            ["Href"] = file.Href, ["Ripple"] = file.Ripple, ["Inferred"] = file.Inferred,
        });
    }

    static async Task<IResult> OfCheckout(string buyer, string code, Caller caller, IPlatform platform)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (await CheckoutEndpoints.Find(buyer, code, caller, platform) is not { } seen) return Problems.NotFound;
        var zone = OrderWhy.ZoneOf(((Checkout.State)seen.State).Basket.Country, seen.Asked.InForce);
        var reader = Reader.Of(caller.Http, zone);
        return Pages.Show<WhyPage>(reader, new()
        {
            ["Why"] = await CheckoutWhy.Explained(seen, caller, platform), ["Of"] = code,
            ["Text"] = reader.Texts.Reasons.Tell("order.nothing-against-anybody"),
            ["Href"] = CheckoutPages.HrefOf((CheckoutId)seen.Id),
        });
    }
}
