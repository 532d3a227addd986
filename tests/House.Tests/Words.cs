using System.Text.RegularExpressions;
using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
using Xunit;
namespace Recourse.Tests;

/// <summary>Whatever Recourse can say, it can say in every language.</summary>
public sealed partial class Words
{
    static readonly ImmutableArray<Texts> Languages = [.. Texts.Languages.Select(l => Texts.In(l, DateTimeZone.Utc))];

    public static TheoryData<string> Tags => [.. Texts.Languages];

    [GeneratedRegex(@"\{(\w+)(?::([\w-]+))?\}")]
    private static partial Regex Hole();

    /// <summary>What buyers read; a language that doesn't say everything says all of this.</summary>
    static readonly ImmutableArray<string> ForBuyers =
    [
        "access.", "action.appeal.withdraw", "action.checkout.", "action.order.cancel", "action.order.confirm",
        "action.plan.end", "address.", "appeal.", "basket.", "bulk.", "buyer.method", "buyer.paused", "buyer.buying-",
        "buying.",
        "category.", "checkout.", "coupon.", "promotion.", "console.account.", "console.address.", "console.basket.",
        "console.card.",
        "console.checkout.",
        "console.close", "console.code.", "console.confirm.", "console.demo.", "console.effects.", "console.erasure.",
        "console.error.", "console.fact.", "console.finding.", "console.form.", "console.go.", "console.goods.",
        "console.inbox.", "console.join.", "console.language", "console.live.", "console.loading", "console.log.",
        "console.mail-sent.", "console.me.", "console.method.", "console.money.", "console.move.",
        "console.new-password.", "console.next.", "console.outcome.", "console.passkey.", "console.persona.",
        "console.register.", "console.reset.", "console.safety.", "console.second.", "console.shop.",
        "console.appeal.", "console.appeals.", "console.standing.", "console.shortcuts.", "console.sign-in.",
        "console.stale.", "console.table.", "console.time.",
        "console.timeline.", "console.title.", "console.way.", "console.why.", "country.", "effect.", "event.appeal.",
        "event.checkout.", "event.order.", "event.parcel.", "event.payment.", "event.refund.", "fix.", "format.",
        "goods.", "inferred.", "kernel.", "letter.", "mail.", "method.", "notice.appeal-", "notice.methods-",
        "notice.title.appeal-", "notice.title.methods-",
        "notice.buying-", "notice.title.buying-", "standing.", "plan.", "console.plan.", "console.plans.",
        "event.plan.", "notice.plan-", "notice.title.plan-",
        "notice.checkout-", "notice.money-", "notice.order-", "notice.payment-", "notice.receipt-", "notice.refund-",
        "notice.title.checkout-", "notice.title.money-", "notice.title.order-", "notice.title.payment-",
        "notice.title.receipt-", "notice.title.refund-", "notifications.", "page.", "problem.", "refund.state.",
        "seller.name-", "shipping.", "statement.", "terms.", "then.", "verification.", "word.",
    ];

    static Texts In(string language) => Languages.Single(t => t.Language == language);

    static bool IsWhole(Texts texts) => Texts.Whole.Contains(texts.Language);

    static bool IsForBuyers(string code) =>
        code.EndsWith("/Buyer", StringComparison.Ordinal)
        || !code.Contains('/', StringComparison.Ordinal)
            && ForBuyers.Any(a => code.StartsWith(a, StringComparison.Ordinal))
            && !code.StartsWith("word.report.", StringComparison.Ordinal);

    static bool IsPlural(string code) => code.StartsWith("plural.", StringComparison.Ordinal);

    static IEnumerable<string> HolesOf(Texts texts, string code) =>
        Hole().Matches(texts.Tell(code)).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [Theory, MemberData(nameof(Tags))]
    public void Every_refusal_has_words_and_so_has_its_way_out(string language) =>
        House.Holds($"No words in {language}:",
        from refusal in Codes.Refusals
        from code in (string?[])[refusal.Code, refusal.WayOut]
        where code is not null && !In(language).Has(code)
        group refusal.At by code into sites
        select $"{sites.Key}: {sites.First()}");

    [Theory, MemberData(nameof(Tags))]
    public void Every_reason_has_words_and_so_have_its_remedies(string language) =>
        House.Holds($"No words in {language}:",
        from reason in Reasons
        from code in (string[])[reason.Name, .. RemediesOf(reason)]
        where !In(language).Has(code)
        group reason.Name by code into reasons
        select $"{reasons.Key}: {reasons.First()}");

    [Theory, MemberData(nameof(Tags))]
    public void Every_notice_has_words(string language) => House.Holds($"No words in {language}:",
        from notice in Codes.Notices
        where !In(language).Has($"notice.title.{notice.Code}")
            || !notice.HasStatement && !In(language).Has($"notice.{notice.Code}")
        select $"{notice.Code} at {notice.At}");

    [Fact]
    public void A_notice_tells_only_facts_that_it_has() => House.Holds("Has no such fact:",
        from notice in Codes.Notices
        where notice.Facts is { }
        from code in (string[])[$"notice.title.{notice.Code}", $"notice.{notice.Code}"]
        where Languages[0].Has(code)
        from hole in HolesOf(Languages[0], code)
        where !notice.Facts!.Value.Contains(hole)
        select $"{code} at {notice.At}: {hole}");

    [Fact]
    public void What_one_language_says_all_others_say() => House.Holds("Not said in every language:",
        from code in Languages.SelectMany(t => t.OwnCodes).Distinct()
        where !IsPlural(code)
        from texts in Languages
        where (IsWhole(texts) || IsForBuyers(code)) && !texts.OwnCodes.Contains(code)
        select $"{texts.Language}: {code}");

    [Fact]
    public void What_a_number_changes_is_said_in_each_form_that_the_language_has() => House.Holds("Has no words:",
        from texts in Languages
        let forms = texts.OwnCodes.Where(IsPlural).Select(c => c.Split('.')[1])
            .Concat(texts.OwnCodes.SelectMany(c => Hole().Matches(texts.Tell(c)))
                .Select(m => m.Groups[2].Value).Where(f => f is not ""))
        from form in forms.Distinct()
        from number in Plurals.FormsOf(texts.Language)
        where !texts.OwnCodes.Contains($"plural.{form}.{number}")
        select $"{texts.Language}: plural.{form}.{number}");

    [Fact]
    public void All_languages_tell_the_same_facts() => House.Holds("Tells other facts than the first language:",
        from code in Languages[0].Codes
        where !IsPlural(code)
        from texts in Languages.Skip(1)
        where !HolesOf(texts, code).SequenceEqual(HolesOf(Languages[0], code))
        select $"{texts.Language}: {code}");

    [Fact]
    public void A_refusal_tells_only_facts_that_it_has() => House.Holds("Has no such fact:",
        from refusal in Codes.Refusals
        where refusal.Facts is { } && Languages[0].Has(refusal.Code)
        from hole in HolesOf(Languages[0], refusal.Code)
        where !refusal.Facts!.Value.Contains(hole)
        select $"{refusal.Code} at {refusal.At}: {hole}");

    static IEnumerable<RuleEntry> Reasons =>
        Documents.MapsNamed("reasons", RulebookFile.Parse(RulebookFile.ShippedText()).Tree!, "")
            .SelectMany(m => m.Map.Entries);

    static IEnumerable<string> RemediesOf(RuleEntry reason) => (reason.Node as RuleNode.Map)?.Entries
        .Where(e => e.Name is "remedies").SelectMany(e => (e.Node as RuleNode.List)?.Items ?? [])
        .OfType<RuleNode.Scalar>().Select(s => s.Text) ?? [];
}
