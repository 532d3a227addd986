using Recourse.Rulebooks;
namespace Recourse.Reasons;

/// <summary>The rulebook's section on sellers' reasons that don't hold: from when facts speak against one.</summary>
/// <param name="DearerBy">Sold by so much dearer, it was there to be sold.</param>
/// <param name="DearerWithin">For so long after the cancellation it is looked at what the item is sold for.</param>
/// <param name="CountedWithin">A count that soon after the cancellation says what was there at it.</param>
/// <param name="FreshFor">What was known of the stock counts by itself for so long.</param>
/// <param name="StaleAfter">After so long it counts only if the next count agrees, and with twice as many left.</param>
/// <param name="GoesWithin">So far from an order others to its country speak of the way there.</param>
/// <param name="NormalWithin">So far back an item's prices say what is normal for it.</param>
/// <param name="NormalBy">By so much a price can leave what is normal and still be.</param>
/// <param name="SlipUpTo">A price that stood longer than that was meant.</param>
/// <param name="WaveFrom">So many cancellations are a wave.</param>
/// <param name="WaveWithin">After a rise of the price, for so long.</param>
/// <param name="WaveTimes">So many times as many as usual.</param>
public sealed record FinderRules(
    Ratio DearerBy, Duration DearerWithin, Duration CountedWithin, Duration FreshFor, Duration StaleAfter,
    Duration GoesWithin, Duration NormalWithin, Ratio NormalBy, Duration SlipUpTo, int WaveFrom, Duration WaveWithin,
    int WaveTimes)
{
    internal static FinderRules Read(RuleReader r)
    {
        var rules = new FinderRules(
            r.Percent("dearerBy"), r.Elapsed("dearerWithin"), r.Elapsed("countedWithin"), r.Elapsed("freshFor"),
            r.Elapsed("staleAfter"), r.Elapsed("goesWithin"), r.Elapsed("normalWithin"), r.Percent("normalBy"),
            r.Elapsed("slipUpTo"), r.Number("waveFrom", 2, 1_000), r.Elapsed("waveWithin"),
            r.Number("waveTimes", 1, 100));
        r.Done();
        return rules;
    }

    /// <summary>Whether one price is that much above another.</summary>
    public bool IsDearer(long now, long before) =>
        (Int128)now * DearerBy.Denominator >= (Int128)before * (DearerBy.Denominator + DearerBy.Numerator);

    /// <summary>The least that is still normal where that was the least.</summary>
    public long Lowest(long normal) =>
        (long)((Int128)normal * (NormalBy.Denominator - NormalBy.Numerator) / NormalBy.Denominator);

    /// <summary>The most that is still normal where that was the most.</summary>
    public long Highest(long normal) =>
        (long)((Int128)normal * (NormalBy.Denominator + NormalBy.Numerator) / NormalBy.Denominator);
}

/// <summary>The rulebook's section on sellers' reasons: when facts speak against one, and what follows.</summary>
/// <param name="Find">From when facts speak against a reason.</param>
/// <param name="AnswerWithin">The seller's time to say what it was, once they are told.</param>
/// <param name="WarnBefore">How long before that is over they are warned.</param>
/// <param name="DecideWithin">By when an agent has decided what the seller answered.</param>
/// <param name="Reinstate">Whether its buyer has what was given up set aside anew, at the price of the order.</param>
/// <param name="Marks">What a false reason counts against the seller.</param>
/// <param name="AppealWithin">How long a finding can be appealed.</param>
/// <param name="Remedies">What its reader can do about a finding.</param>
public sealed record ReasonRules(
    FinderRules Find, Duration AnswerWithin, Duration WarnBefore, Duration DecideWithin, bool Reinstate, int Marks,
    Duration AppealWithin, ImmutableArray<Remedy> Remedies) : IRules
{
    /// <summary>What holds under editions from before there was such a section.</summary>
    public static readonly ReasonRules Before = new(
        new(new(5, 100), Duration.FromDays(14), Duration.FromHours(48), Duration.FromHours(24), Duration.FromDays(14),
            Duration.FromDays(30), Duration.FromDays(60), new(10, 100), Duration.FromDays(7), 3,
                Duration.FromDays(7), 3),
        Duration.FromDays(5), Duration.FromHours(48), Duration.FromDays(7), false, 0, Duration.FromDays(184),
        [Statement.Appeal]);

    /// <summary>Reads the section.</summary>
    public static ReasonRules Read(RuleReader r)
    {
        var rules = new ReasonRules(
            FinderRules.Read(r.Map("find")), r.Elapsed("answerWithin"), r.Elapsed("warnBefore"),
            r.Elapsed("decideWithin"), r.One("reinstate", [("yes", true), ("no", false)]), r.Number("marks", 0, 100),
                r.Elapsed("appealWithin"),
            r.Remedies());
        if (rules.WarnBefore >= rules.AnswerWithin) r.Fault("warnBefore", "Must be shorter than answerWithin.");
        if (rules.WarnBefore >= rules.DecideWithin) r.Fault("warnBefore", "Must be shorter than decideWithin.");
        r.Done();
        return rules;
    }
}

/// <summary>A seller's reasons by their codes, and the codes of what speaks against them.</summary>
public static class SellerReason
{
    const string Area = "cancel.";

    /// <summary>There is none left.</summary>
    public const string OutOfStock = Area + "out-of-stock";

    /// <summary>The price was a slip.</summary>
    public const string PriceError = Area + "price-error";

    /// <summary>Nobody takes it there.</summary>
    public const string CannotShip = Area + "cannot-ship-there";

    /// <summary>The buyer looks like trouble.</summary>
    public const string BuyerRisk = Area + "buyer-risk";

    /// <summary>It broke before it left.</summary>
    public const string Damaged = Area + "damaged-in-warehouse";

    /// <summary>Enough was on hand at that moment.</summary>
    public const string HadEnough = "reason.had-enough";

    /// <summary>The same item was sold dearer soon after.</summary>
    public const string SoldDearer = "reason.sold-dearer";

    /// <summary>Others of the same goods go there.</summary>
    public const string OthersGoThere = "reason.others-go-there";

    /// <summary>The price is within what is normal for the item.</summary>
    public const string NormalPrice = "reason.normal-price";

    /// <summary>Many orders at the old price were cancelled after it rose.</summary>
    public const string Wave = "reason.wave-after-rise";

    /// <summary>Reasons that facts can speak against.</summary>
    public static readonly ImmutableArray<string> All = [OutOfStock, PriceError, CannotShip, BuyerRisk, Damaged];

    // By letters and digits alone: out-of-stock, out_of_stock, "Out of stock" and OutOfStock are one.
    static readonly ImmutableDictionary<string, string> InWords = new (string Code, string Words)[]
    {
        (OutOfStock, "out-of-stock oos no-stock not-in-stock stock-out sold-out inventory unavailable no-inventory "
            + "out-of-stock-or-cannot-fulfill item-unavailable insufficient-stock no-longer-available not-available "
            + "stock-unavailable out-of-inventory no-more-stock nothing-left stock-depleted"),
        (PriceError, "price-error pricing-error wrong-price incorrect-price price-mistake pricing-mistake "
            + "mispriced price-wrong listing-price-error price-typo price-incorrect wrong-pricing misprice"),
        (CannotShip, "cannot-ship-there cannot-ship cannot-ship-to-address can-not-ship-there cant-ship-there "
            + "cant-ship cannot-deliver-there cannot-deliver cant-deliver cant-deliver-there no-shipping-there "
            + "shipping-not-possible destination-not-served unshippable undeliverable cannot-ship-to-country "
            + "cannot-ship-to-destination cant-ship-to-country cant-ship-to-destination unable-to-ship "
            + "unable-to-ship-there no-shipping-to-country does-not-ship-there shipping-restriction "
            + "not-shippable no-shipping shipping-unavailable cant-ship-to-address cannot-deliver-to-country"),
        (BuyerRisk, "buyer-risk risky-buyer buyer-risky suspicious-buyer"),
        (Damaged, "damaged-in-warehouse damaged damaged-in-the-warehouse warehouse-damage damage damaged-goods"),
    }.SelectMany(r => r.Words.Split(' ').Select(w => (Squeezed(w), r.Code)))
        .ToImmutableDictionary(r => r.Item1, r => r.Code);

    // What buyers, the platform or the mail say: parts of words.
    static readonly ImmutableArray<string> NotTheSellers =
    [
        .. ("buyer customer client user mind mistake duplicate cheaper needed wanted regret remorse "
            + "request toolate late delay slow paid payment declined fraud wrong toohigh address lost carrier system "
            + "platform timeout expired returned cameback never unresponsive policy discrepancy unusable carried")
            .Split(' '),
    ];

    /// <summary>The code that a word means, in a rulebook's spelling or in plain words; null: no reason of a seller.
    /// </summary>
    public static string? Of(string? word)
    {
        var tidy = Squeezed(word ?? "");
        foreach (var area in (ReadOnlySpan<string>)["cancel", "seller", "reason"])
            if (tidy.StartsWith(area, StringComparison.Ordinal)
                && !InWords.ContainsKey(tidy)) tidy = tidy[area.Length..];
        return InWords.GetValueOrDefault(tidy);
    }

    /// <summary>A seller's reason as a file has it: one of the codes, or their own word where that is nobody else's.
    /// </summary>
    public static string? InFile(string word) => Of(word)
        ?? (Squeezed(word) is { Length: > 0 } tidy
            && !NotTheSellers.Any(w => tidy.Contains(w, StringComparison.Ordinal)) ? word.Trim() : null);

    static string Squeezed(string word) =>
        string.Concat(word.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
