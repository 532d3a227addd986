namespace Recourse.Tests;

/// <summary>The smallest kind that does everything a kind can: the runtime's contract is tried on it.</summary>
public readonly record struct JarId(string Owner, string Code) : IId<JarId>
{
    public static bool TryParse(string? text, out JarId id)
    {
        var ok = Derived.Split(text, "jar", 3) is [_, var o, var c] && Derived.IsCode(o) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var owner, var code] ? new(owner, code) : default;
        return ok;
    }

    public override string ToString() => $"jar/{Owner}/{Code}";
}

public static class Jar
{
    public closed record Command : ICommand<JarId>
    {
        public sealed record Put(int Sweets) : Command;
        public sealed record Move(JarId To, int Sweets) : Command;
        public sealed record Share(JarId With, int Sweets) : Command;
        public sealed record TakeBack(int Sweets, ImmutableArray<Refusal> Why) : Command, IIfRefused
        {
            public IIfRefused With(ImmutableArray<Refusal> why) => this with { Why = why };
        }
        public sealed record Fill : Command;
        public sealed record Filled(int Sweets) : Command;
        public sealed record Later(Duration After) : Command;
        public sealed record Boom : Command;
        public sealed record Curse(JarId Who) : Command;
        public sealed record Wake(Instant Due) : Command;
    }

    public sealed record State(int Sweets, int Fillings, bool IsFilling, Instant? Due, ImmutableArray<string> Refused);

    public closed record Event
    {
        public sealed record Put(int Sweets) : Event;
        public sealed record Moved(JarId To, int Sweets) : Event;
        public sealed record Shared(JarId With, int Sweets) : Event;
        public sealed record TookBack(int Sweets, string Why) : Event;
        public sealed record Ordered : Event;
        public sealed record Filled(int Sweets) : Event;
        public sealed record Slept(Instant Due) : Event;
        public sealed record Woke : Event;
        public sealed record Cursed(JarId Who) : Event;
    }

    public closed record Shop : IOutside
    {
        public sealed record Buy(string Key) : Shop;
    }

    public const int Most = 1_000_000;

    static Decision<Event> Decide(JarId id, State? state, Command command, Asked asked) => command switch
    {
        Command.Put c when (state?.Sweets ?? 0) + c.Sweets > Most => new Refusal("jar.full", new("jar.eat")),
        Command.Put c => [new Event.Put(c.Sweets)],
        Command.Move c when (state?.Sweets ?? 0) < c.Sweets => new Refusal("jar.empty", new("jar.put")),
        Command.Move c => [new Event.Moved(c.To, c.Sweets)],
        Command.Share c => [new Event.Shared(c.With, c.Sweets)],
        Command.TakeBack c => [new Event.TookBack(c.Sweets, c.Why[0].Code)],
        Command.Fill => [new Event.Ordered()],
        Command.Filled c => [new Event.Filled(c.Sweets)],
        Command.Later c => [new Event.Slept(asked.At + c.After)],
        Command.Boom => throw new InvalidOperationException("A jar that breaks."),
        Command.Curse c => [new Event.Cursed(c.Who)],
        Command.Wake c => state?.Due == c.Due ? [new Event.Woke()] : [],
    };

    static State Evolve(State? before, Event happened)
    {
        var s = before ?? new(0, 0, false, null, []);
        return happened switch
        {
            Event.Put e      => s with { Sweets = s.Sweets + e.Sweets },
            Event.Moved e    => s with { Sweets = s.Sweets - e.Sweets },
            Event.Shared e   => s with { Sweets = s.Sweets - e.Sweets },
            Event.TookBack e => s with { Sweets = s.Sweets + e.Sweets, Refused = s.Refused.Add(e.Why) },
            Event.Ordered    => s with { IsFilling = true },
            Event.Filled e   => s with { Sweets = s.Sweets + e.Sweets, Fillings = s.Fillings + 1, IsFilling = false },
            Event.Slept e    => s with { Due = e.Due },
            Event.Woke       => s with { Due = null },
            Event.Cursed     => s,
        };
    }

    static IEnumerable<Intent> React(JarId id, State after, Event happened)
    {
        switch (happened)
        {
            case Event.Moved e:
                yield return new Intent.Send(
                    Message.To(e.To, new Command.Put(e.Sweets)), new Command.TakeBack(e.Sweets, []));
                break;
            case Event.Shared e: yield return new Intent.Require(Message.To(e.With, new Command.Put(e.Sweets))); break;
            case Event.Ordered: yield return new Intent.Call(new Shop.Buy($"{id}")); break;
            case Event.Cursed e: yield return new Intent.Send(Message.To(e.Who, new Command.Boom())); break;
        }
    }

    public static readonly Kind Kind = new Kind<JarId, State, Command, Event>
    {
        Name = "jar", Owner = OwnedBy.Seller, StateVersion = 1, Lifecycle = new(),
        Party = (id, _, who) => who switch
        {
            Actor.Seller s => s.Id.Code == id.Owner ? Party.Seller : null,
            Actor.Clock => Party.Clock,
            Actor.Aggregate or Actor.Outside => Party.Platform,
            _ => null,
        },
        Decider = Decide, Fold = Evolve, Process = React, Waking = due => new Command.Wake(due), Due = s => s.Due,
        Settled = s => !s.IsFilling,
    };

    public static readonly View<State> Sweets = new()
    {
        Name = "sweets", Version = 1,
        Keys = r => r.Id is JarId ? [r.Id.ToString()!] : [],
        Fold = (_, row, r) => Evolve(row, (Event)r.Event),
        Index = (key, row) => [new("all", "all", key)], Counted = f => f.Index is "all",
    };
}
