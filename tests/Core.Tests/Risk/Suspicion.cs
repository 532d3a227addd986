using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Risk;
namespace Recourse.Tests;

/// <summary>Purchases to be screened, and what comes of them by the shipped rulebook.</summary>
static class Suspicion
{
    public static readonly Rulebook Book = RulebookFile.Shipped();
    public static readonly RiskRules Rules = Book.Of<RiskRules>();
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static readonly RuleEngine Engine = new(Book, Broken);

    /// <summary>A purchase as it is ordinarily, but for this.</summary>
    public static RiskFacts Ordinary => RiskFacts.Ordinary;

    public static Money Euros(int euros) => new(euros * 100, Currency.Eur);

    /// <summary>What becomes of it.</summary>
    public static Screened Screen(RiskFacts facts) => Screening.Of(Engine.Judge(facts), Rules);

    /// <summary>The facts with what the shipped rules make of them.</summary>
    public static RiskFacts Judge(RiskFacts facts) => Engine.Judge(facts);

    public static LinkFacts Accounts(int hour, int day, int week, int month)
    {
        var recent = new Recent(hour, day, week, month);
        return new(recent, recent);
    }

    public static PurchaseAttempt Buys(string who, Instant at, string? device = null, string? card = null) =>
        new(at, who, at - Duration.FromDays(400), Euros(20), device, Card: card);

    /// <summary>The shipped rulebook's text with one rule more, and with no other if alone.</summary>
    public static string WithRule(
        string when, string fires = "device.accounts24h=3", string quiet = "device.accounts24h=2", int points = 100,
        string atMost = "verify", bool alone = false)
    {
        var shipped = RulebookFile.ShippedText();
        var rule = $"\n    of-ours:\n      when: '{when}'\n      points: {points}\n      atMost: {atMost}\n"
            + $"      fires: [{fires}]\n      staysQuiet: [{quiet}]\n";
        var rules = shipped.IndexOf("\n  rules:\n", StringComparison.Ordinal) + "\n  rules:".Length;
        var next = shipped.IndexOf("\n\n", shipped.LastIndexOf("staysQuiet:", StringComparison.Ordinal),
            StringComparison.Ordinal);                                      // the section after the last rule
        return shipped[..(alone ? rules : next)] + rule + shipped[next..];
    }

    /// <summary>An edition that was published once with this rule in it.</summary>
    public static Rulebook Published(string text) =>
        RulebookFile.ReadStored(2, Noon, text) is ({ } book, _) ? book : throw new ArgumentException(text);

    static void Broken(RuleAlert alert) => throw new InvalidOperationException($"{alert}");
}
