using System.Text.RegularExpressions;
namespace Recourse.Kernel;

/// <summary>How a language tells a statement of reasons, to whom it concerns and to everybody.</summary>
public sealed partial class Texts
{
    readonly Texts? _reasons;

    /// <summary>The words in which the same reader reads statements of reasons; these, unless others are given.
    /// </summary>
    public Texts Reasons { get => _reasons ?? this; init => _reasons = value; }

    /// <summary>The same words, with others for statements of reasons.</summary>
    public Texts With(Texts reasons) => new(culture, zone, templates) { Reasons = reasons };

    /// <summary>What stands between two sentences.</summary>
    string Between => Language.StartsWith("zh", StringComparison.Ordinal) ? "" : " ";

    /// <summary>A statement of reasons for one reader: hidden facts are said to be hidden.</summary>
    public string Tell(Statement why, Party reader) =>
        Joined(Lead(why, reader), DecidedIn((why.By as DecidedBy.Person)?.Role, why.Rule, why.Rulebook))
        + TellAppeal(why, reader);

    /// <summary>What was decided and why, in one or two sentences.</summary>
    public string Lead(Statement why, Party reader) =>
        Joined(Sentence(why.Outcome, reader), TellReason(why, reader));

    /// <summary>
    /// A statement of reasons for whoever isn't concerned: nothing of it leads to anybody, so no fact is told, and a
    /// sentence that rests on one is left out.
    /// </summary>
    /// <param name="decidedBy">The role of the person who decided; null: a rule did.</param>
    public string TellEverybody(string code, string outcome, Party? decidedBy, string rule, int rulebook) => Joined(
        Sentence(outcome, Party.None), TellReasonToEverybody(code), DecidedIn(decidedBy, rule, rulebook));

    /// <summary>Only the reason, as everybody may read it; empty: it has no such words.</summary>
    public string TellReasonToEverybody(string code) => Has($"{code}/Public") ? Tell($"{code}/Public")
        : string.Join(Between, EndOfSentence().Split(Tell(code)).Where(s => !s.Contains('{', StringComparison.Ordinal)))
            .Trim();

    /// <summary>
    /// Until when the reader can appeal, as a sentence with the space before it; empty: they can't. Staff read until
    /// when whoever it went against can.
    /// </summary>
    public string TellAppeal(Statement why, Party reader) => why.AppealUntil is { } until && why.IsOpenTo(reader)
        ? $"{Between}{TellAppeal(until, reader)}" : "";

    /// <summary>The same of a statement that is open to its reader, without a space.</summary>
    public string TellAppeal(Instant until, Party reader) =>
        Fill(Template("statement.appeal", reader), [("until", until)]);

    /// <summary>Only the reason itself and what it means for the reader.</summary>
    public string TellReason(Statement why, Party reader) =>
        Joined(Fill(Template(CodeOf(why), reader), [.. why.Facts.Select(f => f.For(reader))]), TellWarning(why));

    // Which warning came before it, and until when there was time.
    string TellWarning(Statement why) => why.Facts.Any(f => f.Name is "warnedAt") ? Fill(
        why.Facts.Any(f => f.Name is "answeredAt") ? "statement.warned-answered" : "statement.warned",
        [.. why.Facts.Select(f => f.For(Party.Everyone))]) : "";

    // What rests on something newer than what was agreed says what that is; and whoever answered for somebody else,
    // that they did.
    string CodeOf(Statement why) => $"{why.Code}.newer" is var newer && Has(newer)
        && why.Facts.Any(f => f.Name is "newer") ? newer
        : $"{why.Code}.staff" is var staff && why.By is DecidedBy.Person { Role: Party.Agent } && Has(staff) ? staff
        : why.Code;

    string DecidedIn(Party? person, string rule, int rulebook) =>
        Fill(person is { } role ? $"statement.person/{role}" : "statement.automated",
            [("rule", rule), ("rulebook", rulebook)]);

    // Outcomes are headings too, and some are written as such.
    string Sentence(string code, Party reader) =>
        Tell(code, reader, code) is var text && text is [.., '.' or '!' or '?' or '。' or '؟'] ? text : $"{text}{Stop}";

    char Stop => Between is "" ? '。' : '.';

    string Joined(params ReadOnlySpan<string> sentences) =>
        string.Join(Between, sentences.ToArray().Where(s => s is not ""));

    [GeneratedRegex(@"(?<=[.!?؟])\s+|(?<=[。！？])")]
    private static partial Regex EndOfSentence();
}
