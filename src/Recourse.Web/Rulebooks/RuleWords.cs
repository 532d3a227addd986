using System.Globalization;
using System.Text.RegularExpressions;
namespace Recourse.Web;

/// <summary>Rules as sentences, with their numbers in the reader's language.</summary>
static partial class RuleWords
{
    // What only sellers need to know; staff reads everything.
    static readonly ImmutableHashSet<string> OfSellers =
    [
        "orders.fee", "orders.handling", "listings.confirmWithin", "listings.appealWithin",
        "listings.priceGuard.ownFrom", "listings.priceGuard.ownTo", "listings.priceGuard.peersFrom",
        "listings.priceGuard.peersTo", "stock.alertAt", "shipping.unnamedRemoteDays", "orders.feeKept",
        "coupons.mostUses", "keeping.share", "keeping.shareAtMost", "payouts.every", "payouts.reserve",
        "payouts.reserveFor", "payouts.appealWithin", "falseReasons.answerWithin", "falseReasons.decideWithin",
        "falseReasons.marks", "falseReasons.appealWithin", "falseReasons.find.dearerBy",
        "falseReasons.find.dearerWithin",
    ];

    // How the platform's people share their work.
    static readonly ImmutableHashSet<string> OfStaff = ["review.claimFor"];

    // What only buyers do.
    static readonly ImmutableArray<string> OfBuyers = ["buyers.", "verification.", "bulk.", "risk."];

    static readonly ImmutableArray<string> Roles =
        ["buyer", "seller", "warehouse", "agent", "operator", "carrier", "platform", "clock", "provider"];

    /// <summary>An edition with its rules in the reader's words, where there are such.</summary>
    public static RuleValuesBody With(RuleValuesBody body, Caller caller) => body with
    {
        Sections = [.. body.Sections.Select(s => s with { Words = InWords(s, caller) })],
    };

    /// <summary>Changes with both sides in words.</summary>
    public static ImmutableArray<RuleChangeBody> With(ImmutableArray<RuleChangeBody> changes, Caller caller) =>
    [
        .. changes.Select(c => c with
        {
            Words = c.Now is null ? null : Of(c.Path, c.Now, caller.Texts),
            WordsBefore = c.Was is null ? null : Of(c.Path, c.Was, caller.Texts),
        }),
    ];

    static ImmutableArray<RuleSentence> InWords(RuleSectionBody section, Caller caller) =>
    [
        .. from value in section.Values
           where Concerns(value.Path, caller.Role) && Of(value.Path, value.Value, caller.Texts.Reasons) is { }
           select new RuleSentence(value.Path, Of(value.Path, value.Value, caller.Texts.Reasons)!),
        .. ReasonsOf(section, caller), .. WarningsOf(section, caller.Texts.Reasons),
        .. TaxesOf(section, caller.Texts.Reasons),
    ];

    static bool Concerns(string path, Party role) => (role & Party.Staff) != 0
        || !OfStaff.Contains(path) && (role is Party.Buyer ? !OfSellers.Contains(path)
            : !OfBuyers.Any(p => path.StartsWith(p, StringComparison.Ordinal)));

    static string? Of(string path, string value, Texts texts) =>
        texts.Has($"rule.{path}") ? texts.Fill($"rule.{path}", [("value", Shown(value, texts))]) : null;

    // orders.reasons.{code}.by and .marks are one sentence.
    static IEnumerable<RuleSentence> ReasonsOf(RuleSectionBody section, Caller caller)
    {
        const string Start = "orders.reasons.";
        var texts = caller.Texts.Reasons;
        foreach (var by in section.Values.Where(v => v.Path.StartsWith(Start, StringComparison.Ordinal)
            && v.Path.EndsWith(".by", StringComparison.Ordinal)))
        {
            var code = by.Path[Start.Length..^".by".Length];
            var marks = section.Values.FirstOrDefault(v => v.Path == $"{Start}{code}.marks")?.Value;
            var known = int.TryParse(marks, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && caller.Role is not Party.Buyer;
            ImmutableArray<Named> facts =
            [
                ("what", texts.TellReasonToEverybody(code)), ("by", Named(by.Value)), ("marks", (long)n),
            ];
            yield return new($"{Start}{code}", texts.Fill(known ? "rule.reason-marked" : "rule.reason", facts));
        }
    }

    // Who is warned before the platform ends an order for a reason, and how long they have.
    static IEnumerable<RuleSentence> WarningsOf(RuleSectionBody section, Texts texts)
    {
        const string Start = "orders.warnings.for.", End = ".within";
        foreach (var (path, value) in section.Values.Where(v => v.Path.StartsWith(Start, StringComparison.Ordinal)
            && v.Path.EndsWith(End, StringComparison.Ordinal)).Select(v => (v.Path, v.Value)))
        {
            var code = path[Start.Length..^End.Length];
            var to = section.Values.FirstOrDefault(v => v.Path == $"{Start}{code}.to")?.Value ?? "";
            yield return new(path, texts.Fill("rule.warning",
                [("what", texts.TellReasonToEverybody(code)), ("to", Named(to)), ("value", Shown(value, texts))]));
        }
    }

    static IEnumerable<RuleSentence> TaxesOf(RuleSectionBody section, Texts texts) =>
        from value in section.Values
        where value.Path.StartsWith("taxes.contained.", StringComparison.Ordinal)
        select new RuleSentence(value.Path, texts.Fill("rule.tax",
            [("country", value.Path[(value.Path.LastIndexOf('.') + 1)..]), ("value", Shown(value.Value, texts))]));

    // As words of a sentence: Texts writes several of them with what stands between.
    static string Named(string roles) => string.Join(", ", roles.Split(", ")
        .Select(r => Roles.Contains(r) ? char.ToUpperInvariant(r[0]) + r[1..] : r));

    /// <summary>A value as the rulebook writes it, in the reader's language.</summary>
    static string Shown(string value, Texts texts)
    {
        if (Stretch().Match(value) is { Success: true } stretch)
            return texts.Counted(stretch.Groups[2].Value switch
            {
                "business day" => "business-days",
                "day"          => "days",
                "hour"         => "hours",
                _              => "full-minutes",
            }, Number(stretch.Groups[1].Value));
        if (Share().Match(value) is { Success: true } share)
            return $"{texts.Show((Value)Number(share.Groups[1].Value))} %";
        if (Whole().IsMatch(value)) return texts.Show((Value)Number(value));
        if (Sums().IsMatch(value)) return string.Join(texts.Tell("format.between"),
            value.Split(", ").Select(sum => Summed(sum, texts)));
        return texts.Has($"word.rule-{value}") ? texts.Tell($"word.rule-{value}") : value;
    }

    // As the rulebook writes it, in whole units.
    static string Summed(string sum, Texts texts) => !Currency.TryParse(sum[^3..], out var currency) ? sum
        : texts.Show(new Money(
            Enumerable.Repeat(10L, currency.Decimals).Aggregate(Number(sum[..^4]), (n, ten) => n * ten), currency));

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,9}) (business day|day|hour|minute)s?$")]
    private static partial Regex Stretch();

    [GeneratedRegex(@"^(\d{1,9}) %$")]
    private static partial Regex Share();

    [GeneratedRegex(@"^\d{1,9} [A-Z]{3}(, \d{1,9} [A-Z]{3})*$")]
    private static partial Regex Sums();

    [GeneratedRegex(@"^\d{1,15}$")]
    private static partial Regex Whole();
}
