using Recourse.Risk;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.Buyers;

public static partial class BuyerAccount
{
    const int MostRecords = 1_000;

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Imported, State>(Party.Integration),
        Start<Event.NotificationsChosen, State>(Party.Buyer),
        Start<Event.SpokenFor, State>(Party.Platform),
        Row<State, Event.SpokenFor, State>(Party.Platform),
        Row<State, Event.Imported, State>(Party.Integration),
        Row<State, Event.NotificationsChosen, State>(Party.Buyer));

    /// <summary>What the runtime is told of buyers' accounts.</summary>
    public static readonly Kind<BuyerId, State, Command, Event> Kind = new()
    {
        Name = "buyer", Owner = OwnedBy.Buyer, StateVersion = 3, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Size = state => 1 + state.Records.Length,
    };

    /// <summary>The person themselves, staff, and the import.</summary>
    public static Party? PartyOf(BuyerId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Integration => Party.Integration,
        Actor.Clock       => Party.Clock,
        Actor.Aggregate a => Checkouts.CheckoutId.TryParse(a.Id, out var own) && own.Buyer == id ? Party.Platform
            : null,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(BuyerId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Import c => Import(id, state, c),
            Command.ChooseNotifications c => Choose(state, c.Choice),
            Command.SpeakFor c => [new Event.SpokenFor(c.Appeal, asked.At + asked.InForce.Of<RiskRules>().ClearedFor)],
            Command.Wake     => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : Refusal.NotFound;
    }

    static Decision<Event> Import(BuyerId id, State? state, Command.Import c)
    {
        if (ImportedRecord.Fault(id, c.Source, c.Record, c.Place) is { } fault) return fault;
        if (state?.Records.Any(r => r.Source == c.Source && r.Record == c.Record) is true) return [];
        return state?.Records.Length >= MostRecords
            ? new Refusal("buyer.too-many-records", ImportedRecord.Look, ("most", MostRecords))
            : [new Event.Imported(new(c.Source, c.Record, c.Place))];
    }

    static Decision<Event> Choose(State? state, Notifications choice)
    {
        if (choice.Faults() is { IsEmpty: false } faults) return faults;
        return (state?.Notifications ?? Notifications.Everything).IsSame(choice)
            ? [] : [new Event.NotificationsChosen(choice.Tidied())];
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Imported e            => Known(state) with { Records = [.. state?.Records ?? [], e.Record] },
        Event.NotificationsChosen e => Known(state) with { Notifications = e.Choice },
        Event.SpokenFor e           => Known(state) with { ClearedUntil = e.Until },
    };

    static State Known(State? state) => state ?? new([]);
}
