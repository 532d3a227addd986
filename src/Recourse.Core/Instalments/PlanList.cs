namespace Recourse.Instalments;

/// <summary>A plan in a list.</summary>
/// <param name="Plan">Text of its id.</param>
/// <param name="State">The name of its state.</param>
/// <param name="Taken">Units that were ordered, in instalments that are over.</param>
/// <param name="Ahead">Units that are still to come.</param>
/// <param name="WaitsUntil">When the time of whoever is waited for is up (UTC); null: it is over.</param>
public sealed record PlanRow(
    string Plan, string Buyer, string Seller, string Title, long Position, int Asked, int Taken, int Ahead,
    string State, Instant? WaitsUntil);

/// <summary>Who gets what in instalments, the newest first.</summary>
public static class PlanList
{
    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<PlanRow> View = new()
    {
        Name = "plans", Version = 1, Hears = [typeof(SupplyPlan.Event)],
        Keys = r => r is { Id: SupplyPlanId id, Event: SupplyPlan.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: SupplyPlanId id, Event: SupplyPlan.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) =>
        [
            .. ((string[])[row.Buyer, row.Seller, Scope.All]).Select(
                who => new Found(Scope.Index, who, $"{row.Position:D19}")),
        ],
    };

    static PlanRow? Apply(PlanRow? row, SupplyPlanId id, SupplyPlan.Event @event, Recorded r)
    {
        if (@event is SupplyPlan.Event.Opened o)
            return With(
                new(
                    $"{id}", $"{o.Terms.Buyer}", $"{id.Seller}", o.Terms.Title, r.Position, o.Terms.Asked, 0, 0, "",
                    null),
                o.Instalments, nameof(SupplyPlan.State.Planned), o.Deadline.Due);
        if (row is null) return null;
        return @event switch
        {
            SupplyPlan.Event.Opened       => row,
            SupplyPlan.Event.StockAsked e => row with
            {
                State = nameof(SupplyPlan.State.Short), WaitsUntil = e.Deadline.Due,
            },
            SupplyPlan.Event.Offered e    => row with
            {
                State = nameof(SupplyPlan.State.Offered), WaitsUntil = e.Deadline.Due,
            },
            SupplyPlan.Event.Warned e     => row with { WaitsUntil = e.Deadline.Due },
            SupplyPlan.Event.PutOff e     => row with { WaitsUntil = e.Deadline.Due },
            SupplyPlan.Event.SetAside or SupplyPlan.Event.Ordered or SupplyPlan.Event.Overturned => row,
            SupplyPlan.Event.Settled e    =>
                With(row, e.Instalments, nameof(SupplyPlan.State.Planned), e.Deadline.Due),
            SupplyPlan.Event.Moved e      => With(row, e.Instalments, row.State, e.Deadline?.Due ?? row.WaitsUntil),
            SupplyPlan.Event.Shortened e  => With(row, e.Instalments, row.State, row.WaitsUntil),
            SupplyPlan.Event.Completed e  => With(row, e.Instalments, nameof(SupplyPlan.State.Fulfilled), null),
            SupplyPlan.Event.Ended e      =>
                With(row, e.Instalments, nameof(SupplyPlan.State.Ended), null) with { Ahead = 0 },
        };
    }

    static PlanRow With(PlanRow row, ImmutableArray<Instalment> all, string state, Instant? until) => row with
    {
        State = state, WaitsUntil = until, Taken = all.Sum(i => i.Taken ?? 0),
        Ahead = all.Where(i => i.Taken is null).Sum(i => i.Units),
    };
}
