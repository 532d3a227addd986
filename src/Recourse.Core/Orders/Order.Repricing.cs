using Recourse.Coupons;
namespace Recourse.Orders;

/// <summary>What an order costs as its buyer wants it instead.</summary>
public static partial class Order
{
    /// <summary>
    /// Units that stay keep what was agreed on; what is new has today's price, as a checkout would find it. What goes
    /// off is taken anew off all of it.
    /// </summary>
    static (Amendment What, bool Changes, ImmutableArray<Refusal> Faults) Amended(Deal deal, Command.Amend c)
    {
        var (kept, gone, fresh, asked) = (new List<Line>(), new List<Line>(), new List<Line>(), new List<Offered>());
        var country = c.Changes.Country ?? deal.Country;
        var elsewhere = false;
        foreach (var line in deal.Lines)
        {
            var change = ChangeOf(c, line);
            var now = c.Facts.Lines.FirstOrDefault(l => l.Line == line.Number)?.Now.Value;
            var stays = change.Sku is { } sku && sku != line.Sku ? 0 : Math.Min(change.Quantity, line.Quantity);
            var (left, cut) = line.Cut(line.Quantity - stays);
            if (cut.Quantity > 0) gone.Add(cut);
            if (left.Quantity > 0)
            {
                var sent = Resent(left, now, change, country != deal.Country, c.Changes.ShipTo is not null);
                elsewhere |= sent != left;
                kept.Add(sent);
                if (sent != left) asked.Add(AskOf(now!, country));
            }
            if (change.Quantity <= stays || now is null) continue;
            asked.Add(AskOf(now, country));
            fresh.AddRange(Line.Of(
                now with { Off = null, OnTop = null, Quantity = change.Quantity - stays, Later = null }));
        }
        Stay(kept, gone, fresh);
        var number = deal.Lines.Max(l => l.Number);
        fresh = [.. fresh.Select(l => l with { Number = ++number })];
        var after = deal with
        {
            Lines = [.. kept, .. fresh], Country = country, ShipTo = c.Changes.ShipTo ?? deal.ShipTo,
        };
        var (without, faults) = (ImmutableArray<CouponId>.Empty, ImmutableArray<Refusal>.Empty);
        if (gone.Count + fresh.Count > 0) (after, without, faults) = Discounted(deal, after, c);
        var (zero, more) = (Money.Zero(deal.Currency), after.Total - deal.Total);
        elsewhere |= country != deal.Country || c.Changes.ShipTo is { } to && to != deal.ShipTo;
        return (new(
            after, [.. gone], [.. fresh], [.. asked.Distinct()], more.Minor > 0 ? more : zero,
            more.Minor < 0 ? zero - more : zero, more.Minor > 0 ? c.Changes.Method : null, elsewhere,
            without.IsEmpty ? null : without,
            c.Changes.ShipTo is { } home && home != deal.ShipTo ? c.Facts.Risk?.Value.Links?.Address : null),
            gone.Count + fresh.Count > 0 || elsewhere, faults);

        static Offered AskOf(Wanted now, string country) => new(
            now.Listing, now.Sku, now.Sale?.Normal ?? now.UnitPrice,
            now.By is { } by ? now.ShippingPerUnit - by.Surcharge : now.ShippingPerUnit, now.By?.Service);
    }

    /// <summary>Who wants fewer on one line and as many more on another of the same keeps what they have.</summary>
    static void Stay(List<Line> kept, List<Line> gone, List<Line> fresh)
    {
        for (var i = 0; i < fresh.Count; i++)
            for (var j = 0; j < gone.Count && fresh[i].Quantity > 0; j++)
            {
                if ((gone[j].Listing, gone[j].Sku, gone[j].By?.Service)
                    != (fresh[i].Listing, fresh[i].Sku, fresh[i].By?.Service)) continue;
                var units = Math.Min(gone[j].Quantity, fresh[i].Quantity);
                if (units == 0) continue;
                var (left, back) = gone[j].Cut(units);
                (gone[j], fresh[i]) = (left, fresh[i] with { Quantity = fresh[i].Quantity - units });
                var at = kept.FindIndex(l => l.Number == back.Number);
                if (at < 0) kept.Add(back);
                else kept[at] = kept[at] with { Quantity = kept[at].Quantity + units };
            }
        gone.RemoveAll(l => l.Quantity == 0);
        fresh.RemoveAll(l => l.Quantity == 0);
        kept.Sort((a, b) => a.Number.CompareTo(b.Number));
    }

    static LineChange ChangeOf(Command.Amend c, Line line) =>
        c.Changes.Lines.FirstOrDefault(l => l.Line == line.Number) ?? new(line.Number, line.Quantity);

    /// <summary>The same units in another way or to another place, at what that costs now.</summary>
    static Line Resent(Line line, Wanted? now, LineChange change, bool isAbroad, bool isMoved)
    {
        var isOther = change.Service is { } service && service != line.By?.Service;
        var isFarther = isMoved && (now?.By?.Surcharge ?? default) != (line.By?.Surcharge ?? default)
            && (now?.By?.Service == line.By?.Service);
        return now is not null && (isAbroad || isOther || isFarther)
            ? line with { ShippingPerUnit = now.ShippingPerUnit, By = now.By, ShipsFrom = now.ShipsFrom } : line;
    }

    /// <summary>
    /// What a change would come to, whatever else stands in its way, and why coupons can't stay with it; null: what is
    /// asked makes no sense.
    /// </summary>
    public static (Amendment What, ImmutableArray<Refusal> Coupons)? WouldBe(Deal deal, Command.Amend c)
    {
        if (Faults(deal, c).Any()) return null;
        var (what, _, faults) = Amended(deal, c);
        return (what, faults);
    }

    static IEnumerable<Applied> CouponsOf(Deal deal) => new[] { deal.Coupon, deal.OnTop }.OfType<Applied>();

    /// <summary>
    /// What the coupons of an order take off all that it is now, as they did at its checkout. One for all shops that
    /// takes off an amount goes on taking off what it did here: the rest of it is other orders'.
    /// </summary>
    static (Deal After, ImmutableArray<CouponId> Without, ImmutableArray<Refusal> Faults) Discounted(
        Deal was, Deal deal, Command.Amend c)
    {
        var known = (c.Facts.Coupons ?? []).Select(f => f.Value).ToDictionary(p => p.Coupon);
        if (!CouponsOf(deal).Any() || !CouponsOf(deal).All(a => known.ContainsKey(a.Id))) return (deal, [], []);
        var lines = AtFullPrice(deal);
        var offs = new List<(Applied Coupon, long[] Lines)>();
        var (without, faults) = (new List<CouponId>(), new List<Refusal>());
        foreach (var (n, coupon) in CouponsOf(deal).Index())
        {
            ImmutableArray<CouponGoods> goods = [.. lines.Select((l, i) => new CouponGoods(
                l.Listing, l.PriceBefore, l.Quantity, offs.Sum(o => o.Lines[i])))];
            var isLeft = c.Changes.Coupons is { } codes && !codes.Contains(coupon.Id.Code);
            var promised = known[coupon.Id];
            var fault = isLeft ? null : promised.FaultFor(goods);
            if (fault is not null) faults.Add(fault with { Field = $"coupons[{n}]" });
            if (isLeft || fault is not null) without.Add(coupon.Id);
            else offs.Add((coupon, [.. (promised.Terms with { Cut = CutOf(promised, coupon, was) })
                .OffOf(goods).Select(off => off.Minor)]));
        }
        return (Cheaper(deal, lines, offs), [.. without], [.. faults]);
    }

    static CouponCut CutOf(Promised promised, Applied coupon, Deal was) =>
        (promised.Coupon.IsForAllShops, promised.Terms.Cut) is (true, CouponCut.AmountOff)
            ? new CouponCut.AmountOff(coupon == was.OnTop ? was.OffOnTop : was.Off) : promised.Terms.Cut;

    /// <summary>Without what goes off; what was told apart by that alone is one line.</summary>
    static List<Line> AtFullPrice(Deal deal) =>
    [
        .. deal.Lines
            .GroupBy(l => l with { Number = 0, Quantity = 0, UnitPrice = l.PriceBefore, Off = null, OnTop = null })
            .Select(same => same.Key with
            {
                Number = same.Min(l => l.Number), Quantity = same.Sum(l => l.Quantity),
            }),
    ];

    static Deal Cheaper(Deal deal, List<Line> lines, List<(Applied Coupon, long[] Lines)> offs)
    {
        var number = Math.Max(deal.Lines.Max(l => l.Number), 0);
        var after = new List<Line>();
        foreach (var (i, line) in lines.Index())
        {
            Money Of(int nth) => Money.Zero(deal.Currency) with { Minor = nth < offs.Count ? offs[nth].Lines[i] : 0 };
            var (all, top) = (Of(0) + Of(1), Of(1));
            var parts = Line.Of(new Wanted(
                line.Listing, line.Sku, line.Title, line.Quantity, line.UnitPrice, line.ShippingPerUnit,
                line.ShipsFrom, all.Minor == 0 ? null : all, line.Sale, line.By, line.Later,
                top.Minor == 0 ? null : top)).ToList();
            foreach (var (nth, part) in parts.Index())
                after.Add(part with { Number = nth == 0 ? line.Number : ++number, Shared = line.Shared });
        }
        return deal with
        {
            Lines = [.. after], Coupon = offs.Count > 0 ? offs[0].Coupon : null,
            OnTop = offs.Count > 1 ? offs[1].Coupon : null,
        };
    }
}
