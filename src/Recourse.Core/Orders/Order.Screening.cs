using Recourse.Risk;
namespace Recourse.Orders;

public static partial class Order
{
    const string NotLookedAt = "order.not-looked-at", Unfit = "order.change-not-made";

    /// <summary>What staff say who don't let a change through that screening held.</summary>
    public const string NotSafe = Screening.Refused;

    /// <summary>Whether it is the platform's people who answer it, and not its seller.</summary>
    public static bool IsStaffs(Wish wish) => wish.Deadline.Owner is Party.Agent;

    /// <summary>
    /// What screening makes of a change, by the code that screens checkouts: of another address, or of more to pay.
    /// Null: nothing speaks against it, or it is neither.
    /// </summary>
    static Decision<Event>? ScreenedOut(
        State.Funded s, Amendment what, AmendFacts facts, Turn turn, Asked asked)
    {
        var isMoved = what.After.ShipTo != s.Deal.ShipTo || what.After.Country != s.Deal.Country;
        if (!isMoved && what.More.Minor == 0) return null;
        if (Screening.Against(facts.Risk, facts.Trust, asked) is not ({ } screened, var rulebook)) return null;
        var rules = asked.InForce.Of<RiskRules>();
        var due = rules.ReviewDue(turn.At) with { Then = NotLookedAt };
        var wish = new Wish.ToAmend(what, turn.At, due);
        return screened.Outcome switch
        {
            RiskOutcome.Verify => ShowItIsYou,
            RiskOutcome.Refuse => [new Event.WishRefused(wish, Why(Unfit))],
            RiskOutcome.Hold   => [new Event.AmendmentHeld(wish, Why("order.change-screened"))],
            RiskOutcome.Accept => null,
        };

        // The order goes on as it was: a change is a favour to ask for.
        Statement Why(string outcome) =>
            Screening.Why(screened, rulebook, rules, outcome, turn.At, isFavour: true)!;
    }

    /// <summary>Whoever looked at a change doesn't let it through.</summary>
    static Event.WishRefused NotLetThrough(Wish wish, Turn turn, Asked asked) => new(wish, new(
        NotSafe, Unfit,
        [new(AskedFact, wish.At, Party.Everyone), new("due", wish.Deadline.Due, Party.Everyone)],
        rule: $"risk.reasons.{NotSafe}", asked.InForce.Version, new DecidedBy.Person(Party.Agent),
        WithoutAppeal(asked.InForce.Of<RiskRules>().Reasons[NotSafe]), issuedAt: turn.At, appealUntil: null));

    static ImmutableArray<Remedy> WithoutAppeal(ImmutableArray<Remedy> remedies) =>
        [.. remedies.Remove(Statement.Appeal).DefaultIfEmpty(Look)];

    static readonly Remedy ShowFirst = new("order.show-it-is-you"), WaitForLook = new("order.wait-for-look");

    /// <summary>A change can't wait for it as a checkout does, so who buys is shown before.</summary>
    public static Refusal ShowItIsYou => new("order.change-verify-first", ShowFirst);
    static Refusal LookedAtFirst(Wish w) => new("order.change-looked-at", WaitForLook, ("due", w.Deadline.Due));
}
