using Recourse.Ways;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    static readonly Remedy OtherWay = new("shipping.take-what-works"), FewerUnits = new("shipping.send-less"),
        CarryOn = new("shipping.go-on");

    /// <summary>Codes of all that is found about the way, the goods and the seller's terms.</summary>
    internal static readonly ImmutableArray<string> ShippingCodes =
    [
        "shipping.too-heavy", "shipping.too-large", "shipping.lane-closed", "shipping.lane-closed-until",
        "shipping.goods-not-taken",
        "shipping.no-such-way", "shipping.remote-area", "shipping.remote-surcharge",
    ];

    /// <summary>Whether it can get there at all, and what it is like to send it so far.</summary>
    static IEnumerable<Finding> ShippingFindings(
        Basket basket, CheckoutFacts facts, Sendings sendings, Turn turn)
    {
        HashSet<(string, string?)> heavy = [];
        for (var n = 0; n < basket.Lines.Length; n++)
        {
            if (sendings.IsUnknownWay(n))
                yield return Weighed(turn, NoSuchWay(n, facts.Quotes[n].Value!, basket.Lines[n].Service!,
                    Works(sendings, n)), Gravity.Blocking);
            else if (sendings.ObstacleTo(n) is { } obstacle
                && (obstacle is not Obstacle.TooHeavy || IsHeaviest(n, basket, sendings, heavy)))
                yield return Weighed(
                    turn, Told(obstacle, n, basket, facts.Quotes[n].Value!, sendings), Gravity.Blocking);
        }
        if (facts.Area is { Value: var area } && Remote(area, basket, facts, sendings, turn) is { } told)
            yield return Weighed(turn, told);
    }

    // One parcel is too heavy once, however many lines are in it.
    static bool IsHeaviest(int n, Basket basket, Sendings sendings, HashSet<(string, string?)> told)
    {
        var (seller, service) = (basket.Lines[n].Listing.Seller, sendings.WayOf(n)?.Service);
        for (var i = 0; i < basket.Lines.Length; i++)
            if (basket.Lines[i].Listing.Seller == seller && sendings.GramsOf(i) > sendings.GramsOf(n)
                && sendings.WayOf(i)?.Service == service) return false;
        return told.Add((seller.Code, service));
    }

    /// <summary>The cheapest way that would do; empty: none.</summary>
    static string Works(Sendings sendings, int n) => sendings.OpenTo(n).FirstOrDefault()?.Service ?? "";

    static Refusal Told(Obstacle obstacle, int n, Basket basket, Quoted quote, Sendings sendings)
    {
        var (service, works) = (sendings.WayOf(n)?.Service ?? "", Works(sendings, n));
        return obstacle switch
        {
            Obstacle.TooHeavy => TooHeavy(n, quote, service, works,
                sendings.GramsOf(basket.Lines[n].Listing.Seller), sendings.Fitting(n)),
            Obstacle.TooLarge      => TooLarge(n, quote, service, works),
            Obstacle.GoodsNotTaken => GoodsNotTaken(n, quote, service, sendings.UntakenIn(n), works),
            Obstacle.Closed        => LaneClosed(n, quote, basket.Country, works, sendings.LaneOf(n)),
        };
    }

    static Refusal? Remote(string area, Basket basket, CheckoutFacts facts, Sendings sendings, Turn turn)
    {
        var rules = turn.Book.Of<ShippingRules>();
        var ways = Enumerable.Range(0, basket.Lines.Length).Select(n => (Line: n, Way: sendings.WayOf(n)))
            .Where(w => w.Way is not null).ToList();
        if (ways.Count == 0 || rules.Remote.All(r => r.Code != area)) return null;
        var days = ways.Max(w => w.Way!.Service is { } s && rules.Services.TryGetValue(s, out var service)
            ? service.Carrier.RemoteDays : rules.UnnamedRemoteDays);
        var currency = ways[0].Way!.PerUnit.Currency;
        // Wider than money, because nothing has been checked yet.
        var more = ways.Where(w => w.Way!.Surcharge.Currency == currency).Aggregate(Int128.Zero,
            (sum, w) => sum + (Int128)w.Way!.Surcharge.Minor * Math.Max(0, basket.Lines[w.Line].Quantity));
        return more == 0 || more > Money.Most ? RemoteArea(area, days)
            : RemoteSurcharge(area, days, new((long)more, currency));
    }

    static Refusal NoSuchWay(int n, Quoted quote, string service, string works) =>
        new("shipping.no-such-way", OtherWay, ("title", quote.Title), ("service", service), ("works", works))
        { Field = $"lines[{n}].service" };

    static Refusal TooHeavy(int n, Quoted quote, string service, string works, long grams, int units) =>
        new("shipping.too-heavy", works is "" ? FewerUnits : OtherWay, ("title", quote.Title), ("service", service),
            ("grams", grams), ("works", works), ("units", units))
        { Field = $"lines[{n}].service" };

    static Refusal TooLarge(int n, Quoted quote, string service, string works) =>
        new("shipping.too-large", OtherWay, ("title", quote.Title), ("service", service), ("works", works))
        { Field = $"lines[{n}].service" };

    static Refusal GoodsNotTaken(int n, Quoted quote, string service, string goods, string works) =>
        new("shipping.goods-not-taken", OtherWay, ("title", quote.Title), ("service", service),
            ("goods", GoodsRules.WordOf(goods)), ("works", works))
        { Field = $"lines[{n}].service" };

    static Refusal LaneClosed(int n, Quoted quote, string country, string works, ClosedLane? lane) =>
        lane?.Until is { } until
            ? new Refusal("shipping.lane-closed-until", OtherWay, ("title", quote.Title), ("country", country),
                ("reason", lane.Reason), ("until", until.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()),
                ("works", works)) { Field = $"lines[{n}].service" }
            : new Refusal("shipping.lane-closed", OtherWay, ("title", quote.Title), ("country", country),
                ("reason", lane?.Reason ?? ""), ("works", works)) { Field = $"lines[{n}].service" };

    static Refusal RemoteArea(string area, int days) =>
        new("shipping.remote-area", CarryOn, ("area", area), ("days", days)) { Field = "shipTo.postcode" };

    static Refusal RemoteSurcharge(string area, int days, Money surcharge) =>
        new("shipping.remote-surcharge", CarryOn, ("area", area), ("days", days), ("surcharge", surcharge))
        { Field = "shipTo.postcode" };
}
