using Recourse.Orders;
namespace Recourse.Payments;

public static partial class Payment
{
    static Decision<Event> GiveBack(State? state, Return r, Turn turn)
    {
        if (StakeOf(state, r.Order) is not { } stake) return NoShare(r.Order);
        if (r.Nth < 1) return NotNow(state, turn.By);
        if (r.Amount.Currency != stake.Amount.Currency) return AmountDiffers(stake.Amount, r.Amount);
        return Return(state, stake, r, turn);
    }

    /// <summary>The whole share comes back: such an order never had any of it.</summary>
    static Decision<Event> HearFundingRefused(State? state, OrderId order, Turn turn) =>
        StakeOf(state, order) is { } stake
            ? Return(state, stake, new Return(order, Nth: 0, stake.Amount, WhyUnfunded(stake, turn)), turn)
            : NoShare(order);

    static Decision<Event> Return(State? state, Stake stake, Return r, Turn turn)
    {
        if (stake.Heard.Contains(r.Nth)) return [];                                       // said twice, done once
        if (r.Amount.Minor == 0) return [];
        var left = stake.Left - WaitingFor(state, r.Order, r.Amount.Currency);
        if (r.Amount.Minor < 0 || r.Amount.Minor > left.Minor) return GivesBackTooMuch(stake, left, r.Amount);
        return state switch
        {
            State.Authorised s => Release(s, r, turn),
            State.Capturing    => [new Event.ReturnQueued(r)],
            State.Captured s   => [new Event.RefundOwed(r, s.Intent)],
            State.Failed       => [NeverCaptured(r)],
            State.Authorising or State.Voiding or State.Declined or State.Voided or null => NotNow(state, turn.By),
        };
    }

    /// <summary>When the last share is given back nothing is wanted any more: the hold goes at once.</summary>
    static Decision<Event> Release(State.Authorised s, Return r, Turn turn)
    {
        var released = NeverCaptured(r);
        if (Evolve(s, released).Wanted.Minor > 0) return [released];
        var gone = new Event.VoidAsked(s.Intent, turn.Rules.AnswerDue(turn.At));
        return s.Intent is FromWallet ? [released, gone, new Event.Voided()] : [released, gone];
    }

    static Money WaitingFor(State? state, OrderId order, Currency currency) => state is State.Capturing s
        ? s.Waiting.Where(r => r.Order == order).Select(r => r.Amount).Sum(currency) : Money.Zero(currency);

    static Stake? StakeOf(State? state, OrderId order) => state?.Stakes.FirstOrDefault(s => s.Order == order);

    static Statement WhyUnfunded(Stake stake, Turn turn) => new(
        "payment.order-had-ended", "payment.share-returned",
        [
            new("order", $"{stake.Order}", Party.Everyone),
            new("amount", stake.Amount, Party.Everyone),
        ],
        rule: "payments.gracePeriod", turn.Rulebook, new DecidedBy.Automated("payments"),
        [new("refund.look"), new("checkout.open-again")],
        issuedAt: turn.At, appealUntil: null);
}
