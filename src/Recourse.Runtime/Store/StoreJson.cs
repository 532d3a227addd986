using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime.Serialization.SystemTextJson;
namespace Recourse.Runtime;

/// <summary>
/// JSON as the journal holds it for ever: a closed case is <c>{"its-name":{…}}</c>, an id is its text.
/// </summary>
public sealed class StoreJson
{
    /// <summary>Bound to a registry, which knows the ids.</summary>
    public StoreJson(Registry registry) => Options = Make(registry);

    /// <summary>The options, frozen.</summary>
    public JsonSerializerOptions Options { get; }

    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The same rules, for whoever adds to them (the API).</summary>
    public static JsonSerializerOptions Make(Registry registry)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = Encoder,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyWhatIsGiven } },
        };
        options.Converters.Add(new InstantConverter());                     // before the library's own
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new CurrencyConverter());
        options.Converters.Add(new IdConverter());
        options.Converters.Add(new AnyIdConverter(registry));
        options.Converters.Add(new ClosedConverter());
        options.Converters.Add(new OutsideConverter(registry));
        return options;
    }

    /// <summary>As UTF-8.</summary>
    public byte[] Write(Type type, object value) => JsonSerializer.SerializeToUtf8Bytes(value, type, Options);

    /// <summary>From UTF-8; throws for what it didn't write.</summary>
    public object Read(Type type, ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, type, Options) ?? throw new JsonException("Nothing is stored there.");

    /// <summary>What is derived from other fields is not stored.</summary>
    static void OnlyWhatIsGiven(JsonTypeInfo info)
    {
        if (info.Kind is not JsonTypeInfoKind.Object) return;
        for (var i = info.Properties.Count - 1; i >= 0; i--)
            if (info.Properties[i] is { Set: null, AssociatedParameter: null }) info.Properties.RemoveAt(i);
    }
}

/// <summary>JSON of one thing after the other in the same memory, for one thread.</summary>
sealed class JsonBuffer(StoreJson json)
{
    readonly ArrayBufferWriter<byte> _bytes = new(4 << 10);
    readonly Utf8JsonWriter _writer = new(Stream.Null, new() { Encoder = StoreJson.Encoder, SkipValidation = true });

    /// <summary>As UTF-8, until the next is written.</summary>
    public ReadOnlySpan<byte> Write(Type type, object value)
    {
        _bytes.ResetWrittenCount();
        _writer.Reset(_bytes);
        JsonSerializer.Serialize(_writer, value, json.Options.GetTypeInfo(type));
        _writer.Flush();
        return _bytes.WrittenSpan;
    }
}

/// <summary>Instants as the library writes them, without a text between: they are in everything.</summary>
sealed class InstantConverter : JsonConverter<Instant>
{
    // 2026-11-28T00:06:50Z, and with seven digits of a second; what has more is the library's.
    const int Shortest = 20, Longest = 28;
    static readonly JsonConverter<Instant> Library = NodaConverters.InstantConverter;
    static readonly Instant First = Instant.FromUtc(1, 1, 1, 0, 0), End = Instant.FromUtc(9999, 12, 31, 0, 0);

    public override Instant Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader is { TokenType: JsonTokenType.String, HasValueSequence: false, ValueIsEscaped: false }
        && reader.ValueSpan is { Length: >= Shortest and <= Longest } text && text[^1] == 'Z'
        && reader.TryGetDateTimeOffset(out var at)
            ? Instant.FromDateTimeOffset(at) : Library.Read(ref reader, type, options);

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        if (value >= First && value < End && Instant.FromUnixTimeTicks(value.ToUnixTimeTicks()) == value)
            writer.WriteStringValue(value.ToDateTimeUtc());
        else Library.Write(writer, value, options);
    }

    public override Instant ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Library.ReadAsPropertyName(ref reader, type, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        Library.WriteAsPropertyName(writer, value, options);
}

sealed class CurrencyConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Currency.TryParse(reader.GetString(), out var c) ? c : throw new JsonException("Not a currency in ISO 4217.");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code);
}

/// <summary>Ids of a known type.</summary>
sealed class IdConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsValueType && typeof(IId).IsAssignableFrom(type);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

    sealed class Of<TId> : JsonConverter<TId> where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            TId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not such an id.");

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Read(ref reader, type, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString()!);
    }
}

/// <summary>Ids of any kind.</summary>
sealed class AnyIdConverter(Registry registry) : JsonConverter<IId>
{
    public override IId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        registry.Parse(reader.GetString()) ?? throw new JsonException("Not an id.");

    public override void Write(Utf8JsonWriter writer, IId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>Closed hierarchies, without the framework's polymorphism, which costs four times as much.</summary>
sealed class ClosedConverter : JsonConverterFactory
{
    public override bool CanConvert(Type type) => Closed.Is(type);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(type))!;

    sealed class Of<T> : JsonConverter<T> where T : class
    {
        readonly Dictionary<Type, JsonEncodedText> _names = [];
        readonly Dictionary<string, Type> _types = [];

        public Of()
        {
            foreach (var type in Closed.Cases(typeof(T)))
            {
                _names[type] = JsonEncodedText.Encode(Closed.NameOf(type.Name));
                _types.Add(Closed.NameOf(type.Name), type);
            }
        }

        public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.Null) return null;
            if (reader.TokenType is not JsonTokenType.StartObject || !reader.Read()
                || reader.TokenType is not JsonTokenType.PropertyName) throw new JsonException("Needs one case.");
            var name = reader.GetString()!;
            if (!_types.TryGetValue(name, out var of))
                throw new JsonException($"No case \"{name}\". Cases: {string.Join(", ", _types.Keys)}.");
            reader.Read();
            var value = (T?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(of));
            if (!reader.Read() || reader.TokenType is not JsonTokenType.EndObject)
                throw new JsonException("Needs exactly one case.");
            return value;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var type = value.GetType();
            writer.WriteStartObject();
            writer.WritePropertyName(_names[type]);
            JsonSerializer.Serialize(writer, value, options.GetTypeInfo(type));
            writer.WriteEndObject();
        }
    }
}

/// <summary>Calls to the outside: the hierarchy's name around the case's.</summary>
sealed class OutsideConverter(Registry registry) : JsonConverter<IOutside>
{
    public override IOutside Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Read();
        var root = registry.Outside[reader.GetString()!];
        reader.Read();
        var value = (IOutside)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(root))!;
        reader.Read();
        return value;
    }

    public override void Write(Utf8JsonWriter writer, IOutside value, JsonSerializerOptions options)
    {
        var root = value.GetType();
        while (root.BaseType != typeof(object)) root = root.BaseType!;
        writer.WriteStartObject();
        writer.WritePropertyName(Closed.NameOf(root.Name));
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(root));
        writer.WriteEndObject();
    }
}
