using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>
/// What was stored once can be read for ever. <c>Stored/</c> holds the text of samples of each case of each kind; they
/// are only ever added to. A state is a cache, so its samples may change, together with the kind's state version.
/// </summary>
public sealed class StoredEvents
{
    const string Folder = "tests/House.Tests/Stored", How = "./test --regenerate";

    static readonly StoreJson Json = new Registry(Modules.Kinds).Json;

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file's name and the hierarchies in it.</summary>
    static IEnumerable<(string File, int StateVersion, Type[] Roots)> All =>
    [
        .. Modules.Kinds.Select(k => (k.Name, k.StateVersion, (Type[])[k.Types.Event, k.Types.Command, k.Types.State])),
        ("parts", 0, [.. KindTypes.Parts]),
    ];

    public static TheoryData<string> Files => [.. All.Select(a => a.File)];

    [Theory, MemberData(nameof(Files))]
    public void What_was_stored_reads_back_and_writes_the_same(string file)
    {
        var (_, version, roots) = All.Single(a => a.File == file);
        var stored = Stored(file);
        House.Holds($"Stored in {Folder}/{file}.json, and not what the code reads and writes any more:",
            from root in roots
            where !IsState(root) || VersionIn(stored) == version
            from name in stored[NameOf(root)]?.AsObject().Select(c => c.Key) ?? []
            from text in stored[NameOf(root)]![name]!.AsArray()
            let complaint = Complaint(root, name, text!)
            where complaint is not null
            select $"{NameOf(root)}.{name}: {complaint}");
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_case_has_a_stored_sample(string file)
    {
        var (_, version, roots) = All.Single(a => a.File == file);
        var stored = Stored(file);
        if (House.Regenerates) Write(file, stored = Added(stored, version, roots));
        House.Holds($"Not in {Folder}/{file}.json as the code writes it now; {How} adds it:",
            from root in roots
            from sample in SamplesOf(root)
            where !Has(stored, root, sample.Name, sample.Json)
            select $"{NameOf(root)}.{sample.Name}");
        if (VersionIn(stored) != version) Assert.Fail($"{file}: state version {version} is new; {How} stores it.");
    }

    [Fact]
    public void Nothing_else_lies_there() => House.Holds($"No kind has this name any more; {Folder} is for ever:",
        House.Files.Where(f => f.StartsWith($"{Folder}/", StringComparison.Ordinal))
            .Select(f => Path.GetFileNameWithoutExtension(f)).Except(All.Select(a => a.File)));

    static string? Complaint(Type root, string name, JsonNode text)
    {
        if (!SamplesOf(root).Any(s => s.Name == name)) return "this case is gone";
        try
        {
            var again = JsonNode.Parse(Json.Write(root, Json.Read(root, Encoding.UTF8.GetBytes(Compact(text)))))!;
            return Lost(text, again, "") is { } where ? $"{where} does not come back from {Compact(text)}" : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            return $"{e.Message} in {Compact(text)}";
        }
    }

    // What was there must be there again; more may be there: a field that was added since, with its default.
    static string? Lost(JsonNode? was, JsonNode? now, string path) => (was, now) switch
    {
        (JsonObject a, JsonObject b) => a.Select(p => Lost(p.Value, b[p.Key], $"{path}/{p.Key}"))
            .FirstOrDefault(l => l is not null),
        (JsonArray a, JsonArray b) when a.Count == b.Count =>
            a.Zip(b).Select((p, i) => Lost(p.First, p.Second, $"{path}/{i}")).FirstOrDefault(l => l is not null),
        _ => JsonNode.DeepEquals(was, now) ? null : path,
    };

    static JsonObject Added(JsonObject stored, int version, Type[] roots)
    {
        var next = stored.DeepClone().AsObject();
        if (VersionIn(stored) != version)
            foreach (var state in roots.Where(IsState)) next.Remove(NameOf(state));
        if (version > 0) next["stateVersion"] = version;
        foreach (var root in roots)
            foreach (var (name, json) in SamplesOf(root))
            {
                if (Has(next, root, name, json)) continue;
                var cases = next[NameOf(root)] ??= new JsonObject();
                (cases[name] ??= new JsonArray()).AsArray().Add(json);
            }
        return next;
    }

    static bool Has(JsonObject stored, Type root, string name, JsonNode json) =>
        stored[NameOf(root)]?[name]?.AsArray().Any(j => JsonNode.DeepEquals(j, json)) is true;

    static IEnumerable<(string Name, JsonNode Json)> SamplesOf(Type root) =>
        from type in KindTypes.CasesOf(root)
        from text in Samples.Of(type).Select(s => Encoding.UTF8.GetString(Json.Write(root, s))).Distinct()
        select (type.Name, JsonNode.Parse(text)!);

    static bool IsState(Type root) => root.Name is "State";
    static string NameOf(Type root) => root.Name;
    static int VersionIn(JsonObject stored) => stored["stateVersion"]?.GetValue<int>() ?? 0;
    static string Compact(JsonNode node) => node.ToJsonString(Plain);

    static JsonObject Stored(string file) => File.Exists(House.At($"{Folder}/{file}.json"))
        ? JsonNode.Parse(House.Read($"{Folder}/{file}.json"))!.AsObject()
        : [];

    // A sample a line, so that a difference shows what was added.
    static void Write(string file, JsonObject stored)
    {
        Directory.CreateDirectory(House.At(Folder));
        var text = string.Join(",\n", stored.Select(part => part.Value is JsonObject cases
            ? $"  \"{part.Key}\": {{\n{string.Join(",\n", cases.Select(Lines))}\n  }}"
            : $"  \"{part.Key}\": {Compact(part.Value!)}"));
        File.WriteAllText(House.At($"{Folder}/{file}.json"), $"{{\n{text}\n}}\n");

        static string Lines(KeyValuePair<string, JsonNode?> one) =>
            $"    \"{one.Key}\": [\n{string.Join(",\n", one.Value!.AsArray().Select(Line))}\n    ]";

        static string Line(JsonNode? sample) => $"      {Compact(sample!)}";
    }
}
