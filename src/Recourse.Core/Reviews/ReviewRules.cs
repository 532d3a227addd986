using System.Globalization;
using Recourse.Rulebooks;
namespace Recourse.Reviews;

/// <summary>The rulebook's section on what staff decide.</summary>
/// <param name="Alone">Up to so much one decides alone, by currency; in any other, another confirms. Empty: always
/// alone.</param>
/// <param name="ConfirmWithin">Until operators are called, if nobody confirms.</param>
/// <param name="ClaimFor">How long what somebody has taken on is theirs.</param>
/// <param name="SendBack">Why what was proposed can be sent back.</param>
/// <param name="RecordFrom">From so many earlier cases on, what somebody's were like is a fact of a new one.</param>
public sealed record ReviewRules(
    ImmutableArray<Money> Alone, Duration ConfirmWithin, Duration ClaimFor, ImmutableArray<string> SendBack,
    int RecordFrom = ReviewRules.FewestOfRecord) : IRules
{
    const int FewestOfRecord = 3;

    /// <summary>What facts suggest, in the order in which the rules are tried.</summary>
    public ImmutableArray<SuggestionRule> Suggestions { get; init; } = [];

    /// <summary>Editions from before there were limits: each decides alone.</summary>
    public static readonly ReviewRules Before = new(
        [], Duration.FromHours(24), Duration.FromHours(8), ["review.look-again"]);

    /// <summary>Reads the section.</summary>
    public static ReviewRules Read(RuleReader r)
    {
        var rules = new ReviewRules(
            r.Each<Money>("alone", AmountOf, "a whole amount such as 500 EUR"), r.Elapsed("confirmWithin"),
            r.Elapsed("claimFor"), r.Texts("sendBack"),
            r.Has("recordFrom") ? r.Number("recordFrom", least: 1, most: 1_000) : FewestOfRecord)
        {
            Suggestions = r.Has("suggestions") ? SuggestionRule.ReadAll(r.Map("suggestions")) : [],
        };
        if (rules.Alone.DistinctBy(m => m.Currency).Count() < rules.Alone.Length)
            r.Fault("alone", "Must name each currency once.");
        foreach (var code in rules.SendBack)
            if (code.Split('.') is not ["review", var rest] || !Derived.IsCode(rest))
                r.Fault("sendBack", $"\"{code}\" must be a code such as review.look-again.");
        r.Done();
        return rules;
    }

    /// <summary>Whether one of the staff decides alone about so much; null: about no amount.</summary>
    public bool IsAlone(Money? stake)
    {
        if (Alone.IsEmpty || stake is not { } amount) return true;
        foreach (var most in Alone)
            if (most.Currency == amount.Currency) return amount.Minor <= most.Minor;
        return false;
    }

    static Money? AmountOf(string text)
    {
        if (text.Split(' ') is not [var amount, var code] || !Currency.TryParse(code, out var currency)
            || !long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            || whole > 1_000_000_000) return null;
        for (var i = 0; i < currency.Decimals; i++) whole *= 10;
        return new(whole, currency);
    }
}
