using Recourse.Orders;
using Recourse.Reviews;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// What a command would do to an order: its decider is run on what the reader sees, and nothing is kept.
/// </summary>
static class OrderEffects
{
    /// <summary>In money and marks, as far as the reader may know; nothing where it would be refused.</summary>
    public static ImmutableArray<EffectBody> Of(Seen seen, Order.Command command, Texts texts)
    {
        var decision = Order.Kind.Decide(seen.Id, seen.State, command, seen.Asked);
        if (decision.Events.IsDefaultOrEmpty) return [];
        return [.. decision.Events.SelectMany(e => Of(seen, (Order.Event)e, texts))];
    }

    static IEnumerable<EffectBody> Of(Seen seen, Order.Event happened, Texts texts)
    {
        var after = Order.Kind.Evolve(seen.State, happened);
        var transfers = Order.Kind.Transfers(seen.Id, after, happened).ToList();
        foreach (var t in transfers.Where(t => MoneyTrail.MaySee(t, seen.As)))
            yield return new(WhoseIs(t), texts.Tell($"effect.{MoneyTrail.PlacesOf(t)}"), t.Amount);
        if (happened is Order.Event.CancellationAsked { Wish.Deadline: var answer })
        {
            yield return new(Words.Of(Party.Seller), texts.Fill("effect.answers", [("due", answer.Due)]), null);
            // What it comes to if they agree, or say nothing.
            var then = new Asked(new Actor.Clock(), answer.Next, seen.Asked.Published);
            foreach (var end in Order.Kind.Decide(seen.Id, after, Order.Kind.Wake(answer.Next), then).Events.Take(1))
                foreach (var effect in Of(seen with { State = after }, (Order.Event)end, texts)) yield return effect;
        }
        if (happened is Order.Event.Reviewed { What: Handled.Proposed p })
        {
            yield return new(Words.Of(Party.Agent), texts.Fill("effect.proposed", [("until", p.What.Until)]), null);
            // And what it comes to once they have.
            foreach (var done in Confirmed(seen, after))
                foreach (var effect in Of(seen with { State = after }, done, texts)) yield return effect;
        }
        if (happened is Order.Event.WarningGiven { Warning: var w })
        {
            yield return new(Words.Of(w.To), texts.Fill("effect.warned", [("due", w.Until)]), null);
            foreach (var end in OrderStakes.IfMissed(seen, (Order.State)after, w.Reason))
                foreach (var effect in Of(seen with { State = end.Before }, end.Happened, texts)) yield return effect;
        }
        if (happened is not Order.Event.Settled ended) yield break;
        if (transfers.Count == 0) yield return new(Words.Of(Party.Buyer), texts.Tell("effect.nothing-paid"), null);
        if (ended.Why.Facts.FirstOrDefault(f => f.Name is "marks") is { Value: Value.Count { Number: > 0 } marks } fact
            && (fact.SeenBy & seen.As) != 0)
            yield return new(Words.Of(Party.Seller), texts.Fill("effect.marks", [("marks", marks.Number)]), null);
    }

    /// <summary>Whether another of the staff confirms it first.</summary>
    public static bool NeedsSecond(Seen seen, Order.Command command) =>
        Order.Kind.Decide(seen.Id, seen.State, command, seen.Asked).Events is [Order.Event.Reviewed];

    /// <summary>What a command would make happen, at once or once another of the staff has confirmed it.</summary>
    public static IEnumerable<Order.Event> InTheEnd(Seen seen, Order.Command command) =>
        Order.Kind.Decide(seen.Id, seen.State, command, seen.Asked).Events switch
        {
            [Order.Event.Reviewed e] => Confirmed(seen, Order.Kind.Evolve(seen.State, e)),
            var all                  => all.IsDefault ? [] : all.Cast<Order.Event>(),
        };

    static IEnumerable<Order.Event> Confirmed(Seen seen, object proposed)
    {
        Actor second = seen.Asked.Who is Actor.Operator ? new Actor.Operator("second") : new Actor.Agent("second");
        return Order.Kind.Decide(
            seen.Id, proposed, new Order.Command.Review(new Step.Confirm()),
            new(second, seen.Asked.At, seen.Asked.Published)).Events
            .Cast<Order.Event>().Where(e => e is not Order.Event.Reviewed);
    }

    static string WhoseIs(Transfer t) => Words.Of(MoneyTrail.PlacesOf(t) switch
    {
        "escrow-to-return" or "payable-to-amends" or "compensation-to-amends" => Party.Buyer,
        "escrow-to-payable" or "payable-to-fees" => Party.Seller,
        _ => Party.Platform,
    });
}
