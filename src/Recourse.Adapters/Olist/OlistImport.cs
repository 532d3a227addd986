using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Sellers;
namespace Recourse.Olist;

/// <summary>One thing to ask: of whom, what, as whom, and under which idempotency key.</summary>
public sealed record ImportStep(IId Target, object Command, Actor Who, string Key);

/// <summary>A history as commands. The same history gives the same steps in the same order.</summary>
/// <param name="Strays">Findings that stand on no aggregate: they are the result's own.</param>
public sealed record OlistPlan(
    ImmutableArray<ImportStep> Steps, ImmutableArray<OlistStray> Strays, OlistTally Tally);

/// <summary>Takes a history over as it was: sellers, buyers, listings, then orders by when they were bought.</summary>
public static class OlistImport
{
    /// <summary>Who asks.</summary>
    public static readonly Actor Who = new Actor.Integration(OlistHistory.Source);

    /// <summary>The plan.</summary>
    /// <param name="seal">Seals a place for a person, named by the text of their id.</param>
    public static OlistPlan Plan(OlistHistory history, Func<string, ImportedPlace, Sealed<ImportedPlace>> seal)
    {
        var all = OlistBaskets.Of(history);
        ImmutableArray<ImportStep> steps =
        [
            .. Sellers(all, seal), .. Buyers(all, seal), .. Listings(all, history),
            .. all.All.SelectMany(b => Orders(b, all)),
        ];
        return new([.. steps, .. Strays(all)], all.Strays, OlistTally.Of(history, steps, all.Strays));
    }

    static IEnumerable<ImportStep> Sellers(
        OlistBaskets all, Func<string, ImportedPlace, Sealed<ImportedPlace>> seal) =>
        from s in all.Sellers.Values
        let id = new SellerId(OlistIds.Code(s.Id))
        let place = seal(id.ToString(), new(s.Postcode, s.City, s.Region))
        select new ImportStep(
            id, new SellerAccount.Command.Import(OlistHistory.Source, s.Id, place), Who, Key(id.ToString()));

    static IEnumerable<ImportStep> Buyers(
        OlistBaskets all, Func<string, ImportedPlace, Sealed<ImportedPlace>> seal) =>
        from c in all.Customers.Values.OrderBy(c => c.Person, StringComparer.Ordinal)
        let id = new BuyerId(OlistIds.Code(c.Person))
        let place = seal(id.ToString(), new(c.Postcode, c.City, c.Region))
        select new ImportStep(
            id, new BuyerAccount.Command.Import(OlistHistory.Source, c.Id, place), Who, Key($"{id}/{c.Id}"));

    // What belongs to no order, person or product is kept on a listing that nobody is known to sell.
    static IEnumerable<ImportStep> Strays(OlistBaskets all) =>
        from s in all.Strays
        let id = new ListingId(
            OlistIds.NoSeller, Derived.Code($"{OlistHistory.Source} stray {s.File} {s.Line} {s.Finding.Code}"))
        select new ImportStep(
            id, new Listing.Command.Import([("finding", s.Finding.Code), .. s.Finding.Facts]), Who,
            Key(id.ToString()));

    // A product is a listing of each seller that sold it.
    static IEnumerable<ImportStep> Listings(OlistBaskets all, OlistHistory history)
    {
        var sellers = history.Items.Where(i => i.Product is not "" && i.Seller is not "")
            .Select(i => (i.Product, Seller: new SellerId(OlistIds.Code(i.Seller)))).Distinct()
            .ToLookup(i => i.Product, i => i.Seller);
        return
            from p in all.Products.Values
            from seller in sellers[p.Id].DefaultIfEmpty(OlistIds.NoSeller).OrderBy(s => s.Code, StringComparer.Ordinal)
            let id = new ListingId(seller, OlistIds.Code(p.Id))
            select new ImportStep(id, new Listing.Command.Import(Facts(p, all)), Who, Key(id.ToString()));
    }

    static ImmutableArray<Named> Facts(OlistProduct p, OlistBaskets all) =>
        all.Categories.TryGetValue(p.Category, out var category)
            ? [.. p.Columns, (OlistFile.Categories.Columns[1], category.English)]
        : p.Category is "" ? p.Columns
        : [.. p.Columns, ("finding", OlistCode.CategoryUntranslated)];

    static IEnumerable<ImportStep> Orders(OlistBasket b, OlistBaskets all)
    {
        ImmutableArray<(SellerId Seller, ImmutableArray<OlistItem> Items)> parts = b.Items.IsEmpty
            ? [(OlistIds.NoSeller, [])]
            : [.. b.Parts.Select(p => (new SellerId(OlistIds.Code(p.Key)), p.ToImmutableArray()))];
        ImmutableArray<Finding> shared = [.. OlistContradictions.OfBasket(b)];
        foreach (var (i, (seller, items)) in parts.Index())
        {
            ImmutableArray<Finding> findings =
            [
                .. i == 0 ? b.Kept.AddRange(OlistContradictions.OfFirstPart(b, all.SharedReviews)) : [],
                .. shared, .. OlistContradictions.OfPart(b, items, all),
            ];
            var id = new OrderId(seller, OlistIds.Code(b.Order.Id));
            var facts = Facts(b, new(i + 1, parts.Length), items, findings);
            yield return new(id, new Order.Command.Import(facts), Who, Key(id.ToString()));
        }
    }

    static ImportedOrder Facts(
        OlistBasket b, BasketPart part, ImmutableArray<OlistItem> items, ImmutableArray<Finding> findings)
    {
        var o = b.Order;
        return new(
            OlistHistory.Source, o.Id, part, o.Status, b.Buyer,
            new(b.Purchased, o.Approved, o.HandedOver, o.Delivered, o.Promised), OlistHistory.Currency,
            [.. items.Select(i => new ImportedItem(
                i.Number!.Value, i.Product, i.Price.Money!.Value, i.Freight.Money!.Value, i.DispatchBy))],
            part.Nth > 1 ? [] : [.. b.Payments.Select(p => new ImportedPayment(
                p.Number!.Value, p.Method, p.Instalments!.Value, p.Amount.Money!.Value))],
            part.Nth > 1 ? [] : [.. b.Reviews.Select(r => new ImportedReview(
                r.Id, r.Score!.Value, Written(r.Title), Written(r.Message), r.Asked, r.Answered))],
            findings);
    }

    static string? Written(string text) => text is "" ? null : text;

    static string Key(string what) => $"{OlistHistory.Source}/{what}";
}
