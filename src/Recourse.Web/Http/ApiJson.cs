using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Text;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>JSON as the API speaks it: the store's rules, and stricter with what comes in.</summary>
public sealed class ApiJson
{
    /// <summary>Bound to a registry, which knows the ids.</summary>
    public ApiJson(Registry registry)
    {
        Options = StoreJson.Make(registry);
        Tighten(Options);
        Options.MakeReadOnly();
    }

    /// <summary>The options, frozen.</summary>
    public JsonSerializerOptions Options { get; }

    internal static JsonSerializerOptions Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<ApiJson>().Options;

    /// <summary>The same rules in options that the framework has made.</summary>
    public static void Apply(Registry registry, JsonSerializerOptions to)
    {
        var from = StoreJson.Make(registry);
        to.PropertyNamingPolicy = from.PropertyNamingPolicy;
        to.DefaultIgnoreCondition = from.DefaultIgnoreCondition;
        to.Encoder = from.Encoder;
        to.TypeInfoResolver = from.TypeInfoResolver;
        foreach (var converter in from.Converters) to.Converters.Add(converter);
        Tighten(to);
    }

    static void Tighten(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 24;
        for (var i = options.Converters.Count - 1; i >= 0; i--)
            if (options.Converters[i] is JsonStringEnumConverter) options.Converters.RemoveAt(i);
        options.Converters.Insert(0, new JsonStringEnumConverter(
            JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Insert(0, new MoneyConverter());
        options.Converters.Insert(0, new InstantConverter());
    }
}

/// <summary>Read with any offset, as RFC 3339 has it and other people's clients write it; written in UTC.</summary>
sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
        && OffsetDateTimePattern.Rfc3339.Parse(reader.GetString()!).TryGetValue(default, out var at)
            ? at.ToInstant()
            : throw new JsonException("Needs an instant such as 2026-03-01T12:00:00Z.");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}

/// <summary>An amount is exactly two fields; half of one would be none.</summary>
sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("Needs minor and currency.");
        (long? minor, Currency? currency) = (null, null);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name is "minor" && minor is null && reader.TokenType is JsonTokenType.Number
                && reader.TryGetInt64(out var units)) minor = units;
            else if (name is "currency" && currency is null && reader.TokenType is JsonTokenType.String
                && Currency.TryParse(reader.GetString(), out var known)) currency = known;
            else throw new JsonException("Needs minor (a whole number) and currency (ISO 4217), each once.");
        }
        return minor is { } m && currency is { } c ? new(m, c) : throw new JsonException("Needs minor and currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("minor", value.Minor);
        writer.WriteString("currency", value.Currency.Code);
        writer.WriteEndObject();
    }
}
