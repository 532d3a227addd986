using System.Globalization;
namespace Recourse.Catalog;

/// <summary>What others ask who send such goods the same way, by currency.</summary>
/// <param name="Country">Where to.</param>
/// <param name="Service">The way that is named; null: the sellers' own.</param>
public sealed record LanePeers(string Country, string? Service, ImmutableArray<PeerBand> Bands);

/// <summary>What sending costs on a lane, counted by amount.</summary>
/// <param name="Lane">From where to where, and what: see <see cref="LaneCosts.LaneOf"/>.</param>
/// <param name="Service">Empty: the sellers' own ways.</param>
/// <param name="Weight">A step of <see cref="LaneCosts.WeightOf"/>.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record LaneCostRow(
    string Lane, string Service, int Weight, string Currency, ImmutableArray<PriceCount> Counts);

/// <summary>
/// What it costs to send goods of a class from one country to another. A cost counts while it is shown; what is sent
/// for nothing doesn't count.
/// </summary>
public static class LaneCosts
{
    /// <summary>All rows of a lane, the most used first.</summary>
    public const string ByLane = "lane";

    const string Ordinary = "ordinary";
    static readonly ImmutableArray<int> Weights = [250, 1_000, 3_000, 10_000, 30_000];

    /// <summary>The view.</summary>
    public static readonly View<LaneCostRow> View = new()
    {
        Name = "lane-costs", Version = 1, Keys = r => Changes(r).Select(c => c.Key).Distinct(), Fold = Fold,
        Index = (_, row) => [new(ByLane, row.Lane, $"{row.Counts.Sum(c => c.Count):D9}")],
    };

    /// <summary>A lane and the goods on it: <c>DE-BR+perfume</c>.</summary>
    public static string LaneOf(string from, string to, ImmutableArray<string> goods) =>
        $"{from}-{to}+{(goods.IsEmpty ? Ordinary : string.Join('+', goods))}";

    /// <summary>A step of weight, from 1; 0: nobody knows it.</summary>
    public static int WeightOf(int? grams) => grams is not { } g ? 0 : Weights.Count(w => g > w) + 1;

    /// <summary>What an offer counts as.</summary>
    public static SentBefore SentOf(Offer offer) =>
        new(offer.ShipsFrom, offer.Classes, offer.Unit?.Grams, [.. ShippingGuard.WaysOf(offer)]);

    /// <summary>Whether both count alike.</summary>
    public static bool IsSame(SentBefore a, SentBefore b) => (a.ShipsFrom, a.Grams) == (b.ShipsFrom, b.Grams)
        && a.Goods.SequenceEqual(b.Goods) && a.Ways.SequenceEqual(b.Ways);

    static LaneCostRow? Fold(string key, LaneCostRow? row, Recorded recorded)
    {
        var counts = row?.Counts ?? [];
        foreach (var change in Changes(recorded).Where(c => c.Key == key))
            counts = PriceScale.Plus(counts, [change.Minor], change.By);
        return counts.IsEmpty ? null : key.Split('/') is [var lane, var service, var weight, var currency]
            ? new(lane, service, int.Parse(weight, CultureInfo.InvariantCulture), currency, counts) : row;
    }

    static IEnumerable<(string Key, int By, long Minor)> Changes(Recorded recorded) => recorded.Event switch
    {
        Listing.Event.Published e                                => Of(SentOf(e.Offer), 1),
        Listing.Event.Revised { Sent: { } before } e             => Of(before, -1).Concat(Of(SentOf(e.Offer), 1)),
        Listing.Event.PriceHeld { Meanwhile: Meanwhile.Hidden } e => Of(SentOf(e.Offer), -1),
        Listing.Event.GoodsHeld { Meanwhile: Meanwhile.Hidden } e => Of(SentOf(e.Offer), -1),
        Listing.Event.HoldLapsed { Out: { } offer }              => Of(SentOf(offer), -1),
        _                                                        => [],
    };

    static IEnumerable<(string, int, long)> Of(SentBefore sent, int by) =>
        sent.Ways.Where(w => w.Price.Minor > 0).Select(w => (KeyOf(sent, w), by, w.Price.Minor));

    static string KeyOf(SentBefore sent, WayPrice way) => string.Create(CultureInfo.InvariantCulture,
        $"{LaneOf(sent.ShipsFrom, way.Country, sent.Goods)}/{way.Service}/{WeightOf(sent.Grams)}/{way.Price.Currency}");

    /// <summary>
    /// What rows of a lane say about a way: of things that weigh as much and go the same way, else of all that go the
    /// same way, else of all.
    /// </summary>
    /// <param name="grams">Of one unit; null: nobody knows.</param>
    public static LanePeers Of(WayPrice way, int? grams, IEnumerable<LaneCostRow> rows, int fewest)
    {
        ImmutableArray<LaneCostRow> all = [.. rows.DistinctBy(r => (r.Service, r.Weight, r.Currency))];
        var (service, weight) = (way.Service ?? "", WeightOf(grams));
        foreach (var some in (IEnumerable<LaneCostRow>[])
            [all.Where(r => r.Service == service && r.Weight == weight), all.Where(r => r.Service == service)])
            if (BandsOf(some) is var bands
                && bands.Any(b => b.Median.Currency == way.Price.Currency && b.Count >= fewest))
                return new(way.Country, way.Service, bands);
        return new(way.Country, way.Service, BandsOf(all));
    }

    static ImmutableArray<PeerBand> BandsOf(IEnumerable<LaneCostRow> rows) =>
    [
        .. rows.GroupBy(r => r.Currency).Select(same => PriceScale.BandOf(
            [
                .. same.SelectMany(r => r.Counts).GroupBy(c => c.Step)
                    .Select(step => new PriceCount(step.Key, step.Sum(c => c.Count))).OrderBy(c => c.Step),
            ], Currency.Of(same.Key))).OfType<PeerBand>(),
    ];
}
