using System.Buffers;
using System.Text.Json;
namespace Recourse.Runtime;

/// <summary>A turn as the journal holds it: short names, nothing that is empty.</summary>
public sealed class TurnJson(Registry registry)
{
    readonly JsonSerializerOptions _options = registry.Json.Options;

    /// <summary>As UTF-8, by a writer of the caller's.</summary>
    public void Write(Utf8JsonWriter w, Turn t)
    {
        w.WriteStartObject();
        w.WriteNumber("p", t.Partition);
        w.WriteNumber("e", t.Epoch);
        w.WriteNumber("n", t.Sequence);
        w.WriteNumber("at", t.At.ToUnixTimeTicks());
        Put(w, "who", t.Who, typeof(Actor));
        if (t.Key is { } key) Put(w, "key", key, typeof(Said));
        w.WriteString("to", t.Target.ToString());
        if (t.Command is not null) Put(w, "cmd", t.Command, registry.Of(t.Target).Types.Command);
        w.WriteNumber("rb", t.Rulebook);
        if (t.Events.Length > 0) Write(w, t.Events);
        if (t.Sent.Length > 0) Write(w, t.Sent);
        if (t.Calls.Length > 0) Put(w, "call", t.Calls, typeof(Outside[]));
        if (t.Wakes.Length > 0) Put(w, "wake", t.Wakes, typeof(WakeAt[]));
        if (!t.Refusals.IsDefaultOrEmpty) Put(w, "no", t.Refusals, typeof(ImmutableArray<Refusal>));
        if (t.Seen is { } seen) Put(w, "seen", seen, typeof(Mark));
        if (t.Answers is { } answers) w.WriteNumber("ans", answers);
        if (t.Fault is { } fault) w.WriteString("fault", fault);
        w.WriteEndObject();
    }

    [ThreadStatic] static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _mine;

    static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        return (buffer, new(buffer, new() { Encoder = StoreJson.Encoder, SkipValidation = true }));
    }

    /// <summary>As UTF-8.</summary>
    public byte[] Write(Turn turn)
    {
        var (buffer, writer) = _mine ??= NewWriter();
        buffer.ResetWrittenCount();
        writer.Reset();
        Write(writer, turn);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    void Put(Utf8JsonWriter w, string name, object value, Type type)
    {
        w.WritePropertyName(name);
        JsonSerializer.Serialize(w, value, _options.GetTypeInfo(type));
    }

    void Write(Utf8JsonWriter w, Happened[] events)
    {
        w.WriteStartArray("ev");
        foreach (var e in events)
        {
            w.WriteStartObject();
            w.WriteString("id", e.Id.ToString());
            Put(w, "e", e.Event, registry.Of(e.Id).Types.Event);
            if (!e.Transfers.IsDefaultOrEmpty) Put(w, "t", e.Transfers, typeof(ImmutableArray<Transfer>));
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    void Write(Utf8JsonWriter w, Sent[] sent)
    {
        w.WriteStartArray("sent");
        foreach (var m in sent)
        {
            w.WriteStartObject();
            w.WriteNumber("n", m.Number);
            w.WriteString("from", m.From.ToString());
            w.WriteString("to", m.Target.ToString());
            Put(w, "c", m.Command, registry.Of(m.Target).Types.Command);
            if (m.IfRefused is { } no) Put(w, "no", no, registry.Of(m.From).Types.Command);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    /// <summary>From UTF-8; throws for what it didn't write.</summary>
    public Turn Read(ReadOnlySpan<byte> json)
    {
        var r = new Utf8JsonReader(json);
        var t = new Draft();
        r.Read();
        while (r.Read() && r.TokenType is JsonTokenType.PropertyName)
        {
            var name = r.GetString();
            r.Read();
            switch (name)
            {
                case "p": t.Partition = r.GetInt32(); break;
                case "e": t.Epoch = r.GetInt32(); break;
                case "n": t.Sequence = r.GetInt64(); break;
                case "at": t.At = r.GetInt64(); break;
                case "who": t.Who = Get<Actor>(ref r); break;
                case "key": t.Key = Get<Said>(ref r); break;
                case "to": t.Target = registry.Stored(r.GetString()!); break;
                case "cmd": t.Command = Get(ref r, registry.Of(t.Target!).Types.Command); break;
                case "rb": t.Rulebook = r.GetInt32(); break;
                case "ev": t.Events = Events(ref r); break;
                case "sent": t.Sent = Sent(ref r); break;
                case "call": t.Calls = Get<Outside[]>(ref r); break;
                case "wake": t.Wakes = Get<WakeAt[]>(ref r); break;
                case "no": t.Refusals = Get<ImmutableArray<Refusal>>(ref r); break;
                case "seen": t.Seen = Get<Mark>(ref r); break;
                case "ans": t.Answers = r.GetInt64(); break;
                case "fault": t.Fault = r.GetString(); break;
                default: throw new JsonException($"A turn has no \"{name}\": a newer program wrote it.");
            }
        }
        return new(t.Partition, t.Epoch, t.Sequence, Instant.FromUnixTimeTicks(t.At), t.Who!, t.Key, t.Target!,
            t.Command, t.Rulebook, t.Events, t.Sent, t.Calls, t.Wakes, t.Refusals, t.Seen, t.Answers, t.Fault);
    }

    object Get(ref Utf8JsonReader r, Type type) => JsonSerializer.Deserialize(ref r, _options.GetTypeInfo(type))!;
    T Get<T>(ref Utf8JsonReader r) => (T)Get(ref r, typeof(T));

    Happened[] Events(ref Utf8JsonReader r)
    {
        List<Happened> all = [];
        while (r.Read() && r.TokenType is JsonTokenType.StartObject)
        {
            IId? id = null;
            object? happened = null;
            ImmutableArray<Transfer> transfers = [];
            while (r.Read() && r.TokenType is JsonTokenType.PropertyName)
            {
                var name = r.GetString();
                r.Read();
                if (name == "id") id = registry.Stored(r.GetString()!);
                else if (name == "e") happened = Get(ref r, registry.Of(id!).Types.Event);
                else transfers = Get<ImmutableArray<Transfer>>(ref r);
            }
            all.Add(new(id!, happened!, transfers));
        }
        return [.. all];
    }

    Sent[] Sent(ref Utf8JsonReader r)
    {
        List<Sent> all = [];
        while (r.Read() && r.TokenType is JsonTokenType.StartObject)
        {
            long number = 0;
            IId? from = null, to = null;
            object? command = null, no = null;
            while (r.Read() && r.TokenType is JsonTokenType.PropertyName)
            {
                var name = r.GetString();
                r.Read();
                if (name == "n") number = r.GetInt64();
                else if (name == "from") from = registry.Stored(r.GetString()!);
                else if (name == "to") to = registry.Stored(r.GetString()!);
                else if (name == "c") command = Get(ref r, registry.Of(to!).Types.Command);
                else no = Get(ref r, registry.Of(from!).Types.Command);
            }
            all.Add(new(number, from!, to!, command!, (IIfRefused?)no));
        }
        return [.. all];
    }

    sealed class Draft
    {
        public int Partition, Epoch, Rulebook;
        public long Sequence, At;
        public long? Answers;
        public Actor? Who;
        public Said? Key;
        public IId? Target;
        public object? Command;
        public Happened[] Events = [];
        public Sent[] Sent = [];
        public Outside[] Calls = [];
        public WakeAt[] Wakes = [];
        public ImmutableArray<Refusal> Refusals = [];
        public Mark? Seen;
        public string? Fault;
    }
}
