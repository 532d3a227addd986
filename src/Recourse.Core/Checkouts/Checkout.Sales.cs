using Recourse.Inventory;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    static readonly Remedy NormalPrice = new("checkout.take-normal-price");

    /// <summary>
    /// What one costs on that line: the sale price, if all that the basket has of it can be had so; else what the
    /// listing says. Null: nobody knows.
    /// </summary>
    public static Money? PriceOf(Basket basket, CheckoutFacts facts, int line)
    {
        if (line >= facts.Quotes.Length || facts.Quotes[line].Value is not { } quote) return null;
        return SaleOf(basket, facts, line) is { } sale && IsCheaper(sale, quote) ? sale.Price : quote.UnitPrice;
    }

    /// <summary>
    /// The sale price or instalment that the units of a line come from: an instalment even where the listing has become
    /// cheaper than what was agreed. Null: none.
    /// </summary>
    public static SaleSeen? SaleOf(Basket basket, CheckoutFacts facts, int line) =>
        line < facts.Quotes.Length && facts.Quotes[line].Value is { Sale: { } sale } quote
        && sale.Price.Currency == quote.UnitPrice.Currency && (sale.IsOwn is true || IsCheaper(sale, quote))
        && UnitsOf(basket, line) is { } units && units <= Math.Min(sale.Left, sale.LeftForBuyer) ? sale : null;

    static bool IsCheaper(SaleSeen sale, Quoted quote) => sale.Price.Minor < quote.UnitPrice.Minor;

    // Null: the same variant is wanted from two listings, of which one has no sale price.
    static long? UnitsOf(Basket basket, int line)
    {
        var (listing, sku) = (basket.Lines[line].Listing, basket.Lines[line].Sku);
        var same = basket.Lines.Where(l => l.Listing.Seller == listing.Seller && l.Sku == sku).ToList();
        return same.All(l => l.Listing == listing) ? same.Sum(l => (long)Math.Max(l.Quantity, 0)) : null;
    }

    static Refusal? PriceFault(Basket basket, CheckoutFacts facts, int n)
    {
        if (PriceOf(basket, facts, n) is not { } now || basket.Lines[n].UnitPrice is not { } shown || shown == now)
            return null;
        var quote = facts.Quotes[n].Value!;
        return quote.Sale is not { } sale || shown != sale.Price ? PriceDiffers(n, quote, shown, now)
            : sale.Left > sale.LeftForBuyer ? LimitOfSale(n, quote, sale) : SaleSoldOut(n, quote, sale);
    }

    static Refusal SaleSoldOut(int line, Quoted quote, SaleSeen sale) => new("checkout.sale-sold-out", NormalPrice,
        ("title", quote.Title), ("price", sale.Price), ("left", sale.Left), ("now", quote.UnitPrice))
        { Field = $"lines[{line}].unitPrice" };

    static Refusal LimitOfSale(int line, Quoted quote, SaleSeen sale) => new("checkout.sale-limit", NormalPrice,
        ("title", quote.Title), ("price", sale.Price), ("most", sale.MostPerBuyer ?? sale.Left),
        ("left", sale.LeftForBuyer), ("now", quote.UnitPrice)) { Field = $"lines[{line}].unitPrice" };
}
