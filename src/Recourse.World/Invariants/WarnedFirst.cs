using Recourse.Orders;
namespace Recourse.World.Invariants;

/// <summary>
/// Of invariants 13 and 18: the platform ends nothing for a reason of its own before whoever could put it right was
/// told, and had the time that they were told, unless fraud is confirmed; what was said against it is heard first.
/// </summary>
public sealed class WarnedFirst : Invariant
{
    readonly Dictionary<IId, Dictionary<string, Warning>> _open = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Id is not OrderId) return;
        switch (step.Event)
        {
            case Order.Event.WarningGiven e:
                Must(Of(step.Id).TryAdd(e.Warning.Reason, e.Warning), 12, "is warned of twice at once", step.Id);
                break;
            case Order.Event.WarningsTold e:
                foreach (var w in e.Warnings)
                {
                    Must(Of(step.Id).ContainsKey(w.Reason), 18, $"is told of {w.Reason}, which nobody found", step.Id);
                    Of(step.Id)[w.Reason] = w;
                }
                break;
            case Order.Event.WarningAnswered e when Of(step.Id).TryGetValue(e.Reason, out var w):
                Of(step.Id)[e.Reason] = w with { AnsweredAt = e.At, ToldAt = w.ToldAt ?? e.At };
                break;
            case Order.Event.PutOff { Warnings: { } later }:
                foreach (var w in later) Of(step.Id)[w.Reason] = w;
                break;
            case Order.Event.WarningLifted e: Of(step.Id).Remove(e.Warning.Reason); break;
            case Order.Event.Shipped:
                Must(Of(step.Id).Values.All(w => !w.Holds), 13, "is sent while it is held", step.Id);
                _open.Remove(step.Id);
                break;
            case Order.Event.Settled e: End(step, e); break;
        }
    }

    void End(in Step step, Order.Event.Settled e)
    {
        var warned = Of(step.Id).GetValueOrDefault(e.Why.Code);
        if (e is Order.Event.Reduced) Of(step.Id).Remove(e.Why.Code);
        else _open.Remove(step.Id);
        // Editions from before warnings ended such orders at once.
        if (step.Before is not Order.State.Dealt { Deal.Rulebook: var edition }
            || Known.Rulebooks.FirstOrDefault(r => r.Version == edition)?.Of<OrderRules>()
                is not { Warnings: not null } rules || !rules.WarnsFor(e.Why.Code)) return;
        Must(warned is { ToldAt: not null }, 18, $"ends for {e.Why.Code}, and nobody was told before", step.Id);
        if (warned is null) return;
        Must(warned.AnsweredAt is null ? step.Turn.Who is Actor.Clock && step.Turn.At >= warned.Until
            : step.Turn.Who is Actor.Agent or Actor.Operator, 13,
            $"ends by {step.Turn.Who.Name} at {step.Turn.At}, and there was time until {warned.Until}", step.Id);
        Must(e.Why.Facts.Any(f => f.Name is "warnedAt"), 18, "ends, and its statement names no warning", step.Id);
    }

    Dictionary<string, Warning> Of(IId id) => _open.TryGetValue(id, out var all) ? all : _open[id] = new(
        StringComparer.Ordinal);
}
