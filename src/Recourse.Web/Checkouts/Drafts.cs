using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
namespace Recourse.Web;

/// <summary>What is to be bought, as requests say it.</summary>
static class Drafts
{
    /// <summary>Without coupons.</summary>
    public static CheckoutDraft Of(
        ImmutableArray<CheckoutLine> lines, string? country, AddressBody? shipTo, ImmutableArray<string>? confirmed,
        string? method = null, string? kind = null) => new(
        lines.IsDefault ? []
            : [.. lines.Select(l => new BasketLine(
                l.Listing, new(l.Sku), l.Quantity, l.UnitPrice, l.Service is "" ? null : l.Service,
                l.Later?.ToLater()))],
        country, shipTo?.ToAddress(), method, kind, confirmed ?? []);
}
