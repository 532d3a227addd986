using System.Globalization;
using Recourse.Rulebooks;
namespace Recourse.Orders;

/// <summary>What a buyer is paid on top of what goes back, because of what went wrong.</summary>
/// <param name="Code">For what, one of the rulebook's, e.g. <c>compensation.late-refund</c>.</param>
/// <param name="BorneBy">Whose loss it is: the seller's or the platform's.</param>
public sealed record Compensation(string Code, Money Amount, Bearer BorneBy);

/// <summary>One thing that is compensated.</summary>
/// <param name="BorneBy">Whose loss it is; null: the seller's if they decided what was wrong, else the platform's.
/// </param>
/// <param name="Share">Of the goods that it was about.</param>
/// <param name="AtLeast">By currency; a currency that isn't there has no least.</param>
/// <param name="AtMost">By currency; never more than the goods themselves.</param>
public sealed record CompensationCase(
    Bearer? BorneBy, Ratio Share, ImmutableArray<Money> AtLeast, ImmutableArray<Money> AtMost);

/// <summary>The rulebook's section on what a buyer is paid when something went wrong that wasn't their doing.</summary>
/// <param name="Cases">By code; what isn't there is not compensated.</param>
public sealed record CompensationRules(ImmutableSortedDictionary<string, CompensationCase> Cases) : IRules
{
    /// <summary>A seller's reason to cancel was found false.</summary>
    public const string FalseReason = "compensation.false-reason";

    /// <summary>A refund wasn't back on the promised day.</summary>
    public const string LateRefund = "compensation.late-refund";

    /// <summary>An appeal of the buyer was right, and the goods had left: nothing of it can be undone.</summary>
    public const string AppealGranted = "compensation.appeal-granted";

    /// <summary>An order that was paid for ended by the platform's own fault.</summary>
    public const string PlatformsFault = "compensation.platforms-fault";

    static readonly ImmutableArray<string> Known = [AppealGranted, FalseReason, LateRefund, PlatformsFault];

    static readonly ImmutableArray<(string, Bearer?)> Bearers =
        [("seller", Bearer.Seller), ("platform", Bearer.Platform), ("decider", null)];

    /// <summary>Editions from before anything was compensated in money.</summary>
    public static readonly CompensationRules Before =
        new(ImmutableSortedDictionary.Create<string, CompensationCase>(StringComparer.Ordinal));

    /// <summary>Reads the section.</summary>
    public static CompensationRules Read(RuleReader r)
    {
        var cases = ImmutableSortedDictionary.CreateBuilder<string, CompensationCase>(StringComparer.Ordinal);
        foreach (var code in r.Names.Distinct().ToList())
        {
            if (!Known.Contains(code)) r.Fault(code, $"Must be one of {string.Join(", ", Known)}.");
            var one = r.Map(code);
            cases[code] = new(
                one.One("borneBy", Bearers), one.Percent("share"), one.Amounts("atLeast"), one.Amounts("atMost"));
            foreach (var least in cases[code].AtLeast)
                if (cases[code].AtMost.Any(most => most.Currency == least.Currency && most.Minor < least.Minor))
                    one.Fault("atMost", "Must not be less than atLeast.");
            one.Done();
        }
        r.Done();
        return new(cases.ToImmutable());
    }

    /// <summary>What is due for that; null: nothing.</summary>
    /// <param name="goods">What was paid for the goods that it is about.</param>
    /// <param name="by">Who decided what was wrong; null: nobody did.</param>
    public Compensation? For(string code, Money goods, DecidedBy? by = null)
    {
        if (goods.Minor <= 0 || Cases.GetValueOrDefault(code) is not { } one) return null;
        var amount = one.Share.Of(goods, Rounding.AwayFromZero).Minor;
        foreach (var least in one.AtLeast.Where(m => m.Currency == goods.Currency))
            amount = Math.Max(amount, least.Minor);
        foreach (var most in one.AtMost.Where(m => m.Currency == goods.Currency))
            amount = Math.Min(amount, most.Minor);
        amount = Math.Min(amount, goods.Minor);
        var bearer = one.BorneBy ?? (by is DecidedBy.Person { Role: Party.Seller } ? Bearer.Seller : Bearer.Platform);
        return amount == 0 ? null : new(code, goods with { Minor = amount }, bearer);
    }

    /// <summary>Between whoever bears it and the buyer's wallet.</summary>
    public static Account DueOf(OrderId order) => new($"transit/{order}/compensation");

    /// <summary>Where it comes from.</summary>
    public static Account SourceOf(Compensation c, OrderId order) => c.BorneBy is Bearer.Seller
        ? new($"{order.Seller}/payable") : new($"platform/compensation/{order.Seller.Code}/{order.Code}");
}
