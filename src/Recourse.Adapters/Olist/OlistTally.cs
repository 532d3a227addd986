using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Sellers;
namespace Recourse.Olist;

/// <summary>Where a file's rows ended: each is unreadable, a fact somewhere, or a finding.</summary>
public sealed record OlistFileTally(string File, int Rows, int Faulty, int AsFacts, int AsFindings)
{
    /// <summary>No row is lost, none invented.</summary>
    public bool IsEven => Rows == Faulty + AsFacts + AsFindings;
}

/// <summary>Money of one kind: as the files have it, and where it ended.</summary>
/// <param name="Column">The column that it is written in.</param>
public sealed record OlistMoneyTally(string Column, Money Read, Money AsFacts, Money InFindings)
{
    /// <summary>No money is lost, none invented.</summary>
    public bool IsEven => Read == AsFacts + InFindings;
}

/// <summary>
/// The count of a take-over. The left side comes from the files, the right side from the commands themselves, so
/// that a row which is forgotten on the way shows.
/// </summary>
/// <param name="Orders">Orders there; one of several sellers counts once.</param>
/// <param name="OrdersHere">Orders that they became.</param>
/// <param name="OrdersByStatus">Orders there, by their status there.</param>
/// <param name="EarlyEndsByInference">Orders there that ended early, by the code of what most probably ended them.
/// </param>
/// <param name="EarlyEndsSilent">Of which nothing can be inferred.</param>
/// <param name="FindingsByCode">A finding that stands on each part of a basket counts once.</param>
public sealed record OlistTally(
    ImmutableArray<OlistFileTally> Files, int Orders, int OrdersHere,
    ImmutableSortedDictionary<string, int> OrdersByStatus, ImmutableSortedDictionary<string, int> FindingsByCode,
    ImmutableArray<OlistMoneyTally> Money, ImmutableSortedDictionary<string, int> EarlyEndsByInference,
    int EarlyEndsSilent)
{
    /// <summary>Rows and money all ended somewhere.</summary>
    public bool IsEven => Files.All(f => f.IsEven) && Money.All(m => m.IsEven);

    internal static OlistTally Of(
        OlistHistory history, ImmutableArray<ImportStep> steps, ImmutableArray<OlistStray> strays)
    {
        ImmutableArray<ImportedOrder> orders =
            [.. steps.Select(s => s.Command).OfType<Order.Command.Import>().Select(c => c.Facts)];
        ImmutableArray<ImmutableArray<Named>> listings =
            [.. steps.Select(s => s.Command).OfType<Listing.Command.Import>().Select(c => c.Facts)];
        HashSet<Finding> findings = new(
            orders.SelectMany(o => o.Findings).Concat(strays.Select(s => s.Finding)),
            ReferenceEqualityComparer.Instance);
        ImmutableArray<Finding> kept = [.. findings.Where(f => OlistCode.KeepARow.Contains(f.Code))];
        // Reviews stand on the first part of a basket, and speak for all of it.
        ImmutableArray<InferredEnd?> ends = [.. orders.Where(o => o.Part.Nth == 1 && InferredEnd.IsEarly(o))
            .Select(InferredEnd.Of)];
        var untranslated = Distinct(listings.Where(l => Fact(l, "finding") is not null), OlistFile.Products.Columns[0]);
        var byCode = findings.CountBy(f => f.Code).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return new(
            Rows(history, steps, orders, listings, kept), orders.DistinctBy(o => o.Number).Count(), orders.Length,
            orders.DistinctBy(o => o.Number).CountBy(o => o.Status).ToImmutableSortedDictionary(StringComparer.Ordinal),
            untranslated == 0 ? byCode : byCode.SetItem(OlistCode.CategoryUntranslated, untranslated),
            Moneys(history, orders, kept),
            ends.Where(e => e is not null).CountBy(e => e!.Code).ToImmutableSortedDictionary(StringComparer.Ordinal),
            ends.Count(e => e is null));
    }

    static ImmutableArray<OlistFileTally> Rows(
        OlistHistory history, ImmutableArray<ImportStep> steps, ImmutableArray<ImportedOrder> orders,
        ImmutableArray<ImmutableArray<Named>> listings, ImmutableArray<Finding> kept)
    {
        var keptBy = kept.CountBy(f => Fact(f.Facts, "file")!).ToDictionary();
        return
        [
            Of(OlistFile.Orders, orders.DistinctBy(o => o.Number).Count()),
            Of(OlistFile.Items, orders.Sum(o => o.Items.Length)),
            Of(OlistFile.Payments, orders.Sum(o => o.Payments.Length)),
            Of(OlistFile.Reviews, orders.Sum(o => o.Reviews.Length)),
            Of(OlistFile.Customers, steps.Count(s => s.Command is BuyerAccount.Command.Import)),
            Of(OlistFile.Sellers, steps.Count(s => s.Command is SellerAccount.Command.Import)),
            Of(OlistFile.Products, Distinct(listings, OlistFile.Products.Columns[0])),
            Of(OlistFile.Categories, Distinct(
                listings.Where(l => Fact(l, OlistFile.Categories.Columns[1]) is not null),
                OlistFile.Categories.Columns[0])),
        ];

        OlistFileTally Of(OlistFile file, int asFacts) => new(
            file.Name, history.Counts[file.Name].Rows, history.Counts[file.Name].Faulty, asFacts,
            keptBy.GetValueOrDefault((Value)file.Name));
    }

    static ImmutableArray<OlistMoneyTally> Moneys(
        OlistHistory history, ImmutableArray<ImportedOrder> orders, ImmutableArray<Finding> kept)
    {
        return
        [
            Of(OlistFile.Payments.Columns[4], history.Payments.Select(p => p.Amount),
                orders.SelectMany(o => o.Payments).Select(p => p.Amount)),
            Of(OlistFile.Items.Columns[5], history.Items.Select(i => i.Price),
                orders.SelectMany(o => o.Items).Select(i => i.Price)),
            Of(OlistFile.Items.Columns[6], history.Items.Select(i => i.Freight),
                orders.SelectMany(o => o.Items).Select(i => i.Freight)),
        ];

        OlistMoneyTally Of(string column, IEnumerable<OlistAmount> read, IEnumerable<Money> asFacts) => new(
            column, Sum(read.Where(a => a.Money is not null).Select(a => a.Money!.Value)), Sum(asFacts),
            Sum(kept.Select(f => Fact(f.Facts, column)).OfType<Value.Amount>().Select(a => a.Money)));

        static Money Sum(IEnumerable<Money> all) => all.Sum(OlistHistory.Currency);
    }

    static int Distinct(IEnumerable<ImmutableArray<Named>> facts, string name) =>
        facts.Select(f => Fact(f, name)).Distinct().Count();

    static Value? Fact(ImmutableArray<Named> facts, string name)
    {
        foreach (var fact in facts)
            if (fact.Name == name) return fact.Value;
        return null;
    }
}
