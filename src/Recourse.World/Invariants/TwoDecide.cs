using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
namespace Recourse.World.Invariants;

/// <summary>Invariant 35: what is about more than one decides alone is done by two of the staff.</summary>
public sealed class TwoDecide : Invariant
{
    readonly Dictionary<IId, Proposal> _open = [];
    readonly Dictionary<IId, (long Position, Proposal What)> _confirmed = [];

    /// <summary>What is waited for besides the state's own deadline; null: it is nothing that staff do by two.
    /// </summary>
    internal static Handling? HandlingOf(object state) => state switch
    {
        Order.State.Funded s => s.Handling,
        Earnings.State s     => s.Handling,
        Refund.State s       => s.Handling,
        _                    => null,
    };

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (WorkList.StepIn(step.Event) is { } what) Note(step, what);
        else if (step.Turn.Who is Actor.Agent or Actor.Operator && StakeOf(step) is { } stake
            && Known.Edition(step.Turn.Rulebook)?.Of<ReviewRules>().IsAlone(stake) is false)
        {
            var by = _confirmed.TryGetValue(step.Id, out var done) && done.Position == step.Position ? done.What
                : _open.GetValueOrDefault(step.Id);
            Must(by is not null && !Reviewing.IsSame(by.By.Name, step.Turn.Who.Name), 35,
                $"is decided about {stake} by {step.Turn.Who.Name} alone", step.Id);
            if (step.Event is not Order.Event) _open.Remove(step.Id);
        }
    }

    void Note(in Step step, Handled what)
    {
        switch (what)
        {
            case Handled.Proposed p:
                Must(p.What.By == step.Turn.Who, 35, $"{step.Turn.Who.Name} proposes as {p.What.By.Name}", step.Id);
                Must(!_open.ContainsKey(step.Id), 35, "is proposed twice at once", step.Id);
                _open[step.Id] = p.What;
                break;
            case Handled.Confirmed c:
                Must(_open.Remove(step.Id, out var was) && !Reviewing.IsSame(was.By.Name, c.By.Name)
                    && c.By == step.Turn.Who, 35, $"{c.By.Name} confirms what they proposed, or nobody did", step.Id);
                if (was is not null) _confirmed[step.Id] = (step.Position, was);
                break;
            case Handled.SentBack:
                Must(_open.Remove(step.Id), 35, "is sent back, and nobody proposed it", step.Id);
                break;
            case Handled.Lapsed:
                Must(_open.Remove(step.Id), 35, "lapses, and nobody proposed it", step.Id);
                break;
        }
    }

    /// <summary>What it is about; null: nothing that has a limit.</summary>
    static Money? StakeOf(in Step step) => (step.Before, step.Event) switch
    {
        (Order.State.Funded, Order.Event.Settled { Settlement: var gone }) => gone.Goods + gone.Shipping,
        (Order.State.Funded s, Order.Event.WarningGiven { Warning.Portions: var some }) => Worth(s.Deal, some),
        (Order.State.Funded s, Order.Event.CancellationMeant { Meant.Portions: var some }) => Worth(s.Deal, some),
        (Order.State.Funded s, Order.Event.Amended)         => s.Deal.Total,
        (Checkout.State.InReview s, Checkout.Event.TurnedDown or Checkout.Event.PaymentAsked) => s.Total,
        (Appeal.State.Open s, Appeal.Event.Upheld or Appeal.Event.Reversed) => s.Complaint.Decision.AtStake,
        (ReasonCase.State.Open s, ReasonCase.Event.Found or ReasonCase.Event.Dismissed) => s.What.Worth,
        (Refund.State s, Refund.Event.Retried or Refund.Event.Reversed) => s.Owed.Amount,
        (_, Earnings.Event.ChargedBack e) => e.Amount,
        (_, Earnings.Event.Restored e)    => e.Amount,
        _ => null,
    };

    static Money Worth(Deal deal, ImmutableArray<Portion> some) =>
        deal.Cut(some).Gone is var gone ? gone.Goods + gone.Shipping : deal.Total;
}
