using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Orders;
using Recourse.Ways;
namespace Recourse.World.Demo;

/// <summary>Someone of the demo.</summary>
/// <param name="Name">What they are called: a shop, or a person's first name.</param>
public sealed record Resident(string Code, string Name, string City, string Country);

/// <summary>Who lives in a demo and what they sell: a pure function of its plan.</summary>
public sealed class DemoWorld
{
    readonly Dictionary<string, Resident> _buyers = [], _sellers = [];
    readonly Dictionary<string, Address> _homes = [];
    readonly List<string> _clinics = [];
    readonly Dictionary<string, ImmutableArray<(ListingId Id, Offer Offer)>> _wares = [];

    /// <summary>What its people show of themselves: one pixel. Whoever looks at it there decides by chance.</summary>
    public static readonly byte[] Passport = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A warehouse of what clinics want in hundreds.</summary>
    public static readonly SellerId Depot = new("medical-hamburg");

    readonly Func<string, string, Picture>? _draw;

    /// <summary>The world of a plan.</summary>
    /// <param name="draw">A picture of a thing in a colour; null: what is sold has none.</param>
    public DemoWorld(DemoPlan plan, Func<string, string, Picture>? draw = null)
    {
        (Plan, _draw) = (plan, draw);
        var chance = new Random(plan.Seed);
        foreach (var (place, n) in Shared(plan.Sellers, p => p.Sellers)) AddSeller(chance, place, n);
        foreach (var (place, n) in Shared(plan.Buyers, p => p.Buyers)) AddBuyer(chance, place, n);
        AddDepot();
        AddClinic(chance, "clinic-porto", "Clínica do Porto", "Porto", "PT");
        AddClinic(chance, "clinic-lyon", "Clinique de Lyon", "Lyon", "FR");
        Zones = _wares.SelectMany(w => w.Value)
            .GroupBy(w => w.Offer.Variants[0].Price.Currency.Code)
            .ToDictionary(g => g.Key, g => g.Select(w => w.Id).OrderBy(_ => chance.Next()).ToImmutableArray());
    }

    /// <summary>How large it is.</summary>
    public DemoPlan Plan { get; }

    /// <summary>Those who buy, by code.</summary>
    public IReadOnlyDictionary<string, Resident> Buyers => _buyers;

    /// <summary>Those who sell, by code.</summary>
    public IReadOnlyDictionary<string, Resident> Sellers => _sellers;

    /// <summary>What is sold in a currency, what people like best first.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<ListingId>> Zones { get; }

    /// <summary>Where a buyer lives.</summary>
    public Address HomeOf(string buyer) => _homes[buyer];

    /// <summary>Those of the buyers who want hundreds at times.</summary>
    public IReadOnlyList<string> Clinics => _clinics;

    /// <summary>What a seller opens with.</summary>
    public ImmutableArray<(ListingId Id, Offer Offer)> WaresOf(string seller) => _wares[seller];

    /// <summary>What is paid with in a country.</summary>
    public static string CurrencyOf(string country) => Find(country).Currency;

    /// <summary>Who carries there.</summary>
    public static string CarrierOf(string country) => Find(country).Carrier;

    static Place Find(string country) => Places.All.First(p => p.Country == country);

    /// <summary>Everybody gets at least one, and the greatest remainders the rest.</summary>
    static IEnumerable<(Place Place, int Number)> Shared(int all, Func<Place, int> weight)
    {
        var sum = Places.All.Sum(weight);
        var counts = Places.All.Select(p => Math.Max(1, all * weight(p) / sum)).ToArray();
        for (var i = 0; counts.Sum() < all; i = (i + 1) % counts.Length) counts[i]++;
        var number = 0;
        foreach (var (place, count) in Places.All.Zip(counts))
            for (var i = 0; i < count && number < all; i++) yield return (place, ++number);
    }

    static T Pick<T>(Random chance, ImmutableArray<T> all) => all[chance.Next(all.Length)];

    void AddBuyer(Random chance, Place place, int number)
    {
        var (name, city) = (Pick(chance, place.Names), Pick(chance, place.Cities));
        var code = $"{Plain(name)}-{number}";
        _buyers[code] = new(code, name, city, place.Country);
        _homes[code] = Homes.Of(chance, $"{name} {Pick(chance, place.Families)}", city, place.Country);
    }

    void AddSeller(Random chance, Place place, int number)
    {
        var shop = Places.Shops[number % Places.Shops.Length];
        var (sort, city) = (Places.Goods[number % Places.Goods.Length], Pick(chance, place.Cities));
        var code = $"{Plain(shop)}-{Plain(city)}-{number}";
        var name = $"{shop} {char.ToUpperInvariant(sort.Category[0])}{sort.Category[1..]}";
        _sellers[code] = new(code, NameOf(name, city, number), city, place.Country);
        var id = new SellerId(code);
        var count = Plan.Listings / Plan.Sellers + (number <= Plan.Listings % Plan.Sellers ? 1 : 0);
        _wares[code] = [.. Enumerable.Range(1, count).Select(n =>
            (new ListingId(id, $"item-{n}"),
                Shown(Offer(chance, place, sort, n, namesWays: number % 3 == 0), sort, n)))];
    }

    void AddDepot()
    {
        var place = Find("DE");
        _sellers[Depot.Code] = new(Depot.Code, "Hamburg Medical Supplies", "Hamburg", place.Country);
        _wares[Depot.Code] = [.. Places.Supplies.Select((s, n) => (new ListingId(Depot, $"item-{n + 1}"), new Offer(
            s.Title, "care",
            [new(new(Plain(s.Title.Split(',')[0])), "white", new(s.Cents, Currency.Eur))], place.Country,
            [.. Neighbours(place).Select(p => new Destination(p.Country, new(p == place ? 10 : 20, Currency.Eur)))])))];
    }

    void AddClinic(Random chance, string code, string name, string city, string country)
    {
        _clinics.Add(code);
        _buyers[code] = new(code, name, city, country);
        _homes[code] = Homes.Of(chance, name, city, country);
    }

    static IEnumerable<Place> Neighbours(Place place) => Places.All.Where(p => p.Currency == place.Currency);

    /// <summary>A name that no other shop has.</summary>
    string NameOf(string name, string city, int number) => ((string[])[name, $"{name} {city}", $"{name} {number}"])
        .First(n => _sellers.Values.All(s => s.Name != n));

    static Offer Offer(
        Random chance, Place place, (string Category, int From, int To, ImmutableArray<string> Things) sort, int n,
        bool namesWays)
    {
        var currency = Currency.Of(place.Currency);
        var thing = sort.Things[n % sort.Things.Length];
        var tenths = chance.Next(sort.From * 10, sort.To * 10);
        var (price, peg) = (Cost(tenths, place, currency), n % 3 == 0 ? PegOf(chance, tenths, currency) : null);
        ImmutableArray<Variant> variants = [.. Places.Colours.OrderBy(_ => chance.Next()).Take(chance.Next(1, 4))
            .Select(c => new Variant(new($"{Plain(thing)}-{n}-{c}"), c, price, peg))];
        var goods = Places.GoodsIn(thing);
        var unit = namesWays ? new Measures(chance.Next(2, 20) * 100, n % 2 == 0 ? new(300, 200, 120) : null) : null;
        return new($"{Places.Kinds[n / sort.Things.Length % Places.Kinds.Length]} {thing}", sort.Category, variants,
            place.Country, [.. Neighbours(place).Select(p => To(chance, place, p, namesWays && goods is not "plants"))],
            unit, goods is null ? null : [goods]);
    }

    /// <summary>Some shops tell and show everything of a thing, and some forget.</summary>
    Offer Shown(
        Offer offer, (string Category, int From, int To, ImmutableArray<string> Things) sort, int n)
    {
        var (thing, colours) = (sort.Things[n % sort.Things.Length], offer.Variants.Select(v => v.Title));
        return offer with
        {
            Description = n % 5 == 4 ? null : Told.Of(sort.Category, thing, colours),
            Specs = n % 7 == 3 ? null : Told.SpecsOf(sort.Category, thing),
            Unit = offer.Unit ?? (n % 4 == 1 ? null : Told.MeasuresOf(thing)),
            Pictures = _draw is null || n % 9 == 8 ? null : [.. colours.Take(2).Select(c => _draw(thing, c))],
        };
    }

    /// <summary>In the seller's own way, or in named ones: the faster, the dearer.</summary>
    static Destination To(Random chance, Place place, Place to, bool namesWays)
    {
        var currency = Currency.Of(place.Currency);
        var tenths = to == place ? chance.Next(20, 50) : chance.Next(50, 150);
        ImmutableArray<ShippingOption> ways = !namesWays ? []
            : [.. (to == place ? Places.WaysWithin(place) : Places.WaysAbroad).Select((w, nth) => new ShippingOption(
                w.Service, Cost(tenths * (2 + nth) / 2, place, currency), w.From, w.To))];
        return new(to.Country, Cost(tenths, place, currency), ways.IsEmpty ? null : ways);
    }

    /// <summary>Where another currency than the euro is paid, some prices follow it.</summary>
    static Peg? PegOf(Random chance, int tenths, Currency currency) => currency.Code is not ("USD" or "JPY" or "KWD")
        ? null
        : new(new(tenths * 10, Currency.Eur), chance.Next(20, 120), currency.Code switch
        {
            "USD" => new(100, 99),
            "KWD" => new(10, 0),
            _     => PriceEnding.Whole,
        });

    // Of a dinar cards take two decimals only.
    static Money Cost(int tenths, Place place, Currency currency) =>
        new(Math.Max(10, tenths * (long)place.Prices / 10 / 10 * 10), currency);

    /// <summary>As codes are spelled.</summary>
    static string Plain(string name) => string.Concat(
        name.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant()
            .Select(c => c is ' ' ? '-' : c).Where(c => c is (>= 'a' and <= 'z') or '-'));
}
