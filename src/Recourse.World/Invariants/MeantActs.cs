using Recourse.Orders;
namespace Recourse.World.Invariants;

/// <summary>
/// Of invariants 12, 13 and 33: what somebody means to do is taken back by nobody else, comes at its time and as they
/// said it, or lapses when the order moves on; it never comes twice.
/// </summary>
public sealed class MeantActs : Invariant
{
    /// <summary>Whether it is a cancellation that was meant before: the clock brings it, a person decided.</summary>
    public static bool Happens(in Step step) => step is
    {
        Turn.Who: Actor.Clock, Before: Order.State.Cancellable { Meant: not null },
        Event: Order.Event.Settled { Why.By: DecidedBy.Person },
    };

    readonly Dictionary<IId, Keeping> _asked = [];

    /// <summary>Whether it is what a seller asked for, and their buyer answered or didn't.</summary>
    public static bool IsAnswered(object @event) => @event is Order.Event.Settled e
        && e.Why.By == new DecidedBy.Person(Party.Seller) && e.Why.Facts.Any(f => f.Name is "answer");

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Event is Order.Event.KeepingOffered offered)
        {
            Must(offered.Keeping.Who == step.Turn.Who, 33, $"{step.Turn.Who.Name} gives up for others", step.Id);
            Must(!offered.Keeping.Ways.IsEmpty, 11, "asks, and offers nothing", step.Id);
            _asked[step.Id] = offered.Keeping;
        }
        if (step.Event is Order.Event.Settled given && IsAnswered(given))
        {
            Must(_asked.TryGetValue(step.Id, out var asked) && asked.Reason == given.Why.Code, 18,
                "answers what nobody asked", step.Id);
            return;
        }
        var before = (step.Before as Order.State.Cancellable)?.Meant;
        var at = step.Turn.At;
        switch (step.Event)
        {
            case Order.Event.CancellationMeant { Meant: var m }:
                Must(before is null, 12, "is meant twice", step.Id);
                Must(m.Who == step.Turn.Who, 33, $"{step.Turn.Who.Name} speaks for {m.Who.Name}", step.Id);
                Must(m.By == step.Kind.PartyOf(step.Id, step.Before, m.Who), 33, $"{m.Who.Name} is no {m.By}",
                    step.Id);
                Must(m.Due > at, 13, $"is meant at {at} for {m.Due}", step.Id);
                break;
            case Order.Event.CancellationTakenBack e:
                Must(before?.Who == e.Who && e.Who == step.Turn.Who, 33,
                    $"{step.Turn.Who.Name} takes back what {before?.Who.Name ?? "nobody"} meant", step.Id);
                Must(before is null || at < before.Due, 12, $"is taken back at {at}, after {before?.Due}", step.Id);
                break;
            case Order.Event.Settled e when step.Turn.Who is Actor.Clock && e.Why.By is DecidedBy.Person by:
                Must(before is not null, 13, "comes by the clock, and nobody meant it", step.Id);
                if (before is not null) AsSaid(step, before, e, by);
                break;
        }
    }

    void AsSaid(in Step step, Meant meant, Order.Event.Settled e, DecidedBy.Person by)
    {
        Must(step.Turn.At >= meant.Due, 13, $"comes at {step.Turn.At}, before {meant.Due}", step.Id);
        Must(by.Role == meant.By && e.Why.Code == meant.Reason, 18,
            $"was meant by {meant.By} for {meant.Reason}, and comes by {by.Role} for {e.Why.Code}", step.Id);
        Must(e.Settlement.Lines.Sum(l => l.Quantity) == meant.Units, 12, $"was meant of {meant.Units} units", step.Id);
        Must(step.After is not Order.State.Cancellable { Meant: not null }, 12, "comes, and is still meant", step.Id);
    }
}
