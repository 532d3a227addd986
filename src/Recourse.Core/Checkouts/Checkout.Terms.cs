using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Sellers;
using Recourse.Ways;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    static readonly Remedy ElsewhereOrWithout = new("terms.elsewhere-or-without"),
        LessAtOnce = new("terms.less-at-once");

    /// <summary>Codes of what is found about sellers' terms.</summary>
    internal static readonly ImmutableArray<string> TermsCodes =
    [
        "terms.not-sent-there", "terms.goods-not-sent", "terms.record-needed", "terms.too-many-units", "terms.away",
        "terms.busy", "terms.closed-days",
    ];

    /// <summary>What the sellers have declared beforehand, each with their reason.</summary>
    static IEnumerable<Finding> TermsFindings(
        Basket basket, CheckoutFacts facts, Sendings sendings, Turn turn)
    {
        if (facts.Sellers is not { IsDefaultOrEmpty: false }) yield break;
        foreach (var lines in Enumerable.Range(0, basket.Lines.Length)
            .Where(n => facts.Quotes[n].Value is not null).GroupBy(n => basket.Lines[n].Listing.Seller))
        {
            if (facts.Of(lines.Key) is not { } seller) continue;
            foreach (var n in lines)
                if (NotSentThere(n, facts.Quotes[n].Value!, basket.Country, seller.Terms) is { } no)
                    yield return Weighed(turn, no, Gravity.Blocking);
            if (TooManyUnits([.. lines], basket, seller.Terms) is { } many)
                yield return Weighed(turn, many, Gravity.Blocking);
            if (RecordMissing([.. lines], basket, facts, sendings, seller) is { } record)
                yield return Weighed(turn, record, Gravity.Blocking);
            if (Later([.. lines], facts, seller, turn) is { } later) yield return Weighed(turn, later);
        }
    }

    static Refusal? NotSentThere(int n, Quoted quote, string country, SellerTerms terms)
    {
        foreach (var no in terms.NotSent)
            if (no.Countries.Contains(country))
            {
                if (no.Goods.IsEmpty) return NotSentTo(n, quote.Title, country, no.Reason);
                if (no.Goods.FirstOrDefault(g => quote.Classes.Contains(g)) is { } goods)
                    return GoodsNotSent(n, quote.Title, country, goods, no.Reason);
            }
        return null;
    }

    static Refusal? TooManyUnits(ImmutableArray<int> lines, Basket basket, SellerTerms terms)
    {
        if (terms.Most is not { } most) return null;
        var wanted = lines.Sum(n => (long)Math.Max(0, basket.Lines[n].Quantity));
        if (wanted <= most.Units) return null;
        var largest = lines.MaxBy(n => basket.Lines[n].Quantity);
        var fit = Math.Max(0, most.Units - (wanted - basket.Lines[largest].Quantity));
        return UnitsBeyond(largest, wanted, most, fit);
    }

    static Refusal? RecordMissing(
        ImmutableArray<int> lines, Basket basket, CheckoutFacts facts, Sendings sendings, SellerFacts seller)
    {
        // Who hasn't signed in is told so when they have: their record is nobody's yet.
        if (seller.HonestOrders is not { } honest) return null;
        var currency = facts.Quotes[lines[0]].Value!.UnitPrice.Currency;
        var sum = lines.Aggregate(Int128.Zero, (all, n) =>
            all + Sum(basket.Lines[n], facts.Quotes[n].Value! with { UnitPrice = PriceOf(basket, facts, n)!.Value },
                sendings.WayOf(n)));
        var missing = seller.Terms.Records.Where(r => r.Above.Currency == currency && sum > r.Above.Minor
            && honest < r.HonestOrders).MaxBy(r => r.HonestOrders);
        return missing is null ? null : RecordNeededFor(lines.MaxBy(n => (Int128)basket.Lines[n].Quantity
            * facts.Quotes[n].Value!.UnitPrice.Minor), missing, honest);
    }

    /// <summary>That it leaves later than it would, because they are away or have much to do.</summary>
    static Refusal? Later(ImmutableArray<int> lines, CheckoutFacts facts, SellerFacts seller, Turn turn)
    {
        if (seller.Terms.Hours(seller.Waiting) is not { } hours) return null;
        var (rules, calendars) = (turn.Book.Of<OrderRules>(), turn.Book.Of<Calendars>());
        var from = lines.Select(n => facts.Quotes[n].Value!.ShipsFrom).OfType<string>().Distinct().Select(calendars.Of)
            .ToList();
        if (from.Count == 0) return null;
        var plain = rules.DispatchDue(turn.At, from, hours: null).Due;
        var due = rules.DispatchDue(turn.At, from, hours).Due;
        if (due <= plain) return null;
        var unhurried = rules.DispatchDue(turn.At, from, hours with { DaysNeeded = null }).Due;
        var today = turn.At.InZone(DateTimeZoneProviders.Tzdb[from[0].Zone]).Date;
        var last = due.InZone(DateTimeZoneProviders.Tzdb[from[0].Zone]).Date;
        var away = hours.Absences.FirstOrDefault(a => a.From <= last && a.To >= today);
        var at = $"lines[{lines[0]}]";
        return due > unhurried ? Busy(at, due) : away is not null ? Away(at, due, away.Reason) : ClosedDays(at, due);
    }

    static Refusal NotSentTo(int n, string title, string country, string reason) =>
        new("terms.not-sent-there", ElsewhereOrWithout, ("title", title), ("country", country), ("reason", reason))
        { Field = $"lines[{n}]" };

    static Refusal GoodsNotSent(int n, string title, string country, string goods, string reason) =>
        new("terms.goods-not-sent", ElsewhereOrWithout, ("title", title), ("country", country),
            ("goods", GoodsRules.WordOf(goods)), ("reason", reason)) { Field = $"lines[{n}]" };

    static Refusal UnitsBeyond(int n, long wanted, MostUnits most, long fit) =>
        new("terms.too-many-units", LessAtOnce, ("wanted", wanted), ("most", most.Units), ("units", fit),
            ("reason", most.Reason)) { Field = $"lines[{n}].quantity" };

    static Refusal RecordNeededFor(int n, RecordNeeded needed, int honest) =>
        new("terms.record-needed", LessAtOnce, ("above", needed.Above), ("orders", needed.HonestOrders),
            ("have", honest), ("reason", needed.Reason)) { Field = $"lines[{n}]" };

    static Refusal Away(string at, Instant due, string reason) =>
        new("terms.away", CarryOn, ("due", due), ("reason", reason)) { Field = at };

    static Refusal Busy(string at, Instant due) => new("terms.busy", CarryOn, ("due", due)) { Field = at };
    static Refusal ClosedDays(string at, Instant due) => new("terms.closed-days", CarryOn, ("due", due)) { Field = at };
}
