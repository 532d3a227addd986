using Recourse.Rulebooks;
namespace Recourse.Coupons;

/// <summary>The rulebook's section on coupons.</summary>
/// <param name="MostUses">By how many orders one can be used at most.</param>
/// <param name="GoodAgainFor">How long a use that came back is good at least.</param>
/// <param name="MostInBasket">How many codes one checkout may name.</param>
/// <param name="IsOnTop">A coupon for all shops comes off what is left after a shop's own; otherwise each shop takes
/// one, the first that is named.</param>
public sealed record CouponRules(int MostUses, Duration GoodAgainFor, int MostInBasket, bool IsOnTop = false) : IRules
{
    /// <summary>What held before there was such a section.</summary>
    public static readonly CouponRules Before = new(10_000, Duration.FromDays(30), 5);

    /// <summary>Reads the section.</summary>
    public static CouponRules Read(RuleReader r)
    {
        var rules = new CouponRules(
            r.Number("mostUses", 1, 100_000), r.Elapsed("goodAgainFor"), r.Number("mostInBasket", 1, 20),
            r.Has("ofAllShops") && r.One("ofAllShops", Words));
        r.Done();
        return rules;
    }

    static readonly ImmutableArray<(string Word, bool Value)> Words = [("alone", false), ("on-top", true)];
}
