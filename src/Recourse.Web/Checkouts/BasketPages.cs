using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The basket, for buyers and for whoever has not signed in yet.</summary>
static class BasketPages
{
    public const string Path = "/basket";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, Get).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/add", Add).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/change", Change).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/coupon", Coupon).AsPageAlsoForStrangers(Party.Buyer);
        pages.MapPost($"{Path}/again", Again).AsPage(Party.Buyer);
    }

    static async Task<IResult> Get(
        HttpContext http, Baskets baskets, CheckoutQuotes quotes, Destinations destinations, string? done,
        string[]? was) => await Show(
            http, baskets, quotes, done, Undone(was), null, (await destinations.Of(http, null)).Country);

    static async Task<IResult> Show(
        HttpContext http, Baskets baskets, CheckoutQuotes quotes, string? done, ImmutableArray<BasketItem> was,
        Problem? refused, string? country = null)
    {
        Devices.Mark(http);
        var (reader, basket) = (Reader.Of(http), baskets.Of(http));
        var items = basket.Items;
        var (_, quote) = await quotes.Of(
            Drafts.Of([.. items.Select(i => i.ToLine())], country, null, [])
                .WithCoupons(basket.Coupons, new(http)), [], new(http));
        return Pages.Show<BasketPage>(reader, new()
        {
            ["Items"] = items, ["Lines"] = quote.Lines, ["Was"] = was, ["Coupons"] = quote.Coupons,
            ["CouponFaults"] = quote.Findings, ["Done"] = done is "added" ? done : null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, http),
        }, refused?.Status ?? 200);
    }

    /// <summary>What a page can bring back: as it was before the last press.</summary>
    public static ImmutableArray<BasketItem> Undone(string[]? was) =>
        [.. (was ?? []).Take(20).Select(BasketItem.Parse).OfType<BasketItem>()];

    static async Task<IResult> Add(
        FormWrite form, HttpContext http, IPlatform platform, Baskets baskets, CheckoutQuotes quotes)
    {
        if (!ListingId.TryParse(form["listing"], out var listing)) return Problems.NotFound;
        var page = await ListingEndpoints.Get(listing.Seller.Code, listing.Code, new(http), platform);
        if (page.Body?.Offer?.Variants.FirstOrDefault(v => v.Sku == form["sku"]) is not { } variant)
            return page.Problem ?? Problems.NotFound;
        if (Units(form["quantity"]) is not { } units) return Problems.Of(
            [Problems.BadField("basket.bad-quantity", "quantity", ("most", BasketItem.MostUnits))]);
        // At the sale price, if there is one for so many.
        var asked = new CheckoutLine(listing, variant.Sku, units);
        var (_, quote) = await quotes.Of(
            Drafts.Of([asked], null, null, []).WithCoupons([], new(http)), [], new(http));
        var price = quote.Lines is [{ UnitPrice: { } now }] ? now : variant.Price;
        var basket = baskets.Of(http);
        if (basket.Once(form) is { } fresh
            && !baskets.Keep(http, fresh.And([new(listing, variant.Sku, units, price)])))
            return await Full(http, baskets, quotes);
        return Results.LocalRedirect($"{Path}?done=added");
    }

    /// <summary>So many of one thing, or none; said again by a page that is older, it is so again.</summary>
    static async Task<IResult> Change(FormWrite form, HttpContext http, Baskets baskets, CheckoutQuotes quotes)
    {
        var wanted = form.All("item").Take(30).Select(BasketItem.Parse).OfType<BasketItem>().ToList();
        var quantity = form["quantity"] is "" ? null : Units(form["quantity"], least: 0);
        var basket = baskets.Of(http);
        List<string> was = [];
        foreach (var item in wanted)
        {
            if (basket.Items.FirstOrDefault(i => i.IsOf(item)) is { } before && before != item with
                { Quantity = quantity ?? item.Quantity }) was.Add($"{before}");
            basket = basket.With(item, quantity ?? item.Quantity);
        }
        return baskets.Keep(http, basket) ? Back(form, quantity is null or 0 ? was : [])
            : await Full(http, baskets, quotes);
    }

    /// <summary>One coupon more, or without one.</summary>
    static async Task<IResult> Coupon(FormWrite form, HttpContext http, Baskets baskets, CheckoutQuotes quotes)
    {
        var (basket, code) = (baskets.Of(http), form["coupon"].ToLowerInvariant());
        if (form["without"] is not "") basket = basket.WithCoupons(basket.Coupons.Remove(form["without"]));
        else if (!Derived.IsCode(code))
            return await Show(http, baskets, quotes, null, [], Problems.Of([CouponSeen.Unknown(
                code.Length > Derived.Longest ? code[..Derived.Longest] : code) with { Field = "coupon" }]));
        else basket = basket.WithCoupons(basket.Coupons.Append(code));
        return baskets.Keep(http, basket) ? Results.LocalRedirect(Path) : await Full(http, baskets, quotes);
    }

    /// <summary>
    /// What a checkout that came to nothing was for; one that is stopped is kept until it is bought anew.
    /// </summary>
    static async Task<IResult> Again(
        FormWrite form, HttpContext http, IPlatform platform, Store store, Baskets baskets, CheckoutQuotes quotes)
    {
        var caller = form.By;
        if (await CheckoutEndpoints.Find(form["buyer"], form["code"], caller, platform) is not { } seen)
            return Problems.NotFound;
        var body = CheckoutView.Of(seen, caller, store.People);
        var (_, quote) = await quotes.Of(Drafts.Of(body.Lines, null, null, []), [], caller);
        var now = quote.Lines;
        var basket = baskets.Of(http);
        foreach (var line in now.Where(l => l.UnitPrice is not null))
            basket = basket.With(new(line.Listing, line.Sku, 1, line.UnitPrice!.Value), line.Quantity);
        var isStopped = body.State is "stopped";
        basket = basket.WithCoupons(basket.Coupons.Concat(body.Coupons)) with
        {
            Instead = isStopped ? body.Id.Code : basket.Instead,
        };
        return !baskets.Keep(http, basket) ? await Full(http, baskets, quotes)
            : Results.LocalRedirect(isStopped
                ? $"{CheckoutPages.Path}?currency={Uri.EscapeDataString(body.Total.Currency.Code)}" : Path);
    }

    static Task<IResult> Full(HttpContext http, Baskets baskets, CheckoutQuotes quotes) => Show(
        http, baskets, quotes, null, [], new(409, new Refusal("basket.full", new("basket.buy-first"))));

    static IResult Back(FormWrite form, IEnumerable<string> was) => To(SignIn.Local(form["then"]) ?? Path, was);

    /// <summary>To a page that can bring back what was taken out.</summary>
    public static IResult To(string path, IEnumerable<string> was)
    {
        var query = string.Join('&', was.Select(w => $"was={Uri.EscapeDataString(w)}"));
        return Results.LocalRedirect(query is "" ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }

    static int? Units(string text, int least = 1) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
        && units >= least && units <= BasketItem.MostUnits ? units : null;
}
