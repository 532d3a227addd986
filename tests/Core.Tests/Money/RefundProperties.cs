using Recourse.Adapters.Rulebooks;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Payments;
using Xunit;
namespace Recourse.Tests;

/// <summary>
/// However an order is given up, bit by bit or all at once, its buyer has the same in the end: for each part of what
/// they paid, for the wallet and for the card.
/// </summary>
[Trait("Capability", "REF-1"), Trait("Capability", "CAN-7")]
public sealed class RefundProperties(ITestOutputHelper output)
{
    const int Baskets = 10_000;
    static readonly ImmutableArray<Currency> Currencies = [Currency.Eur, Currency.Of("JPY"), Currency.Of("KWD")];
    static readonly ImmutableArray<string> Countries = ["DE", "PT", "GB", "JP", "BR"];
    static readonly TaxRules Taxes = RulebookFile.Shipped().Of<TaxRules>();

    [Fact]
    public void Any_sequence_of_partial_refunds_ends_where_one_of_all_does()
    {
        var (lived, refunds) = (0, 0);
        for (var seed = 0; seed < Baskets; seed++, lived++) refunds += Live(new(seed), seed);
        output.WriteLine($"{lived:N0} random baskets, given up in {refunds:N0} partial refunds");
        Assert.Equal(Baskets, lived);
        Assert.True(refunds > Baskets, $"{refunds} refunds: baskets are given up bit by bit");
    }

    /// <returns>In how many partial refunds it was given up.</returns>
    static int Live(Random chance, int seed)
    {
        var currency = Currencies[seed % Currencies.Length];
        var (country, bearer) = (Countries[chance.Next(Countries.Length)], (Bearer)chance.Next(3));
        var deal = Basket(chance, currency, country);
        var stake = new Stake(deal.Order, deal.Total, Zero(), Zero(), [], Wallet(chance, deal.Total));

        var whole = Gone(deal, deal.Everything);
        var (parts, left, nth) = (new List<Itemised>(), deal, stake);
        var (wallet, card) = (0L, 0L);
        while (!left.Lines.IsEmpty)
        {
            ImmutableArray<Portion> some = [.. left.Lines.Where(_ => chance.Next(2) == 0)
                .Select(l => new Portion(l.Number, chance.Next(1, l.Quantity + 1)))];
            if (some.IsEmpty) continue;
            var gone = Gone(left, some);
            parts.Add(gone);
            left = left.Cut(some).Left;
            // Some before the capture, and some after it.
            nth = chance.Next(2) == 0 ? nth with { Released = nth.Released + gone.Total }
                : nth with { Refunded = nth.Refunded + gone.Total };
            var toWallet = nth.WalletsPartOf(gone.Total);
            Assert.InRange(toWallet.Minor, 0, gone.Total.Minor);
            (wallet, card) = (wallet + toWallet.Minor, card + (gone.Total - toWallet).Minor);
            Assert.InRange(wallet, 0, stake.Wallet?.Minor ?? 0);
        }
        Same(whole, parts, i => i.Total);
        Same(whole, parts, i => i.ShippingKept);
        foreach (var part in (Func<ItemisedLine, Kernel.Money>[])
            [l => l.Goods, l => l.Discount, l => l.Coupon, l => l.Shipping, l => l.Tax])
            Same(whole, parts, i => i.Of(part));
        var once = stake with { Refunded = whole.Total };
        Assert.Equal(once.WalletsPartOf(whole.Total).Minor, wallet);
        Assert.Equal((whole.Total - once.WalletsPartOf(whole.Total)).Minor, card);
        if (bearer is not Bearer.Buyer) Assert.Equal(deal.Total, whole.Total);
        return parts.Count;

        Itemised Gone(Deal of, ImmutableArray<Portion> portions)
        {
            var gone = of.Cut(portions).Gone;
            return Itemised.Of(new(gone.Settled, gone.Lines, gone.Goods, gone.Shipping, bearer), Taxes, country);
        }

        Kernel.Money Zero() => Kernel.Money.Zero(currency);
    }

    static void Same(Itemised whole, List<Itemised> parts, Func<Itemised, Kernel.Money> of) =>
        Assert.Equal(of(whole), parts.Select(of).Sum(of(whole).Currency));

    static Kernel.Money? Wallet(Random chance, Kernel.Money total) => chance.Next(3) switch
    {
        0 => null,
        1 => total,
        _ => total with { Minor = chance.NextInt64(1, total.Minor + 1) },
    };

    static Deal Basket(Random chance, Currency currency, string country)
    {
        var checkout = new Checkouts.CheckoutId(new("ana"), "c1");
        var seller = new SellerId("potter");
        var lines = Enumerable.Range(1, chance.Next(1, 5)).Select(n => Line(chance, seller, n, currency)).ToList();
        var request = new Orders.Request(checkout, seller, [.. lines], country, null);
        return Deal.Of(OrderId.Of(checkout, seller), request, 1, default);
    }

    static Wanted Line(Random chance, SellerId seller, int n, Currency currency)
    {
        var (price, units) = (chance.Next(1, 5_000), chance.Next(1, 8));
        // Shipping in tiers, as sellers set it: nothing, a little, or as much as the thing.
        Kernel.Money Of(long minor) => new(minor, currency);
        var shipping = chance.Next(3) switch { 0 => 0, 1 => chance.Next(1, 100), _ => chance.Next(1, 5_000) };
        var off = chance.Next(2) == 0 ? (Kernel.Money?)null : Of(chance.NextInt64(0, (long)(price - 1) * units + 1));
        var sale = chance.Next(4) == 0 ? new OnSale("sale", Of(price + chance.Next(0, 500))) : null;
        return new(new(seller, $"item-{n}"), new($"sku-{n}"), "Thing", units, Of(price), Of(shipping), null, off, sale);
    }
}
