using Recourse.Reviews;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Party;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Placed,   State.Placed>(Platform),
        Start<Event.Imported, State.Imported>(Integration),
        Row<State.Placed,    Event.Funded,    State.Funded>(Platform),
        Row<State.Placed,    Event.Cancelled, State.Cancelled>(
            Buyer | Seller | Staff | Platform | Clock, nameof(OrderRules.UnpaidWithin)),
        Row<State.Placed,    Event.CancellationMeant,     State.Placed>(Buyer | Seller | Staff),
        Row<State.Placed,    Event.CancellationTakenBack, State.Placed>(Buyer | Seller | Staff),
        Row<State.Funded,    Event.Warned,    State.Funded>(Clock),
        Row<State.Funded,    Event.CancellationMeant,     State.Funded>(Buyer | Seller | Staff),
        Row<State.Funded,    Event.CancellationTakenBack, State.Funded>(Buyer | Seller | Staff),
        Row<State.Placed,    Event.PutOff,    State.Placed>(Operator),
        Row<State.Funded,    Event.PutOff,    State.Funded>(Operator),
        Row<State.Shipped,   Event.PutOff,    State.Shipped>(Operator),
        Row<State.Funded,    Event.WarningGiven,     State.Funded>(Staff | Platform),
        Row<State.Funded,    Event.WarningsTold,     State.Funded>(Clock, nameof(WarningRules.GatherFor)),
        Row<State.Funded,    Event.WarningAnswered,  State.Funded>(Buyer | Seller),
        Row<State.Funded,    Event.WarningLifted,    State.Funded>(
            Buyer | Seller | Warehouse | Staff | Platform | Clock, nameof(WarningRules.HearWithin)),
        Row<State.Funded,    Event.KeepingOffered,   State.Funded>(Seller),
        Row<State.Funded,    Event.Kept,             State.Funded>(Buyer),
        Row<State.Funded,    Event.KeepingWithdrawn, State.Funded>(Seller),
        Row<State.Funded,    Event.Reduced,   State.Funded>(
            Buyer | Seller | Staff | Platform | Clock, nameof(OrderRules.UndoWithin)),
        Row<State.Funded,    Event.Shipped,   State.Shipped>(Seller | Warehouse),
        Row<State.Funded,    Event.Cancelled, State.Cancelled>(
            Buyer | Seller | Staff | Platform | Clock, nameof(OrderRules.DispatchWithin)),
        Row<State.Shipped,   Event.Warned,    State.Shipped>(Clock),
        Row<State.Shipped,   Event.Delivered, State.Delivered>(Platform),
        Row<State.Shipped,   Event.Completed, State.Completed>(Buyer),
        Row<State.Shipped,   Event.Lost,      State.Cancelled>(Clock, nameof(OrderRules.DeliverWithin)),
        Row<State.Delivered, Event.Warned,    State.Delivered>(Clock),
        Row<State.Delivered, Event.Completed, State.Completed>(Buyer | Clock, nameof(OrderRules.ObjectWithin)),
        Row<State.Funded,    Event.Picked,    State.Funded>(Seller | Warehouse),
        Row<State.Funded,    Event.CancellationAsked, State.Funded>(Buyer),
        Row<State.Funded,    Event.AmendmentAsked,    State.Funded>(Buyer | Agent),
        Row<State.Funded,    Event.AmendmentHeld,     State.Funded>(Buyer),
        Row<State.Funded,    Event.DifferenceAsked,   State.Funded>(Buyer | Seller | Agent),
        Row<State.Funded,    Event.Amended,           State.Funded>(Buyer | Seller | Agent | Platform),
        Row<State.Funded,    Event.WishRefused,       State.Funded>(Buyer | Seller | Warehouse | Agent),
        Row<State.Funded,    Event.WishEnded,         State.Funded>(
            Buyer | Seller | Warehouse | Staff | Platform | Clock, nameof(RequestRules.AnswerWithin)),
        Row<State.Funded,    Event.Reviewed,       State.Funded>(
            Buyer | Seller | Warehouse | Staff | Platform | Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Funded,    Event.Contested,      State.Funded>(Platform),
        Row<State.Funded,    Event.Uncontested,    State.Funded>(Platform),
        Row<State.Shipped,   Event.RecallAsked,    State.Shipped>(Buyer),
        Row<State.Shipped,   Event.RecallAccepted, State.Shipped>(Platform),
        Row<State.Shipped,   Event.RecallOver,   State.Shipped>(
            Platform | Clock, nameof(RequestRules.RecallWithin)),
        Row<State.Shipped,   Event.CameBack,       State.Cancelled>(
            Seller | Warehouse | Clock, nameof(RequestRules.BackWithin)),
        Row<State.Shipped,   Event.Contested,      State.Shipped>(Platform),
        Row<State.Shipped,   Event.Uncontested,    State.Shipped>(Platform),
        Row<State.Delivered, Event.Extended,       State.Delivered>(Buyer),
        Row<State.Delivered, Event.Contested,      State.Delivered>(Platform),
        Row<State.Delivered, Event.Uncontested,    State.Delivered>(Platform),
        Row<State.Delivered, Event.Postponed,      State.Delivered>(Clock, nameof(OrderRules.ObjectWithin)),
        Row<State.Funded,    Event.Overturned, State.Funded>(Platform),
        Row<State.Shipped,   Event.Overturned, State.Shipped>(Platform),
        Row<State.Delivered, Event.Overturned, State.Delivered>(Platform),
        Row<State.Completed, Event.Overturned, State.Completed>(Platform),
        Row<State.Cancelled, Event.Overturned, State.Cancelled>(Platform));

    /// <summary>What the runtime is told of orders.</summary>
    public static readonly Kind<OrderId, State, Command, Event> Kind = new()
    {
        Name = "order", Owner = OwnedBy.Seller, StateVersion = 9, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due), Awaited = DeadlineOf, Due = NextOf,
        Size = SizeOf,
    };

    /// <summary>What comes next: also of what its buyer has asked for.</summary>
    static Deadline? DeadlineOf(State state) => state switch
    {
        State.Funded s => OfAll(s),
        State.Shipped { Recall.Deadline: { } d } s => Sooner(d, s.Deadline),
        State.Open s => s.Deadline,
        State.Completed or State.Cancelled or State.Imported => null,
    };

    static Deadline OfAll(State.Funded s)
    {
        var own = s.IsHeld && s.Keeping is null ? null : s.Deadline;
        return Next(own, s.Wish?.Deadline, s.Warnings) ?? s.Deadline;
    }

    /// <summary>Whom everybody waits for first: what is asked goes before what it stands beside, and what is wrong
    /// before both.</summary>
    internal static Deadline? Next(Deadline? own, Deadline? asked, ImmutableArray<Warning>? warnings)
    {
        var next = asked is not null && (own is null || asked.Next <= own.Next) ? asked : own;
        foreach (var w in warnings ?? [])
            if (next is null || w.Deadline.Next <= next.Next) next = w.Deadline;
        return next;
    }

    static Deadline Sooner(Deadline first, Deadline other) => first.Next <= other.Next ? first : other;

    static Instant? NextOf(State state) => state switch
    {
        State.Funded s => s.Handling.Sooner(Meaning(s)),
        State.Cancellable s => Meaning(s),
        _ => DeadlineOf(state)?.Next,
    };

    static Instant Meaning(State.Cancellable s) =>
        s.Meant is { } m ? Instant.Min(m.Due, DeadlineOf(s)!.Next) : DeadlineOf(s)!.Next;

    static int SizeOf(State state) => state switch
    {
        State.Dealt s    => 1 + s.Deal.Lines.Length,
        State.Imported s => 1 + s.Facts.Items.Length + s.Facts.Payments.Length + s.Facts.Reviews.Length,
    };
}
