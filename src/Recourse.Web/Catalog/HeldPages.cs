using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>One press that settles prices that wait: they are right, or others are.</summary>
static class HeldPages
{
    static readonly Remedy LookAgain = new("listing.look-again");

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/listings/{code}/price", Settle).AsPage(Party.Seller);
        pages.MapPost("/listings/{code}/goods", Answer).AsPage(Party.Seller);
    }

    static async Task<IResult> Answer(string code, FormWrite form, IPlatform platform)
    {
        var (by, seller) = (form.By, ListingPages.CodeOf(form.By));
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        var answer = await ListingEndpoints.Ask(seller, code, form, platform,
            await HeldPrices.AnswerOf(id, form["do"] is "none" ? [] : form.All("goods"), by, platform));
        if (answer.Body is not { } after)
            return await ListingPages.ShowOf(code, by, platform, null, answer.Problem, null);
        if (answer.Position is { } position) await Positions.AreShown(platform, position, by.Cancel);
        return Results.LocalRedirect(after.Held is not null ? $"/listings/{code}?done=held"
            : after.Barred is not null || form["from"] is not "home" ? $"/listings/{code}?done=goods-answered" : "/");
    }

    static async Task<IResult> Settle(string code, FormWrite form, IPlatform platform)
    {
        var (by, seller) = (form.By, ListingPages.CodeOf(form.By));
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        var now = await ListingEndpoints.Get(seller, code, by, platform);
        if (now.Body is not { } body) return Problems.NotFound;
        var (command, faults) = await Command(id, body.Held, form, platform);
        if (!faults.IsEmpty) return await ListingPages.ShowOf(code, by, platform, null, Problems.Of(faults), form);
        var answer = await ListingEndpoints.Ask(seller, code, form, platform, command!);
        if (answer.Body is not { } after)
            return await ListingPages.ShowOf(code, by, platform, null, answer.Problem, form);
        if (answer.Position is { } position) await Positions.AreShown(platform, position, by.Cancel);
        return Results.LocalRedirect(
            after.Held is not null ? $"/listings/{code}?done=held"
            : form["from"] is "home" ? $"/?done={form["do"]}" : $"/listings/{code}?done=price-{form["do"]}");
    }

    /// <summary>What was pressed, if it is about what still waits.</summary>
    static async Task<(Listing.Command? Command, ImmutableArray<Refusal> Faults)> Command(
        ListingId id, HeldPricesBody? held, FormWrite form, IPlatform platform)
    {
        // Sent twice, it was settled by the first; what is settled the kind says.
        if (form["do"] is "confirm")
            return held is not null && HeldStrip.Mark(held) != form["shown"]
                ? (null, [new Refusal("listing.other-prices-wait", LookAgain)])
                : (new Listing.Command.ConfirmPrice(), []);
        List<Refusal> faults = [];
        List<SkuPrice> prices = [];
        foreach (var (i, p) in (held?.Prices ?? []).Index())
        {
            var (amount, fault) = MoneyField.Read(
                form[$"prices[{i}].price"], p.Price.Currency, $"prices[{i}].price");
            if (fault is not null) faults.Add(fault);
            else prices.Add(new(new(p.Sku), amount));
        }
        List<WayPrice> ways = [];
        foreach (var (i, w) in (held?.Ways ?? []).Index())
        {
            var (amount, fault) = MoneyField.Read(form[$"ways[{i}].price"], w.Price.Currency, $"ways[{i}].price");
            if (fault is not null) faults.Add(fault);
            else ways.Add(new(w.Country, w.Service, amount));
        }
        return faults.Count > 0 ? (null, [.. faults])
            : (await HeldPrices.Correction(id, [.. prices], [.. ways], form.By, platform), []);
    }
}
