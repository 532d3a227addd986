using Recourse.Buyers;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.Sellers;

public static partial class SellerAccount
{
    const int MostRecords = 1_000;

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Imported, State>(Party.Integration),
        Start<Event.NotificationsChosen, State>(Party.Seller),
        Start<Event.Named, State>(Party.Seller),
        Start<Event.TermsDeclared, State>(Party.Seller),
        Row<State, Event.Imported, State>(Party.Integration),
        Row<State, Event.NotificationsChosen, State>(Party.Seller),
        Row<State, Event.Named, State>(Party.Seller),
        Row<State, Event.TermsDeclared, State>(Party.Seller));

    /// <summary>What the runtime is told of sellers' accounts.</summary>
    public static readonly Kind<SellerId, State, Command, Event> Kind = new()
    {
        Name = "seller", Owner = OwnedBy.Seller, StateVersion = 4, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Size = state => 1 + state.Records.Length,
    };

    /// <summary>The seller themselves, staff, and the import.</summary>
    public static Party? PartyOf(SellerId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a    => a.Id == id ? Party.Seller : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Integration => Party.Integration,
        Actor.Clock       => Party.Clock,
        Actor.Buyer or Actor.Warehouse or Actor.Carrier or Actor.Aggregate or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(SellerId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Import c => Import(id, state, c),
            Command.ChooseNotifications c => Choose(state, c.Choice),
            Command.TakeName c => Take(id, state, c),
            Command.DeclareTerms c => Declare(state, c.Terms, asked.At),
            Command.Wake     => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : Refusal.NotFound;
    }

    static Decision<Event> Import(SellerId id, State? state, Command.Import c)
    {
        if (ImportedRecord.Fault(id, c.Source, c.Record, c.Place) is { } fault) return fault;
        if (state?.Records.Any(r => r.Source == c.Source && r.Record == c.Record) is true) return [];
        return state?.Records.Length >= MostRecords
            ? new Refusal("seller.too-many-records", ImportedRecord.Look, ("most", MostRecords))
            : [new Event.Imported(new(c.Source, c.Record, c.Place))];
    }

    static Decision<Event> Choose(State? state, Notifications choice)
    {
        if (choice.Faults() is { IsEmpty: false } faults) return faults;
        return (state?.Notifications ?? Notifications.Everything).IsSame(choice)
            ? [] : [new Event.NotificationsChosen(choice.Tidied())];
    }

    static Decision<Event> Take(SellerId id, State? state, Command.TakeName c)
    {
        if (ShopName.Faults(c.Name) is { IsEmpty: false } faults) return faults;
        var name = ShopName.Tidied(c.Name);
        if (name == state?.Name) return [];
        return c.TakenBy is { Value: var other } && other != id ? ShopName.Taken(name) : [new Event.Named(name)];
    }

    static Decision<Event> Declare(State? state, SellerTerms terms, Instant at)
    {
        if (terms.Faults().ToImmutableArray() is { IsEmpty: false } faults) return faults;
        var before = state?.Terms ?? SellerTerms.None;
        terms = terms.Tidied(at.InUtc().Date.PlusDays(-1)) with { Number = before.Number + 1 };
        return terms.IsSame(before) ? [] : [new Event.TermsDeclared(terms)];
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event)
    {
        var before = state ?? new([]);
        return @event switch
        {
            Event.Imported e            => before with { Records = [.. before.Records, e.Record] },
            Event.NotificationsChosen e => before with { Notifications = e.Choice },
            Event.Named e               => before with { Name = e.Name },
            Event.TermsDeclared e       => before with { Terms = e.Terms },
        };
    }
}
