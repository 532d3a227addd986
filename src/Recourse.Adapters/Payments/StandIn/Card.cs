using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Payments.StandIn;

/// <summary>How a card misbehaves; <c>docs/provider.md</c> tells of each.</summary>
public enum Behaviour
{
    /// <summary>It doesn't.</summary>
    None,

    /// <summary>The answer takes long.</summary>
    Stall,

    /// <summary>The connection closes, with nothing done.</summary>
    TimeoutBefore,

    /// <summary>The connection closes once it is done.</summary>
    ChargeThenTimeout,

    /// <summary>A fault is answered, with nothing done.</summary>
    Answer500Before,

    /// <summary>A fault is answered once it is done.</summary>
    Answer500AfterDoing,

    /// <summary>The report comes before the answer.</summary>
    WebhookFirst,

    /// <summary>Reports come late.</summary>
    WebhookLate,

    /// <summary>Each report comes twice.</summary>
    WebhookTwice,

    /// <summary>No report comes.</summary>
    WebhookNever,

    /// <summary>A report with a bad signature comes before the true one.</summary>
    WebhookForged,

    /// <summary>A signed report with another amount comes before the true one.</summary>
    WebhookWrongAmount,

    /// <summary>A signed report with another currency comes before the true one.</summary>
    WebhookWrongCurrency,

    /// <summary>It is pending, and held later.</summary>
    RequiresAction,

    /// <summary>The hold has expired when it is to be taken.</summary>
    CaptureFails,

    /// <summary>Refunds take their time.</summary>
    RefundPending,

    /// <summary>The first refunds fail.</summary>
    RefundFails,

    /// <summary>The first refund fails.</summary>
    RefundFailsOnce,

    /// <summary>A refund is said to be done, and nobody there knows of it later.</summary>
    RefundLost,

    /// <summary>Its bank knows who pays without asking.</summary>
    BankKnows,

    /// <summary>Its bank says that it is somebody else.</summary>
    BankRefuses,
}

/// <summary>A payment method by its token; there are no numbers anywhere.</summary>
/// <param name="Code">Why it is declined; null: it isn't.</param>
/// <param name="Brand">Null: a Visa, as most are.</param>
/// <param name="Funding">Null: credit, as most are.</param>
/// <param name="Country">Where it was issued, ISO 3166 alpha-2; null: nobody says.</param>
/// <param name="Owner">Whose it is; null: everybody's, so that it has no fingerprint.</param>
public readonly record struct Card(
    Behaviour Behaviour, string? Code = null, string? DeclineCode = null, string? Brand = null, string? Funding = null,
    string? Country = null, string? Owner = null)
{
    const string OurPrefix = "pm_standin_";
    const string CardPrefix = "pm_card_";
    const string Random = "seeded-random";

    static readonly FrozenDictionary<string, Card> ByToken = new Dictionary<string, Card>
    {
        ["pm_card_visa"] = default, ["pm_card_visa_debit"] = new() { Funding = "debit" },
        ["pm_card_mastercard"] = new() { Brand = "mastercard" },
        ["pm_card_mastercard_prepaid"] = new() { Brand = "mastercard", Funding = "prepaid" },
        ["pm_card_amex"] = new() { Brand = "amex" }, ["pm_card_discover"] = new() { Brand = "discover" },
        ["pm_card_diners"] = new() { Brand = "diners" }, ["pm_card_jcb"] = new() { Brand = "jcb" },
        ["pm_card_unionpay"] = new() { Brand = "unionpay" },
        ["pm_card_authenticationRequired"] = new(Behaviour.RequiresAction),
        ["pm_card_chargeDeclined"] = Declined("generic_decline"),
        ["pm_card_chargeDeclinedInsufficientFunds"] = Declined("insufficient_funds"),
        ["pm_card_chargeDeclinedLostCard"] = Declined("lost_card"),
        ["pm_card_chargeDeclinedStolenCard"] = Declined("stolen_card"),
        ["pm_card_chargeDeclinedFraudulent"] = Declined("fraudulent"),
        ["pm_card_radarBlock"] = Declined("fraudulent"),
        ["pm_card_chargeDeclinedExpiredCard"] = new(Behaviour.None, "expired_card"),
        ["pm_card_chargeDeclinedIncorrectCvc"] = new(Behaviour.None, "incorrect_cvc"),
        ["pm_card_chargeDeclinedProcessingError"] = new(Behaviour.None, "processing_error"),
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, Behaviour> ByName =
        Enum.GetValues<Behaviour>().Where(b => b is not Behaviour.None).ToFrozenDictionary(NameOf);

    /// <summary>In 1,000: the rest behaves.</summary>
    static readonly (int Weight, Card Card)[] Odds =
    [
        (60, Declined("insufficient_funds")), (30, Declined("generic_decline")), (10, Declined("fraudulent")),
        (40, new(Behaviour.ChargeThenTimeout)), (40, new(Behaviour.TimeoutBefore)),
        (20, new(Behaviour.Answer500Before)), (20, new(Behaviour.Answer500AfterDoing)), (10, new(Behaviour.Stall)),
        (40, new(Behaviour.WebhookFirst)), (40, new(Behaviour.WebhookLate)), (40, new(Behaviour.WebhookTwice)),
        (20, new(Behaviour.WebhookNever)), (20, new(Behaviour.WebhookForged)), (20, new(Behaviour.WebhookWrongAmount)),
        (10, new(Behaviour.WebhookWrongCurrency)), (10, new(Behaviour.RequiresAction)),
        (20, new(Behaviour.CaptureFails)), (60, new(Behaviour.RefundPending)), (10, new(Behaviour.RefundFails)),
        (20, new(Behaviour.RefundFailsOnce)), (20, new(Behaviour.BankKnows)), (10, new(Behaviour.BankRefuses)),
        (10, new(Behaviour.RefundLost)),
    ];

    /// <summary>The token of a card that misbehaves so.</summary>
    public static string TokenOf(Behaviour behaviour) =>
        behaviour is Behaviour.None ? "pm_card_visa" : OurPrefix + NameOf(behaviour);

    /// <summary>The token of a card that does whatever the seed says.</summary>
    public static string RandomToken(string name) => $"{OurPrefix}{Random}-{name}";

    /// <summary>Null: there is no such payment method.</summary>
    public static Card? Find(string token, int seed)
    {
        if (token.Split('.') is not [var shared, var owner, .. var more]) return FindShared(token, seed);
        // Each time that a card is given in it has another token.
        return more.Length <= 1 && IsName(owner) && more.All(IsName) && FindShared(shared, seed) is { } card
            ? card with { Owner = $"{shared}.{owner}" } : null;
    }

    static bool IsName(string text) => Derived.IsCode(text) && text.Count(char.IsDigit) < 12;

    static Card? FindShared(string token, int seed)
    {
        if (ByToken.TryGetValue(token, out var card)) return card;
        if (token.StartsWith(CardPrefix) && token[CardPrefix.Length..].ToUpperInvariant() is { Length: 2 } country
            && Countries.Has(country)) return new() { Country = country };
        if (!token.StartsWith(OurPrefix)) return null;
        var name = token[OurPrefix.Length..];
        if (ByName.TryGetValue(name, out var behaviour)) return new(behaviour);
        return name == Random || name.StartsWith(Random + "-") && IsName(name)
            ? Drawn(token, seed) with { Owner = name == Random ? null : token } : null;
    }

    static Card Drawn(string token, int seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {token}"));
        var at = (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % 1000);
        foreach (var (weight, card) in Odds)
            if ((at -= weight) < 0) return card;
        return default;
    }

    static Card Declined(string why) => new(Behaviour.None, "card_declined", why);

    /// <summary><c>Answer500Before</c> is written <c>answer-500-before</c>.</summary>
    static string NameOf(Behaviour behaviour)
    {
        var text = new StringBuilder();
        var name = behaviour.ToString();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) || char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]);
            if (i > 0 && starts) text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
