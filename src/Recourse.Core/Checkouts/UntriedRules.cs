using Recourse.Risk;
namespace Recourse.Checkouts;

/// <summary>A rule of screening that could not be tried in purchases.</summary>
/// <param name="Rulebook">The edition that it stands in.</param>
/// <param name="Times">In how many tries to pay.</param>
/// <param name="Known">What was known of the last of them, so that it can be seen again what is wrong.</param>
public sealed record UntriedRule(int Rulebook, string Rule, long Times, RiskFacts Known);

/// <summary>Rules that could not be tried: a few rows, and none where all could.</summary>
public static class UntriedRules
{
    /// <summary>The view; its keys are an edition and a rule of it.</summary>
    public static readonly View<UntriedRule> View = new()
    {
        Name = "untried-rules", Version = 1,
        Hears =
        [
            typeof(Checkout.Event.Opened), typeof(Checkout.Event.NotOpened), typeof(Checkout.Event.PaymentAsked),
            typeof(Checkout.Event.VerificationAsked), typeof(Checkout.Event.HeldForReview),
            typeof(Checkout.Event.TurnedDown),
        ],
        Keys = r => RiskIn(r.Event) is { Rules: { Skipped.IsEmpty: false } rules }
            ? rules.Skipped.Select(rule => $"{rules.Rulebook}/{rule}") : [],
        Fold = (key, row, r) => RiskIn(r.Event) is not { } risk ? row : new(
            risk.Rules.Rulebook, key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..], (row?.Times ?? 0) + 1,
            risk with { Rules = RuleResults.None, Links = null }),
        Index = (key, _) => [new(Scope.Index, Scope.All, key)],
    };

    static RiskFacts? RiskIn(object @event) => (@event switch
    {
        Checkout.Event.Opened e            => e.Facts.Risk,
        Checkout.Event.NotOpened e         => e.Facts.Risk,
        Checkout.Event.PaymentAsked e      => e.Risk,
        Checkout.Event.VerificationAsked e => e.With?.Risk,
        Checkout.Event.HeldForReview e     => e.With?.Risk,
        Checkout.Event.TurnedDown e        => e.With?.Risk,
        _                                  => null,
    })?.Value;
}
