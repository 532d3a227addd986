using Recourse.Rulebooks;
namespace Recourse.Ways;

/// <summary>A carrier's service.</summary>
/// <param name="MostGrams">What a parcel may weigh.</param>
/// <param name="MostLength">How long its longest side may be, in millimetres.</param>
/// <param name="MostGirth">And with what goes round the other two; null: no such limit.</param>
/// <param name="MostSum">Length, width and height together; null: no such limit.</param>
public sealed record Service(
    string Code, Carrier Carrier, bool IsTracked, int MostGrams, int MostLength, int? MostGirth, int? MostSum)
{
    /// <summary>Whether a thing is small enough for it.</summary>
    public bool Fits(Sides box) => box.Longest <= MostLength && !(box.WithGirth > MostGirth)
        && !(box.Length + box.Width + box.Height > MostSum);
}

/// <summary>Who carries.</summary>
/// <param name="Takes">Classes of goods with rules of their own that it carries all the same.</param>
/// <param name="RemoteMore">What it asks more in remote areas.</param>
/// <param name="RemoteDays">How many business days more it takes there.</param>
public sealed record Carrier(string Code, ImmutableArray<string> Takes, Ratio RemoteMore, int RemoteDays);

/// <summary>Where somebody doesn't carry at this time.</summary>
/// <param name="Carriers">Empty: nobody does.</param>
/// <param name="From">Countries; empty: from anywhere.</param>
/// <param name="To">Countries.</param>
/// <param name="Reason">A word for why.</param>
/// <param name="Until">The last day on which it is so; null: nobody knows.</param>
public sealed record ClosedLane(
    ImmutableArray<string> Carriers, ImmutableArray<string> From, ImmutableArray<string> To, string Reason,
    LocalDate? Until)
{
    /// <summary>Whether a carrier doesn't go from there to there on that day.</summary>
    public bool Closes(string? carrier, string? from, string to, LocalDate day) =>
        To.Contains(to) && (From.IsEmpty || from is not null && From.Contains(from))
        && (Carriers.IsEmpty || carrier is not null && Carriers.Contains(carrier)) && !(day > Until);
}

/// <summary>A part of a country that takes longer to reach.</summary>
public sealed record RemoteArea(string Code, string Country, ImmutableArray<Postcodes> Postcodes);

/// <summary>The rulebook's section on ways to send things.</summary>
/// <param name="UnnamedRemoteDays">How many business days more it takes far out where no carrier is named.</param>
public sealed record ShippingRules(
    ImmutableSortedDictionary<string, Carrier> Carriers, ImmutableSortedDictionary<string, Service> Services,
    ImmutableArray<RemoteArea> Remote, ImmutableArray<ClosedLane> Closed, int UnnamedRemoteDays) : IRules
{
    const int HeaviestGrams = 2_000_000, LongestSide = 20_000;

    /// <summary>Of editions from before there were any.</summary>
    public static readonly ShippingRules Before = new(
        ImmutableSortedDictionary<string, Carrier>.Empty, ImmutableSortedDictionary<string, Service>.Empty, [], [], 0);

    /// <summary>The remote area that a postcode is in; null: none.</summary>
    public string? AreaOf(string country, string? postcode)
    {
        if (string.IsNullOrEmpty(postcode)) return null;
        var tidy = Postcodes.Tidy(postcode);
        foreach (var area in Remote)
            if (area.Country == country && area.Postcodes.Any(p => p.HasTidy(tidy))) return area.Code;
        return null;
    }

    /// <summary>The lane that keeps a service from going there; null: none does.</summary>
    public ClosedLane? LaneOf(string? service, ParcelPlan parcel, Instant at)
    {
        var carrier = service is null ? null : Services.GetValueOrDefault(service)?.Carrier.Code;
        foreach (var lane in Closed)
            if (lane.Closes(carrier, parcel.From, parcel.To, at.InUtc().Date)) return lane;
        return null;
    }

    /// <summary>What keeps a service from carrying a parcel; null: nothing, or it isn't known any more.</summary>
    public Obstacle? ObstacleTo(string? service, ParcelPlan parcel, Instant at)
    {
        if (LaneOf(service, parcel, at) is not null) return Obstacle.Closed;
        if (service is null || !Services.TryGetValue(service, out var s)) return null;
        if (parcel.Goods.Any(g => !s.Carrier.Takes.Contains(g))) return Obstacle.GoodsNotTaken;
        if (parcel.Largest is { } box && !s.Fits(box)) return Obstacle.TooLarge;
        return parcel.Grams > s.MostGrams ? Obstacle.TooHeavy : null;
    }

    /// <summary>An option as it is in a remote area, or elsewhere.</summary>
    public Way WayOf(ShippingOption option, string? area)
    {
        var carrier = Services.GetValueOrDefault(option.Service)?.Carrier;
        if (area is null || carrier is null)
            return new(option.Service, option.PerUnit, Money.Zero(option.PerUnit.Currency), option.FromDays,
                option.ToDays);
        return new(option.Service, option.PerUnit, Payable(carrier.RemoteMore.Of(option.PerUnit, Rounding.HalfToEven)),
            option.FromDays + carrier.RemoteDays, option.ToDays + carrier.RemoteDays);
    }

    // Card networks take the third decimal of a dinar or rial only as 0.
    static Money Payable(Money more) =>
        more.Currency.Decimals == 3 ? more with { Minor = (more.Minor + 9) / 10 * 10 } : more;

    /// <summary>Reads the section <c>shipping</c>.</summary>
    public static ShippingRules Read(RuleReader section)
    {
        var carriers = ImmutableSortedDictionary.CreateBuilder<string, Carrier>(StringComparer.Ordinal);
        var services = ImmutableSortedDictionary.CreateBuilder<string, Service>(StringComparer.Ordinal);
        foreach (var (code, map) in Each(section.Map("carriers")))
        {
            var carrier = carriers[code] = new(
                code, map.Texts("takes"), map.Percent("remoteMore"), map.Number("remoteDays", 0, 60));
            foreach (var (name, s) in Each(map.Map("services")))
            {
                if (services.ContainsKey(name)) s.Fault(name, "Another carrier's service has that name.");
                services[name] = new(
                    name, carrier, s.One("tracked", YesOrNo), s.Number("mostGrams", 1, HeaviestGrams),
                    s.Number("mostLength", 1, LongestSide), Number(s, "mostGirth"), Number(s, "mostSum"));
                s.Done();
            }
            map.Done();
        }
        var rules = new ShippingRules(
            carriers.ToImmutable(), services.ToImmutable(),
            [.. Each(section.Map("remote")).Select(a => ReadArea(a.Code, a.Map))],
            [.. Each(section.Map("closed")).Select(l => ReadLane(l.Map, carriers.Keys))],
            section.Number("unnamedRemoteDays", 0, 60));
        section.Done();
        return rules;
    }

    static int? Number(RuleReader map, string name) => map.Has(name) ? map.Number(name, 1, 5 * LongestSide) : null;

    static RemoteArea ReadArea(string code, RuleReader map)
    {
        var area = new RemoteArea(code, CountryIn(map, map.Text("country"), "country"), map.Each(
            "postcodes", Postcodes.Read, "the beginning of a postcode such as 995, HS or AB31, or a range of them"));
        map.Done();
        return area;
    }

    static ClosedLane ReadLane(RuleReader map, IEnumerable<string> carriers)
    {
        var by = map.Has("carriers") ? map.Texts("carriers") : [];
        foreach (var unknown in by.Except(carriers)) map.Fault("carriers", $"There is no carrier {unknown}.");
        var lane = new ClosedLane(
            by, CountriesIn(map, "from"), CountriesIn(map, "to"), map.Text("reason"),
            map.Has("until") ? map.Day("until") : null);
        map.Done();
        return lane;
    }

    static ImmutableArray<string> CountriesIn(RuleReader map, string name) =>
        map.Has(name) ? [.. map.Texts(name).Select(c => CountryIn(map, c, name))] : [];

    /// <summary>A country, or a fault.</summary>
    internal static string CountryIn(RuleReader map, string text, string name)
    {
        if (text is not "" && !Countries.Has(text)) map.Fault(name, $"\"{text}\" must be a country such as BR.");
        return text;
    }

    /// <summary>The maps under names that are codes.</summary>
    internal static IEnumerable<(string Code, RuleReader Map)> Each(RuleReader section)
    {
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (!Derived.IsCode(code)) section.Fault(code, "Must be a code such as post-parcel.");
            yield return (code, section.Map(code));
        }
        section.Done();
    }

    internal static readonly ImmutableArray<(string, bool)> YesOrNo = [("yes", true), ("no", false)];
}
