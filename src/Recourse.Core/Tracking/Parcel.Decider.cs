using Recourse.Orders;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
namespace Recourse.Tracking;

public static partial class Parcel
{
    const int LongestNote = 300, LongestPlace = 100, MostReports = 1_000;
    static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    static readonly Duration ClocksDifferBy = Duration.FromDays(1);

    /// <summary>The whole life on one page. It ends with its order, not by itself.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Registered, State>(Party.Platform),
        Row<State, Event.Reported, State>(Party.Carrier | Party.Staff | Party.Integration),
        Row<State, Event.RecallAsked, State>(Party.Platform),
        Row<State, Event.RecallAnswered, State>(Party.Carrier | Party.Staff | Party.Integration));

    /// <summary>What the runtime is told of parcels.</summary>
    public static readonly Kind<ParcelId, State, Command, Event> Kind = new()
    {
        Name = "parcel", Owner = OwnedBy.Seller, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due), Process = React,
        Size = state => 1 + state.Events.Length,
    };

    /// <summary>Its seller and buyer, its carrier, programs that pass reports on, its order, staff.</summary>
    public static Party? PartyOf(ParcelId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a      => a.Id == id.Seller ? Party.Seller : null,
        Actor.Warehouse a   => a.Of == id.Seller ? Party.Warehouse : null,
        Actor.Buyer a       => a.Id == state?.Buyer ? Party.Buyer : null,
        Actor.Carrier a     => a.Code == state?.Handover.Carrier ? Party.Carrier : null,
        Actor.Integration   => state is null ? null : Party.Integration,
        Actor.Aggregate a   => a.Id == id.Order.ToString() ? Party.Platform : null,
        Actor.Agent         => Party.Agent,
        Actor.Operator      => Party.Operator,
        Actor.Clock         => Party.Clock,
        Actor.Outside       => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(ParcelId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Register c => state is null ? [new Event.Registered(c.Handover, c.Buyer)]
                : state.Handover == c.Handover ? [] : NotNow(party),                      // said twice, done once
            Command.Report c   => state is null ? Refusal.NotFound : Report(state, c.Tracking, asked.At),
            Command.Recall c   => state is null ? Refusal.NotFound
                : state.RecallDue is not null ? [] : [new Event.RecallAsked(c.Due)],
            Command.AnswerRecall c => state is null ? Refusal.NotFound : AnswerRecall(state, c, asked.At),
            Command.Wake       => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(party);
    }

    static Decision<Event> AnswerRecall(State state, Command.AnswerRecall c, Instant at)
    {
        if (c.Note?.Length > LongestNote) return TooLong("note", LongestNote);
        if (state.RecallDue is not { } due) return NotRecalled;
        if (state.IsStopped is { } said) return said == c.IsStopped ? [] : RecallAnsweredBefore;
        return due <= at ? RecallOver(due) : [new Event.RecallAnswered(c.IsStopped, c.Note)];
    }

    static Decision<Event> Report(State state, TrackingEvent said, Instant at)
    {
        ImmutableArray<Refusal> faults = [.. Faults(said, at)];
        if (!faults.IsEmpty) return faults;
        if (state.Events.Contains(said)) return [];                                       // said twice, done once
        return state.Events.Length >= MostReports && said.Status is not TrackingStatus.Delivered
            ? TooManyReports : [new Event.Reported(said)];
    }

    static IEnumerable<Refusal> Faults(TrackingEvent said, Instant at)
    {
        if (!Enum.IsDefined(said.Status)) yield return BadStatus;
        if (said.Note?.Length > LongestNote) yield return TooLong("note", LongestNote);
        if (said.Place?.Length > LongestPlace) yield return TooLong("place", LongestPlace);
        if (said.At < Earliest || said.At > at + ClocksDifferBy) yield return BadInstant(said.At);
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Registered e => new State(e.Handover, e.Buyer, []),
        Event.Reported e   => Sorted(state.Was<State>(e), e.Tracking),
        Event.RecallAsked e    => state.Was<State>(e) with { RecallDue = e.Due },
        Event.RecallAnswered e => state.Was<State>(e) with { IsStopped = e.IsStopped },
    };

    /// <summary>One order for any set of reports, however they came in.</summary>
    static State Sorted(State state, TrackingEvent said) => state with
    {
        Events =
        [
            .. state.Events.Append(said).OrderBy(e => e.At).ThenBy(e => e.Status)
                .ThenBy(e => e.Note, StringComparer.Ordinal).ThenBy(e => e.Place, StringComparer.Ordinal),
        ],
    };

    /// <summary>The first word of delivery is the order's: what a carrier says later changes nothing there.</summary>
    public static IEnumerable<Intent> React(ParcelId id, State after, Event @event)
    {
        if (@event is Event.Reported { Tracking: { Status: TrackingStatus.Delivered, At: var at } }
            && after.Events.Count(e => e.Status is TrackingStatus.Delivered) == 1)
            yield return new Intent.Require(To(id.Order, new Order.Command.ConfirmDelivery(at)));
        if (@event is Event.RecallAnswered { IsStopped: var isStopped })
            yield return new Intent.Require(To(id.Order, new Order.Command.HearRecall(isStopped)));
    }

    static readonly Remedy Mend = new("parcel.mend"), Look = new("parcel.look");

    static Refusal NotRecalled => new("parcel.not-recalled", Look);
    static Refusal RecallAnsweredBefore => new("parcel.recall-answered-before", Look);
    static Refusal RecallOver(Instant due) => new("parcel.recall-over", Look, ("due", due));
    static Refusal NotNow(Party party) => new("parcel.not-now", Look, ("party", $"{party}"));
    static Refusal TooManyReports => new("parcel.too-many-reports", Look, ("most", MostReports));
    static Refusal BadStatus => new("parcel.bad-status", Mend) { Field = "status" };
    static Refusal BadInstant(Instant at) => new("parcel.bad-instant", Mend, ("at", at)) { Field = "at" };
    static Refusal TooLong(string field, int most) => new("parcel.too-long", Mend, ("most", most)) { Field = field };
}
