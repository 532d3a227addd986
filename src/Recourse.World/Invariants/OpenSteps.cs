using System.Numerics;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariants 11, 12 and 13: whoever is waited for is one party until one instant; each deadline passes once, and
/// nothing ends by the clock before its time.
/// </summary>
/// <param name="patience">How late a wake may be; null: however late.</param>
public sealed class OpenSteps(Duration? patience) : Invariant
{
    readonly Dictionary<IId, Instant?> _wakes = [];
    readonly HashSet<(IId, Instant)> _fired = [];
    readonly PriorityQueue<(IId Id, Instant Due), Instant> _ahead = new();

    /// <inheritdoc/>
    public override void Before(long position, Turn turn)
    {
        if (turn.Who is Actor.Clock && turn.Events.Length > 0) Fire(turn);
        if (turn.Who is not Actor.Clock && turn.Events.Length > 0 && turn.Command?.GetType().Name is "Wake")
            Wrong(13, $"{turn.Who.Name} speaks as if they were the clock", turn.Target);
        while (patience is { } most && _ahead.TryPeek(out var next, out var due) && due + most < turn.At)
        {
            _ahead.Dequeue();
            if (_wakes.GetValueOrDefault(next.Id) == next.Due)
                Wrong(12, $"its deadline of {due} never passed", next.Id);
        }
    }

    void Fire(Turn turn)
    {
        var due = Known.States.TryGetValue(turn.Target, out var state)
            ? Known.Registry.Of(turn.Target).NextWake(state) : null;
        if (due is not { } at) Wrong(12, "time acts on it, and it waited for nobody", turn.Target);
        else
        {
            Must(_fired.Add((turn.Target, at)), 12, $"its deadline of {at} passes twice", turn.Target);
            Must(turn.At >= at, 13, $"its deadline of {at} passes at {turn.At}", turn.Target);
        }
    }

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Kind.DeadlineOf(step.After) is { } open)
        {
            Must(BitOperations.IsPow2((int)open.Owner), 11, $"waits for {open.Owner}", step.Id);
            Must(open.Then is not "", 11, "nobody knows what happens then", step.Id);
            Must(open.Warn is null || open.Warn < open.Due, 11, $"warns at {open.Warn}, after {open.Due}", step.Id);
            var next = step.After is Order.State.Cancellable { Meant: { } meant }
                ? Instant.Min(meant.Due, open.Next) : open.Next;
            next = TwoDecide.HandlingOf(step.After)?.Sooner(next) ?? next;
            Must(step.Kind.NextWake(step.After) == next, 11, $"has a deadline at {next} and no wake", step.Id);
        }
        else Must(!OneEnd.IsUnderWay(step.After), 11, "is under way and nobody is waited for", step.Id);
        if (step.Turn.Who is Actor.Clock && step.Turn.Target.Equals(step.Id)) ByTheClock(step);
    }

    void ByTheClock(in Step step)
    {
        if (step.Before is not { } before || step.Kind.DeadlineOf(before) is not { } was) return;
        // What still has a deadline goes on: a listing waits for its seller in whatever state it is.
        // What is paid at once, as from a wallet, has not ended: it goes on as orders.
        var ends = !OneEnd.IsUnderWay(step.After) && step.Kind.DeadlineOf(step.After) is null
            && step.After is not Checkout.State.Authorised;
        if (ends && !MeantActs.Happens(step))
            Must(was.Warn is null && step.Turn.At >= was.Due, 13, $"ends before {was.Due} was over", step.Id);
        if (step.Event is Order.Event.Warned or Checkout.Event.Warned or Listing.Event.HoldWarned
            && NoticeOf(step) is { } notice)
            Must(Warned(step).Due >= step.Turn.At + notice, 13,
                $"is warned at {step.Turn.At}, and has less than {notice} left", step.Id);
    }

    /// <summary>Of an order it is its own deadline, and not what its buyer asks for meanwhile.</summary>
    static Deadline Warned(in Step step) =>
        step.After is Order.State.Open order ? order.Deadline : step.Kind.DeadlineOf(step.After)!;

    Duration? NoticeOf(in Step step) => step.After switch
    {
        Order.State.Open s  => Known.Edition(s.Deal.Rulebook)?.Of<OrderRules>().WarnBefore,
        Checkout.State.Open => Known.Edition(step.Turn.Rulebook)?.Of<CheckoutRules>().WarnBefore,
        Listing.State.Live  => Known.Edition(step.Turn.Rulebook)?.Of<ListingRules>().WarnBefore,
        _ => null,
    };

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var wake in turn.Wakes)
        {
            _wakes[wake.Id] = wake.At;
            if (wake.At is { } due && patience is not null) _ahead.Enqueue((wake.Id, due), due);
        }
        foreach (var e in turn.Events)
            if (Known.States.TryGetValue(e.Id, out var state))
                Must(_wakes.GetValueOrDefault(e.Id) == Known.Registry.Of(e.Id).NextWake(state), 12,
                    "its next wake is not the one on record", e.Id);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (id, due) in _wakes)
            if (due is { } at && at < Known.At) Wrong(12, $"its deadline of {at} never passed", id);
    }
}
