using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
using Recourse.World.Demo;
namespace Recourse.World.Inhabitants;

public partial class Buyer
{
    const int MostTries = 3;

    static readonly ImmutableArray<int> Absurd = [0, -5, int.MaxValue, int.MinValue, 10_001];

    // A town of each country that things are sent to.
    static readonly ImmutableArray<(string Country, string Town)> Towns =
        [("PT", "Porto"), ("BR", "Recife"), ("US", "Austin"), ("DE", "Leipzig"), ("JP", "Tokyo")];

    int _baskets;

    /// <summary>Fills a basket and buys it; some look at what would be found first.</summary>
    public virtual void Shop()
    {
        if (Supplier is not null && Luck(0.6) && OrderHundreds()) return;
        if (Wish() is not { } wish) return;
        if (Luck(0.2)) Look(wish, MostTries);
        else Buy(wish, MostTries);
    }

    /// <summary>Opens a checkout; what stands in its way is looked at, and tried again without it.</summary>
    void Buy(Purchase wish, int tries)
    {
        var checkout = new CheckoutId(id, Derived.Code($"{id} {++_baskets}"));
        Say(_who, checkout, wish, untilSettled: Luck(0.5), then: outcome =>
        {
            if (outcome is Outcome.Refused && tries > 0 && Luck(0.8))
                Later(Duration.FromMinutes(15), () =>
                    Look(wish with { Basket = WithoutWallet(wish.Basket) }, tries - 1));
        });
        if (Whim(0.05) && Wish() is { } other) Say(_who, checkout, other);  // another tab, and another mind
    }

    Basket WithoutWallet(Basket basket) => basket with
    {
        Wallet = null, Method = basket.Method is Payment.FromWallet ? Good() : basket.Method,
    };

    void Look(Purchase wish, int tries) => Door.Look(id, wish, (now, found) => Settle(now, found, tries));

    /// <summary>Puts right what stops it, mostly as it is proposed; what can't be put right is left.</summary>
    void Settle(Purchase wish, ImmutableArray<Finding> found, int tries)
    {
        ImmutableArray<Finding> stops = [.. found.Where(f => f.Stops)];
        var home = stops.Any(f => f.Code.StartsWith("address.", StringComparison.Ordinal))
            ? HomeIn(wish.Basket.Country) : wish.ShipTo;
        if (home == wish.ShipTo && stops.Any(f => f.Fixes.IsEmpty) && !Luck(0.1)) return;
        ImmutableArray<string> fixes =
            [.. stops.Where(f => !f.Fixes.IsEmpty).Select(f => Luck(0.8) ? f.Fixes[0] : Pick(f.Fixes))];
        Buy(wish with { ShipTo = home, Apply = fixes.IsEmpty ? null : fixes }, tries);
    }

    /// <summary>What they want, where they want it, and with which coupons; null: nothing.</summary>
    Purchase? Wish() => Basket() is not { } basket ? null
        : new(basket with { Coupons = Coupons(basket) }, Slipped(HomeIn(basket.Country)), Device());

    /// <summary>What they want; null: nothing.</summary>
    protected virtual Basket? Basket()
    {
        var window = town.Window;
        if (window.Count == 0) return null;
        var (first, firstOffer) = Luck(town.Plan.HotItem)
            ? window.First() : window.ElementAt(Chance.Next(window.Count));
        var country = Luck(0.97) ? Pick(firstOffer.ShipsTo).Country : Pick<string>(["XX", "NZ", ""]);
        var currency = firstOffer.Variants[0].Price.Currency;
        List<BasketLine> lines = [Line(first, firstOffer, country)];
        HashSet<SellerId> sellers = [first.Seller];
        foreach (var (listing, offer) in window)
        {
            if (!Luck(0.4) || lines.Count > 4 || (offer.Variants[0].Price.Currency != currency && !Luck(0.02)))
                continue;
            if (sellers.Count >= town.Plan.SellersInBasket && !sellers.Contains(listing.Seller)) continue;
            sellers.Add(listing.Seller);
            lines.Add(Line(listing, offer, country));
        }
        var wallet = FromWallet(currency);
        // Some think that it is enough for all of it, and name nothing else.
        if (wallet is not null && Luck(0.3))
            return new([.. lines], country, ShipTo: null, Payment.FromWallet, Wallet: wallet * 100);
        var method = Method();
        return new([.. lines], country, ShipTo: null, method, KindOf(method), Wallet: wallet);
    }

    BasketLine Line(ListingId listing, Offer offer, string country)
    {
        var variant = Pick(offer.Variants);
        var quantity = Luck(0.02) ? Pick(Absurd) : Whim(0.02) ? Chance.Next(60, 120)
            : Luck(0.1) ? Chance.Next(4, 20) : Chance.Next(1, 4);
        return new(
            listing, Luck(0.99) ? variant.Sku : new("no-such-sku"), quantity, Luck(0.5) ? variant.Price : null,
            Way(offer, country));
    }

    /// <summary>How it is to be sent: some choose, and some choose what isn't offered.</summary>
    protected string? Way(Offer offer, string country)
    {
        var ways = offer.ShipsTo.FirstOrDefault(d => d.Country == country)?.Named ?? [];
        return ways.IsEmpty || Luck(0.5) ? null : Whim(0.05) ? "no-such-way" : Pick(ways).Service;
    }

    /// <summary>Coupons that they have heard of for one of the shops or all, used before or not; null: none.</summary>
    protected virtual ImmutableArray<string>? Coupons(Basket basket)
    {
        if (Whim(0.02)) return ["no-such-coupon"];
        ImmutableArray<string> known =
            [.. basket.Lines.Select(l => l.Listing.Seller).Append(CouponId.AllShops).Distinct()
                .SelectMany(s => town.CouponsOf(s))];
        return known.IsEmpty || !Luck(0.3) ? null : [Pick(known)];
    }

    /// <summary>Where they live in that country; null: nowhere. Some share a home.</summary>
    protected virtual Address? HomeIn(string country)
    {
        if (Towns.FirstOrDefault(t => t.Country == country) is not { Town: { } place }) return null;
        var number = id.Code.Sum(c => c) % 5;
        return Homes.Of(new Random(number), $"Maria {(number % 2 == 0 ? "Silva" : "Rocha")}", place, country);
    }

    /// <summary>As they write it: now and then something is left out, or mistyped.</summary>
    Address? Slipped(Address? home) => home is null || !Whim(0.12) ? home : Chance.Next(5) switch
    {
        0 => home with { Name = "x" },
        1 => home with { Postcode = null },
        2 => home with { Postcode = "00" },
        3 => home with { Lines = [] },
        _ => home with { Phone = "12" },
    };

    /// <summary>What they buy with; some share one.</summary>
    protected virtual string? Device() => Luck(0.1) ? "the family's" : $"{id}'s own";

    // Some say that it is a slip when it isn't.
    string? KindOf(string method) => method.StartsWith("pm-slip", StringComparison.Ordinal) || Whim(0.02) ? "boleto"
        : Luck(0.5) ? "card" : null;

    /// <summary>How they pay this time.</summary>
    protected virtual string Method() => Luck(town.Plan.Trouble) ? Manners.Own(Pick(Manners.All).Token, id) : Good();

    /// <summary>A method that always works.</summary>
    string Good() => Manners.Own(Manners.All[0].Token, id);
}
