namespace Recourse.Risk;

/// <summary>What becomes of a purchase, the mildest first.</summary>
public enum RiskOutcome
{
    /// <summary>It goes on.</summary>
    Accept,

    /// <summary>The buyer shows that it is them (3-D Secure, a document); it waits meanwhile.</summary>
    Verify,

    /// <summary>A person looks at it before a deadline.</summary>
    Hold,

    /// <summary>It doesn't go on; a statement says why.</summary>
    Refuse,
}

/// <summary>How many within the last hour, 24 hours, 7 days and 30 days, the purchase itself included.</summary>
public readonly record struct Recent(int Hour, int Day, int Week, int Month)
{
    /// <summary>The purchase itself and nothing before it.</summary>
    public static readonly Recent Once = new(1, 1, 1, 1);
}

/// <summary>What was bought over one device, IP address, card or postal address.</summary>
/// <param name="Purchases">Tries to buy, however they ended.</param>
/// <param name="Accounts">Different accounts that tried.</param>
/// <param name="Declines">How often its bank said no, of a card; null: never, or nobody counted.</param>
public sealed record LinkFacts(Recent Purchases, Recent Accounts, Recent? Declines = null)
{
    /// <summary>Nobody was seen there before.</summary>
    public static readonly LinkFacts First = new(Recent.Once, Recent.Once);
}

/// <summary>What is known of the account that buys.</summary>
/// <param name="AgeSeconds">From sign-up to this purchase; null: it isn't known.</param>
/// <param name="Cards">Different cards that it tried.</param>
/// <param name="HonestOrders">That have matured and that nobody disputed.</param>
/// <param name="NonPayments">Never paid, charged back, or found to be fraud.</param>
/// <param name="PlacedThenCancelled">Given up by the buyer although nothing was wrong.</param>
/// <param name="Declines">How often a bank said no, whatever the card; null: never, or nobody counted.</param>
/// <param name="HardDeclines">Those of them after which a card is never good again; null as before.</param>
public sealed record AccountFacts(
    long? AgeSeconds, Recent Purchases, Recent Cards, int HonestOrders, int NonPayments, int PlacedThenCancelled,
    Recent? Declines = null, Recent? HardDeclines = null);

/// <summary>What is known of the purchase itself.</summary>
/// <param name="AmountPercent">Of what the account's honest orders cost on average; null: there are too few.</param>
/// <param name="DisposableMail">The account's mail domain is one of those that are thrown away.</param>
/// <param name="CountryConflicts">How often country, postcode, phone and card contradict each other.</param>
/// <param name="CardElsewhere">The card is neither of the country that it goes to nor of the phone's.</param>
/// <param name="CardPrepaid">The card was paid for beforehand: anybody can buy one.</param>
public sealed record PurchaseFacts(
    int? AmountPercent, bool DisposableMail, int CountryConflicts, bool CardElsewhere = false,
    bool CardPrepaid = false);

/// <summary>
/// Over what a purchase was made, as keyed fingerprints and never as it is: recorded so that what screening remembers
/// can be counted anew out of the log.
/// </summary>
public sealed record RiskLinks(string? Device, string? Ip, string? Card, string? Address);

/// <summary>
/// All that screening knows of one purchase: gathered before the turn and recorded in it. It counts what happened over
/// a device, address or card, and doesn't say what these are.
/// </summary>
/// <param name="Device">Null where it isn't known, as for each link.</param>
/// <param name="Rules">What the rulebook's rules made of these facts.</param>
/// <param name="Links">Null where nothing is recorded.</param>
/// <param name="Model">What the learned model makes of these facts; null: the edition has none, or it was skipped.
/// </param>
public sealed record RiskFacts(
    AccountFacts Account, PurchaseFacts Purchase, LinkFacts? Device, LinkFacts? Ip, LinkFacts? Card,
    LinkFacts? Address, RuleResults Rules, RiskLinks? Links = null, ModelScore? Model = null)
{
    /// <summary>
    /// Somebody known for a year buys as usual, alone on their device: what a rule's test cases start from.
    /// </summary>
    public static readonly RiskFacts Ordinary = new(
        new(AgeSeconds: 31_536_000, Recent.Once, Recent.Once, HonestOrders: 0, NonPayments: 0, PlacedThenCancelled: 0),
        new(AmountPercent: null, DisposableMail: false, CountryConflicts: 0),
        LinkFacts.First, LinkFacts.First, LinkFacts.First, LinkFacts.First, RuleResults.None);
}

/// <summary>What an edition's rules made of the facts of a purchase.</summary>
/// <param name="Rulebook">The edition's version.</param>
/// <param name="Quiet">Rules that were tried and don't apply.</param>
/// <param name="Skipped">Rules that could not be tried: a fault of theirs, which alarms somebody.</param>
public sealed record RuleResults(
    int Rulebook, ImmutableArray<FiredRule> Fired, ImmutableArray<string> Quiet, ImmutableArray<string> Skipped)
{
    /// <summary>No rule was tried.</summary>
    public static readonly RuleResults None = new(1, [], [], []);
}

/// <summary>A rule that applies.</summary>
/// <param name="Inputs">The facts that it looked at, as they were.</param>
/// <param name="ByIpAlone">It would apply to an ordinary purchase over the same IP address, too.</param>
public sealed record FiredRule(string Rule, ImmutableArray<RiskValue> Inputs, bool ByIpAlone);

/// <summary>A fact as rules know it: its name, and its value as a number (1: yes, 0: no).</summary>
public readonly record struct RiskValue(string Name, long Value);

/// <summary>What a learned model makes of the facts of a purchase.</summary>
/// <param name="Model">The model's version, which follows from its contents.</param>
/// <param name="Score">How likely it says fraud is, in 1/10,000.</param>
/// <param name="Parts">The facts that weighed most, the weightiest first.</param>
public sealed record ModelScore(string Model, int Score, ImmutableArray<ModelPart> Parts);

/// <summary>A fact, and what it did to the odds of fraud.</summary>
/// <param name="Weight">Natural logarithm of the odds' factor, in 1/1,000; less than 0: it speaks for the buyer.
/// </param>
public readonly record struct ModelPart(RiskValue Fact, int Weight);
