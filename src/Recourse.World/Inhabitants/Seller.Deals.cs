using System.Globalization;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Exchange;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Sellers;
using Recourse.Ways;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> Goods = ["knives", "batteries-in-equipment", "perfume", "plants"];

    static readonly ImmutableArray<(string Service, int From, int To)> Services =
        [("post-packet", 3, 9), ("post-parcel", 4, 12), ("dhl-express", 1, 3), ("ups-standard", 2, 5)];

    ImmutableArray<CouponId> _coupons = [];
    int _deals;

    /// <summary>What they try to sell more by, and what they ask of buyers.</summary>
    void Deal(ListingId listing, Offer offer, Sku sku)
    {
        if (Luck(0.2)) IssueCoupon(listing, offer);
        if (_coupons.Length > 0 && Luck(0.05)) Say(_who, Pick(_coupons), new Coupon.Command.End());
        if (Luck(0.15)) PutOnSale(listing, offer, sku);
        if (Luck(0.2)) Declare(offer.Variants[0].Price.Currency);
        if (Whim(0.05)) Say(_who, new StockItemId(id, sku), new StockItem.Command.LimitBuyers(
            Luck(0.3) ? null : new(Chance.Next(1, 30), Duration.FromDays(Chance.Next(1, 20)))));
    }

    /// <summary>A code that they have not used before, nor in an earlier life.</summary>
    string NewCode(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}-{Door.Now.InUtc().Date:MMdd}-{++_deals}");

    void IssueCoupon(ListingId listing, Offer offer)
    {
        var coupon = new CouponId(id, NewCode("save"));
        _coupons = _coupons.Add(coupon);
        Say(_who, coupon, new Coupon.Command.Issue(Promise(listing, offer, Bearer.Seller)));
    }

    /// <summary>What a coupon of theirs promises, whoever bears it.</summary>
    public CouponTerms Promise(ListingId listing, Offer offer, Bearer bearer)
    {
        var price = offer.Variants[0].Price;
        var uses = Chance.Next(1, 30);
        CouponCut cut = Luck(0.5) ? new CouponCut.PercentOff(Chance.Next(5, Whim(0.1) ? 101 : 40))
            : new CouponCut.AmountOff(price with { Minor = Math.Max(1, price.Minor / Chance.Next(1, 9)) });
        return new(
            cut, price.Currency, Luck(0.3) ? price * Chance.Next(1, 4) : null, Door.Now,
            Door.Now + Duration.FromDays(Chance.Next(2, 40)), Luck(0.3) ? [listing] : [], uses,
            Math.Min(uses, Luck(0.7) ? 1 : Chance.Next(1, 4)), bearer);
    }

    /// <summary>Something of theirs that a coupon can be for; null: they sell nothing.</summary>
    public (ListingId Id, Offer Offer)? Anything => _offers.Count == 0 ? null : Pick(_offers);

    /// <summary>Something at half price for half a day, while there are any; null: they sell nothing.</summary>
    public ListingId? Flash(int units)
    {
        if (Anything is not { } some) return null;
        var variant = some.Offer.Variants[0];
        var half = variant.Price with { Minor = Math.Max(10, variant.Price.Minor / 20 * 10) };
        Say(_who, new StockItemId(id, variant.Sku), new StockItem.Command.Promote(new(
            NewCode("flash"), some.Id, half, Door.Now, Door.Now + Duration.FromHours(12), units, MostPerBuyer: 2)));
        return some.Id;
    }

    void PutOnSale(ListingId listing, Offer offer, Sku sku)
    {
        var item = new StockItemId(id, sku);
        var price = offer.Variants.First(v => v.Sku == sku).Price;
        var code = NewCode("sale");
        var cut = price with { Minor = Math.Max(10, price.Minor / 10 * Chance.Next(5, 10) / 10 * 10) };
        var units = Chance.Next(1, Math.Max(2, town.Plan.Units / 2));
        Say(_who, item, new StockItem.Command.Promote(new(
            code, listing, cut, Door.Now + Duration.FromHours(Chance.Next(0, 30)),
            Door.Now + Duration.FromDays(Chance.Next(2, 12)), units, Luck(0.5) ? Chance.Next(1, units + 1) : null)));
        if (Luck(0.2)) Later(Duration.FromDays(8), () => Say(_who, item, new StockItem.Command.EndPromotion(code)));
    }

    /// <summary>They go on holiday, have more to do than they can, or don't send everything to everybody.</summary>
    void Declare(Currency currency)
    {
        var today = Door.Now.InUtc().Date;
        var from = today.PlusDays(Chance.Next(0, 12));
        Say(_who, id, new SellerAccount.Command.DeclareTerms(new(
            0, Whim(0.1) ? [new([Pick<string>(["BR", "US", "DE"])], [], "Parcels came back from there.")] : [],
            Whim(0.1) ? [new(Cost(20_000, currency), 1, "Too many were never paid.")] : [],
            Whim(0.15) ? new(Chance.Next(3, 30), "More doesn't fit our van.") : null,
            Luck(0.4) ? [new(from, from.PlusDays(Chance.Next(1, 15)), "We are on holiday.")] : [],
            Luck(0.2) ? [IsoDayOfWeek.Friday] : [], Luck(0.3) ? Chance.Next(1, 20) : null)));
    }

    /// <summary>Some prices follow a rate.</summary>
    Peg? Peg(Currency currency) => currency.Code is not ("USD" or "JPY" or "KWD") || !Luck(0.2) ? null
        : new(new(Chance.Next(100, 9_000), Currency.Eur), Chance.Next(0, 400),
            currency.Decimals == 3 ? new(10, 0) : PriceEnding.Whole);

    ImmutableArray<ShippingOption> Ways(Currency currency) =>
    [
        .. Services.Where(_ => Luck(0.6)).DefaultIfEmpty(Services[1]).Select(s => new ShippingOption(
            s.Service, Cost(Chance.Next(0, 900), currency), s.From, s.To)).Select(Following),
    ];

    /// <summary>What a third of them costs follows a rate; which, what it costs says.</summary>
    static ShippingOption Following(ShippingOption o) =>
        o.PerUnit is { Currency.Code: "USD", Minor: > 0 and var cost } && cost % 3 == 0
            ? o with { Peg = new(new(cost, Currency.Eur), (int)(cost % 400), PriceEnding.Whole) } : o;
}
