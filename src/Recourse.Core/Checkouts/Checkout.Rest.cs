using System.Globalization;
using Recourse.Coupons;
namespace Recourse.Checkouts;

/// <summary>What of a basket can be bought: a line that can't doesn't cost the others.</summary>
/// <param name="Whole">The basket as the buyer has it.</param>
/// <param name="Known">What was gathered of all of it.</param>
/// <param name="Lines">Where the lines that can be bought stand in the whole.</param>
/// <param name="Coupons">Where the coupons that can be used stand in the whole.</param>
/// <param name="LeftOut">What stops the others, each in its place in the whole; none: all of it can be bought.</param>
public sealed record Rest(
    Basket Whole, CheckoutFacts Known, ImmutableArray<int> Lines, ImmutableArray<int> Coupons,
    ImmutableArray<Checkout.Finding> LeftOut)
{
    /// <summary>All of a basket.</summary>
    public static Rest OfAll(Basket basket, CheckoutFacts facts) => new(
        basket, facts, [.. Enumerable.Range(0, basket.Lines.Length)],
        [.. Enumerable.Range(0, Checkout.CodesOf(basket).Length)], []);

    /// <summary>The basket without what is left out.</summary>
    public Basket Basket => LeftOut.IsEmpty ? Whole : Whole with
    {
        Lines = [.. Lines.Select(n => Whole.Lines[n])],
        Coupons = Whole.Coupons is null ? null : [.. Coupons.Select(n => Checkout.CodesOf(Whole)[n])],
    };

    /// <summary>What was gathered of that basket.</summary>
    public CheckoutFacts Facts => LeftOut.IsEmpty ? Known
        : Known with { Quotes = [.. Lines.Select(n => Known.Quotes[n])] };

    /// <summary>A finding of the rest, in its place in the whole.</summary>
    public Checkout.Finding InWhole(Checkout.Finding found) =>
        LeftOut.IsEmpty ? found
        : Checkout.NthOf(found.What, Checkout.OfLines) is { } line ? Moved(found, Checkout.OfLines, line, Lines[line])
        : Checkout.NthOf(found.What, Checkout.OfCoupons) is { } n ? Moved(found, Checkout.OfCoupons, n, Coupons[n])
        : found;

    static Checkout.Finding Moved(Checkout.Finding found, string list, int from, int to) =>
        found with { What = Checkout.At(found.What, list, from, to) };

    internal Rest Without(IReadOnlyCollection<Checkout.Finding> why) => this with
    {
        Lines = [.. Lines.Except(why.Select(f => Checkout.NthOf(f.What, Checkout.OfLines)).OfType<int>())],
        Coupons = [.. Coupons.Except(why.Select(f => Checkout.NthOf(f.What, Checkout.OfCoupons)).OfType<int>())],
        LeftOut = [.. LeftOut, .. why],
    };
}

public static partial class Checkout
{
    internal const string OfLines = "lines", OfCoupons = "coupons";

    // What lines have only beside others is told of one after the other; then a seller's part goes as a whole.
    const int MostRounds = 16;

    // What a line has in itself is left out first: often nothing of this remains then.
    static readonly ImmutableArray<string> OnlyBesideOthers =
    [
        "checkout.mixed-currencies", "checkout.price-differs", "checkout.sale-sold-out", "checkout.sale-limit",
        "shipping.too-heavy", "terms.too-many-units", "terms.record-needed", SameItemTwice,
    ];

    /// <summary>
    /// What can be bought of a basket without what stands in the way of single lines. Null: nothing, or what stops it
    /// is of the whole basket, its buyer or its address.
    /// </summary>
    public static Rest? RestOf(Basket basket, CheckoutFacts facts, Asked asked) =>
        RestOf(basket, facts, new Turn(Party.Buyer, asked.At, asked.InForce));

    static Rest? RestOf(Basket basket, CheckoutFacts facts, Turn turn)
    {
        // What nobody could have found anywhere is not worth a place in the log.
        if (!AreQuoted(basket, facts) || !basket.Lines.All(IsNamed)) return null;
        var rest = Rest.OfAll(basket, facts);
        for (var round = 1; !rest.Lines.IsEmpty; round++)
        {
            List<Finding> stops = [.. FoundIn(rest, turn).Where(f => f.Stops(basket))];
            if (stops.Count == 0) return rest;
            var bad = stops.FindAll(f => NthOf(f.What, OfLines) is not null);
            var inThemselves = bad.FindAll(f => !OnlyBesideOthers.Contains(f.What.Code));
            if (inThemselves.Count > 0) bad = inThemselves;
            // A coupon that isn't good for what is left is left out as well.
            else if (bad.Count == 0 && !rest.LeftOut.IsEmpty
                && stops.TrueForAll(f => CouponSeen.OfGoods.Contains(f.What.Code))) bad = stops;
            if (bad.Count == 0) return null;
            rest = rest.Without(round < MostRounds ? bad : [.. bad.SelectMany(f => WithItsSeller(f, rest))]);
        }
        return null;
    }

    static bool IsNamed(BasketLine line) =>
        Derived.IsCode(line.Sku.Code) && (line.Service is null || Derived.IsCode(line.Service));

    static IEnumerable<Finding> FoundIn(Rest rest, Turn turn) =>
        Findings(rest.Basket, rest.Facts, turn).Select(rest.InWhole)
            .Concat((rest.Known.Short?.Value ?? []).Where(no => NthOf(no, OfLines) is { } n && rest.Lines.Contains(n))
                .Select(no => new Finding(no, Gravity.Blocking)))
            .DistinctBy(f => f.Id);

    static IEnumerable<Finding> WithItsSeller(Finding found, Rest rest) => NthOf(found.What, OfLines) is not { } line
        ? [found]
        : rest.Lines.Where(n => rest.Whole.Lines[n].Listing.Seller == rest.Whole.Lines[line].Listing.Seller)
            .Select(n => found with { What = At(found.What, OfLines, line, n) });

    /// <summary>The lines that sellers are asked for.</summary>
    /// <param name="leftOut">What stops the others.</param>
    public static IEnumerable<BasketLine> LinesWithout(Basket basket, ImmutableArray<Refusal>? leftOut)
    {
        var gone = (leftOut ?? []).Select(no => NthOf(no, OfLines)).ToHashSet();
        return basket.Lines.Where((_, n) => !gone.Contains(n));
    }

    /// <summary>Which of a list's entries something is about, from 0; null: none.</summary>
    /// <param name="list">What requests call the list, e.g. <c>lines</c>.</param>
    public static int? NthOf(Refusal what, string list) => NthOf(what.Field, list);

    /// <summary>Which of a list's entries a field is in, from 0; null: none.</summary>
    /// <param name="list">What requests call the list, e.g. <c>lines</c>.</param>
    public static int? NthOf(string? field, string list)
    {
        if (field is null || !field.StartsWith($"{list}[", StringComparison.Ordinal)) return null;
        var end = field.IndexOf(']', StringComparison.Ordinal);
        return end > 0 && int.TryParse(field.AsSpan((list.Length + 1)..end), NumberStyles.None,
            CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    internal static Refusal At(Refusal what, string list, int from, int to) =>
        what with { Field = $"{list}[{to}]{what.Field![$"{list}[{from}]".Length..]}" };
}
