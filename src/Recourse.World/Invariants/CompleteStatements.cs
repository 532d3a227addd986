using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Reasons;
namespace Recourse.World.Invariants;

/// <summary>Invariant 18: whatever goes against someone says why, completely, from what is recorded.</summary>
public sealed class CompleteStatements : Invariant
{
    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (step.Event is not IAdverse { Why: var why }) return;
        if (why is null) { Wrong(18, $"{step.Event.GetType().Name} has no statement", step.Id); return; }
        Must(why.IssuedAt == step.Turn.At, 18, $"{why.Code} is issued at {why.IssuedAt} in a turn of {step.Turn.At}",
            step.Id);
        Must(why.Facts.Select(f => f.Name).Distinct().Count() == why.Facts.Length, 18, $"{why.Code} says a fact twice",
            step.Id);
        Must(why.Facts.All(f => f.SeenBy != Party.None), 18, $"{why.Code} has a fact that nobody may see", step.Id);
        Must(Known.Edition(why.Rulebook) is not null, 18, $"{why.Code} is by rulebook {why.Rulebook}", step.Id);
        Must(!why.IsOpenTo(Party.Agent) || CanAppeal(step), 18, $"{why.Code} promises an appeal that nobody can lodge",
            step.Id);
        if (step is { Id: OrderId id, Event: Order.Event.Settled e, Before: Order.State.Open before })
        {
            See(id, e.Settlement, why, before.Deal);
            if (step.Turn.Target.Equals(id)) MayGive(step, why);
        }
    }

    static bool CanAppeal(in Step step) =>
        Subject.Of(step.Id, step.Event, new Actor.Buyer(new("any"))) is not null
        || SellerOf(step.Id) is { } seller && Subject.Of(step.Id, step.Event, new Actor.Seller(seller)) is not null;

    static SellerId? SellerOf(IId id) => id switch
    {
        OrderId o    => o.Seller,
        ListingId l  => l.Seller,
        EarningsId e => e.Seller,
        ReasonCaseId r => r.Seller,
        _            => null,
    };

    void MayGive(in Step step, Statement why)
    {
        // What came back came back, whoever says so; and what its buyer asked for, others only carry out.
        if (why.Code is Reason.Returned or Reason.BackUnseen || why.Facts.Any(f => f.Name is "askedAt")) return;
        // What somebody was warned of by whoever may give it, the clock only carries out.
        var warned = step.Turn.Who is Actor.Clock
            ? (step.Before as Order.State.Funded)?.WarningOf(why.Code)?.Who : null;
        if (warned is Actor.Aggregate) return;
        var who = MeantActs.Happens(step) ? ((Order.State.Cancellable)step.Before!).Meant!.Who
            : warned ?? step.Turn.Who;
        var party = MeantActs.IsAnswered(step.Event) ? Party.Seller
            : step.Kind.PartyOf(step.Id, step.Before, who) ?? Party.None;
        Must(Known.Edition(why.Rulebook)?.Of<OrderRules>().Reasons.GetValueOrDefault(why.Code) is not { } reason
            || reason.By.HasFlag(party), 18, $"{who.Name} ends it by {why.Code}, which is not theirs to give",
            step.Id);
    }

    void See(OrderId id, Settlement s, Statement why, Deal deal)
    {
        Must(why.Rulebook == deal.Rulebook, 18, "is judged by another edition than it was placed under", id);
        Must(Known.Edition(why.Rulebook) is not { } book || book.Of<OrderRules>().Reasons.ContainsKey(why.Code), 18,
            $"{why.Code} is no reason of edition {why.Rulebook}", id);
        Fact("back", s.IsPaid ? s.ToBuyer : (Value)"nothing-paid");
        Fact("goods", s.Goods);
        Fact("shipping", s.Shipping);
        Fact("units", (long)s.Lines.Sum(l => l.Quantity));

        void Fact(string name, Value value) => Must(why.Facts.FirstOrDefault(f => f.Name == name)?.Value == value, 18,
            $"{why.Code} states another {name} than {value}", id);
    }
}
