using System.Text.RegularExpressions;
using Recourse.Adapters.Rulebooks;
using Xunit;
namespace Recourse.Tests;

/// <summary>Every statement of reasons is told in six languages to each of its readers, and to everybody.</summary>
[Trait("Capability", "SUP-2")]
public sealed partial class TellingReasons
{
    const int LongestSentence = 25;

    // Chinese writes no spaces; so many of its characters are a word of English on average.
    const double CharactersToAWord = 1.7;

    static readonly Instant Noon = Instant.FromUtc(2026, 12, 3, 12, 0);

    // Who reads what a module decides; a module that isn't named is read by all.
    static readonly Dictionary<string, Party> ReadersOf = new()
    {
        ["Catalog"] = Party.Seller | Party.Agent, ["Checkouts"] = Party.Buyer | Party.Agent,
        ["Payments"] = Party.Buyer | Party.Agent, ["Refunds"] = Party.Buyer | Party.Agent,
        ["Risk"] = Party.Buyer | Party.Agent, ["Buyers"] = Party.Buyer | Party.Agent,
        ["People"] = Party.Buyer | Party.Agent, ["Verifying"] = Party.Buyer | Party.Agent,
    };

    static readonly ImmutableArray<Party> Readers = [Party.Buyer, Party.Seller, Party.Agent];

    public static TheoryData<string> Tags => [.. Texts.OfStatements];

    static Texts In(string language) => Texts.ForStatements(language, DateTimeZone.Utc);

    [GeneratedRegex(@"\{(\w+)(?::([\w-]+))?\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=[.!?؟])\s+|(?<=[。！？])")]
    private static partial Regex EndOfSentence();

    static IEnumerable<(WrittenReason Reason, string Code)> All =>
        StatedReasons.All.SelectMany(r => r.Codes.Select(c => (r, c)));

    static IEnumerable<Party> ReadersIn(WrittenReason reason) =>
        Readers.Where(r => (ReadersOf.GetValueOrDefault(reason.Module, Party.Everyone) & r) != 0);

    [Fact]
    public void Every_place_that_states_reasons_is_understood() => House.Holds(
        "Which codes, or which outcomes, can these have? Write constants, or name the rulebook's map as its rule "
        + "($\"module.reasons.{code}\"):",
        from reason in StatedReasons.All
        where reason.Codes.IsEmpty || reason.Outcomes.IsEmpty && reason.Module is not "Risk"
        select $"{reason.At}: {(reason.Codes.IsEmpty ? "codes" : "outcomes")}");

    [Fact]
    public void There_are_many_of_them() => Assert.True(
        All.Select(r => r.Code).Distinct().Count() >= 75 && StatedReasons.All.Length >= 20);

    [Theory, MemberData(nameof(Tags))]
    public void Each_has_words_of_its_own_for_each_reader(string language)
    {
        var own = In(language).OwnCodes.ToHashSet();
        House.Holds($"Say it in {language}, in src/Recourse.Core/Texts/{language}.json:",
            from r in All
            from reader in ReadersIn(r.Reason)
            where !own.Contains($"{r.Code}/{reader}") && !own.Contains(r.Code)
                || Texts.OfStatements.Any(l => In(l).OwnCodes.Contains($"{r.Code}/{reader}"))
                    && !own.Contains($"{r.Code}/{reader}")
            group r.Reason.At by $"{r.Code} for {reader}" into places
            select $"{places.Key}, of {places.First()}");
    }

    [Theory, MemberData(nameof(Tags))]
    public void What_stands_beside_it_has_words_too(string language)
    {
        var own = In(language).OwnCodes.ToHashSet();
        House.Holds($"Say it in {language}, in src/Recourse.Core/Texts/{language}.json:",
            from r in StatedReasons.All
            from code in r.Outcomes.Concat(r.Known.Where(f => f.SeenBy != Party.Staff)
                .Select(f => $"console.fact.{f.Name}"))
            where !own.Contains(code)
            select $"{code}, of {r.At}");
    }

    [Theory, MemberData(nameof(Tags))]
    public void A_fact_that_is_a_word_has_it_in_each_language(string language)
    {
        var (own, english) = (In(language).OwnCodes.ToHashSet(), In("en").OwnCodes.ToHashSet());
        House.Holds($"Say it in {language}, in src/Recourse.Core/Texts/{language}.json:",
            from r in StatedReasons.All
            from fact in r.Known
            where fact.SeenBy != Party.Staff
            from word in fact.Words
            let needed = word.EndsWith('-') ? english.Where(c => c.StartsWith($"word.{word}", StringComparison.Ordinal))
                .DefaultIfEmpty($"word.{word}") : [$"word.{word}"]
            from code in needed
            where !own.Contains(code)
            group r.At by code into places
            select $"{places.Key}, of {places.First()}");
    }

    [Theory, MemberData(nameof(Tags))]
    public void What_can_be_done_has_words_too(string language) => House.Holds(
        $"Say it in {language}, in src/Recourse.Core/Texts/{language}.json:",
        from list in Remedies().Matches(RulebookFile.ShippedText())
        from remedy in list.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Distinct()
        where !In(language).OwnCodes.Contains(remedy)
        select remedy);

    [GeneratedRegex(@"remedies: \[([^\]]*)\]")]
    private static partial Regex Remedies();

    [Theory, MemberData(nameof(Tags))]
    public void Rules_and_letters_have_words_too(string language) => House.Holds(
        $"Say it in {language}, in src/Recourse.Core/Texts/{language}.json:",
        // Arabic says what buyers are told, and the others all that it says.
        from code in In("ar").OwnCodes
        where (code.StartsWith("rule.", StringComparison.Ordinal) || Told().IsMatch(code)) && !In(language).HasOwn(code)
            || In("en").HasOwn(code) && Told().IsMatch(code)
                && !HolesIn(In(language).Tell(code)).SequenceEqual(HolesIn(In("en").Tell(code)))
        select code);

    [GeneratedRegex("^(notice|mail)\\.(?!staff-|title\\.staff-|webhook-)")]
    private static partial Regex Told();

    static IEnumerable<string> HolesIn(string text) =>
        Hole().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [Theory, MemberData(nameof(Tags))]
    public void Everybody_reads_it_without_any_fact(string language) => House.Holds(
        $"Say it in {language} without a fact, as {{code}}/Public:",
        from code in All.Select(r => r.Code).Distinct()
        let text = In(language).TellReasonToEverybody(code)
        where text is "" || Hole().IsMatch(text) || !In(language).OwnCodes.Contains($"{code}/Public")
            && !In(language).OwnCodes.Contains(code)
        select $"{code}: {text}");

    [Theory, MemberData(nameof(Tags))]
    public void Each_tells_facts_that_it_has_and_that_its_reader_may_know(string language) => House.Holds(
        "Tells a fact that the statement doesn't have, or that is withheld from this reader:",
        from r in All
        from reader in ReadersIn(r.Reason)
        from hole in Hole().Matches(TemplateOf(In(language), r.Code, reader)).Select(m => m.Groups[1].Value)
        let fact = r.Reason.Known.FirstOrDefault(f => f.Name == hole)
        where fact is null && !r.Reason.IsOpen || fact is not null && (fact.SeenBy & reader) == 0
        group r.Reason.At by $"{r.Code} for {reader} in {language}: {{{hole}}}" into places
        where places.Count() == StatedReasons.All.Count(s => places.Contains(s.At))
        select $"{places.Key}, of {places.First()}");

    [Theory, MemberData(nameof(Tags))]
    public void All_languages_tell_the_same_facts(string language) => House.Holds(
        "Tells other facts than English:",
        from r in All
        from reader in ReadersIn(r.Reason)
        let here = HolesOf(In(language), r.Code, reader)
        let there = HolesOf(In("en"), r.Code, reader)
        where here != there
        select $"{r.Code} for {reader} in {language}: {here}, and in English {there}");

    [Theory, MemberData(nameof(Tags))]
    public void No_sentence_has_more_than_25_words(string language) => House.Holds(
        $"Make it two sentences, or shorter (at most {LongestSentence} words):",
        from text in ReadIn(language).Concat(OpenIn(language))
        from sentence in EndOfSentence().Split(text.Text)
        let words = WordsOf(sentence, language)
        where words > LongestSentence
        group text by $"{words} words: {sentence}" into same
        select $"{same.First().Code} for {same.First().Reader} in {language}: {same.Key}");

    [Theory, MemberData(nameof(Tags))]
    public void What_is_withheld_from_a_reader_is_nowhere_in_what_they_read(string language) => House.Holds(
        "Shows what is withheld, or leaves a hole:",
        from text in ReadIn(language)
        where text.Text.Contains("SECRET", StringComparison.Ordinal)
            || text.Text.Contains('{', StringComparison.Ordinal)
            || text.Text.Contains(In(language).Tell("statement.unknown"), StringComparison.Ordinal)
            || text.Text.Contains(In(language).Tell("statement.withheld"), StringComparison.Ordinal)
        select $"{text.Code} for {text.Reader} in {language}: {text.Text}");

    [Theory, MemberData(nameof(Tags))]
    public void Staff_read_of_others_and_not_of_themselves(string language) => House.Holds(
        $"Speaks to whom it concerns; say it of them in {language}, as {{code}}/Staff:",
        from text in ReadIn(language).Where(t => t.Reader is Party.Agent).Select(t => (t.Code, t.Text)).Concat(
            In(language).OwnCodes.Where(IsRemedy).Select(c => (Code: c, In(language).Tell(c, Party.Operator, c))))
        where Spoken(language).IsMatch(text.Item2)
        select $"{text.Code} in {language}: {text.Item2}");

    static bool IsRemedy(string code) => RemediesOfAll.Contains(code);

    // What the rulebook names as remedies, and what code does.
    static readonly HashSet<string> RemediesOfAll =
    [
        Statement.Appeal.Code, "refund.wait", "payment.other-method",
        .. Remedies().Matches(RulebookFile.ShippedText()).SelectMany(
            m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)),
    ];

    // Words that speak to whoever reads.
    static Regex Spoken(string language) => new(language switch
    {
        "en"      => @"\b(you|your|yours)\b",
        "es"      => @"\b(tú|tus?|ti|te|contigo|puedes|quieras|dijiste|fuiste|eres)\b",
        "fr"      => @"\b(vous|votre|vos|vôtre)\b",
        "pt-BR"   => @"\b(você|seus?|suas?)\b",
        "zh-Hans" => "[您你]",
        _         => "(يمكنك|طلبك|سلتك|بنكك|مصرفك|أنك|أنت|قلتَ)|\\b(لك|بك|منك|إليك)\\b",
    }, RegexOptions.IgnoreCase);

    static IEnumerable<(string Code, Party Reader, string Text)> ReadIn(string language) =>
        from r in All
        where !r.Reason.IsOpen
        from outcome in r.Reason.Outcomes.DefaultIfEmpty("checkout.turned-down")
        from reader in ReadersIn(r.Reason)
        from who in (DecidedBy[])[new DecidedBy.Automated("orders"), new DecidedBy.Person(Party.Seller)]
        let why = Sample(r.Reason, r.Code, outcome, who, reader)
        select (r.Code, reader, In(language).Tell(why, reader));

    // Of these some facts are known only when they run: each is counted as a word.
    static IEnumerable<(string Code, Party Reader, string Text)> OpenIn(string language) =>
        from r in All
        where r.Reason.IsOpen
        from reader in ReadersIn(r.Reason)
        select (r.Code, reader, TemplateOf(In(language), r.Code, reader));

    // Facts that this reader may not see are a word that is found if it is told.
    static Statement Sample(WrittenReason reason, string code, string outcome, DecidedBy by, Party reader) => new(
        code, outcome,
        [
            .. reason.Known.Select(f => new StatedFact(
                f.Name, (f.SeenBy & reader) == 0 ? "SECRET" : ValueOf(f), f.SeenBy)),
        ],
        "orders.reasons.cancel.out-of-stock", 12, by, [new("support.ask"), Statement.Appeal], Noon,
        Noon + Duration.FromDays(184));

    static Value ValueOf(WrittenFact fact) => fact.Kind switch
    {
        "Money"          => new Money(123456, Currency.Of("EUR")),
        "Instant"        => Noon,
        "Int32" or "Int64" => 3,
        _ => fact.Name is "back" ? new Money(123456, Currency.Of("EUR")) : "word",
    };

    static string TemplateOf(Texts texts, string code, Party reader) =>
        texts.Tell(texts.Has($"{code}/{reader}") ? $"{code}/{reader}" : code);

    static string HolesOf(Texts texts, string code, Party reader) => string.Join(' ',
        Hole().Matches(TemplateOf(texts, code, reader)).Select(m => m.Groups[1].Value).Distinct()
            .Order(StringComparer.Ordinal));

    // Letters of ours, amounts and codes are words as anywhere; what is left is Chinese.
    static int WordsOf(string sentence, string language) => language.StartsWith("zh", StringComparison.Ordinal)
        ? Ours().Count(sentence)
            + (int)Math.Ceiling(Ours().Replace(sentence, "").Count(char.IsLetter) / CharactersToAWord)
        : sentence.Split(' ').Count(w => w.Any(char.IsLetterOrDigit));

    [GeneratedRegex("[A-Za-z0-9.,/-]*[A-Za-z0-9]")]
    private static partial Regex Ours();
}
