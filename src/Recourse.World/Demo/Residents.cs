using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.World.Inhabitants;
namespace Recourse.World.Demo;

/// <summary>A buyer of the demo: buys where they live, what people like, and mostly pays well.</summary>
sealed class Shopper(IDoor door, Town town, DemoWorld world, Resident who) : Buyer(door, town, new(who.Code))
{
    // What the stand-in provider knows: one card of their own that behaves (with some, refunds take days), and in so
    // many of 100 purchases another that doesn't. What stands after the point says whose it is.
    static readonly ImmutableArray<string> Good =
        ["pm_card_visa", "pm_card_mastercard", "pm_standin_refund-pending", "pm_standin_refund-pending"];
    static readonly ImmutableArray<(int Weight, string Token)> Bad =
    [
        (3, "pm_card_chargeDeclinedInsufficientFunds"), (1, "pm_card_chargeDeclinedExpiredCard"),
        (2, "pm_standin_refund-fails-once"),
    ];
    const int Surprising = 8;

    ListingId? _wanted;
    string? _coupon;

    /// <summary>Comes for one thing.</summary>
    /// <param name="coupon">What they were given for it; null: nothing.</param>
    public void ComeFor(ListingId listing, string? coupon = null)
    {
        (_wanted, _coupon) = (listing, coupon);
        Shop();
        (_wanted, _coupon) = (null, null);
    }

    protected override Basket? Basket()
    {
        if (!world.Zones.TryGetValue(DemoWorld.CurrencyOf(who.Country), out var zone)) return null;
        List<BasketLine> lines = [];
        var first = _wanted ?? Liked(zone);
        for (var more = Chance.Next(10) switch { < 6 => 1, < 9 => 2, _ => 3 }; more > 0; more--)
        {
            var listing = lines.Count == 0 ? first : Luck(0.7)
                ? Pick(world.WaresOf(first.Seller.Code)).Id : Liked(zone);
            if (!Town.Window.TryGetValue(listing, out var offer)
                || offer.ShipsTo.All(d => d.Country != who.Country)) continue;
            var variant = Pick(offer.Variants);
            if (lines.Any(l => l.Listing == listing)) continue;
            lines.Add(new(listing, variant.Sku, Luck(0.8) ? 1 : Chance.Next(2, 4), Luck(0.5) ? variant.Price : null,
                Way(offer, who.Country)));
        }
        return lines.Count == 0 ? null : new([.. lines], who.Country, ShipTo: null, Method(), MethodKind: null);
    }

    protected override ImmutableArray<string>? Coupons(Basket basket) =>
        _coupon is { } given ? [given] : base.Coupons(basket);

    protected override string CountryOf(Offer offer) => who.Country;

    protected override Address? HomeIn(string country) => country == who.Country ? world.HomeOf(who.Code) : null;

    protected override Address? Moved() => HomeIn(who.Country) is { } home
        ? home with { Lines = [$"{home.Lines[0]}9"] } : null;

    // Programs bring no cookie along.
    protected override string? Device() => null;

    ListingId Liked(ImmutableArray<ListingId> zone)
    {
        var luck = Chance.NextDouble();
        return zone[(int)(zone.Length * luck * luck)];
    }

    protected override string Method()
    {
        var at = Chance.Next(100);
        foreach (var (weight, token) in Bad)
            if ((at -= weight) < 0) return $"{token}.{who.Code}";
        return at < Surprising ? $"pm_standin_seeded-random-{Chance.Next(1_000_000)}"
            : $"{Good[who.Code.Sum(c => c) % Good.Length]}.{who.Code}";
    }
}

/// <summary>A seller of the demo.</summary>
sealed class Shopkeeper(IDoor door, Town town, DemoWorld world, Resident who) : Seller(door, town, new(who.Code))
{
    protected override IEnumerable<(ListingId Id, Offer Offer)> Wares() => world.WaresOf(who.Code);

    protected override string? ShopName() => who.Name;

    protected override string BankIn => who.Country;

    protected override int Arriving => IsDepot ? Chance.Next(1_500, 3_000) : base.Arriving;

    protected override string Carrier() =>
        Luck(0.85) ? DemoWorld.CarrierOf(who.Country) : base.Carrier();

    protected override string TrackingNumber(int nth) =>
        $"{who.Country}{Chance.NextInt64(1_000_000_000, 10_000_000_000)}";

    // They send at the prices of their carriers, which don't change with their own.
    protected override Destination Dearer(Destination to) => to;

    protected override Money Rise(Money price) => new(Math.Max(10, price.Minor / 50 / 10 * 10), price.Currency);
}
