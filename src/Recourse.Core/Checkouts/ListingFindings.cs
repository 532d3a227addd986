using System.Globalization;
using Recourse.Catalog;
namespace Recourse.Checkouts;

/// <summary>A finding on a listing on one day, for its seller: how often, and nothing about whom.</summary>
/// <param name="Listing">Text of the listing's id.</param>
/// <param name="Code">Of the finding.</param>
/// <param name="Day">As ISO 8601 has it, in UTC.</param>
/// <param name="Confirmed">Checkouts whose buyer said that it is right.</param>
/// <param name="LeftOut">Checkouts that went on without it.</param>
/// <param name="Paid">Of such checkouts, those whose payment was accepted that day, with it or without.</param>
/// <param name="Fixed">Checkouts that were opened with a fix of it.</param>
/// <param name="Saved">What its seller's part of what was paid came to, by currency.</param>
public sealed record ListingFinding(
    string Listing, string Code, string Day, int Confirmed, int LeftOut, int Paid, int Fixed,
    ImmutableArray<SavedSum> Saved);

/// <summary>What was found on listings, and what buyers did about it: few rows, however many buy.</summary>
public static class ListingFindings
{
    /// <summary>The view: a seller's, the newest day first.</summary>
    public static readonly View<ListingFinding> View = new()
    {
        Name = "listing-findings", Version = 2,
        Hears =
        [
            typeof(Checkout.Event.Opened), typeof(Checkout.Event.AskedForLess), typeof(Checkout.Event.Authorised),
        ],
        Keys = r => AnsweredIn(r).Select(a => KeyOf(r, a)).Distinct(),
        Fold = (key, row, r) => AnsweredIn(r).Where(a => KeyOf(r, a) == key)
            .Aggregate(row, (day, a) => And(day ?? new(a.Listing!, a.Code, DayOf(r.At), 0, 0, 0, 0, []), a, r.Event)),
        Index = (key, row) => ListingId.TryParse(row.Listing, out var id)
            ? [new(Scope.Index, $"{id.Seller}", key), new(Scope.Index, Scope.All, key)] : [],
    };

    static string KeyOf(Recorded r, Answered a) => $"{DayOf(r.At)}/{a.Code}/{a.Listing}";

    /// <summary>The day of an instant, in UTC.</summary>
    public static string DayOf(Instant at) => at.InUtc().Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    static IEnumerable<Answered> AnsweredIn(Recorded r) => (r.Event switch
    {
        Checkout.Event.Opened e       => Checkout.AnsweredIn(e.Basket, e.LeftOut),
        Checkout.Event.AskedForLess e => e.Answered,
        Checkout.Event.Authorised e   => e.Answered ?? [],
        _                             => [],
    }).Where(a => a.Listing is not null).DistinctBy(a => (a.Listing, a.Code, a.By, a.Without));

    static ListingFinding And(ListingFinding day, Answered answered, object happened) => happened switch
    {
        Checkout.Event.Authorised => day with
        {
            Paid = day.Paid + 1,
            Saved = answered.Saved is { } saved ? FindingDays.And(day.Saved, saved) : day.Saved,
        },
        _ => answered.By switch
        {
            Deed.Fixed when answered.Without is true => day with { LeftOut = day.LeftOut + 1 },
            Deed.Fixed     => day with { Fixed = day.Fixed + 1 },
            Deed.Confirmed => day with { Confirmed = day.Confirmed + 1 },
            Deed.LeftOut   => day with { LeftOut = day.LeftOut + 1 },
        },
    };
}
