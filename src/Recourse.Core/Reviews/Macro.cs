using System.Text.RegularExpressions;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.Reviews;

/// <summary>A macro: words that staff use often, as <c>macro/platform/parcel-lost</c>.</summary>
public readonly record struct MacroId(string Code) : IId<MacroId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out MacroId id)
    {
        var ok = Derived.Split(text, "macro", 3) is [_, "platform", var c] && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, _, var code] ? new(code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"macro/platform/{Code}";
}

/// <summary>Which macro was used, when somebody wrote.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Version">Which of its words, from 1.</param>
public sealed record MacroUse(string Code, int Version);

/// <summary>What a macro can leave a place for; its word in braces stands there.</summary>
public enum MacroFact
{
    /// <summary>The order that it is about: <c>{order}</c>.</summary>
    Order,

    /// <summary>The amount that it is about: <c>{amount}</c>.</summary>
    Amount,

    /// <summary>Why it was decided so, in words: <c>{reason}</c>.</summary>
    Reason,

    /// <summary>The day on which that was decided: <c>{decided}</c>.</summary>
    Decided,

    /// <summary>The day by which staff decide: <c>{until}</c>.</summary>
    Until,
}

/// <summary>A macro's words in one language.</summary>
/// <param name="Language">A BCP 47 tag, one of those that statements of reasons are read in.</param>
/// <param name="Text">With places for facts, e.g. <c>{amount}</c>.</param>
public sealed record MacroText(string Language, string Text);

/// <summary>
/// Words with places for facts, which operators keep and staff use where they write to somebody. Never is anything sent
/// with a place left empty: what isn't known of a case refuses the macro there.
/// </summary>
public static partial class Macro
{
    /// <summary>The language that every macro has: whoever reads none of the others reads that.</summary>
    public const string Always = "en";

    /// <summary>Most characters of one text.</summary>
    public const int Longest = 2_000;

    /// <summary>The words that can stand in braces.</summary>
    public static readonly ImmutableArray<string> Facts =
        [.. Enum.GetValues<MacroFact>().Select(f => $"{f}".ToLowerInvariant())];

    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<MacroId>
    {
        /// <summary>These are its words from now on; one that was retired is used again.</summary>
        public sealed record Put(ImmutableArray<MacroText> Texts) : Command;

        /// <summary>Nobody uses it any more.</summary>
        public sealed record Retire : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>As it stands.</summary>
    /// <param name="Version">How often its words were put, from 1.</param>
    public sealed record State(int Version, ImmutableArray<MacroText> Texts, bool IsRetired = false)
    {
        /// <summary>The words for whoever reads that language; English otherwise.</summary>
        public MacroText For(string language) =>
            Kernel.Texts.Nearest(language, [.. Texts.Select(t => t.Language)]) is { } near
                ? Texts.First(t => t.Language == near) : Texts.First(t => t.Language == Always);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>It has new words.</summary>
        public sealed record Put(ImmutableArray<MacroText> Texts) : Event;

        /// <summary>Nobody uses it any more.</summary>
        public sealed record Retired : Event;
    }

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Put, State>(Party.Operator),
        Row<State, Event.Put, State>(Party.Operator),
        Row<State, Event.Retired, State>(Party.Operator));

    /// <summary>What the runtime is told of macros.</summary>
    public static readonly Kind<MacroId, State, Command, Event> Kind = new()
    {
        Name = "macro", Owner = OwnedBy.Platform, StateVersion = 1, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Size = s => s.Texts.Length,
    };

    /// <summary>Staff only.</summary>
    public static Party? PartyOf(MacroId id, State? state, Actor actor) => actor switch
    {
        Actor.Operator => Party.Operator,
        Actor.Agent    => Party.Agent,
        Actor.Clock    => Party.Clock,
        Actor.Buyer or Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Aggregate
            or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(MacroId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        Decision<Event> decision = command switch
        {
            Command.Put c  => Put(state, c.Texts.IsDefault ? [] : c.Texts),
            Command.Retire => state is null ? Refusal.NotFound : state.IsRetired ? [] : [new Event.Retired()],
            Command.Wake   => [],
        };
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : OperatorsOnly;
    }

    static Decision<Event> Put(State? state, ImmutableArray<MacroText> texts)
    {
        ImmutableArray<Refusal> faults = [.. Faults(texts)];
        if (!faults.IsEmpty) return faults;
        ImmutableArray<MacroText> sorted = [.. texts.OrderBy(t => t.Language, StringComparer.Ordinal)];
        return state is { IsRetired: false } s && s.Texts.SequenceEqual(sorted) ? []      // said twice, done once
            : [new Event.Put(sorted)];
    }

    static IEnumerable<Refusal> Faults(ImmutableArray<MacroText> texts)
    {
        if (texts.All(t => t?.Language is not Always)) yield return NoEnglish;
        HashSet<string> seen = [];
        foreach (var (n, text) in texts.Index())
        {
            if (text is null || !Kernel.Texts.OfStatements.Contains(text.Language ?? "") || !seen.Add(text.Language!))
                yield return NoSuchLanguage(text?.Language ?? "", n);
            else if (string.IsNullOrWhiteSpace(text.Text) || text.Text.Length > Longest) yield return BadText(n);
            else
                foreach (var place in Places(text.Text).Concat(Loose(text.Text)).Where(p => !Facts.Contains(p)))
                    yield return NoSuchFact(place, n);
        }
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Put e     => new((state?.Version ?? 0) + 1, e.Texts),
        Event.Retired e => state.Was<State>(e) with { IsRetired = true },
    };

    /// <summary>What stands in braces, each once, in the order of the text.</summary>
    public static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Groups[1].Value)
        .Distinct();

    // A brace that isn't one of a pair would be read as it stands.
    static IEnumerable<string> Loose(string text) =>
        Place().Replace(text, "").IndexOfAny(['{', '}']) < 0 ? [] : ["{"];

    /// <summary>A macro's words with facts in their places; refusals: which of them aren't known.</summary>
    /// <param name="facts">What is known of the case, by the words of <see cref="Facts"/>.</param>
    /// <param name="texts">How whoever reads it writes amounts and days.</param>
    public static (string Text, ImmutableArray<Refusal> Missing) Fill(
        string text, ImmutableArray<Named> facts, Texts texts)
    {
        var known = facts.ToDictionary(f => f.Name);
        return (Place().Replace(text, m => known.TryGetValue(m.Groups[1].Value, out var fact) ? texts.Show(fact) : ""),
            [.. Places(text).Where(p => !known.ContainsKey(p)).Select(NotKnown)]);
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Place();

    /// <summary>Why a macro that was retired isn't used.</summary>
    public static Refusal IsRetired => new("macro.retired", Choose) { Field = "macro" };

    /// <summary>Why none is used that there isn't.</summary>
    public static Refusal NoSuchMacro(string code) => new("macro.no-such-macro", Choose, ("code", code))
        { Field = "macro" };

    static readonly Remedy Mend = new("macro.mend"), Choose = new("macro.choose"), Ask = new("macro.ask-operator");

    static Refusal NotKnown(string place) => new("macro.fact-missing", Choose, ("fact", place)) { Field = "macro" };
    static Refusal OperatorsOnly => new("macro.operators-only", Ask);
    static Refusal NoEnglish => new("macro.no-english", Mend) { Field = "texts" };
    static Refusal BadText(int n) => new("macro.bad-text", Mend, ("most", Longest)) { Field = $"texts[{n}].text" };

    static Refusal NoSuchLanguage(string language, int n) => new("macro.no-such-language", Mend,
        ("language", language), ("known", string.Join(", ", Kernel.Texts.OfStatements)))
        { Field = $"texts[{n}].language" };

    static Refusal NoSuchFact(string place, int n) => new("macro.no-such-fact", Mend, ("fact", place),
        ("known", string.Join(", ", Facts))) { Field = $"texts[{n}].text" };
}
