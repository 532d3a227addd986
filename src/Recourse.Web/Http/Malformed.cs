using System.Text.Json;
using System.Text.RegularExpressions;
namespace Recourse.Web;

/// <summary>What is wrong with a body, out of what the reader of JSON says.</summary>
static partial class Malformed
{
    /// <summary>Where, and what is wrong there: what isn't known is named, what isn't told is asked for.</summary>
    public static Problem Of(JsonException e)
    {
        var at = e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        if (Unknown().Match(e.Message) is { Success: true } unknown)
            return Problems.Bad("api.unknown-field", at ?? unknown.Groups[1].Value, ("name", unknown.Groups[1].Value));
        if (Missing().Match(e.Message) is { Success: true } missing)
        {
            var names = missing.Groups[1].Value.Replace("'", "").TrimEnd('.');
            return Problems.Bad("api.missing-field", Under(at, names.Split(", ")[0]), ("names", names));
        }
        return Problems.Bad("api.bad-json", at, ("line", (e.LineNumber ?? 0) + 1), ("byte", e.BytePositionInLine ?? 0));
    }

    /// <summary>Null in a list, which the reader of JSON lets through: something is missing there.</summary>
    public static Problem? OfLists(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("null"u8) < 0) return null;
        using var read = JsonDocument.Parse(json);
        return Nothing(read.RootElement, null) is { } at ? Problems.Bad("api.missing-field", at, ("names", at)) : null;
    }

    static string? Nothing(JsonElement within, string? at) => within.ValueKind switch
    {
        JsonValueKind.Object => within.EnumerateObject()
            .Select(p => Nothing(p.Value, Under(at, p.Name))).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => within.EnumerateArray()
            .Select((one, i) => one.ValueKind is JsonValueKind.Null ? $"{at}[{i}]" : Nothing(one, $"{at}[{i}]"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    static string Under(string? at, string name) => at is null ? name : $"{at}.{name}";

    [GeneratedRegex(@"^The JSON property '([^']{1,200})' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"missing required properties including: ('[\w', ]+)")]
    private static partial Regex Missing();
}
