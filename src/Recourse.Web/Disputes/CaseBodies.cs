namespace Recourse.Web;

/// <summary>What an agent has before them to decide an appeal.</summary>
/// <param name="Facts">Gathered from what is recorded.</param>
/// <param name="Precedents">How appeals against the same reason were decided, the most often first.</param>
/// <param name="Suggested">By facts, else by precedents; left out: no rule fits, and these don't suffice.</param>
/// <param name="Otherwise">What suggests another outcome.</param>
public sealed record CaseBody(
    ImmutableArray<CaseFact> Facts, ImmutableArray<PrecedentBody> Precedents, SuggestionBody? Suggested,
    ImmutableArray<SuggestionBody> Otherwise);

/// <summary>A fact of the case.</summary>
/// <param name="Of">What it is about, as an id; left out: nothing with one.</param>
public sealed record CaseFact(string Code, string Text, string? Of = null);

/// <summary>How often comparable cases were decided so.</summary>
/// <param name="Verdict"><c>uphold</c> or <c>reverse</c>.</param>
public sealed record PrecedentBody(string Reason, string Text, string Verdict, long Cases);

/// <summary>A suggested outcome.</summary>
/// <param name="Rule">The rule that suggests it, as a path in the rulebook.</param>
/// <param name="Because">Codes of the facts that the rule goes by; empty: it goes by precedents.</param>
public sealed record SuggestionBody(
    string Verdict, string Reason, string Text, string Rule, ImmutableArray<string> Because);
