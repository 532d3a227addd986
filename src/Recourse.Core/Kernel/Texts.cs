using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
namespace Recourse.Kernel;

/// <summary>One language. Facts are told anew for each reader, so a decision never stores prose.</summary>
/// <remarks>
/// A fact's place is <c>{name}</c>. What its number changes is <c>{name:form}</c>: the words of
/// <c>plural.form.one</c>, <c>plural.form.other</c> … in the form that the language has for that number, where the
/// number itself is <c>{n}</c>; <c>plural.form.zero</c>, where there is one, is for none in any language.
/// </remarks>
public sealed partial class Texts(CultureInfo culture, DateTimeZone zone, FrozenDictionary<string, string> templates)
{
    /// <summary>The languages that are shipped, as BCP 47 tags; the first is what others fall back to.</summary>
    public static readonly ImmutableArray<string> Languages = ["en", "pt-BR", "ar"];

    /// <summary>Those that say everything; the others say what buyers read.</summary>
    public static readonly ImmutableArray<string> Whole = ["en", "pt-BR"];

    /// <summary>
    /// Those that statements of reasons are read in, with all that stands on one: more than pages have. What belongs to
    /// statements is said in each of them; everything else falls back to the first.
    /// </summary>
    public static readonly ImmutableArray<string> OfStatements = ["en", "zh-Hans", "es", "pt-BR", "fr", "ar"];

    // Around what may run the other way, so that neither scrambles the other.
    const char Isolate = '\u2068', IsolateFromRight = '\u2067', EndOfIsolate = '\u2069';

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Own =
        Languages.Union(OfStatements).ToFrozenDictionary(l => l, Load, StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All = Own.ToFrozenDictionary(
        l => l.Key, l => Own[Languages[0]].Where(t => !l.Value.ContainsKey(t.Key)).Concat(l.Value).ToFrozenDictionary(),
        StringComparer.OrdinalIgnoreCase);

    readonly string _digits = string.Concat(culture.NumberFormat.NativeDigits);

    /// <summary>The language's BCP 47 tag.</summary>
    public string Language => culture.Name;

    /// <summary>Its digits, from nought to nine.</summary>
    public string NativeDigits => _digits;

    /// <summary>Whether it is written from right to left.</summary>
    public bool IsRightToLeft => culture.TextInfo.IsRightToLeft;

    /// <summary>Every code that has words.</summary>
    public IEnumerable<string> Codes => templates.Keys;

    /// <summary>Every code that this language has words of its own for.</summary>
    public IEnumerable<string> OwnCodes => Own[Language].Keys;

    /// <summary>Whether this language has words of its own for a code.</summary>
    public bool HasOwn(string code) => Own[Language].ContainsKey(code);

    /// <summary>A shipped language, or the one nearest to it, for readers in that time zone.</summary>
    public static Texts In(string language, DateTimeZone zone) =>
        Made(Nearest(language, Languages) ?? Languages[0], zone);

    /// <summary>The same among those that statements of reasons are read in.</summary>
    public static Texts ForStatements(string language, DateTimeZone zone) =>
        Made(Nearest(language, OfStatements) ?? OfStatements[0], zone);

    /// <summary>Of some languages the one that a tag names, else one of the same tongue; null: none is.</summary>
    public static string? Nearest(string tag, ImmutableArray<string> among)
    {
        var prefix = tag.Split('-')[0];
        return among.FirstOrDefault(l => l.Equals(tag, StringComparison.OrdinalIgnoreCase))
            ?? among.FirstOrDefault(l => l.Split('-')[0].Equals(prefix, StringComparison.OrdinalIgnoreCase));
    }

    static Texts Made(string language, DateTimeZone zone) =>
        new(CultureInfo.GetCultureInfo(language), zone, All[language]);

    static FrozenDictionary<string, string> Load(string language)
    {
#pragma warning disable RS0030 // our own assembly's resource, read once
        using var file = typeof(Texts).Assembly.GetManifestResourceStream($"texts/{language}.json")!;
#pragma warning restore RS0030
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }

    /// <summary>Whether the code has words in this language.</summary>
    public bool Has(string code) => templates.ContainsKey(code);

    /// <summary>A code's words; one that has none yet is shown as it is: better odd than silent.</summary>
    public string Tell(string code) => templates.GetValueOrDefault(code, code);

    /// <summary>A refusal and its way out, as sentences.</summary>
    public string Tell(Refusal no) => $"{Fill(no.Code, no.Facts)} {Tell(no.WayOut.Code)}";

    /// <summary>A code's words for one reader; another code's where there are none.</summary>
    public string Tell(string code, Party reader, string otherwise) =>
        Tell(Template(code, reader) is var own && Has(own) ? own : otherwise);

    // Each reader may have words of their own; "cancel.x/Seller" goes before "cancel.x", and "…/Staff" is for the
    // platform's people, who read of others.
    string Template(string code, Party reader)
    {
        foreach (var party in Enum.GetValues<Party>())
            if (party is not Party.None && (reader & party) != 0 && Has($"{code}/{party}"))
                return $"{code}/{party}";
        return code;
    }

    /// <summary>A code's words with facts in their places.</summary>
    public string Fill(string code, ImmutableArray<Named> facts) => Hole().Replace(Tell(code), hole =>
    {
        foreach (var fact in facts)
            if (fact.Name == hole.Groups[1].Value)
                return hole.Groups[2] is { Success: true, Value: var form } && fact.Value is Value.Count(var number)
                    ? Counted(form, number) : Show(fact);
        return Tell("statement.unknown");
    });

    /// <summary>So many of something, e.g. "3 items".</summary>
    public string Counted(string form, long number) => Tell(
        number == 0 && Has($"plural.{form}.zero") ? $"plural.{form}.zero"
        : Has($"plural.{form}.{Plurals.FormOf(Language, number)}")
            ? $"plural.{form}.{Plurals.FormOf(Language, number)}" : $"plural.{form}.other")
        .Replace("{n}", Show(number), StringComparison.Ordinal);

    [GeneratedRegex(@"\{(\w+)(?::([\w-]+))?\}")]
    private static partial Regex Hole();

    /// <summary>A fact as this language writes it: countries by their names.</summary>
    public string Show(Named fact) =>
        fact is { Name: "country" or "issued", Value: Value.Word(var code) } && Has($"country.{code}")
            ? Tell($"country.{code}") : Show(fact.Value);

    /// <summary>A value as this language writes it.</summary>
    public string Show(Value value) => value switch
    {
        Value.Amount v => Show(v.Money),
        Value.Day v    => Show(v.At, "format.day", zone),
        Value.Count v  => Digits(v.Number.ToString("N0", culture)),
        Value.Word v   => WordOf(v.Text) ?? WordsOf(v.Text) ?? Isolated(v.Text),
        Value.Withheld => Tell("statement.withheld"),
    };

    string? WordOf(string code) => templates.GetValueOrDefault($"word.{code}");

    // Several codes that all have words.
    string? WordsOf(string codes) => codes.Split(", ") is [_, _, ..] some && some.All(c => WordOf(c) is not null)
        ? string.Join(Tell("format.between"), some.Select(WordOf)) : null;

    /// <summary>An instant there, in one of the forms <c>format.…</c>.</summary>
    public string Show(Instant at, string format, DateTimeZone there) =>
        Digits(at.InZone(there).ToString(Tell(format), culture));

    /// <summary>
    /// What may run the other way than the language, e.g. a name, so that it stands in its place. Links stay as they
    /// are: whoever opens or copies one would take the marks along.
    /// </summary>
    public string Isolated(string text) =>
        IsRightToLeft && !text.Contains("://", StringComparison.Ordinal) ? $"{Isolate}{text}{EndOfIsolate}" : text;

    /// <summary>Digits as the language writes them.</summary>
    string Digits(string text) => _digits is ['0', ..] or { Length: not 10 } ? text
        : string.Create(text.Length, (text, _digits), static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = char.IsAsciiDigit(from.text[i]) ? from._digits[from.text[i] - '0'] : from.text[i];
        });

    /// <summary>An amount with its currency code.</summary>
    public string Show(Money money)
    {
        var digits = Math.Abs(money.Minor).ToString($"D{money.Currency.Decimals + 1}", CultureInfo.InvariantCulture);
        var whole = digits[..^money.Currency.Decimals];
        var cents = digits[^money.Currency.Decimals..];
        var point = cents is "" ? "" : culture.NumberFormat.NumberDecimalSeparator;
        var grouped = long.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", culture);
        var amount = Digits($"{(money.Minor < 0 ? "−" : "")}{grouped}{point}{cents} {money.Currency}");
        return IsRightToLeft ? $"{IsolateFromRight}{amount}{EndOfIsolate}" : amount;      // the number stands first
    }
}
