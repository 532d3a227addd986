using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Units to be set aside for a sale price.</summary>
/// <param name="Code">Its name among the item's promotions.</param>
/// <param name="Listing">Where it is offered.</param>
/// <param name="Price">What one costs; less than the listing says.</param>
/// <param name="Until">Until when (UTC): what is left goes back then.</param>
/// <param name="From">From when (UTC); left out: from now on.</param>
/// <param name="MostPerBuyer">How many one buyer may take; left out: as many as there are.</param>
public sealed record PromotionRequest(
    string Code, ListingId Listing, Money Price, int Units, Instant Until, Instant? From = null,
    int? MostPerBuyer = null);

/// <summary>A promotion.</summary>
/// <param name="Left">Units that can still be had at that price.</param>
/// <param name="Taken">Units that orders have taken.</param>
/// <param name="Orders">How many orders those are.</param>
public sealed record PromotionBody(
    string Code, ListingId Listing, Money Price, Instant From, Instant Until, int Units, int? MostPerBuyer, int Left,
    int Taken, int Orders);

/// <summary>How many one buyer may have within a time.</summary>
/// <param name="Units">Left out, as the hours are: as many as there are.</param>
/// <param name="Hours">Within how many hours before.</param>
public sealed record BuyerLimitRequest(int? Units = null, int? Hours = null);

/// <summary>How many one buyer may have within a time.</summary>
public sealed record BuyerLimitBody(int Units, int Hours);

/// <summary>What a seller sets aside for a sale price, and how many one buyer may have.</summary>
static class StockDeals
{
    const int MostHours = 366 * 24;
    const string Source = "partition/listing";
    static readonly Remedy Mend = new("stock.mend-promotion");

    public static void Map(IEndpointRouteBuilder stock)
    {
        stock.MapPost("/{seller}/{sku}/promotions", Promote).For(Party.Seller).WithName("startPromotion")
            .WithSummary("Set units aside for a sale price that is honoured to the last of them.");
        stock.MapPost("/{seller}/{sku}/promotions/{promotion}/end", End).For(Party.Seller).WithName("endPromotion")
            .WithSummary("End a promotion before its time; orders that have its price keep it.");
        stock.MapPut("/{seller}/{sku}/limit", Limit).For(Party.Seller).WithName("limitBuyers")
            .WithSummary("Limit how many one buyer may have within a time.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/stock/items/{sku}/promotions", PromoteOnPage).AsPage(Party.Seller);
        pages.MapPost("/stock/items/{sku}/promotions/end", EndOnPage).AsPage(Party.Seller);
        pages.MapPost("/stock/items/{sku}/limit", LimitOnPage).AsPage(Party.Seller);
    }

    public static ImmutableArray<PromotionBody> Of(StockItem.State s) =>
    [
        .. s.Promotions.Where(p => p.Terms.For is null).Select(p => new PromotionBody(
            p.Terms.Code, p.Terms.Listing, p.Terms.Price, p.Terms.From, p.Terms.Until, p.Terms.Units,
            p.Terms.MostPerBuyer, p.Left, p.Shares.Values.Sum(x => x.Units), p.Shares.Count)),
    ];

    public static BuyerLimitBody? Of(BuyerLimit? limit) =>
        limit is null ? null : new(limit.Units, limit.Within.Days * 24 + limit.Within.Hours);

    static async Task<Answer<StockBody>> Promote(
        string seller, string sku, WriteOf<PromotionRequest> write, IPlatform platform) =>
        await SetAside(seller, sku, write, write.Body, platform);

    static async Task<Answer<StockBody>> SetAside(
        string seller, string sku, Write write, PromotionRequest body, IPlatform platform)
    {
        if (!StockItemId.TryParse($"stock/{seller}/{sku}", out var id)
            || await platform.Read(id, write.By.Who, write.By.Cancel) is null) return Problems.NotFound;
        var normal = await NormalOf(id.Sku, body.Listing, write.By, platform);
        return await StockEndpoints.Ask(seller, sku, write, platform, new StockItem.Command.Promote(new(
            body.Code, body.Listing, body.Price, body.From ?? platform.Now, body.Until, body.Units,
            body.MostPerBuyer), new(normal, platform.Now, Source)));
    }

    /// <summary>What the listing asks for one; null: it doesn't offer it.</summary>
    static async Task<Money?> NormalOf(Sku sku, ListingId listing, Caller caller, IPlatform platform) =>
        (await platform.Read(listing, caller.Who, caller.Cancel))?.State is Listing.State.Live live
            ? live.Offer.Variants.FirstOrDefault(v => v.Sku == sku)?.Price : null;

    static Task<Answer<StockBody>> End(
        string seller, string sku, string promotion, BareWrite write, IPlatform platform) =>
        StockEndpoints.Ask(seller, sku, write, platform, new StockItem.Command.EndPromotion(promotion));

    static async Task<Answer<StockBody>> Limit(
        string seller, string sku, WriteOf<BuyerLimitRequest> write, IPlatform platform)
    {
        var (limit, fault) = LimitOf(write.Body.Units, write.Body.Hours);
        if (fault is not null) return Problems.Of([fault]);
        return await StockEndpoints.Ask(seller, sku, write, platform, new StockItem.Command.LimitBuyers(limit));
    }

    static (BuyerLimit? Limit, Refusal? Fault) LimitOf(int? units, int? hours) => (units, hours) switch
    {
        (null, null) => (null, null),
        ({ } u, >= 1 and <= MostHours) => (new(u, Duration.FromHours(hours.Value)), null),
        _ => (null, new Refusal("stock.limit-needs-both", Mend, ("most", MostHours)) { Field = "hours" }),
    };

    static async Task<IResult> PromoteOnPage(string sku, FormWrite form, IPlatform platform)
    {
        var seller = ((Actor.Seller)form.By.Who).Id;
        List<Refusal> faults = [];
        var live = ListingId.TryParse($"listing/{seller.Code}/{form["listing"]}", out var listing)
            ? (await platform.Read(listing, form.By.Who, form.By.Cancel))?.State as Listing.State.Live : null;
        var currency = live?.Offer.Variants[0].Price.Currency ?? Currency.Eur;
        var (price, fault) = MoneyField.Read(form["price"], currency, "price");
        if (fault is not null) faults.Add(fault);
        if (live is null) faults.Add(StockItem.NotOfferedThere(sku));
        var (from, until) = (DayOf("from", 0), DayOf("until", 1));
        var units = NumberOf(form, "units", faults);
        var most = NumberOf(form, "mostPerBuyer", faults);
        if (faults.Count > 0) return await StockPages.Again(sku, form, platform, Problems.Of([.. faults]));
        var answer = await SetAside(seller.Code, sku, form, new(
            form["code"].ToLowerInvariant(), listing, price, units ?? 0, until ?? platform.Now, from, most), platform);
        return await StockPages.After(sku, form, platform, answer, "promoted");

        Instant? DayOf(string field, int later)
        {
            if (form[field] is "") return null;
            if (LocalDatePattern.Iso.Parse(form[field]).TryGetValue(default, out var day))
                return day.PlusDays(later).AtMidnight().InUtc().ToInstant();
            faults.Add(new("stock.no-day", Mend) { Field = field });
            return null;
        }
    }

    static async Task<IResult> EndOnPage(string sku, FormWrite form, IPlatform platform) =>
        await StockPages.After(sku, form, platform, await StockEndpoints.Ask(
            ((Actor.Seller)form.By.Who).Id.Code, sku, form, platform,
            new StockItem.Command.EndPromotion(form["promotion"])), "promotion-ended");

    static async Task<IResult> LimitOnPage(string sku, FormWrite form, IPlatform platform)
    {
        List<Refusal> faults = [];
        var (units, hours) = (NumberOf(form, "units", faults), NumberOf(form, "hours", faults));
        var (limit, fault) = LimitOf(units, hours);
        if (fault is not null) faults.Add(fault);
        if (faults.Count > 0) return await StockPages.Again(sku, form, platform, Problems.Of([.. faults]));
        return await StockPages.After(sku, form, platform, await StockEndpoints.Ask(
            ((Actor.Seller)form.By.Who).Id.Code, sku, form, platform, new StockItem.Command.LimitBuyers(limit)),
            "limited");
    }

    static int? NumberOf(FormWrite form, string field, List<Refusal> faults)
    {
        if (form[field] is "") return null;
        if (int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return n;
        faults.Add(StockPages.NoNumber(form[field]) with { Field = field });
        return null;
    }
}
