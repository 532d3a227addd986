namespace Recourse.Kernel;

/// <summary>
/// A statement of reasons: why it was decided so, as facts that <see cref="Texts"/> tells to each reader. Whatever
/// anyone could want to appeal is an event that carries one; it can't be built without its parts.
/// </summary>
/// <remarks>Covers Regulation (EU) 2022/2065 Article 17 and Regulation (EU) 2019/1150 Article 4.</remarks>
public sealed record Statement
{
    /// <summary>All parts are needed; a missing one is a bug and throws. Only an appeal may be none: then nothing here
    /// could be undone by one, and the remedies say where else to go.</summary>
    public Statement(
        string code, string outcome, ImmutableArray<StatedFact> facts, string rule, int rulebook, DecidedBy by,
        ImmutableArray<Remedy> remedies, Instant issuedAt, Instant? appealUntil)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(outcome);
        ArgumentException.ThrowIfNullOrWhiteSpace(rule);
        ArgumentNullException.ThrowIfNull(by);
        if (facts.IsDefaultOrEmpty) throw new ArgumentException("A decision rests on facts.", nameof(facts));
        if (remedies.IsDefaultOrEmpty) throw new ArgumentException("There is always a way on.", nameof(remedies));
        if (appealUntil <= issuedAt) throw new ArgumentException("An appeal needs time.", nameof(appealUntil));
        (Code, Outcome, Facts, Rule, Rulebook, By) = (code, outcome, facts, rule, rulebook, by);
        (Remedies, IssuedAt, AppealUntil) = (remedies, issuedAt, appealUntil);
    }

    /// <summary>The reason, <c>area.kebab-phrase</c>.</summary>
    public string Code { get; }

    /// <summary>What was decided (<c>order.cancelled</c>).</summary>
    public string Outcome { get; }

    /// <summary>What it rests on, each with who may see it.</summary>
    public ImmutableArray<StatedFact> Facts { get; }

    /// <summary>The path of the rule within the rulebook.</summary>
    public string Rule { get; }

    /// <summary>The rulebook's version.</summary>
    public int Rulebook { get; }

    /// <summary>Whether a person decided, or which automat.</summary>
    public DecidedBy By { get; }

    /// <summary>What can be done about it.</summary>
    public ImmutableArray<Remedy> Remedies { get; }

    /// <summary>When it was decided (UTC).</summary>
    public Instant IssuedAt { get; }

    /// <summary>Until when it can be appealed (UTC); null: an appeal could undo nothing of it.</summary>
    public Instant? AppealUntil { get; }

    /// <summary>Sets apart what was decided alike of one thing in one instant; null: it is the first such.</summary>
    public int? Nth { get; init; }

    /// <summary>The remedy by which a statement says that it can be appealed.</summary>
    public static readonly Remedy Appeal = new("appeal.open");

    /// <summary>Whether this reader can appeal it: not what they decided themselves. To staff: whether anybody can.
    /// </summary>
    public bool IsOpenTo(Party reader) => AppealUntil is not null && Remedies.Contains(Appeal)
        && ((reader & Party.Staff) != 0 || By != new DecidedBy.Person(reader));

    /// <summary>The end of the time to appeal, where that is among the remedies; null: it isn't.</summary>
    public static Instant? UntilIn(ImmutableArray<Remedy> remedies, Instant until) =>
        remedies.Contains(Appeal) ? until : null;

    /// <summary>What this reader can do about it.</summary>
    public ImmutableArray<Remedy> RemediesFor(Party reader) => IsOpenTo(reader) ? Remedies : Remedies.Remove(Appeal);
}

/// <summary>An event that goes against someone: it can't exist without saying why.</summary>
public interface IAdverse
{
    /// <summary>The statement of reasons.</summary>
    Statement Why { get; }
}

/// <summary>A fact that a decision rests on, and who may read it.</summary>
public sealed record StatedFact(string Name, Value Value, Party SeenBy)
{
    /// <summary>The fact as this reader may know it: hidden ones are said to be hidden.</summary>
    public Named For(Party reader) => new(Name, (SeenBy & reader) != 0 ? Value : new Value.Withheld());
}

/// <summary>Who decided.</summary>
public closed record DecidedBy
{
    /// <summary>A person, in this role.</summary>
    public sealed record Person(Party Role) : DecidedBy;

    /// <summary>A rule, and the version of the model where one took part.</summary>
    public sealed record Automated(string Ruleset, string? Model = null) : DecidedBy;
}

/// <summary>A fact by its kind, so that each language can write it in its own way.</summary>
public closed record Value
{
    /// <summary>Money.</summary>
    public sealed record Amount(Money Money) : Value;

    /// <summary>An instant, told as a day and, where it matters, a time.</summary>
    public sealed record Day(Instant At) : Value;

    /// <summary>A number of things.</summary>
    public sealed record Count(long Number) : Value;

    /// <summary>A name or code.</summary>
    public sealed record Word(string Text) : Value;

    /// <summary>Known, and not for this reader.</summary>
    public sealed record Withheld : Value;

    /// <summary>Money as a fact.</summary>
    public static implicit operator Value(Money money) => new Amount(money);

    /// <summary>An instant as a fact.</summary>
    public static implicit operator Value(Instant at) => new Day(at);

    /// <summary>A count as a fact.</summary>
    public static implicit operator Value(long number) => new Count(number);

    /// <summary>A word as a fact.</summary>
    public static implicit operator Value(string text) => new Word(text);
}
