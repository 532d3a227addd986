namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>All that is wrong, in one letter to each who can put something of it right.</summary>
    static IEnumerable<Notice> OfWarnings(OrderId id, BuyerId? buyer, Event @event)
    {
        return @event switch
        {
            Event.WarningsTold e =>
            [
                .. Letter("order-warned", buyer?.ToString(), Party.Buyer, e.Warnings, null, null),
                .. Letter("sale-warned", $"{id.Seller}", Party.Seller, e.Warnings, e.Deadline, e.RequestDue),
                .. e.Warnings.Where(w => w is { Holds: true, To: Party.Buyer }).MaxBy(w => w.Until) is { } w
                    ? [ToSeller("sale-waits", ("due", w.Until))] : Array.Empty<Notice>(),
            ],
            Event.Warned e =>
                Letter("sale-warned", $"{id.Seller}", Party.Seller, e.Warnings ?? [], e.Deadline, null),
            Event.WarningAnswered e =>
                [new("warning-answered", Matter.Deadlines, Notice.Staff, Party.Agent, id, [("due", e.Deadline.Due)])],
            Event.WarningLifted { Warning: { To: Party.Buyer, ToldAt: not null } w } e =>
            [
                new("order-warning-lifted", Matter.Orders, buyer?.ToString(), Party.Buyer, id,
                    [("what", Warning.WordOf(w.Reason))]),
                .. e.Deadline is { } due ? [ToSeller("sale-goes-on", ("due", due.Due))] : Array.Empty<Notice>(),
            ],
            Event.WarningLifted { Warning: { ToldAt: not null } w } =>
                [ToSeller("sale-warning-lifted", ("what", Warning.WordOf(w.Reason)))],
            _ => Array.Empty<Notice>(),
        };

        IEnumerable<Notice> Letter(
            string code, string? to, Party side, ImmutableArray<Warning> all, Deadline? dispatch, Instant? request)
        {
            var own = all.Where(w => w.To == side && w.AnsweredAt is null).ToList();
            if (own.Count == 0) yield break;
            List<string> what = [.. own.Select(w => Warning.WordOf(w.Reason))];
            if (dispatch is not null) what.Add(Warning.WordOf(dispatch.Then));
            if (request is not null) what.Add("warning-request");
            Instant?[] due = [.. own.Select(w => (Instant?)w.Until), dispatch?.Due, request];
            yield return new(code, Matter.Deadlines, to, side, id,
                [("what", string.Join(", ", what)), ("due", due.Min()!.Value)]);
        }

        Notice ToSeller(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, $"{id.Seller}", Party.Seller, id, facts);
    }
}
