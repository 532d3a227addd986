using System.Globalization;
using Recourse.Catalog;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>The buyer ordered the same a short while ago.</summary>
    public const string BoughtJustNow = "checkout.bought-just-now";

    /// <summary>The same variant stands on an earlier line too.</summary>
    public const string SameItemTwice = "checkout.same-item-twice";

    /// <summary>A number of units that looks like a slip of a key.</summary>
    public const string OddQuantity = "checkout.odd-quantity";

    /// <summary>What is so about quantities that may not be meant so.</summary>
    static IEnumerable<Finding> Quantities(Basket basket, CheckoutFacts facts, Turn turn)
    {
        Dictionary<(ListingId, Sku), int> first = [];
        for (var i = 0; i < basket.Lines.Length; i++)
        {
            var (line, title) = (basket.Lines[i], TitleOf(basket, facts, i));
            if (!first.TryAdd((line.Listing, line.Sku), i))
                yield return Weighed(
                    turn, new Refusal(SameItemTwice, Mend, ("title", title)) { Field = $"lines[{i}]" });
            else if (BoughtAgo(line, facts, turn) is { } before)
                yield return Weighed(turn, new Refusal(
                    BoughtJustNow, Compare, ("title", title), ("units", before.Quantity),
                    ("minutes", Math.Max(1, (long)(turn.At - before.At).TotalMinutes))) { Field = $"lines[{i}]" });
            if (turn.Rules.Quantities is { } rules && line.Quantity <= turn.Rules.MostUnits
                && IsOdd(line, facts.Before?.Value, rules) && !IsSettled(i))
                yield return Odd(i, line, title, facts.Before?.Value, rules);
        }

        // Who says how the rest is to follow has thought about the number.
        bool IsSettled(int i) => basket.Lines[i].Later is not null || SaleOf(basket, facts, i) is { IsOwn: true };

        Finding Odd(int i, BasketLine line, string title, BoughtBefore? before, QuantityRules rules) =>
            Weighed(turn, new Refusal(
                OddQuantity, MendOrConfirmQuantity, ("title", title), ("quantity", line.Quantity),
                ("instead", MeantBy(line.Quantity, UsualOf(line, before, rules), rules)))
                { Field = $"lines[{i}].quantity" }) with { Of = $"{line.Quantity}-{line.Sku.Code}" };
    }

    static readonly Remedy Compare = new("checkout.compare"), MendOrConfirmQuantity = new("checkout.mend-or-confirm");

    static BoughtLine? BoughtAgo(BasketLine line, CheckoutFacts facts, Turn turn) =>
        turn.Rules.Quantities is { } rules && facts.Before is { Value.Lines: { IsDefault: false } lines }
            ? lines.FirstOrDefault(b => b.Listing == line.Listing && b.Sku == line.Sku
                && b.At <= turn.At && b.At + rules.JustNow > turn.At)
            : null;

    /// <summary>
    /// Whether so many look like a slip, as far as the buyer's own orders tell; others' may still make it usual.
    /// </summary>
    public static bool IsOdd(BasketLine line, BoughtBefore? before, QuantityRules rules) =>
        line.Quantity >= (long)UsualOf(line, before, rules) * rules.OddFromTimes;

    static int UsualOf(BasketLine line, BoughtBefore? before, QuantityRules rules) => Math.Max(
        Math.Max(rules.UsuallyUpTo, before?.MostUnits ?? 0),
        before?.Others.FirstOrDefault(o => o.Listing == line.Listing)?.Second ?? 0);

    /// <summary>
    /// What was probably meant: the number without keys that were pressed twice, or without zeros, as soon as it isn't
    /// odd any more; else what is usual.
    /// </summary>
    public static int MeantBy(int quantity, int usual, QuantityRules rules)
    {
        var text = quantity.ToString(CultureInfo.InvariantCulture);
        while (text.Length > 1)
        {
            var twice = Enumerable.Range(1, text.Length - 1).LastOrDefault(i => text[i] == text[i - 1]);
            if (twice == 0 && text[^1] != '0') break;
            text = text.Remove(twice == 0 ? text.Length - 1 : twice, 1);
            if (int.Parse(text, CultureInfo.InvariantCulture) is > 0 and var fewer
                && fewer < (long)usual * rules.OddFromTimes) return fewer;
        }
        return usual;
    }
}
