using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recourse.Catalog;
namespace Recourse.Adapters.Addresses;

/// <summary>How addresses are written everywhere; a country is read when it is first asked for.</summary>
/// <remarks>
/// Source: google/libaddressinput at e20690c, <c>countryinfo.txt</c> (Apache 2.0): a line for each place,
/// <c>data/BR/SP={json}</c>; what a country leaves out is as in <c>data/ZZ</c>. The source is older than some
/// postcodes: see <see cref="Newer"/>.
/// </remarks>
public static class AddressFormats
{
    // Who hasn't said a country yet may write all that there is.
    const string Resource = "addresses/countryinfo.txt", None = "ZZ", AllOfIt = "%N%A%C%S%Z";
    static readonly ConcurrentDictionary<string, AddressFormat> Read = [];
    static readonly ConcurrentDictionary<string, ImmutableArray<string>> Towns = [];
    static readonly Lazy<Dictionary<string, (int From, int Length)>> Places = new(Find);
    static readonly Lazy<byte[]> Text = new(Load);

    /// <summary>Postcodes that are newer than the source, and one that exists.</summary>
    static readonly Dictionary<string, (string Form, string Example)> Newer = new()
    {
        ["IE"] = (@"[AC-FHKNPRTV-Y]\d[\dW][ ]?[\dAC-FHKNPRTV-Y]{4}", "D02 AF30"),     // Eircode, since July 2015
        ["KR"] = (@"\d{5}", "03051"),                                                // Korea Post, since August 2015
        ["TW"] = (@"\d{3}(?:[\- ]?\d{2,3})?", "104"),                                // Chunghwa Post, 3+3 since 2020
        ["VN"] = (@"\d{5}\d?", "10000"),                                             // five digits since 2018
    };

    /// <summary>How a country's addresses are written; of one that isn't known, with all that there can be.</summary>
    public static AddressFormat Of(string country) => Read.GetOrAdd(Countries.Has(country) ? country : None, Parse);

    /// <summary>The towns of a region that are all known; empty: they aren't.</summary>
    public static ImmutableArray<string> TownsOf(string country, Region region) =>
        Towns.GetOrAdd($"data/{country}/{region.Key}", path => Strings(Place(path), "sub_keys")
            .AddRange(Strings(Place(path), "sub_lnames")));

    static byte[] Load()
    {
        using var from = typeof(AddressFormats).Assembly.GetManifestResourceStream(Resource)!;
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }

    // Where each line's JSON stands: parsing eleven thousand of them would cost every start.
    static Dictionary<string, (int, int)> Find()
    {
        var found = new Dictionary<string, (int, int)>();
        var text = Text.Value;
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOf((byte)'\n');
            if (length < 0) length = text.Length - at;
            var line = text.AsSpan(at, length);
            var sign = line.IndexOf((byte)'=');
            if (sign > 0 && line.StartsWith("data/"u8))
                found[Encoding.UTF8.GetString(line[..sign])] = (at + sign + 1, length - sign - 1);
            at += length + 1;
        }
        return found;
    }

    static JsonElement Place(string path)
    {
        if (!Places.Value.TryGetValue(path, out var place)) return default;
        using var json = JsonDocument.Parse(Text.Value.AsMemory(place.From, place.Length));
        return json.RootElement.Clone();
    }

    static AddressFormat Parse(string country)
    {
        var (own, other) = (Place($"data/{country}"), Place("data/ZZ"));
        var form = PartsOf(country is None ? AllOfIt : Word(own, "fmt") ?? Word(other, "fmt")!);
        var (postcode, examples) = Newer.TryGetValue(country, out var newer)
            ? (newer.Form, [newer.Example]) : (Word(own, "zip"), Split(Word(own, "zipex"), ','));
        if (postcode is not null && !form.Contains(AddressPart.Postcode)) form = form.Add(AddressPart.Postcode);
        var whole = Whole(postcode);
        return new(
            country, form, [AddressPart.Name, .. PartsOf("%" + string.Join('%', (Word(own, "require")
                ?? Word(other, "require")!).AsEnumerable()), all: false)],
            Word(own, "state_name_type") ?? Word(other, "state_name_type")!,
            Word(own, "zip_name_type") ?? Word(other, "zip_name_type")!,
            whole, [.. examples.Where(e => whole?.IsMatch(e) ?? false)],
            form.Contains(AddressPart.Region) ? RegionsOf(country, own) : []);
    }

    static ImmutableArray<AddressPart> PartsOf(string letters, bool all = true)
    {
        ImmutableArray<AddressPart> parts =
        [
            .. Regex.Matches(letters, "%([A-Z])").Select(m => m.Groups[1].Value[0] switch
            {
                'N' => AddressPart.Name, 'A' => AddressPart.Lines, 'D' => AddressPart.District, 'C' => AddressPart.City,
                'S' => AddressPart.Region, 'Z' => AddressPart.Postcode, _ => (AddressPart?)null,
            }).OfType<AddressPart>().Distinct(),
        ];
        return !all || parts.Contains(AddressPart.Lines) ? parts : parts.Add(AddressPart.Lines);
    }

    static ImmutableArray<Region> RegionsOf(string country, JsonElement own)
    {
        var keys = Strings(own, "sub_keys");
        var (names, latin) = (Strings(own, "sub_names"), Strings(own, "sub_lnames"));
        var (isos, zips) = (Strings(own, "sub_isoids"), Strings(own, "sub_zips"));
        return
        [
            .. keys.Select((key, i) => new Region(
                key, At(names, i) ?? key, At(latin, i), At(isos, i) ?? Word(Place($"data/{country}/{key}"), "isoid"),
                Newer.ContainsKey(country) ? null : Start(At(zips, i)))),
        ];
    }

    static string? At(ImmutableArray<string> of, int i) => i < of.Length && of[i] is not "" ? of[i] : null;

    static Regex? Whole(string? form) => form is null ? null : Compiled($"^(?:{form})$");

    static Regex? Start(string? form) => form is null ? null : Compiled($"^(?:{form})");

    // In linear time, whatever is written there: a time limit would fail a checkout on a busy machine. Where nothing
    // repeats without end (all of today's), the usual engine ends as surely, and takes a tenth of the memory.
    static Regex Compiled(string form) => new(form, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | (form.AsSpan().ContainsAny('*', '+') ? RegexOptions.NonBacktracking : RegexOptions.None));

    static string? Word(JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var word) ? word.GetString() : null;

    static ImmutableArray<string> Strings(JsonElement of, string name) => Split(Word(of, name), '~');

    static ImmutableArray<string> Split(string? text, char at) => text is null ? [] : [.. text.Split(at)];
}
