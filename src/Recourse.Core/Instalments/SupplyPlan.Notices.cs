using Recourse.Reasons;
namespace Recourse.Instalments;

public static partial class SupplyPlan
{
    /// <summary>What buyer and seller are told of a plan.</summary>
    public static IEnumerable<Notice> Notices(SupplyPlanId id, State? now, Event @event)
    {
        var buyer = (@event is Event.Opened opened ? opened.Terms : now?.Terms)?.Buyer;
        return @event switch
        {
            Event.Opened { Terms: { Appeal: { } cause, Asked: var units } } when cause.Code.StartsWith(
                ReasonCase.Redress, StringComparison.Ordinal) =>
            [
                ToBuyer("plan-redress", Matter.Orders, null, ("units", units)),
                ToSeller("sale-plan-redress", Matter.Orders, null, ("units", units)),
            ],
            Event.Opened { Terms: { Appeal: not null, Asked: var units } } =>
            [
                ToBuyer("plan-again", Matter.Orders, null, ("units", units)),
                ToSeller("sale-plan-again", Matter.Orders, null, ("units", units)),
            ],
            Event.Opened e =>
            [
                ToBuyer("plan-opened", Matter.Orders, null, ("asked", e.Terms.Asked), ("due", e.Deadline.Due)),
                ToSeller("sale-plan-opened", Matter.Orders, null, ("asked", e.Terms.Asked), ("due", e.Deadline.Due)),
            ],
            Event.Offered e =>
                [ToBuyer("plan-offered", Matter.Deadlines, null, ("units", e.Units), ("due", e.Deadline.Due))],
            Event.Warned { Deadline: { Owner: Party.Buyer } d } =>
                [ToBuyer("plan-due", Matter.Deadlines, null, ("due", d.Due))],
            Event.Warned { Deadline: { Owner: Party.Seller } d } =>
                [ToSeller("sale-plan-short", Matter.Deadlines, null, ("due", d.Due))],
            Event.Settled { Taken: 0 } e => [ToBuyer("plan-put-back", Matter.Orders, null, ("due", e.Deadline.Due))],
            Event.PutOff e    => [ToBuyer("plan-put-off", Matter.Decisions, e.Why)],
            Event.Moved e     =>
            [
                ToSeller("sale-plan-moved", Matter.Orders, null,
                    ("from", e.Instalments.First(i => i.Taken is null && (e.Deadline is not null
                        || i.From > (now as State.Open)?.Current.From)).From)),
            ],
            Event.Shortened e => [ToBuyer("plan-shortened", Matter.Decisions, e.Why)],
            Event.Ended e     =>
                [ToBuyer("plan-ended", Matter.Decisions, e.Why), ToSeller("sale-plan-ended", Matter.Decisions, e.Why)],
            Event.StockAsked or Event.SetAside or Event.Ordered or Event.Warned or Event.Settled or Event.Completed
                or Event.Overturned =>
                Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, buyer?.ToString(), Party.Buyer, id, facts, why);

        Notice ToSeller(string code, Matter topic, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, topic, $"{id.Seller}", Party.Seller, id, facts, why);
    }
}
