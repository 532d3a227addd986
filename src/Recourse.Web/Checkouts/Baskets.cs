using System.Globalization;
using Microsoft.AspNetCore.Http;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
namespace Recourse.Web;

/// <summary>Units of one variant that somebody wants.</summary>
/// <param name="Price">What one cost when it was put in.</param>
/// <param name="Service">How it is to be sent; null: in the cheapest way that will do.</param>
/// <param name="Later">What is to follow in instalments; null: nothing.</param>
public sealed record BasketItem(
    ListingId Listing, string Sku, int Quantity, Money Price, string? Service = null, LaterBody? Later = null)
{
    /// <summary>More than this of one thing is no basket.</summary>
    public const int MostUnits = CheckoutDraft.MostUnits;

    /// <summary>As addresses and cookies have it; it has no character that either would change.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Listing.Seller.Code}~{Listing.Code}~{Sku}~{Quantity}{After}~{Price.Minor}~{Price.Currency.Code}")
        + (Service is null ? "" : $"~{Service}");

    string After => Later is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $".{Later.Units}.{Later.Parts}");

    /// <summary>Null: it isn't one.</summary>
    public static BasketItem? Parse(string? text) =>
        text?.Split('~') is [var seller, var code, var sku, var quantity, var minor, var currency, .. var more]
        && (more is [] or [_]) && more.All(Derived.IsCode)
        && ListingId.TryParse($"listing/{seller}/{code}", out var listing) && Derived.IsCode(sku)
        && quantity.Split('.').Select(NumberOf).ToArray() is [> 0 and <= MostUnits and int units, .. var after]
        && (after is [] or [int, int])
        && long.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var price) && price <= Money.Most
        && Currency.TryParse(currency, out var known)
            ? new(listing, sku, units, new(price, known), more is [var service] ? service : null,
                after is [int later, int parts] ? new(later, parts) : null) : null;

    static int? NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>Whether it is of the same variant.</summary>
    public bool IsOf(BasketItem other) => Listing == other.Listing && Sku == other.Sku;

    /// <summary>As a checkout is asked for it.</summary>
    public CheckoutLine ToLine() => new(Listing, Sku, Quantity)
    {
        UnitPrice = Price, Service = Service, Later = Later,
    };
}

/// <summary>What somebody has put aside to buy.</summary>
/// <param name="Done">What the newest forms have done already, so that sending one twice does it once.</param>
sealed record BasketContent(ImmutableArray<BasketItem> Items, ImmutableArray<string> Done)
{
    const int MostDone = 6;

    public static readonly BasketContent Empty = new([], []);

    const char CouponMark = '!', InsteadMark = '?', FixedMark = '+';
    const int MostCoupons = 5;

    /// <summary>Codes of coupons, the first that was typed in first.</summary>
    public ImmutableArray<string> Coupons { get; init; } = [];

    /// <summary>Code of a stopped checkout of the reader's that it is bought instead of; null: none.</summary>
    public string? Instead { get; init; }

    /// <summary>Codes of findings that were settled in it.</summary>
    public ImmutableArray<string> Fixed { get; init; } = [];

    /// <summary>With those codes alone.</summary>
    public BasketContent WithCoupons(IEnumerable<string> codes) =>
        this with { Coupons = [.. CouponCodes.Tidied(codes).Where(Derived.IsCode).Take(MostCoupons)] };

    /// <summary>How many things.</summary>
    public int Units => Items.Sum(i => i.Quantity);

    /// <summary>
    /// So many of it, where it stood or at the end; none: it goes. What was to follow was of another number.
    /// </summary>
    public BasketContent With(BasketItem item, int quantity)
    {
        var at = Items.ToList().FindIndex(i => i.IsOf(item));
        if (quantity <= 0) return at < 0 ? this : this with { Items = Items.RemoveAt(at) };
        item = item with
        {
            Quantity = Math.Min(quantity, BasketItem.MostUnits), Later = quantity == item.Quantity ? item.Later : null,
        };
        return this with { Items = at < 0 ? Items.Add(item) : Items.SetItem(at, item) };
    }

    /// <summary>As much more of each of them.</summary>
    public BasketContent And(IEnumerable<BasketItem> more) => more.Aggregate(this, (basket, item) =>
        basket.With(item, item.Quantity + (basket.Items.FirstOrDefault(i => i.IsOf(item))?.Quantity ?? 0)));

    /// <summary>Without what was bought.</summary>
    public BasketContent Without(IEnumerable<BasketItem> bought) =>
        bought.Aggregate(this, (basket, item) => basket.With(item, 0));

    /// <summary>Remembers a form; null: it was sent before.</summary>
    public BasketContent? Once(FormWrite form)
    {
        var mark = form.Key[..Math.Min(form.Key.Length, 12)];
        return Done.Contains(mark) ? null : this with { Done = [mark, .. Done.Take(MostDone - 1)] };
    }

    public override string ToString() => string.Join('\n',
        [string.Join(' ', Done), .. Items.Select(i => $"{i}"), .. Coupons.Select(c => $"{CouponMark}{c}"),
            .. Instead is null ? (string[])[] : [$"{InsteadMark}{Instead}"],
            .. Fixed.Select(c => $"{FixedMark}{c}")]);

    public static BasketContent Parse(string? text) => text?.Split('\n') is not [var done, .. var lines] ? Empty
        : new BasketContent([.. lines.Select(BasketItem.Parse).OfType<BasketItem>()],
            [.. done.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            .WithCoupons(lines.Where(l => l.StartsWith(CouponMark)).Select(l => l[1..])) with
            {
                Instead = lines.FirstOrDefault(l => l.StartsWith(InsteadMark))?[1..],
                Fixed = [.. lines.Where(l => l.StartsWith(FixedMark)).Select(l => l[1..])],
            };
}

/// <summary>Baskets, each in its browser.</summary>
sealed class Baskets(OwnCookies cookies)
{
    /// <summary>The cookie's name, before whose it is.</summary>
    public const string Cookie = "recourse-basket";

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>The reader's, with what they put in before they signed in: from now on that is theirs alone.</summary>
    public BasketContent Of(HttpContext http)
    {
        if (http.Items[typeof(Baskets)] is BasketContent known) return known;
        var own = BasketContent.Parse(cookies.Read(http, Cookie));
        if (cookies.ReadLeft(http, Cookie) is { } left)
        {
            var before = BasketContent.Parse(left);
            var both = own.And(before.Items).WithCoupons(own.Coupons.Concat(before.Coupons));
            if (Keep(http, both)) return both;
        }
        http.Items[typeof(Baskets)] = own;
        return own;
    }

    /// <summary>False: it has grown too long to be kept, and stays as it was.</summary>
    public bool Keep(HttpContext http, BasketContent basket)
    {
        if (!cookies.Write(http, Cookie, $"{basket}", KeptFor)) return false;
        http.Items[typeof(Baskets)] = basket;
        return true;
    }
}
