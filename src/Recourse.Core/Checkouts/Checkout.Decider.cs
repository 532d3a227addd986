using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Rulebooks;
using Recourse.Verifying;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>The buyer's own, and staff; sellers see their orders instead.</summary>
    public static Party? PartyOf(CheckoutId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => OrderId.TryParse(a.Id, out _) || a.Id == $"{PaymentId.Of(id)}" || a.Id == $"{id}"
            || CouponId.TryParse(a.Id, out var coupon) && coupon.IsForAllShops
            || VerificationId.TryParse(a.Id, out var own) && own.Buyer == id.Buyer
            || AppealId.TryParse(a.Id, out var appeal) && appeal.Buyer == id.Buyer ? Party.Platform : null,
        Actor.Clock       => Party.Clock,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(CheckoutId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        var turn = new Turn(party, asked.At, asked.InForce);
        if (state is null && command is not (Command.Open or Command.Wake)) return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Open c            => Open(id, state, c, asked, turn),
            Command.ConfirmReserved c => ConfirmReserved(state, c, turn),
            Command.HearRefusal c     => HearRefusal(id, state, c, turn),
            Command.HearCouponTaken c => HearCouponTaken(state, c.Coupon),
            Command.HearCouponRefused c => HearCouponRefused(state, c, turn),
            Command.Proceed           => Proceed(state, turn),
            Command.LeaveDiscounts      => LeaveDiscounts(state, turn),
            Command.Pay c             => Pay(state, c, asked, turn),
            Command.Abandon c         => Abandon(state, c, turn),
            Command.Clear             => Judge(state, ToClear, asked, turn),
            Command.TurnDown          => Judge(state, ToTurnDown, asked, turn),
            Command.Review c          => Review(state, c.Step, asked, turn),
            Command.HearVerified c    => HearVerified(state, c.Card, turn),
            Command.HearNotVerified   => HearNotVerified(state, turn),
            Command.HearProofSent c   => HearProofSent(state, c.Until, turn),
            Command.Overturn c        => Overturn(state, c.Appeal, turn),
            Command.ConfirmAuthorised => ConfirmAuthorised(state, turn),
            Command.HearDecline c     => HearDecline(state, c, turn),
            Command.HearEnded c       => HearEnded(state, c, turn),
            Command.PutOff c          => PutOff(state, c.Until, turn),
            Command.Wake c            => Wake(state, c.Due, turn),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    sealed record Turn(Party By, Instant At, Rulebook Book)
    {
        public CheckoutRules Rules { get; } = Book.Of<CheckoutRules>();

        public BusinessCalendar CalendarOf(string country) => Book.Of<Calendars>().Of(country);
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event)
    {
        var next = After(state, @event);
        var leftOut = @event is Event.Opened { LeftOut: { } some } ? some
            : @event is Event.AskedForLess ? next.LeftOut : state?.LeftOut ?? [];
        // What was left out, and a coupon's use, stay with it to its end.
        var taken = @event is Event.Opened or Event.SellersAsked ? next.Taken : state?.Taken;
        var cleared = @event is Event.PaymentAsked { Cleared: ClearedBy.Review or ClearedBy.Appeal }
            && state is State.Waiting w ? [.. state.Cleared.Union(ReasonsIn(w.Gate))] : state?.Cleared ?? [];
        return leftOut.IsEmpty && taken == next.Taken && cleared.IsEmpty ? next
            : next with { LeftOut = leftOut, Taken = taken, Cleared = cleared };
    }

    static State After(State? state, Event @event) => @event switch
    {
        Event.Opened e       => Opened(e),
        Event.SellersAsked e => SellersAsked(state.Was<State.Reserving>(e), e),
        Event.NotOpened e    => new State.TurnedDown(e.Basket, e.Currency, [], e.Why),
        Event.Reserved e     => With(state.Was<State.Reserving>(e), e.Order, p => p with { Total = e.Total }),
        Event.Refused e      => With(state.Was<State.Reserving>(e), e.Order, p => p with { Refusals = e.Why }),
        Event.AskedForLess e => AskedForLess(state.Was<State.Reserving>(e), e),
        Event.Missed e       => With(state.Was<State.Reserving>(e), e.Order, p => Without(p, e.Why)),
        Event.Dropped e      => With(state.Was<State.Open>(e), e.Order, p => Without(p, e.Why)),
        Event.Warned e       => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.PutOff e       => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.Stopped e      => Stopped(state.Was<State.Reserving>(e), e),
        Event.AskedAgain e   => AskedAgain(state.Was<State.Stopped>(e), e),
        Event.PaymentAsked e => Paying(state.Was<State.Open>(e), e),
        Event.Declined e     => Declined(state.Was<State.Paying>(e), e),
        Event.Authorised e   => Paid(state.Was<State.Paying>(e)),
        Event.Abandoned e    => Abandoned(state.Was<State.Open>(e), e),
        Event.VerificationAsked e => Verifying(state.Was<State.Open>(e), e),
        Event.ProofSent e    => state.Was<State.Verifying>(e) with { Deadline = e.Deadline },
        Event.HeldForReview e => InReview(state.Was<State.Open>(e), e),
        Event.Reviewed e     => Reviewed(state.Was<State.InReview>(e), e.What),
        Event.TurnedDown e   => TurnedDown(state.Was<State.Open>(e), e),
        Event.Overturned e   => state.Was<State.TurnedDown>(e) with { Appeal = e.Appeal },
    };

    static State.Verifying Verifying(State.Open s, Event.VerificationAsked e) =>
        new(With(s.Basket, e.With), s.Currency, s.Parts, e.Deadline, s.PayBy, e.With?.Gate ?? GateOf(s, e), e.Why)
        {
            Attempt = e.With?.Attempt ?? 1,
        };

    static State.InReview InReview(State.Open s, Event.HeldForReview e) =>
        new(With(s.Basket, e.With), s.Currency, s.Parts, e.Deadline, s.PayBy, e.With?.Gate ?? GateOf(s, e), e.Why)
        {
            Attempt = e.With?.Attempt ?? 1,
        };

    static State.TurnedDown TurnedDown(State.Open s, Event.TurnedDown e) =>
        new(With(s.Basket, e.With), s.Currency, s.Parts, e.Why);

    static Gate GateOf(State.Open s, Event e) => (s is State.Reserving r ? r.Gate : s.Was<State.Stopped>(e).Gate)!;

    static Basket With(Basket basket, NextTry? next) => next is null ? basket
        : basket with { Method = next.Method, MethodKind = next.Kind, Card = next.Seen?.Value.Card };

    static Part Without(Part part, Refusal why) => part with { Total = null, Refusals = [why] };

    static State.Stopped Stopped(State.Reserving s, Event.Stopped e) =>
        new(s.Basket, s.Currency, s.Parts, e.Deadline, s.PayBy, s.Gate);

    static State.Paying Paying(State.Open s, Event.PaymentAsked e) =>
        new(
        s.Basket with
        {
            Method = e.Method, MethodKind = e.Kind,
            Card = e.Attempt == 1 || e.Cleared is not null ? s.Basket.Card : e.Seen?.Value.Card,
        },
        s.Currency, s.Parts, e.Deadline, s.PayBy, e.Attempt);

    static State.Reserving Opened(Event.Opened e) => new(
        PaidWith(e), e.Currency, [.. e.Requests.Select(PartOf)], e.Deadline, e.PayBy, e.Gate, e.Facts)
    {
        Taken = OfAllShops(e.Requests), Unasked = OfAllShops(e.Requests) is null ? null : e.Requests,
    };

    static Basket PaidWith(Event.Opened e) => e.Basket with { Card = e.Facts.Method?.Value.Card };

    static State.Declined Declined(State.Paying s, Event.Declined e) =>
        new(s.Basket, s.Currency, s.Parts, e.Deadline, s.PayBy, s.Attempt, e.Why);

    static State.Authorised Paid(State.Paying s) => new(s.Basket, s.Currency, s.Parts);

    static State.Abandoned Abandoned(State.Open s, Event.Abandoned e) =>
        new(s.Basket, s.Currency, s.Parts, AttemptsOf(s), e.Why);

    static int AttemptsOf(State.Open s) => s switch
    {
        State.Paying p   => p.Attempt,
        State.Declined d => d.Attempt,
        State.Waiting w  => w.Attempt - 1,
        State.Reserving or State.Stopped => 0,
    };

    static State.Reserving AskedAgain(State.Stopped s, Event.AskedAgain e) => new(
        s.Basket, s.Currency,
        [
            .. s.Parts.Select(p => e.Requests.FirstOrDefault(r => OrderId.Of(r.Checkout, r.Seller) == p.Order) is { } r
                ? PartOf(r) : p),
        ],
        e.Deadline, s.PayBy, s.Gate);

    static State.Open With(State.Open s, OrderId order, Func<Part, Part> change) =>
        s with { Parts = [.. s.Parts.Select(p => p.Order == order ? change(p) : p)] };
}
