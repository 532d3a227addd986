using Recourse.Payments;
using Recourse.Risk;
namespace Recourse.Checkouts;

/// <summary>What screening wants before the provider is asked; it waits until every seller has answered.</summary>
/// <param name="What">Its judgement: <see cref="RiskOutcome.Verify"/> or <see cref="RiskOutcome.Hold"/>.</param>
/// <param name="Rulebook">The edition whose rules judged.</param>
/// <param name="Large">The large order that is why; null: it is something else.</param>
public sealed record Gate(Screened What, int Rulebook, LargeOrder? Large = null);

/// <summary>Another method than the first, of which screening wants more before it is charged.</summary>
/// <param name="Attempt">Which try to pay it is, from 2.</param>
/// <param name="Seen">What is known of it; null: nobody looked.</param>
/// <param name="Risk">What screening knew of the purchase with it.</param>
public sealed record NextTry(
    string Method, string? Kind, int Attempt, Gate Gate, Fact<MethodSeen>? Seen, Fact<RiskFacts>? Risk);

/// <summary>What made a checkout go on that had been kept waiting.</summary>
public enum ClearedBy
{
    /// <summary>The buyer has shown that it is them.</summary>
    Verification,

    /// <summary>Somebody looked at it.</summary>
    Review,

    /// <summary>Nobody looked in time.</summary>
    Time,

    /// <summary>The buyer's appeal was right.</summary>
    Appeal,
}

public static partial class Checkout
{
    const string OfScreening = "checkout.screened", NotVerified = "checkout.not-verified";

    /// <summary>What screening makes of it; null: nothing was gathered, or nothing speaks against it.</summary>
    static Gate? Screen(Fact<RiskFacts>? known, Fact<Trust>? trust, Asked asked) =>
        Screening.Against(known, trust, asked) is ({ } screened, var rulebook) ? new(screened, rulebook) : null;

    /// <summary>
    /// What screening will ask for is said before anybody pays. That it would refuse is not: it would teach frauds.
    /// </summary>
    static IEnumerable<Finding> Foretold(CheckoutFacts facts, Asked asked) =>
        Screen(facts.Risk, facts.Trust, asked)?.What.Outcome switch
        {
            RiskOutcome.Verify => [new(VerifyFirst, Gravity.Advice)],
            RiskOutcome.Hold   => [new(LookedAt, Gravity.Advice)],
            _                  => [],
        };

    static Statement WhyOf(Gate gate, string outcome, Turn turn, DecidedBy? by = null)
    {
        if (gate.Large is { } large) return LargeWhy(large, gate.What.Outcome, turn, by);
        var rules = turn.Book.Of<RiskRules>();
        return Screening.Why(gate.What, gate.Rulebook, rules, outcome, turn.At, by)!;
    }

    static Statement TurnedDownBy(Gate gate, Turn turn, DecidedBy by) =>
        WhyOf(gate with { What = gate.What with { Outcome = RiskOutcome.Refuse } }, "checkout.turned-down", turn, by);

    /// <summary>The payment, or what has to come before it.</summary>
    static Event GoOnTo(State.Open s, Gate? gate, Turn turn) => gate is null
        ? AskPayment(s, s.Basket.Method, s.Basket.MethodKind, attempt: 1, turn) : WaitFor(gate, null, turn);

    static Event WaitFor(Gate gate, NextTry? with, Turn turn) => gate.What.Outcome is RiskOutcome.Verify
        ? new Event.VerificationAsked(
            WhyOf(gate, OfScreening, turn), turn.Book.Of<RiskRules>().VerificationDue(turn.At, GivenUp), with)
        : new Event.HeldForReview(
            WhyOf(gate, OfScreening, turn), turn.Book.Of<RiskRules>().ReviewDue(turn.At), with);

    /// <summary>What spoke against the buyer, by the codes of rules.</summary>
    static ImmutableArray<string> ReasonsIn(Gate gate) =>
        [.. gate.What.Contributions.Where(c => c.Points > 0).Select(c => c.Code)];

    /// <summary>Another method is screened as the first was, before it is charged; all stays kept meanwhile.</summary>
    static Event TryAgain(State.Declined s, Command.Pay c, Asked asked, Turn turn)
    {
        var attempt = s.Attempt + 1;
        var gate = Screen(c.Risk, c.Trust, asked);
        // Somebody has looked at this and let it go on: another card alone is no new reason.
        var isCleared = gate is { What.Outcome: RiskOutcome.Verify or RiskOutcome.Hold } g
            && ReasonsIn(g) is { Length: > 0 } reasons && reasons.All(s.Cleared.Contains);
        if (gate is null || isCleared)
            return AskPayment(s, c.Method, c.Kind, attempt, turn) with
            {
                Seen = c.Seen, Risk = c.Risk, Trust = c.Trust,
                ClearedBefore = isCleared ? ReasonsIn(gate!) : null,
            };
        var with = new NextTry(c.Method, c.Kind, attempt, gate, c.Seen, c.Risk);
        return gate.What.Outcome is RiskOutcome.Refuse
            ? new Event.TurnedDown(WhyOf(gate, "checkout.turned-down", turn), with) : WaitFor(gate, with, turn);
    }

    static Decision<Event> Clear(State? state, ClearedBy by, Turn turn) => state switch
    {
        State.Waiting s => [Paid(s, by, turn)],
        State.Paying or State.Declined or State.Authorised or State.Abandoned => [],      // said twice, done once
        State.Reserving or State.Stopped or State.TurnedDown or null => NotNow(state, turn.By),
    };

    static Event.PaymentAsked Paid(State.Waiting s, ClearedBy by, Turn turn) =>
        AskPayment(s, s.Basket.Method, s.Basket.MethodKind, s.Attempt, turn) with { Cleared = by };

    static Decision<Event> TurnDown(State? state, Turn turn) => state switch
    {
        State.InReview s   => [new Event.TurnedDown(TurnedDownBy(s.Gate, turn, new DecidedBy.Person(turn.By)))],
        State.TurnedDown   => [],
        State.Reserving or State.Stopped or State.Verifying or State.Paying or State.Declined or State.Authorised
            or State.Abandoned or null => NotNow(state, turn.By),
    };

    /// <summary>What a bank said of another card than the one that pays says nothing of this purchase.</summary>
    static Decision<Event> HearVerified(State? state, string? card, Turn turn) =>
        state is State.Verifying { Basket.Card: var own } && (card is null || own is null || own == card)
            ? Clear(state, ClearedBy.Verification, turn) : [];

    static Decision<Event> HearNotVerified(State? state, Turn turn) => state is State.Verifying s
        ? [new Event.TurnedDown(TurnedDownBy(s.Gate, turn, new DecidedBy.Person(Party.Agent)))] : [];

    /// <summary>The buyer has done their part: now a person's time counts, and not theirs.</summary>
    static Decision<Event> HearProofSent(State? state, Instant until, Turn turn) => state is State.Verifying s
        ? [new Event.ProofSent(turn.Book.Of<RiskRules>().ReviewDue(turn.At) with { Due = until })] : [];

    /// <summary>An appeal was right: what waits goes on; what has ended is said to have been wrong.</summary>
    static Decision<Event> Overturn(State? state, string appeal, Turn turn) => state switch
    {
        State.Waiting      => Clear(state, ClearedBy.Appeal, turn),
        State.TurnedDown s => s.Appeal is null ? [new Event.Overturned(appeal)] : [],
        State.Reserving or State.Stopped or State.Paying or State.Declined or State.Authorised or State.Abandoned => [],
        null               => NotNow(state, turn.By),
    };

    /// <summary>Nobody looked in time: whoever waits is not to suffer for it, unless the rulebook says so.</summary>
    static Event AfterWaiting(State.Waiting s, Turn turn) =>
        s is State.Verifying { Deadline.Owner: Party.Buyer } ? GiveUp(s, NotVerified, turn)
        : turn.Book.Of<RiskRules>().Unreviewed is RiskOutcome.Accept ? Paid(s, ClearedBy.Time, turn)
        : new Event.TurnedDown(TurnedDownBy(s.Gate, turn, Screening.ByItself(s.Gate.What)));
}
