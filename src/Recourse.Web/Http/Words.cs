using System.Text.Json.Serialization;
using Recourse.Disputes;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>A fact as a reader may know it.</summary>
/// <param name="Text">As their language writes it.</param>
/// <param name="Value">As a program reads it: money, an instant, a number or a word; null if it is withheld.</param>
/// <param name="Withheld">It is known, and not told to this reader.</param>
/// <param name="Label">What the fact is called, in their language; left out where it stands in a sentence.</param>
public sealed record FactBody(string Name, string Text, object? Value, bool Withheld, string? Label = null);

/// <summary>A statement of reasons, told to one reader.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Rule">The rule's path in the rulebook of that version.</param>
/// <param name="DecidedBy">A role, or <c>automated</c>.</param>
/// <param name="Ruleset">Which automat.</param>
/// <param name="AppealUntil">Until when the reader can appeal (UTC); left out: they can't.</param>
/// <param name="Appeal">Their appeal of it, lodged or not, where the answer is about one thing.</param>
/// <param name="Language">The language of its words, a BCP 47 tag.</param>
public sealed record StatementBody(
    string Code, string Outcome, string Text, ImmutableArray<FactBody> Facts, string Rule, int Rulebook,
    string DecidedBy, string? Ruleset, string? Model, ImmutableArray<Hint> Remedies, Instant IssuedAt,
    Instant? AppealUntil, AppealRef? Appeal = null, string? Language = null)
{
    /// <summary>What was decided, why, and until when it can be appealed; pages say by which rule beside it.</summary>
    [JsonIgnore]
    public string? Lead { get; init; }
}

/// <summary>Core's values as bodies of answers, told to one reader: what is hidden from them stays hidden.</summary>
static class Words
{
    /// <param name="reader">Who reads it; none: whoever can do it.</param>
    public static Hint Of(Remedy remedy, Texts texts, Party reader = Party.None) =>
        new(remedy.Code, texts.Tell(remedy.Code, reader, remedy.Code));

    public static FactBody Of(Named fact, Texts texts) => new(
        fact.Name, texts.Show(fact), fact.Value switch
        {
            Value.Amount v => v.Money,
            Value.Day v    => v.At,
            Value.Count v  => v.Number,
            Value.Word v   => v.Text,
            Value.Withheld => null,
        }, fact.Value is Value.Withheld);

    public static RefusalBody Of(Refusal no, Texts texts) => new(
        no.Code, texts.Fill(no.Code, no.Facts), no.Field, Of(no.WayOut, texts),
        [.. no.Facts.Select(f => Of(f, texts))]);

    /// <param name="subject">What whoever it concerns can appeal of it; null: not told here.</param>
    public static StatementBody Of(Statement why, Party reader, Texts texts, Subject? subject = null) =>
        OfReasons(why, reader, texts.Reasons, subject);

    /// <summary>What a fact is called to a reader; its name where there are no words for it.</summary>
    public static string LabelOf(string fact, Party reader, Texts texts) =>
        reader is Party.Buyer && texts.Has($"console.fact.{fact}-you") ? texts.Tell($"console.fact.{fact}-you")
        : texts.Has($"console.fact.{fact}") ? texts.Tell($"console.fact.{fact}") : fact;

    static StatementBody OfReasons(Statement why, Party reader, Texts texts, Subject? subject) => new(
        why.Code, why.Outcome, texts.Tell(why, reader),
        [.. why.Facts.Select(f => Of(f.For(reader), texts) with { Label = LabelOf(f.Name, reader, texts) })],
        why.Rule, why.Rulebook,
        why.By switch
        {
            DecidedBy.Person p    => Of(p.Role),
            DecidedBy.Automated   => "automated",
        },
        (why.By as DecidedBy.Automated)?.Ruleset, (why.By as DecidedBy.Automated)?.Model,
        [.. why.RemediesFor(reader).Select(r => Of(r, texts, reader))], why.IssuedAt,
        why.IsOpenTo(reader) ? why.AppealUntil : null,
        subject is null || !why.IsOpenTo(reader) ? null : AppealRef.Of(subject, why), texts.Language)
    {
        Lead = texts.Lead(why, reader) + texts.TellAppeal(why, reader),
    };

    /// <summary>A party as bodies write it.</summary>
    public static string Of(Party party) => party.ToString().ToLowerInvariant();

    /// <summary>The one party that bodies write so; null: there is none.</summary>
    public static Party? PartyOf(string text) => Enum.GetValues<Party>()
        .Where(p => p is not (Party.None or Party.Everyone or Party.Staff) && Of(p) == text)
        .Select(p => (Party?)p).FirstOrDefault();

    /// <summary>A state as bodies write it.</summary>
    public static string StateOf(object state) => StateOf(state.GetType().Name);

    /// <summary>A state's name as bodies write it.</summary>
    public static string StateOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Who did something, by role: nobody's name is anybody's business.</summary>
    public static string Of(Actor who) => Of(who switch
    {
        Actor.Buyer       => Party.Buyer,
        Actor.Seller      => Party.Seller,
        Actor.Warehouse   => Party.Warehouse,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Carrier     => Party.Carrier,
        Actor.Integration => Party.Integration,
        Actor.Aggregate   => Party.Platform,
        Actor.Outside     => Party.Provider,
        Actor.Clock       => Party.Clock,
    });

    /// <summary>Whom everybody waits for; null: nobody.</summary>
    public static NextStep? Next(Deadline? deadline, Party reader, Texts texts) => deadline is null ? null : new(
        Of(deadline.Owner), deadline.Due, deadline.Warn, deadline.Then,
        texts.Tell($"then.{deadline.Then}", reader, deadline.Then));
}

/// <summary>Who must act, until when, and what happens otherwise.</summary>
/// <param name="Owner">Who must act.</param>
/// <param name="Due">Until when (UTC).</param>
/// <param name="WarnedAt">When they are warned (UTC); null: they were, or need no warning.</param>
/// <param name="Then">The code of what happens when the time passes.</param>
/// <param name="Effect">The same in words.</param>
public sealed record NextStep(string Owner, Instant Due, Instant? WarnedAt, string Then, string Effect);
