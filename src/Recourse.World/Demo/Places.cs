namespace Recourse.World.Demo;

/// <summary>A country of the demo: what is paid with there, and how people and towns are called.</summary>
/// <param name="Prices">What a price of one euro is there, in minor units.</param>
sealed record Place(
    string Country, string Currency, int Prices, int Sellers, int Buyers, string Carrier,
    ImmutableArray<string> Cities, ImmutableArray<string> Names, ImmutableArray<string> Families);

static class Places
{
    /// <summary>The twelve, and how many in a hundred live in each.</summary>
    public static readonly ImmutableArray<Place> All =
    [
        Of("DE", "EUR", 100, 14, 15, "dhl", "Berlin Hamburg Leipzig Köln", "Lena Jonas Mia Paul Emma Felix Greta Emil",
            "Schmidt Weber Vogel Krause"),
        Of("PT", "EUR", 100, 8, 10, "dhl", "Lisbon Porto Braga Faro", "Ana Tiago Rita João Inês Duarte Marta Rui",
            "Silva Costa Sousa Pinto"),
        Of("FR", "EUR", 100, 8, 10, "dhl", "Paris Lyon Nantes Lille", "Chloé Hugo Jeanne Louis Manon Jules Zoé Léo",
            "Martin Bernard Petit Moreau"),
        Of("ES", "EUR", 100, 6, 8, "dhl", "Madrid Sevilla Bilbao València", "Lucía Pablo Carmen Diego Elena Marcos",
            "García Ruiz Navarro Torres"),
        Of("IT", "EUR", 100, 6, 7, "dhl", "Milan Rome Turin Bologna", "Giulia Marco Sofia Luca Chiara Matteo",
            "Rossi Bianchi Conti Greco"),
        Of("NL", "EUR", 100, 4, 5, "dhl", "Amsterdam Utrecht Rotterdam", "Sanne Daan Fleur Bram Lotte Sem",
            "Jansen Visser Bakker Smit"),
        Of("IE", "EUR", 100, 4, 4, "dhl", "Dublin Cork Galway", "Aoife Seán Niamh Conor Ciara Oisín",
            "Murphy Byrne Kelly Walsh"),
        Of("US", "USD", 110, 18, 16, "ups", "Austin Portland Boston Chicago", "Grace Noah Ruby Owen Hazel Miles Nora",
            "Carter Brooks Reed Hayes"),
        Of("AE", "USD", 110, 4, 3, "aramex", "Dubai Sharjah", "Noura Omar Mariam Khalid", "Haddad Mansour Saleh"),
        Of("BR", "BRL", 600, 16, 13, "correios", "Curitiba Recife Salvador Campinas",
            "Bia Caio Luiza Davi Clara Enzo Júlia Mateus", "Souza Lima Barbosa Rocha"),
        Of("JP", "JPY", 160, 9, 6, "yamato", "Tokyo Osaka Kyoto Sapporo", "Yui Ren Hana Sora Aoi Haruto",
            "Tanaka Mori Ishida Hayashi"),
        Of("KW", "KWD", 330, 3, 3, "aramex", "Kuwait Hawalli", "Fatima Yousef Dalal Bader", "Sabah Rashid Qasim"),
    ];

    static Place Of(
        string country, string currency, int prices, int sellers, int buyers, string carrier, string cities,
        string names, string families) => new(
        country, currency, prices, sellers, buyers, carrier, Split(cities), Split(names), Split(families));

    static ImmutableArray<string> Split(string words) => [.. words.Split(' ')];

    /// <summary>The carriers, and where most of their depots are.</summary>
    public static readonly ImmutableArray<(string Code, string Place)> Carriers =
        [("dhl", "Leipzig"), ("ups", "Louisville"), ("correios", "Curitiba"), ("yamato", "Tokyo"), ("aramex", "Dubai")];

    /// <summary>What is sold, by category, and what it costs in euros at least and at most.</summary>
    public static readonly ImmutableArray<(string Category, int From, int To, ImmutableArray<string> Things)> Goods =
    [
        ("kitchen", 8, 60, ["mug", "teapot", "bread knife", "salad bowl", "pepper mill", "cake tin", "carafe"]),
        ("home", 12, 140, ["lamp", "cushion", "wool blanket", "wall clock", "candle holder", "doormat", "mirror"]),
        ("clothes", 15, 120, ["scarf", "rain jacket", "linen shirt", "wool socks", "cap", "jumper", "apron"]),
        ("toys", 6, 70, ["wooden train", "puzzle", "kite", "spinning top", "building blocks", "plush bear"]),
        ("sport", 10, 160, ["yoga mat", "water bottle", "climbing rope", "bicycle bell", "head torch", "rucksack"]),
        ("paper", 4, 35, ["notebook", "fountain pen", "calendar", "drawing set", "map", "card game"]),
        ("garden", 7, 90, ["watering can", "herb pots", "pruning shears", "bird feeder", "seed box", "hammock"]),
        ("music", 9, 180, ["ukulele", "kalimba", "music stand", "metronome", "harmonica", "headphones"]),
    ];

    /// <summary>What clinics want in hundreds, and what one costs.</summary>
    public static readonly ImmutableArray<(string Title, int Cents)> Supplies =
        [("Face masks, box of 50", 6_90), ("Nitrile gloves, box of 100", 8_50), ("Bandages, set of 20", 11_20)];

    static readonly Dictionary<string, string> Ruled = new(StringComparer.Ordinal)
    {
        ["bread knife"] = "knives", ["pruning shears"] = "knives", ["head torch"] = "batteries-in-equipment",
        ["headphones"] = "batteries-in-equipment", ["metronome"] = "batteries-in-equipment", ["herb pots"] = "plants",
    };

    /// <summary>The class of goods with rules of its own that a thing is of; null: none.</summary>
    public static string? GoodsIn(string thing) => Ruled.GetValueOrDefault(thing);

    /// <summary>Services within a country, with business days; each carrier has its limits.</summary>
    public static ImmutableArray<(string Service, int From, int To)> WaysWithin(Place place) => place.Carrier switch
    {
        "dhl"      => [("post-packet-tracked", 2, 5), ("dhl-parcel", 1, 3)],
        "ups"      => [("post-packet-tracked", 3, 6), ("ups-standard", 2, 4)],
        "correios" => [("correios-pac", 5, 10), ("correios-sedex", 2, 4)],
        "yamato"   => [("post-packet-tracked", 2, 4), ("yamato-takkyubin", 1, 2)],
        _          => [("post-packet-tracked", 4, 9), ("dhl-express", 1, 3)],
    };

    /// <summary>The same from one country to another.</summary>
    public static readonly ImmutableArray<(string Service, int From, int To)> WaysAbroad =
        [("post-packet-tracked", 6, 14), ("post-parcel", 5, 12), ("dhl-express", 1, 4)];

    /// <summary>What they are like.</summary>
    public static readonly ImmutableArray<string> Kinds =
        ["Everyday", "Little", "Harbour", "Morning", "Sturdy", "Quiet", "Northern", "Summer", "Old-town", "Plain",
         "Travelling", "Sunday", "Meadow", "Studio"];

    /// <summary>In which colours.</summary>
    public static readonly ImmutableArray<string> Colours = ["sand", "ink", "moss", "brick", "snow"];

    /// <summary>How shops are called.</summary>
    public static readonly ImmutableArray<string> Shops =
        ["Corner", "Lantern", "Harbour", "Oak", "Blue Door", "Paper", "Kiln", "North", "Garden", "Loom", "Copper",
         "Hill", "Bridge", "Fig", "Sail", "Clay"];
}
