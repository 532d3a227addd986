using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Verifying;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.Buyers;

public static partial class BuyerAccount
{
    const int MostRecords = 1_000;

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Imported, State>(Party.Integration),
        Start<Event.NotificationsChosen, State>(Party.Buyer),
        Start<Event.BusinessSaid, State>(Party.Buyer),
        Row<State, Event.BusinessSaid, State>(Party.Buyer),
        Start<Event.SpokenFor, State>(Party.Platform),
        Row<State, Event.SpokenFor, State>(Party.Platform),
        Start<Event.MethodsBlocked, State>(Party.Staff),
        Row<State, Event.Imported, State>(Party.Integration),
        Row<State, Event.NotificationsChosen, State>(Party.Buyer),
        Row<State, Event.MethodsBlocked, State>(Party.Staff),
        Row<State, Event.BlockLifted, State>(Party.Staff | Party.Platform),
        Row<State, Event.BlockEnded, State>(Party.Clock, "what the block says"),
        Start<Event.GivenUpCounted, State>(Party.Platform),
        Row<State, Event.GivenUpCounted, State>(Party.Platform),
        Row<State, Event.EndedWellHeard, State>(Party.Platform),
        Row<State, Event.Cautioned, State>(Party.Platform),
        Row<State, Event.BuyingPaused, State>(Party.Platform),
        Row<State, Event.PauseEnded, State>(Party.Clock, "buyers.givenUp.pauseFor"),
        Row<State, Event.PauseOverturned, State>(Party.Platform),
        Row<State, Event.ConductCleared, State>(Party.Platform | Party.Clock, "buyers.givenUp.window"));

    /// <summary>What the runtime is told of buyers' accounts.</summary>
    public static readonly Kind<BuyerId, State, Command, Event> Kind = new()
    {
        Name = "buyer", Owner = OwnedBy.Buyer, StateVersion = 5, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due),
        Due = state => state.Standing?.Next, Awaited = DeadlineOf, Telling = Notices,
        Size = state => 1 + state.Records.Length,
    };

    /// <summary>The person themselves, staff, the import, and their own checkouts and appeals.</summary>
    public static Party? PartyOf(BuyerId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Integration => Party.Integration,
        Actor.Clock       => Party.Clock,
        Actor.Aggregate a => IsOurs(id, a.Id) ? Party.Platform : null,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Outside => null,
    };

    static bool IsOurs(BuyerId id, string text) => AppealId.TryParse(text, out var appeal) ? appeal.Buyer == id
        : CheckoutId.TryParse(text, out var checkout) ? checkout.Buyer == id
        : VerificationId.TryParse(text, out var own) ? own.Buyer == id : OrderId.TryParse(text, out _);

    sealed record Turn(Party By, Instant At, Rulebook Book)
    {
        public BuyerRules Rules { get; } = Book.Of<BuyerRules>();
    }

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(BuyerId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(party, asked.At, asked.InForce);

        Decision<Event> decision = command switch
        {
            Command.Import c => Import(id, state, c),
            Command.ChooseNotifications c => Choose(state, c.Choice),
            Command.SayBusiness c  => state?.Business == c.Business ? [] : [new Event.BusinessSaid(c.Business)],
            Command.HearVerified c => HearVerified(state, c.Card),
            Command.SpeakFor c => [new Event.SpokenFor(c.Appeal, asked.At + asked.InForce.Of<RiskRules>().ClearedFor)],
            Command.BlockMethods c => Block(state, c, turn),
            Command.LiftBlock c    => Lift(state, c),
            Command.Overturn c     => Overturn(state, c),
            Command.CountGivenUp c  => CountGivenUp(state, c, turn),
            Command.HearEndedWell c => HearEndedWell(state, c, turn),
            Command.Wake c         => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision
            : command is Command.BlockMethods or Command.LiftBlock ? StaffOnly : Refusal.NotFound;
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
    public static State Evolve(State? state, Event @event) => After(state ?? Nothing, @event);

    static readonly State Nothing = new([]);

    static State After(State s, Event @event) => @event switch
    {
        Event.Imported e            => s with { Records = s.Records.Add(e.Record) },
        Event.NotificationsChosen e => s with { Notifications = e.Choice },
        Event.BusinessSaid e        => s with { Business = e.Business },
        Event.SpokenFor e           => s with { ClearedUntil = e.Until },
        Event.MethodsBlocked e      => Now(s, Of(s) with { Blocks = Of(s).Blocks.Add(new(e.Card, e.Until, e.Why)) }),
        Event.BlockLifted e         => Now(s, Without(Of(s), e.Card)),
        Event.BlockEnded e          => Now(s, Without(Of(s), e.Card)),
        Event.GivenUpCounted e      => Counted(s, e),
        Event.EndedWellHeard e      => Heard(s, e),
        Event.Cautioned e           => With(s, ConductOf(s).Was<Conduct>(e) with { Caution = e.Caution }),
        Event.BuyingPaused e        => Paused(s, e),
        Event.PauseEnded e          => With(s, ConductOf(s).Was<Conduct>(e) with { Pause = null }),
        Event.PauseOverturned       => With(s, null),
        Event.ConductCleared        => With(s, null),
    };

    static Standing Of(State s) => s.Standing ?? Standing.Clear;

    static State Now(State s, Standing standing) => s with { Standing = standing };
}
