using Recourse.Buyers;
namespace Recourse.Checkouts;

/// <summary>What a buyer's account says of what they are about to do.</summary>
/// <param name="Block">The block that covers the method; null: none does.</param>
/// <param name="Pause">Null: they can buy.</param>
/// <param name="EndedWell">How many of their orders ended well; null: nobody needs to know.</param>
public sealed record BuyerCheck(MethodBlock? Block, BuyingPause? Pause = null, int? EndedWell = null);

public static partial class Checkout
{
    static readonly Remedy UseOther = new("method.use-other"), AppealIt = Statement.Appeal,
        BecomeVerified = new("verification.start"), WaitForIt = new("buying.wait");

    static Refusal BuyingIsPaused(BuyingPause pause) => new("buyer.paused", WaitForIt, ("until", pause.Until));

    // A decision stands until it is lifted: what it weighs is not the rulebook's to say.
    static IEnumerable<Finding> FoundOfBuyer(CheckoutFacts facts, Turn turn)
    {
        if (BlockIn(facts.Buyer, turn) is { } block) yield return new(MethodBlocked(block), Gravity.Blocking);
        if (facts.Buyer?.Value.Pause is { } pause && pause.Until > turn.At)
            yield return new(BuyingIsPaused(pause), Gravity.Blocking);
    }

    static MethodBlock? BlockIn(Fact<BuyerCheck>? buyer, Turn turn) =>
        buyer?.Value.Block is { } block && block.Until > turn.At ? block : null;

    static Refusal MethodBlocked(MethodBlock block)
    {
        var wayOut = block.Card is not null ? UseOther
            : block.Why.Remedies.Contains(BecomeVerified) ? BecomeVerified : AppealIt;
        return new Refusal("method.blocked", wayOut,
            ("which", block.Card is null ? "methods-all" : "methods-one"), ("why", block.Why.Code),
            ("until", block.Until)) { Field = "method" };
    }
}
