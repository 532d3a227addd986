namespace Recourse.Web;

/// <summary>A macro: words that staff use often, with places for facts.</summary>
/// <param name="Version">How often its words were put, from 1.</param>
/// <param name="Texts">Its words, by language; English is always there.</param>
/// <param name="At">When its words were put last, or it was retired (UTC).</param>
/// <param name="Versions">The earlier ones and this, the newest first; left out in lists.</param>
public sealed record MacroBody(
    string Code, int Version, ImmutableArray<MacroTextBody> Texts, bool IsRetired, Instant At,
    ImmutableArray<MacroVersionBody>? Versions = null);

/// <summary>Words in one language.</summary>
/// <param name="Language">A BCP 47 tag, one of those that statements of reasons are read in.</param>
/// <param name="Text">At most 2,000 characters; <c>{order}</c>, <c>{amount}</c>, <c>{reason}</c>, <c>{decided}</c> and
/// <c>{until}</c> are places for facts.</param>
public sealed record MacroTextBody(string Language, string Text);

/// <summary>What was done with a macro.</summary>
/// <param name="Version">Of that number; left out: it was retired.</param>
/// <param name="By">Who did it, e.g. <c>operator/olga</c>.</param>
public sealed record MacroVersionBody(
    int? Version, Instant At, string By, ImmutableArray<MacroTextBody> Texts);

/// <summary>A macro's words from now on.</summary>
/// <param name="Texts">English is among them.</param>
public sealed record MacroRequest(ImmutableArray<MacroTextBody> Texts);

/// <summary>A macro as whoever it is written to would read it.</summary>
/// <param name="Language">The language of its words: the reader's, or English.</param>
/// <param name="Text">With the facts of the case in their places.</param>
public sealed record FilledMacroBody(string Code, int Version, string Language, string Text);
