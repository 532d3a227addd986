using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>
    /// What a seller can't do with some lines costs those alone: it is asked for its others, as the basket would have
    /// been without them. Null: none is left of that seller, or what it says is of no single line.
    /// </summary>
    static Event.AskedForLess? AskForLess(
        CheckoutId id, State.Reserving s, OrderId order, ImmutableArray<Refusal> why, Turn turn)
    {
        if (s.Facts is not { } facts) return null;
        if (why.Any(no => IsOfDiscount(no) || SkuIn(no) is null)) return null;
        ImmutableArray<Refusal> now = [.. why.Select(no => AtLineOf(no, order, s)).OfType<Refusal>()];
        if (now.Length < why.Length) return null;

        // As it was looked at: what time alone has changed since then costs nobody a line.
        var look = turn with { By = Party.Buyer, At = facts.Quotes.Max(q => q.AsOf) };
        var known = s.LeftOut.Where(no => NthOf(no, OfLines) is not null).Concat(now);
        // What a coupon of all shops takes off was shared out over all lines: each keeps its share, and so do others.
        var share = s.Taken is { } taken ? ShareOf(taken, s, facts, look) : null;
        var (basket, without, kept) = share is null ? (s.Basket, facts, default)
            : Without(share.Coupon.Coupon, s.Basket, facts);
        if (RestOf(basket, without with { Short = new([.. known], look.At, $"{order}") }, look) is not { } rest)
            return null;
        var requests = Requests(id, rest.Basket, rest.Facts, look, share is null ? null
            : share with { Lines = [.. rest.Lines.Select(n => share.Lines[n])] });
        var isSameOfOthers = s.Parts.All(p => p.Order == order || requests.Any(
            r => OrderId.Of(r.Checkout, r.Seller) == p.Order && r.Total == p.Asked));
        if (!isSameOfOthers || requests.FirstOrDefault(r => r.Seller == order.Seller) is not { } less) return null;
        ImmutableArray<Refusal> more = [.. rest.LeftOut.Select(f => InItsPlace(f.What))
            .Where(no => !s.LeftOut.Any(was => (was.Code, was.Field) == (no.Code, no.Field)))];
        return new(less, more, [.. Left(s.Basket, more).Distinct()]);

        Refusal InItsPlace(Refusal no) =>
            !kept.IsDefault && NthOf(no, OfCoupons) is { } n ? At(no, OfCoupons, n, kept[n]) : no;
    }

    // They have a way of their own: the same order at full price.
    static bool IsOfDiscount(Refusal no) => CouponSeen.Codes.Contains(no.Code) || SaleSeen.Codes.Contains(no.Code);

    static string? SkuIn(Refusal no) =>
        no.Facts.Select(f => f.Name is "sku" ? f.Value as Value.Word : null).FirstOrDefault(w => w is not null)?.Text;

    /// <summary>In the basket as the buyer has it; of lines of one thing, the last that is still asked for.</summary>
    static Refusal? AtLineOf(Refusal no, OrderId order, State.Reserving s)
    {
        var gone = s.LeftOut.Select(l => NthOf(l, OfLines)).ToHashSet();
        var lines = s.Basket.Lines.Index().Where(l => !gone.Contains(l.Index)
            && l.Item.Listing.Seller == order.Seller && l.Item.Sku.Code == SkuIn(no)).ToList();
        var part = no.Code.StartsWith("stock.", StringComparison.Ordinal) ? "quantity" : "listing";
        return lines is [.., var (nth, _)] ? no with { Field = $"{OfLines}[{nth}].{part}" } : null;
    }

    static State.Reserving AskedForLess(State.Reserving s, Event.AskedForLess e) => s with
    {
        Parts =
        [
            .. s.Parts.Select(p => p.Order == OrderId.Of(e.Request.Checkout, e.Request.Seller) ? PartOf(e.Request) : p),
        ],
        LeftOut = [.. s.LeftOut, .. e.LeftOut],
    };

    static Part PartOf(Request r) => new(
        OrderId.Of(r.Checkout, r.Seller), r.Total, Total: null, [], r.IsCheaper ? r.AtFullPrice : null,
        OfAllShops(r))
    {
        Combined = r.OnTop is null ? null : r,
    };
}
