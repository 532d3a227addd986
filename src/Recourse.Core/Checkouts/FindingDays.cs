using System.Globalization;
using Recourse.Catalog;
namespace Recourse.Checkouts;

/// <summary>What a buyer did about something that was found.</summary>
public enum Deed
{
    /// <summary>A fix was applied, the likeliest or another.</summary>
    Fixed,

    /// <summary>They said that it is right as it is.</summary>
    Confirmed,

    /// <summary>The rest was opened without it.</summary>
    LeftOut,
}

/// <summary>Something that was found, and what its buyer did about it.</summary>
/// <param name="Code">Of the finding.</param>
/// <param name="Listing">On which line it was found, by its listing's id; null: on none, or it is older than this.
/// </param>
/// <param name="Without">Whether the line went; null: it didn't.</param>
/// <param name="Saved">Once it is paid, what its seller's part of it came to; null: nothing, or it isn't known.</param>
public sealed record Answered(
    string Code, Deed By, string? Listing = null, bool? Without = null, Money? Saved = null);

public static partial class Checkout
{
    /// <summary>What was found in an opened basket, and answered.</summary>
    /// <param name="leftOut">What was left out of it; null: nothing was.</param>
    public static ImmutableArray<Answered> AnsweredIn(Basket basket, ImmutableArray<Refusal>? leftOut) =>
        basket is { Fixed: null or [], Confirmed: null or [] } && leftOut is null or [] ? [] :
    [
        .. (basket.Fixed ?? []).Select(FixedIn)
            .Concat((basket.Confirmed ?? []).Select(
                id => new Answered(CodeIn(id), Deed.Confirmed, ListingAt(basket, FieldIn(id)))))
            .Concat(Left(basket, leftOut ?? [])).Distinct(),
    ];

    static IEnumerable<Answered> Left(Basket basket, ImmutableArray<Refusal> leftOut) =>
        leftOut.Select(no => new Answered(no.Code, Deed.LeftOut, ListingAt(basket, no.Field)));

    /// <summary>The listing of the line that a field is in; null: it is in none.</summary>
    public static string? ListingAt(Basket basket, string? field) =>
        NthOf(field, OfLines) is { } n && n < basket.Lines.Length ? $"{basket.Lines[n].Listing}" : null;

    static string? FieldIn(string id) => id.Split(':', 2) is [_, var rest] ? rest.Split('@', '#')[0] : null;

    /// <summary>The code in a finding's id, or in a fix's.</summary>
    public static string CodeIn(string id) => id.IndexOfAny([':', '@', '#']) is > 0 and var end ? id[..end] : id;

    const string GoneMark = "#gone";

    /// <summary>What a basket says of a fix that made it what it is.</summary>
    /// <param name="listing">Of the line that it was of; null: of none.</param>
    /// <param name="isGone">Whether the line went.</param>
    public static string FixedOf(string code, ListingId? listing, bool isGone) =>
        listing is null ? code : $"{code}@{listing}{(isGone ? GoneMark : "")}";

    static Answered FixedIn(string said)
    {
        if (said.Split('@', 2) is not [var code, var rest]) return new(CodeIn(said), Deed.Fixed);
        var isGone = rest.EndsWith(GoneMark, StringComparison.Ordinal);
        return ListingId.TryParse(isGone ? rest[..^GoneMark.Length] : rest, out var listing)
            ? new(code, Deed.Fixed, $"{listing}", isGone ? true : null) : new(code, Deed.Fixed);
    }

    static Event.Authorised Authorised(State.Paying s) => AnsweredIn(s.Basket, s.LeftOut) is { IsEmpty: false } answered
        ? new([.. answered.Select(a => a with { Saved = SavedBy(a, s) })], s.Total) : new();

    static Money? SavedBy(Answered answered, State.Paying s) => ListingId.TryParse(answered.Listing, out var listing)
        ? s.Parts.FirstOrDefault(p => p.Order.Seller == listing.Seller)?.Total : null;
}

/// <summary>A finding on one day: what buyers did about it in the baskets that they opened.</summary>
/// <param name="Code">Of the finding.</param>
/// <param name="Day">As ISO 8601 has it, in UTC: <c>2026-03-04</c>.</param>
/// <param name="Fixed">Checkouts that were opened with a fix of it.</param>
/// <param name="Confirmed">Checkouts whose buyer said that it is right.</param>
/// <param name="LeftOut">Checkouts of which it cost a part.</param>
/// <param name="Paid">Of such checkouts, whenever they were opened, those whose payment was accepted that day.</param>
/// <param name="Saved">What those came to, by currency.</param>
public sealed record FindingDay(
    string Code, string Day, int Fixed, int Confirmed, int LeftOut, int Paid, ImmutableArray<SavedSum> Saved);

/// <summary>What orders came to that went on.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Minor">Minor units.</param>
public sealed record SavedSum(string Currency, long Minor);

/// <summary>What buyers did about findings, by day and code: few rows, however many buy.</summary>
public static class FindingDays
{
    /// <summary>The index of one code's days.</summary>
    public const string ByCode = "code";

    /// <summary>The view; the newest day comes first.</summary>
    public static readonly View<FindingDay> View = new()
    {
        Name = "finding-days", Version = 1, Hears = ListingFindings.View.Hears,
        Keys = r => AnsweredIn(r) is { IsEmpty: false } answered
            ? answered.Select(a => $"{DayOf(r.At)}/{a.Code}").Distinct() : [],
        Fold = (key, row, r) => AnsweredIn(r).Where(a => key.EndsWith($"/{a.Code}", StringComparison.Ordinal))
            .Aggregate(row, (day, a) => And(day ?? new(a.Code, DayOf(r.At), 0, 0, 0, 0, []), a, r.Event)),
        Index = (key, row) => [new(Scope.Index, Scope.All, key), new(ByCode, row.Code, key)],
    };

    static string DayOf(Instant at) => ListingFindings.DayOf(at);

    static ImmutableArray<Answered> AnsweredIn(Recorded r) => r.Event switch
    {
        Checkout.Event.Opened e     =>
            Once(Checkout.AnsweredIn(e.Basket, e.LeftOut)),
        Checkout.Event.AskedForLess e =>
            [.. e.Answered.DistinctBy(a => a.Code)],
        Checkout.Event.Authorised { Answered: { } answered } => [.. answered.DistinctBy(a => a.Code)],
        _                           => [],
    };

    static ImmutableArray<Answered> Once(ImmutableArray<Answered> all) =>
        all.IsEmpty ? all : [.. all.DistinctBy(a => (a.Code, a.By))];

    static FindingDay And(FindingDay day, Answered answered, object happened) => happened switch
    {
        Checkout.Event.Authorised { Total: { } total } =>
            day with { Paid = day.Paid + 1, Saved = And(day.Saved, total) },
        _ => answered.By switch
        {
            Deed.Fixed     => day with { Fixed = day.Fixed + 1 },
            Deed.Confirmed => day with { Confirmed = day.Confirmed + 1 },
            Deed.LeftOut   => day with { LeftOut = day.LeftOut + 1 },
        },
    };

    internal static ImmutableArray<SavedSum> And(ImmutableArray<SavedSum> sums, Money more)
    {
        var before = sums.FirstOrDefault(s => s.Currency == more.Currency.Code);
        return
        [
            .. sums.Where(s => s != before).Append(new(more.Currency.Code, (before?.Minor ?? 0) + more.Minor))
                .OrderBy(s => s.Currency, StringComparer.Ordinal),
        ];
    }
}
