using Recourse.Ways;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    static readonly Remedy LeaveItOut = new("goods.leave-out");

    /// <summary>Codes of what is found about goods.</summary>
    internal static readonly ImmutableArray<string> GoodsCodes =
        ["goods.not-sold", "goods.not-let-in", "goods.needs"];

    /// <summary>Goods with rules of their own, once more by the rules of this day and the country they go to.</summary>
    static IEnumerable<Finding> GoodsFindings(Basket basket, CheckoutFacts facts, Turn turn)
    {
        var classes = turn.Book.Of<GoodsRules>().Classes;
        for (var n = 0; n < basket.Lines.Length; n++)
            foreach (var code in facts.Quotes[n].Value?.Classes ?? [])
            {
                if (!classes.TryGetValue(code, out var goods)) continue;
                var title = facts.Quotes[n].Value!.Title;
                if (!goods.IsSold) yield return Weighed(turn, GoodsNotSold(n, title, code), Gravity.Blocking);
                else if (goods.NotTo.Contains(basket.Country))
                    yield return Weighed(turn, GoodsNotLetIn(n, title, code, basket.Country), Gravity.Blocking);
                else if (goods.Needs is { } needs)
                    yield return Weighed(turn, GoodsNeed(n, title, needs));
            }
    }

    static Refusal GoodsNotSold(int n, string title, string goods) =>
        new("goods.not-sold", LeaveItOut, ("title", title), ("goods", GoodsRules.WordOf(goods)))
        { Field = $"lines[{n}].listing" };

    static Refusal GoodsNotLetIn(int n, string title, string goods, string country) =>
        new("goods.not-let-in", LeaveItOut, ("title", title), ("goods", GoodsRules.WordOf(goods)), ("country", country))
        { Field = $"lines[{n}].listing" };

    static Refusal GoodsNeed(int n, string title, string needs) =>
        new("goods.needs", CarryOn, ("title", title), ("needs", needs)) { Field = $"lines[{n}].listing" };
}
