using Recourse.Reasons;
namespace Recourse.Web;

/// <summary>A decision as the public register tells it: nothing of it leads to anybody.</summary>
/// <param name="Uid">Its number in the register.</param>
/// <param name="About">What it was decided about: <c>order</c>, <c>checkout</c>, <c>listing</c>, …</param>
/// <param name="Code">The reason.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Text">What was decided, why and by whom, in the reader's language.</param>
/// <param name="Language">The language of the text, a BCP 47 tag.</param>
/// <param name="Rule">The rule's path in the rulebook of that version.</param>
/// <param name="DecidedBy">A role, or <c>automated</c>.</param>
/// <param name="Model">The learned model that took part; left out: none.</param>
/// <param name="IssuedAt">When it was decided (UTC).</param>
/// <param name="Until">When it ends by itself (UTC); left out: it doesn't.</param>
/// <param name="AppealUntil">Until when it can be appealed (UTC).</param>
/// <param name="Of">What it is about, for the platform's people alone.</param>
public sealed record RegisteredBody(
    string Uid, string About, string Code, string Outcome, string Text, string Language, string Rule, int Rulebook,
    string DecidedBy, string? Model, Instant IssuedAt, Instant? Until, Instant? AppealUntil, string? Of)
{
    internal static RegisteredBody From(DecisionRow row, Texts texts, bool isStaff) => new(
        row.Uid, row.Kind, row.Code, row.Outcome,
        texts.TellEverybody(row.Code, row.Outcome, row.DecidedBy, row.Rule, row.Rulebook), texts.Language, row.Rule,
        row.Rulebook, row.DecidedBy is { } role ? Words.Of(role) : "automated", row.Model, row.IssuedAt, row.Until,
        row.AppealUntil, isStaff ? row.Of : null);
}

/// <summary>How often a reason was given.</summary>
public sealed record ReasonCount(string Code, long Count);

/// <summary>Decisions that a program sends to the DSA Transparency Database, at most 100 at a time.</summary>
/// <param name="Statements">In the form that <c>POST …/statements</c> takes.</param>
/// <param name="Next">Say it as <c>after</c> to get the next ones; left out: there are no more.</param>
public sealed record DsaStatements(ImmutableArray<DsaRecord> Statements, string? Next);
