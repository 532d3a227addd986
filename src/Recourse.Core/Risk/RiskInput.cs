using System.Collections.Frozen;
using System.Globalization;
namespace Recourse.Risk;

/// <summary>A fact under the name by which rules ask for it.</summary>
/// <param name="IsTruth">It is yes or no, and not a number.</param>
/// <param name="SeenBy">Whom a statement tells it: what would teach frauds, or is about others, only staff.</param>
/// <param name="Of">Its value; 1: yes, 0: no.</param>
public sealed record RiskInput(string Name, bool IsTruth, Party SeenBy, Func<RiskFacts, long> Of)
{
    /// <summary>What a learned model says, as rules know it; 0 where there is none.</summary>
    public const string ModelScore = "model.score";

    const Party Told = Party.Buyer | Party.Staff;
    const long UnknownAge = 3_153_600_000;             // a hundred years: nobody is new for want of a date
    const int AsUsual = 100;

    static readonly ImmutableArray<(string Span, Func<Recent, int> Of)> Spans =
        [("1h", r => r.Hour), ("24h", r => r.Day), ("7d", r => r.Week), ("30d", r => r.Month)];

    /// <summary>All that rules can ask for. The spans of a count stand together, the shortest first.</summary>
    public static readonly ImmutableArray<RiskInput> All =
    [
        new("account.ageSeconds", false, Party.Staff, f => f.Account.AgeSeconds ?? UnknownAge),
        .. Counted("account.purchases", Told, f => f.Account.Purchases),
        .. Counted("account.cards", Party.Staff, f => f.Account.Cards),
        new("account.honestOrders", false, Told, f => f.Account.HonestOrders),
        new("account.nonPayments", false, Told, f => f.Account.NonPayments),
        new("account.placedThenCancelled", false, Told, f => f.Account.PlacedThenCancelled),
        .. Counted("account.declines", Party.Staff, f => f.Account.Declines ?? default),
        .. Counted("account.hardDeclines", Party.Staff, f => f.Account.HardDeclines ?? default),
        new("purchase.amountPercent", false, Told, f => f.Purchase.AmountPercent ?? AsUsual),
        new("purchase.disposableMail", true, Party.Staff, f => f.Purchase.DisposableMail ? 1 : 0),
        new("purchase.countryConflicts", false, Told, f => f.Purchase.CountryConflicts),
        new("purchase.cardElsewhere", true, Party.Staff, f => f.Purchase.CardElsewhere ? 1 : 0),
        new("purchase.cardPrepaid", true, Party.Staff, f => f.Purchase.CardPrepaid ? 1 : 0),
        .. Linked("device", f => f.Device),
        .. Linked("ip", f => f.Ip),
        .. Linked("card", f => f.Card),
        .. Counted("card.declines", Party.Staff, f => f.Card?.Declines ?? default),
        .. Linked("address", f => f.Address),
        new(ModelScore, false, Party.Staff, f => f.Model?.Score ?? 0),
    ];

    static readonly FrozenDictionary<string, int> Places =
        All.Index().ToFrozenDictionary(i => i.Item.Name, i => i.Index, StringComparer.Ordinal);

    /// <summary>Whether a fact is about the IP address, which says little: many people share one.</summary>
    public static bool IsOfIp(string name) => name.StartsWith("ip.", StringComparison.Ordinal);

    /// <summary>
    /// Whether a learned model may look at it: not at what a model said, and not at the IP address, so that a shared
    /// one adds nothing to a model's score.
    /// </summary>
    public static bool IsLearnedFrom(string name) => !IsOfIp(name) && name is not ModelScore;

    /// <summary>Its place in <see cref="All"/>; null: there is no such fact.</summary>
    public static int? PlaceOf(string name) => Places.TryGetValue(name, out var place) ? place : null;

    /// <summary>Every fact's value, in the order of <see cref="All"/>.</summary>
    public static ImmutableArray<long> ValuesOf(RiskFacts facts) => [.. All.Select(i => i.Of(facts))];

    /// <summary>A value as rulebooks write it, e.g. <c>device.accounts24h=3</c>; null: it is none.</summary>
    public static RiskValue? Read(string text) =>
        text.Split('=') is [var name, var value] && PlaceOf(name) is { } place
            && (All[place].IsTruth ? Truth(value) : Number(value)) is { } number ? new(name, number) : null;

    /// <summary>
    /// Ordinary values but for those that are given; who is given three purchases in an hour has at least three in a
    /// day.
    /// </summary>
    public static ImmutableArray<long> ValuesOf(ImmutableArray<RiskValue> given)
    {
        var values = ValuesOf(RiskFacts.Ordinary).ToBuilder();
        var isGiven = new bool[values.Count];
        foreach (var value in given)
        {
            var place = PlaceOf(value.Name) ?? throw new ArgumentException(value.Name, nameof(given));
            (values[place], isGiven[place]) = (value.Value, true);
        }
        for (var i = 1; i < values.Count; i++)
            if (!isGiven[i] && StemOf(All[i].Name) is { } stem && stem == StemOf(All[i - 1].Name))
                values[i] = Math.Max(values[i], values[i - 1]);
        return values.MoveToImmutable();
    }

    static string? StemOf(string name)
    {
        foreach (var (span, _) in Spans)
            if (name.EndsWith(span, StringComparison.Ordinal)) return name[..^span.Length];
        return null;
    }

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    static long? Truth(string text) => text switch { "true" => 1, "false" => 0, _ => null };

    static IEnumerable<RiskInput> Linked(string name, Func<RiskFacts, LinkFacts?> of) =>
    [
        .. Counted($"{name}.purchases", Party.Staff, f => of(f)?.Purchases ?? default),
        .. Counted($"{name}.accounts", Party.Staff, f => of(f)?.Accounts ?? default),
    ];

    static IEnumerable<RiskInput> Counted(string name, Party seenBy, Func<RiskFacts, Recent> of) =>
        Spans.Select(s => new RiskInput($"{name}{s.Span}", false, seenBy, f => s.Of(of(f))));
}
