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

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();

    static Texts In(string language) => Languages.Single(t => t.Language == language);

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
        from code in Languages.SelectMany(t => t.Codes).Distinct()
        from texts in Languages
        where !texts.Has(code)
        select $"{texts.Language}: {code}");

    [Fact]
    public void All_languages_tell_the_same_facts() => House.Holds("Tells other facts than the first language:",
        from code in Languages[0].Codes
        from texts in Languages.Skip(1)
        where texts.Has(code) && !HolesOf(texts, code).SequenceEqual(HolesOf(Languages[0], code))
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
