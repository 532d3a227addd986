namespace Recourse.Kernel;

/// <summary>What somebody is told because it happened. Never stored as words: it is told anew from its event.</summary>
/// <param name="Code">Its words are <c>notice.title.{code}</c> and <c>notice.{code}</c>.</param>
/// <param name="To">The text of a buyer's or seller's id, or <see cref="Staff"/>; null: it takes the state to know.
/// </param>
/// <param name="As">What they are to it: a statement is told to that party.</param>
/// <param name="About">What they look at next.</param>
/// <param name="Facts">All of them are theirs to know.</param>
/// <param name="Why">What was decided, where something was.</param>
public sealed record Notice(
    string Code, Matter Topic, string? To, Party As, IId About, ImmutableArray<Named> Facts, Statement? Why = null)
{
    /// <summary>The platform's people, who read one inbox.</summary>
    public const string Staff = "staff";
}

/// <summary>What a notice is of: people choose by it what they get where.</summary>
public enum Matter
{
    /// <summary>Orders that come in, and baskets that wait.</summary>
    Orders,

    /// <summary>Where a parcel is.</summary>
    Delivery,

    /// <summary>Something is due soon.</summary>
    Deadlines,

    /// <summary>Money that moves.</summary>
    Money,

    /// <summary>What was decided for or against somebody.</summary>
    Decisions,
}

/// <summary>By which way somebody is told, besides the inbox that shows everything of money and decisions.</summary>
/// <param name="Inbox">Topics that the inbox shows.</param>
/// <param name="Mail">Topics that are mailed.</param>
/// <param name="Language">The language of mail, a BCP 47 tag.</param>
public sealed record Notifications(ImmutableArray<Matter> Inbox, ImmutableArray<Matter> Mail, string Language)
{
    /// <summary>Every topic.</summary>
    public static readonly ImmutableArray<Matter> Topics =
        [Matter.Orders, Matter.Delivery, Matter.Deadlines, Matter.Money, Matter.Decisions];

    /// <summary>What the inbox always shows: nobody should miss by a setting what they could object to.</summary>
    public static readonly ImmutableArray<Matter> Always = [Matter.Money, Matter.Decisions];

    /// <summary>Whoever has chosen nothing is told everything.</summary>
    public static readonly Notifications Everything = new(Topics, Topics, Texts.Languages[0]);

    /// <summary>Why it can't be chosen so; none: it can. Letters are written in the languages of statements.</summary>
    public ImmutableArray<Refusal> Faults() =>
    [
        .. Always.Any(t => !Inbox.Contains(t)) ? [MustStay] : NoFaults,
        .. !Texts.OfStatements.Contains(Language) ? [NoSuchLanguage(Language)] : NoFaults,
    ];

    /// <summary>Each topic once, in one order: the same choice is the same text.</summary>
    public Notifications Tidied() => this with { Inbox = Tidy(Inbox), Mail = Tidy(Mail) };

    /// <summary>Whether it is the same choice.</summary>
    public bool IsSame(Notifications other) => Language == other.Language
        && Tidy(Inbox).SequenceEqual(Tidy(other.Inbox)) && Tidy(Mail).SequenceEqual(Tidy(other.Mail));

    static ImmutableArray<Matter> Tidy(ImmutableArray<Matter> some) => [.. some.Distinct().Order()];

    static readonly ImmutableArray<Refusal> NoFaults = [];
    static readonly Remedy Mend = new("notifications.mend");
    static readonly Refusal MustStay = new("notifications.must-stay", Mend) { Field = "inbox" };

    static Refusal NoSuchLanguage(string language) => new("notifications.no-such-language", Mend,
        ("language", language), ("known", string.Join(", ", Texts.OfStatements))) { Field = "language" };
}
