using Recourse.Rulebooks;
namespace Recourse.Coupons;

/// <summary>The rulebook's section on coupons.</summary>
/// <param name="MostUses">By how many orders one can be used at most.</param>
/// <param name="GoodAgainFor">How long a use that came back is good at least.</param>
/// <param name="MostInBasket">How many codes one checkout may name.</param>
public sealed record CouponRules(int MostUses, Duration GoodAgainFor, int MostInBasket) : IRules
{
    /// <summary>What held before there was such a section.</summary>
    public static readonly CouponRules Before = new(10_000, Duration.FromDays(30), 5);

    /// <summary>Reads the section.</summary>
    public static CouponRules Read(RuleReader r)
    {
        var rules = new CouponRules(
            r.Number("mostUses", 1, 100_000), r.Elapsed("goodAgainFor"), r.Number("mostInBasket", 1, 20));
        r.Done();
        return rules;
    }
}
