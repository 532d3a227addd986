using Recourse.Inventory;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Instalments;

public static partial class SupplyPlan
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Opened, State.Planned>(Platform),
        Row<State.Planned, Event.StockAsked, State.Short>(Seller | Clock | Platform, nameof(BulkRules.Every)),
        Row<State.Planned, Event.Shortened,  State.Planned>(Seller),
        Row<State.Planned, Event.Moved,      State.Planned>(Buyer),
        Row<State.Short,   Event.Moved,      State.Short>(Buyer),
        Row<State.Offered, Event.Moved,      State.Offered>(Buyer),
        Row<State.Planned, Event.Ended,      State.Ended>(Buyer | Seller | Staff),
        Row<State.Short,   Event.SetAside,   State.Short>(Platform),
        Row<State.Short,   Event.Offered,    State.Offered>(Platform | Clock, nameof(BulkRules.RestockWithin)),
        Row<State.Short,   Event.Ordered,    State.Short>(Platform),
        Row<State.Short,   Event.Warned,     State.Short>(Clock),
        Row<State.Short,   Event.PutOff,     State.Short>(Clock, nameof(BulkRules.RestockWithin)),
        Row<State.Short,   Event.Shortened,  State.Short>(Seller),
        Row<State.Short,   Event.Ended,      State.Ended>(
            Buyer | Seller | Staff | Clock, nameof(BulkRules.RestockWithin)),
        Row<State.Offered, Event.SetAside,   State.Offered>(Platform),
        Row<State.Offered, Event.Ordered,    State.Offered>(Platform),
        Row<State.Offered, Event.Warned,     State.Offered>(Clock),
        Row<State.Offered, Event.Settled,    State.Planned>(Platform | Clock, nameof(BulkRules.KeptFor)),
        Row<State.Offered, Event.Completed,  State.Fulfilled>(Platform | Clock, nameof(BulkRules.KeptFor)),
        Row<State.Offered, Event.Shortened,  State.Offered>(Seller),
        Row<State.Offered, Event.Ended,      State.Ended>(
            Buyer | Seller | Staff | Clock, nameof(BulkRules.KeptFor)),
        Row<State.Planned,   Event.Overturned, State.Planned>(Platform),
        Row<State.Short,     Event.Overturned, State.Short>(Platform),
        Row<State.Offered,   Event.Overturned, State.Offered>(Platform),
        Row<State.Fulfilled, Event.Overturned, State.Fulfilled>(Platform),
        Row<State.Ended,     Event.Overturned, State.Ended>(Platform));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<SupplyPlanId, State, Command, Event> Kind = new()
    {
        Name = "plan", Owner = OwnedBy.Seller, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => s is State.Open o ? o.Deadline.Next : null,
        Awaited = s => s is State.Open o ? o.Deadline : null,
        Size = s => s.Instalments.Length,
    };
}
