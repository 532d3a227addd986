using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>One press from any order, purchase or payout that was cancelled, held or refused: why.</summary>
static class WhyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/orders/{seller}/{code}/why", OfOrder).AsPage(OrderEndpoints.ReadersOfMoney & SignIn.People);
        pages.MapGet("/checkouts/{buyer}/{code}/why", OfCheckout).AsPage(Party.Buyer | Party.Staff);
        pages.MapGet("/payouts/{owner}/{code}/why", OfPayout).AsPage(Party.Buyer | Party.Seller | Party.Staff);
    }

    /// <summary>Where a payout's page would be: it has none but this.</summary>
    public static string HrefOf(PayoutItem payout) => $"/{payout.Id.Replace("payout/", "payouts/",
        StringComparison.Ordinal)}";

    static async Task<IResult> OfPayout(string owner, string code, Caller caller, IPlatform platform)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (!PayoutId.TryParse($"payout/{owner}/{code}", out var id)
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return Problems.NotFound;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<WhyPage>(reader, new()
        {
            ["Why"] = seen.State is Payout.State.Back { Why: var why }
                ? [new(seen.Position, [Reading.Of(why, seen.As, caller.Texts)])] : ImmutableArray<Explained>.Empty,
            ["Text"] = reader.Texts.Reasons.Tell("order.nothing-against-anybody"),
            ["Of"] = reader.Say("wallet.to-account", ("ending", ((Payout.State)seen.State).What.Seen.Ending)),
            ["Href"] = caller.IsStaff ? PayoutPages.Path
                : id.Buyer is null ? PayoutPages.OfSeller : WalletPages.Path,
        });
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
