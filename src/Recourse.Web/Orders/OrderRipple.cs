using Recourse.Buyers;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>
/// What an order that ended early causes: told from its recorded ends and from the rules by which the rest follows in
/// the same turn.
/// </summary>
static class OrderRipple
{
    const Party Shop = Party.Seller | Party.Staff;

    /// <summary>For one reader.</summary>
    public static async Task<RippleBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var id = (OrderId)seen.Id;
        if (seen.State is not Order.State.Dealt { Deal: var deal }) return new(id, [], null, []);
        var history = await platform.History(seen.Id, caller.Who, caller.Cancel) ?? [];
        ImmutableArray<Order.Event.Settled> ends = [.. history.Select(r => r.Event).OfType<Order.Event.Settled>()];
        if (ends.IsEmpty) return new(id, [], null, []);
        var texts = caller.TextsIn(OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        return new(
            id, [.. ends.SelectMany(e => Items(e, deal, seen, texts))],
            (seen.As & Shop) == 0 ? null : Forecast(ends, seen.Asked.Edition(deal.Rulebook)),
            (seen.As & (Party.Buyer | Party.Staff)) == 0 ? [] : Alternatives.For(ends, deal, platform));
    }

    static IEnumerable<RippleItem> Items(Order.Event.Settled e, Deal deal, Seen seen, Texts texts)
    {
        var isShop = (seen.As & Shop) != 0;
        if (e.Settlement.IsPaid)
            yield return new("money", texts.Fill(
                seen.As is Party.Buyer ? "ripple.money-you" : "ripple.money", [("amount", e.Settlement.ToBuyer)]));
        if (isShop)
            foreach (var line in e.Settlement.Lines.GroupBy(l => l.Sku))
                yield return new("stock", texts.Fill(
                    e is Order.Event.Lost ? "ripple.stock-gone" : "ripple.stock-back",
                    [("units", (long)line.Sum(l => l.Quantity)), ("title", line.First().Title)]),
                    $"{new StockItemId(deal.Order.Seller, line.Key)}");
        if (isShop && e is not Order.Event.Reduced)
            foreach (var item in Ways(e, texts)) yield return item;
        if (CouponOf(e, deal, texts, seen.Asked) is { } coupon) yield return coupon;
        foreach (var item in Records(e, seen, texts)) yield return item;
    }

    // What had not left has its place with the carrier to give up; what was lost has used it.
    static IEnumerable<RippleItem> Ways(Order.Event.Settled e, Texts texts)
    {
        ImmutableArray<string> services =
            [.. e.Settlement.Lines.Select(l => l.By?.Service).OfType<string>().Distinct()];
        if (services.IsEmpty)
            yield return new("way", texts.Tell(e is Order.Event.Lost ? "ripple.parcel-used" : "ripple.no-parcel"));
        foreach (var service in services)
            yield return new("way", texts.Fill(
                e is Order.Event.Lost ? "ripple.way-used" : "ripple.way-free", [("service", service)]));
    }

    static RippleItem? CouponOf(Order.Event.Settled e, Deal deal, Texts texts, Asked asked)
    {
        if (deal.Coupon is not { Id: var coupon } || e is Order.Event.Reduced) return null;
        var byBuyer = e is Order.Event.Cancelled
            && (e.Why.Code is Reason.ChangedMind || e.Why.By is DecidedBy.Person(Party.Buyer));
        var code = coupon.IsForAllShops ? "ripple.coupon-shared"
            : !e.Settlement.IsPaid ? "ripple.coupon-free" : byBuyer ? "ripple.coupon-spent" : "ripple.coupon-back";
        var until = e.Why.IssuedAt + asked.InForce.Of<CouponRules>().GoodAgainFor;
        return new("coupon", texts.Fill(code, [("coupon", coupon.Code), ("until", until)]), $"{coupon}");
    }

    static IEnumerable<RippleItem> Records(Order.Event.Settled e, Seen seen, Texts texts)
    {
        if ((seen.As & Shop) != 0 && MarksOf(e.Why) is var marks)
            yield return new("figures", texts.Fill(
                seen.As is Party.Seller ? "ripple.marks-you" : "ripple.marks", [("marks", marks)]));
        var counts = e is Order.Event.Cancelled { Why.By: DecidedBy.Person { Role: Party.Buyer } }
            && seen.Asked.InForce.Of<BuyerRules>().Conduct.Counted.Contains(e.Why.Code);
        if (counts && (seen.As & (Party.Buyer | Party.Staff)) != 0)
            yield return new("record", texts.Tell(seen.As is Party.Buyer ? "ripple.counts-you" : "ripple.counts"));
    }

    static long MarksOf(Statement why) =>
        why.Facts.FirstOrDefault(f => f.Name is "marks")?.Value is Value.Count n ? n.Number : 0;

    static ForecastBody? Forecast(ImmutableArray<Order.Event.Settled> ends, Rulebook book)
    {
        var rules = book.Of<OrderRules>();
        ImmutableArray<Line> lines = [.. ends.SelectMany(e => e.Settlement.Lines)];
        if (lines.IsEmpty) return null;
        var goods = lines.Select(l => l.UnitPrice * l.Quantity).Sum(lines[0].UnitPrice.Currency);
        var fee = rules.Fee.Of(goods, Rounding.HalfToEven);
        Money? handling = rules.Handling is { } share ? share.Of(goods, Rounding.HalfToEven) : null;
        return new(goods - fee, fee, handling, handling is { } work ? goods + work : goods);
    }
}
