using static Recourse.Kernel.Lifecycle;
namespace Recourse.Rulebooks;

public static partial class RulebookLog
{
    const int LongestText = 262_144, MostEditions = 10_000;

    /// <summary>So far ahead that all silos have heard of an edition before it counts.</summary>
    public static readonly Duration Ahead = Duration.FromSeconds(60);

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Published, State>(Party.Operator),
        Row<State, Event.Published, State>(Party.Operator));

    /// <summary>What the runtime is told of the rulebook.</summary>
    public static readonly Kind<RulebookId, State, Command, Event> Kind = new()
    {
        Name = "rulebook", Owner = OwnedBy.Platform, StateVersion = 1, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Size = state => 1 + state.Editions.Length,
    };

    /// <summary>Everybody with an account may read the rules that they are judged by.</summary>
    public static Party? PartyOf(RulebookId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer       => Party.Buyer,
        Actor.Seller      => Party.Seller,
        Actor.Warehouse   => Party.Warehouse,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Integration => Party.Integration,
        Actor.Clock       => Party.Clock,
        Actor.Carrier or Actor.Aggregate or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(RulebookId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        var decision = command switch
        {
            Command.Publish c => Publish(state, c, asked.At),
            Command.Wake      => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotYours(party);
    }

    static Decision<Event> Publish(State? state, Command.Publish c, Instant at)
    {
        ImmutableArray<Edition> before = state?.Editions ?? [];
        var last = before.LastOrDefault();
        if (last is not null && last.Text == c.Text && last.From == c.From) return [];    // said twice, done once

        ImmutableArray<Refusal> faults = [.. Faults()];
        return faults.IsEmpty ? [new Event.Published(new(before.Length + 2, c.From, c.Text))] : faults;

        IEnumerable<Refusal> Faults()
        {
            if (string.IsNullOrWhiteSpace(c.Text) || c.Text.Length > LongestText) yield return BadText;
            if (c.From < at + Ahead) yield return TooSoon(at + Ahead);
            if (c.From <= last?.From) yield return NotAfter(last);
            if (before.Length >= MostEditions) yield return TooManyEditions;
        }
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Published e => new State([.. state?.Editions ?? [], e.Edition]),
    };

    static readonly Remedy Mend = new("rulebook.mend"), Look = new("rulebook.look");

    static Refusal NotYours(Party party) => new("rulebook.operators-only", Look, ("party", $"{party}"));
    static Refusal BadText => new("rulebook.bad-text", Mend, ("most", LongestText)) { Field = "text" };
    static Refusal TooManyEditions => new("rulebook.too-many-editions", Look, ("most", MostEditions));

    static Refusal TooSoon(Instant earliest) => new(
        "rulebook.too-soon", Mend, ("seconds", (long)Ahead.TotalSeconds), ("earliest", earliest)) { Field = "from" };

    static Refusal NotAfter(Edition last) => new(
        "rulebook.not-after-the-last", Mend, ("version", last.Version), ("from", last.From)) { Field = "from" };
}
