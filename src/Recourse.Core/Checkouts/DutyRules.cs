using System.Globalization;
using Recourse.Rulebooks;
namespace Recourse.Checkouts;

/// <summary>What is due on what comes into a country, up to a value.</summary>
/// <param name="UpTo">What the band goes to; null: any value.</param>
/// <param name="OfAll">Whether the value is that of goods and shipping; false: of the goods alone.</param>
/// <param name="Duty">Of goods and shipping.</param>
/// <param name="Less">So much less of it, but never less than nothing.</param>
/// <param name="Tax">Of goods, shipping and duty.</param>
/// <param name="IsWithin">Whether the tax is part of what it is reckoned of, as Brazil's ICMS.</param>
/// <param name="IsPrepaid">Whether the price has it in it already.</param>
/// <param name="IsWhole">Whether nothing else may be due; false: a duty by the goods' tariff may be.</param>
/// <param name="TaxIn">The tax of states that take another, by their code, as Brazil's; null: none does.</param>
public sealed record DutyBand(
    Money? UpTo, bool OfAll, Ratio Duty, Money Less, Ratio Tax, bool IsWithin, bool IsPrepaid, bool IsWhole,
    ImmutableSortedDictionary<string, Ratio>? TaxIn = null)
{
    /// <summary>The tax there.</summary>
    /// <param name="region">The state's code; null: it isn't known, or there are none.</param>
    public Ratio TaxOf(string? region) =>
        region is not null && TaxIn is not null && TaxIn.TryGetValue(region, out var own) ? own : Tax;
}

/// <summary>The rulebook on what is due at borders.</summary>
/// <param name="Unions">Countries between which nothing is.</param>
/// <param name="To">Bands by destination, the lowest first.</param>
public sealed record DutyRules(
    ImmutableArray<ImmutableArray<string>> Unions, ImmutableSortedDictionary<string, ImmutableArray<DutyBand>> To)
{
    /// <summary>Whether a country's states take different taxes.</summary>
    public bool IsByState(string country) =>
        To.TryGetValue(country, out var bands) && bands.Any(b => b.TaxIn is not null);

    /// <summary>Whether something may be due at all between two countries.</summary>
    public bool IsBorder(string from, string to) =>
        from != to && !Unions.Any(u => u.Contains(from) && u.Contains(to));

    /// <summary>Reads the map <c>duties</c>.</summary>
    public static DutyRules Read(RuleReader r)
    {
        var (unions, groups) = (r.Map("unions"), r.Map("to"));
        var named = unions.Names.Distinct().ToDictionary(n => n, unions.Texts);
        foreach (var (name, members) in named)
            foreach (var odd in members.Where(m => !Countries.Has(m)))
                unions.Fault(name, $"\"{odd}\" must be a country such as DE.");
        unions.Done();
        var to = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<DutyBand>>(StringComparer.Ordinal);
        foreach (var country in groups.Names.Distinct().ToList())
        {
            if (!Countries.Has(country)) groups.Fault(country, "Must be a country such as GB.");
            var bands = groups.Map(country);
            to[country] = [.. bands.Names.Distinct().ToList().Select(b => ReadBand(bands.Map(b)))];
            bands.Done();
        }
        groups.Done();
        r.Done();
        return new([.. named.Values], to.ToImmutable());
    }

    static readonly ImmutableArray<(string, bool)> YesOrNo = [("no", false), ("yes", true)],
        Ofs = [("goods", false), ("goods-and-shipping", true)];

    static DutyBand ReadBand(RuleReader r)
    {
        var upTo = r.Has("upTo") ? ReadMoney(r, "upTo") : (Money?)null;
        var currency = upTo?.Currency ?? Currency.Eur;
        var band = new DutyBand(
            upTo, r.Has("of") && r.One("of", Ofs),
            r.Has("duty") ? r.Percent("duty") : new(0, 1), r.Has("less") ? ReadMoney(r, "less") : new(0, currency),
            r.Percent("tax"), r.Has("taxWithin") && r.One("taxWithin", YesOrNo),
            r.Has("prepaid") && r.One("prepaid", YesOrNo), !r.Has("whole") || r.One("whole", YesOrNo),
            r.Has("taxIn") ? ReadStates(r.Map("taxIn")) : null);
        r.Done();
        return band;
    }

    static ImmutableSortedDictionary<string, Ratio> ReadStates(RuleReader r)
    {
        var taxes = r.Names.Distinct().ToList()
            .ToImmutableSortedDictionary(state => state, r.Percent, StringComparer.Ordinal);
        r.Done();
        return taxes;
    }

    static Money ReadMoney(RuleReader r, string name)
    {
        var text = r.Text(name);
        if (text.Split(' ') is [var amount, var code] && Currency.TryParse(code, out var currency)
            && long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            && whole <= 1_000_000_000)
        {
            for (var i = 0; i < currency.Decimals; i++) whole *= 10;
            return new(whole, currency);
        }
        if (text is not "") r.Fault(name, $"\"{text}\" must be a whole amount such as 135 GBP.");
        return new(1, Currency.Eur);
    }
}
