using System.Globalization;
using Recourse.Orders;
namespace Recourse.World.Demo;

/// <summary>Where people of the demo live: addresses as the country's post delivers to them.</summary>
static class Homes
{
    /// <summary>By town: region, and a postcode with a # for each digit that is anybody's.</summary>
    static readonly Dictionary<string, (string? Region, string? Postcode)> Towns = new(StringComparer.Ordinal)
    {
        ["Berlin"] = (null, "10#15"), ["Hamburg"] = (null, "2035#"), ["Leipzig"] = (null, "041#7"),
        ["Köln"] = (null, "506#7"), ["Lisbon"] = (null, "1100-#1#"), ["Porto"] = (null, "4050-#2#"),
        ["Braga"] = (null, "4700-#3#"), ["Faro"] = (null, "8000-#1#"), ["Paris"] = (null, "7501#"),
        ["Lyon"] = (null, "6900#"), ["Nantes"] = (null, "44#00"), ["Lille"] = (null, "59#00"),
        ["Madrid"] = ("Madrid", "2801#"), ["Sevilla"] = ("Sevilla", "4100#"), ["Bilbao"] = ("Vizcaya", "4800#"),
        ["València"] = ("Valencia", "4600#"), ["Milan"] = ("MI", "2012#"), ["Rome"] = ("RM", "0018#"),
        ["Turin"] = ("TO", "1012#"), ["Bologna"] = ("BO", "4012#"), ["Amsterdam"] = (null, "101# AB"),
        ["Utrecht"] = (null, "351# CE"), ["Rotterdam"] = (null, "301# GJ"), ["Dublin"] = ("Co. Dublin", "D02 AF3#"),
        ["Cork"] = ("Co. Cork", "T12 X7#P"), ["Galway"] = ("Co. Galway", "H91 C8#D"), ["Austin"] = ("TX", "787#1"),
        ["Portland"] = ("OR", "972#1"), ["Boston"] = ("MA", "021#8"), ["Chicago"] = ("IL", "606#1"),
        ["Dubai"] = (null, null), ["Sharjah"] = (null, null), ["Curitiba"] = ("PR", "80#20-#10"),
        ["Recife"] = ("PE", "50#30-#20"), ["Salvador"] = ("BA", "40#10-#30"), ["Campinas"] = ("SP", "130#0-#40"),
        ["Tokyo"] = ("東京都", "1#0-00#4"), ["Osaka"] = ("大阪府", "53#-00#1"), ["Kyoto"] = ("京都府", "60#-80#1"),
        ["Sapporo"] = ("北海道", "06#-00#2"), ["Kuwait"] = (null, "1300#"), ["Hawalli"] = (null, "3200#"),
    };

    /// <summary>Streets, with a # for the number of the house.</summary>
    static readonly Dictionary<string, string> Streets = new(StringComparer.Ordinal)
    {
        ["DE"] = "Lindenstraße #", ["PT"] = "Rua das Flores, #", ["FR"] = "# rue du Marché", ["ES"] = "Calle Mayor, #",
        ["IT"] = "Via Garibaldi #", ["NL"] = "Kerkstraat #", ["IE"] = "# Market Street", ["US"] = "# Market Street",
        ["AE"] = "Street #, Al Wasl", ["BR"] = "Rua das Palmeiras, #", ["JP"] = "Honmachi 2-#",
        ["KW"] = "Block 3, Street #",
    };

    /// <summary>Somebody's home.</summary>
    public static Address Of(Random chance, string name, string city, string country)
    {
        var (region, postcode) = Towns[city];
        var house = chance.Next(1, 200).ToString(CultureInfo.InvariantCulture);
        return new(
            name, [Streets[country].Replace("#", house, StringComparison.Ordinal)], city, region,
            postcode is null ? null
                : string.Concat(postcode.Select(c => c == '#' ? (char)('0' + chance.Next(1, 5)) : c)),
            country, null);
    }
}
