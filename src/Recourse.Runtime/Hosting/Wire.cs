using System.Text.Json;
namespace Recourse.Runtime;

/// <summary>What travels between silos, in the journal's own JSON.</summary>
public sealed class Wire(Registry registry, Func<ImmutableArray<Rulebook>> rulebooks)
{
    static readonly Actor Nobody = new Actor.Clock();
    readonly TurnJson _turns = new(registry);
    readonly JsonSerializerOptions _options = registry.Json.Options;

    sealed record Said(string Target, JsonElement Command, Actor Who, string? Key, bool Until, long? IfVersion,
        ulong? Hash);
    sealed record Reply(
        string Case, long Version, long Position, JsonElement? State, ImmutableArray<Refusal>? Why, int Retry,
        string? What);
    sealed record Sight(string Id, JsonElement State, long Version, long Position, Party As, Actor Who, Instant At);

    /// <summary>An ask.</summary>
    public byte[] Write(Ask ask) => JsonSerializer.SerializeToUtf8Bytes(new Said(
        ask.Target.ToString()!, Element(ask.Command, registry.Of(ask.Target).Types.Command), ask.Who, ask.Key,
        ask.UntilSettled, ask.IfVersion, ask.RequestHash), _options);

    /// <summary>An ask.</summary>
    public Ask ReadAsk(byte[] json)
    {
        var said = JsonSerializer.Deserialize<Said>(json, _options)!;
        var target = registry.Stored(said.Target);
        var command = said.Command.Deserialize(registry.Of(target).Types.Command, _options)!;
        return new(target, command, said.Who, said.Key, said.Until, said.IfVersion, said.Hash);
    }

    /// <summary>An actor.</summary>
    public byte[] Write(Actor who) => JsonSerializer.SerializeToUtf8Bytes(who, _options);

    /// <summary>An actor.</summary>
    public Actor ReadActor(byte[] json) => JsonSerializer.Deserialize<Actor>(json, _options)!;

    /// <summary>An outcome of something asked of that aggregate.</summary>
    public byte[] Write(IId target, Outcome outcome) => JsonSerializer.SerializeToUtf8Bytes(outcome switch
    {
        Outcome.Done o    => new("done", o.Version, o.Position, Element(o.State, registry.Of(target).Types.State),
            null, 0, null),
        Outcome.Refused o => new("refused", 0, 0, null, o.Why, 0, null),
        Outcome.Unknown   => new("unknown", 0, 0, null, null, 0, null),
        Outcome.Busy o    => new("busy", 0, 0, null, null, o.RetryAfterSeconds, null),
        Outcome.Fault o   => new Reply("fault", 0, 0, null, null, 0, o.What),
    }, _options);

    /// <summary>An outcome of something asked of that aggregate.</summary>
    public Outcome ReadOutcome(IId target, byte[] json)
    {
        var r = JsonSerializer.Deserialize<Reply>(json, _options)!;
        return r.Case switch
        {
            "done"    => new Outcome.Done(r.Version, r.Position,
                r.State!.Value.Deserialize(registry.Of(target).Types.State, _options)!),
            "refused" => new Outcome.Refused(r.Why!.Value),
            "busy"    => new Outcome.Busy(r.Retry),
            "fault"   => new Outcome.Fault(r.What!),
            _         => new Outcome.Unknown(),
        };
    }

    /// <summary>What somebody sees; nothing is nothing.</summary>
    public byte[] Write(Seen? seen) => seen is null ? [] : JsonSerializer.SerializeToUtf8Bytes(new Sight(
        seen.Id.ToString()!, Element(seen.State, registry.Of(seen.Id).Types.State), seen.Version, seen.Position,
        seen.As, seen.Asked.Who, seen.Asked.At), _options);

    /// <summary>What somebody sees.</summary>
    public Seen? ReadSeen(byte[] json)
    {
        if (json.Length == 0) return null;
        var s = JsonSerializer.Deserialize<Sight>(json, _options)!;
        var id = registry.Stored(s.Id);
        return new(id, s.State.Deserialize(registry.Of(id).Types.State, _options)!, s.Version, s.Position, s.As,
            new(s.Who, s.At, rulebooks()));
    }

    /// <summary>Messages in the shape of a turn, or an acknowledgement.</summary>
    public byte[] Write(Input input) => input switch
    {
        Input.Delivered i    => _turns.Write(new Turn(
            i.From, 0, 0, i.At, Nobody, null, i.Messages[0].Target, null, 0, [], i.Messages, [], [], [], null, null,
                null)),
        Input.Acknowledged i => JsonSerializer.SerializeToUtf8Bytes((long[])[i.By, i.Number]),
        _ => throw new InvalidOperationException($"{input} stays in its process."),
    };

    /// <summary>Messages or an acknowledgement.</summary>
    public Input ReadInput(byte[] json)
    {
        if (json[0] == '[')
            return JsonSerializer.Deserialize<long[]>(json) is [var by, var number]
                ? new Input.Acknowledged((int)by, number) : throw new JsonException("Not an acknowledgement.");
        var turn = _turns.Read(json);
        return new Input.Delivered(turn.Partition, turn.Sent, turn.At);
    }

    JsonElement Element(object value, Type type) => JsonSerializer.SerializeToElement(value, type, _options);
}
