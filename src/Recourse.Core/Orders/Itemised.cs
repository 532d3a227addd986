namespace Recourse.Orders;

/// <summary>Units of one line that are given back, as they were paid for.</summary>
/// <param name="Number">Which line of the order.</param>
/// <param name="Goods">What they cost at the listing.</param>
/// <param name="Discount">What was off by a sale price.</param>
/// <param name="Coupon">What a coupon took off.</param>
/// <param name="Shipping">What of their shipping is given back.</param>
/// <param name="Tax">What of all that is tax: contained in it, not added.</param>
public sealed record ItemisedLine(
    int Number, string Title, int Quantity, Money Goods, Money Discount, Money Coupon, Money Shipping, Money Tax)
{
    /// <summary>What is given back for it.</summary>
    public Money Total => Goods - Discount - Coupon + Shipping;
}

/// <summary>
/// What a refund is made of. Each unit has its own price, shipping and tax, so any order of partial refunds ends where
/// one of all of it would.
/// </summary>
/// <param name="ShippingKept">What of the shipping its buyer bears.</param>
/// <param name="Duties">Duties that were paid in advance and are given back.</param>
/// <param name="Compensation">What is paid on top because of what went wrong.</param>
public sealed record Itemised(
    ImmutableArray<ItemisedLine> Lines, Money ShippingKept, Money Duties, Money Compensation, Bearer ShippingBorneBy)
{
    /// <summary>What is given back in all.</summary>
    public Money Total => Lines.Select(l => l.Total).Sum(Duties.Currency) + Duties + Compensation;

    /// <summary>One part of all lines.</summary>
    public Money Of(Func<ItemisedLine, Money> part) => Lines.Select(part).Sum(Duties.Currency);

    /// <summary>Out of what an early ending gives back.</summary>
    /// <param name="country">Where the goods were to go, ISO 3166 alpha-2.</param>
    public static Itemised Of(Settlement settlement, TaxRules taxes, string country)
    {
        var none = settlement.Goods with { Minor = 0 };
        var shippingBack = settlement.ShippingBorneBy is not Bearer.Buyer;
        return new(
            settlement.IsPaid ? [.. settlement.Lines.Select(l => Of(l, shippingBack, taxes, country))] : [],
            settlement.IsPaid && !shippingBack ? settlement.Shipping : none, none, none, settlement.ShippingBorneBy);
    }

    static ItemisedLine Of(Line line, bool shippingBack, TaxRules taxes, string country)
    {
        var none = line.UnitPrice with { Minor = 0 };
        var shipping = shippingBack ? line.ShippingPerUnit : none;
        return new(
            line.Number, line.Title, line.Quantity, line.ListPrice * line.Quantity,
            (line.ListPrice - line.PriceBefore) * line.Quantity, (line.Off ?? none) * line.Quantity,
            shipping * line.Quantity, taxes.In(line.UnitPrice + shipping, country) * line.Quantity);
    }
}
