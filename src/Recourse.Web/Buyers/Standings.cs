using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Risk;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What stands against a buyer: they and the platform's people read the same of it.</summary>
/// <param name="Blocks">Payment methods that can't be used for a while.</param>
/// <param name="Conduct">What they gave up of late; left out: nothing that counts.</param>
/// <param name="Reasons">For staff: why methods can be blocked, by the rulebook in force.</param>
/// <param name="LongestDays">For staff: how long at most.</param>
public sealed record StandingBody(
    string Buyer, ImmutableArray<BlockBody> Blocks, ConductBody? Conduct, ImmutableArray<Hint> Reasons,
    long? LongestDays);

/// <summary>What somebody ordered and gave up of late.</summary>
/// <param name="GivenUp">How many purchases, of those that count.</param>
/// <param name="Counting">How many of them orders that ended well have not made good.</param>
/// <param name="Caution"><c>none</c>, <c>warned</c>, <c>verifyFirst</c> or <c>paused</c>.</param>
/// <param name="NextAt">How many bring what comes next; left out: a pause is the last.</param>
/// <param name="LapsesAt">When all of it is forgotten, if nothing is added (UTC).</param>
/// <param name="Text">Where they stand and what comes next, in words.</param>
/// <param name="Pause">They can't buy for a while; left out: they can.</param>
public sealed record ConductBody(
    int GivenUp, int Counting, string Caution, int? NextAt, Instant LapsesAt, string Text, PauseBody? Pause);

/// <summary>A buyer can't buy for a while.</summary>
/// <param name="Until">When it ends by itself (UTC).</param>
public sealed record PauseBody(Instant Until, StatementBody Why, AppealRef Appeal);

/// <summary>Payment methods that can't be used for a while.</summary>
/// <param name="Scope"><c>all</c>, or the fingerprint of a card.</param>
/// <param name="Until">When it lifts by itself (UTC).</param>
/// <param name="Why">Why, what else helps, and until when it can be appealed.</param>
public sealed record BlockBody(string Scope, Instant Until, StatementBody Why, AppealRef Appeal);

/// <summary>Payment methods are to be blocked.</summary>
/// <param name="Reason">One of the rulebook's, e.g. <c>method.reported-stolen</c>.</param>
/// <param name="Until">When it lifts by itself (UTC).</param>
/// <param name="Checkout">The id of a checkout, of which the method is meant; left out: all methods are.</param>
public sealed record MethodBlockRequest(string Reason, Instant Until, string? Checkout = null);

/// <summary>What stands against buyers, and what staff do about it.</summary>
sealed class Standings(IPlatform platform, Fingerprints prints, AppealDesk appeals)
{
    /// <summary>The scope of a block of all methods.</summary>
    public const string All = "all";

    static readonly Remedy Choose = new("method.choose-checkout");
    static readonly Refusal NoSuchCheckout = new("method.no-such-checkout", Choose) { Field = "checkout" };

    /// <summary>One's own; null: the reader is no buyer.</summary>
    public static Task<StandingBody?>? Of(Caller caller) => caller.Buyer is { } self
        ? caller.Http.RequestServices.GetRequiredService<Standings>().Of(self, caller) : null;

    /// <summary>Null: it is none of the reader's business.</summary>
    public async Task<StandingBody?> Of(BuyerId buyer, Caller caller)
    {
        if (caller.Buyer is { } self && self != buyer) return null;
        var seen = await platform.Read(buyer, caller.Who, caller.Cancel);
        var standing = (seen?.State as BuyerAccount.State)?.Standing;
        List<BlockBody> blocks = [];
        foreach (var block in standing?.Blocks.Where(b => b.Until > platform.Now) ?? [])
            blocks.Add(new(
                block.Card ?? All, block.Until, Words.Of(block.Why, seen!.As, caller.Texts),
                await appeals.RefOf(new Subject.PaymentBlock(buyer), block.Why, caller)));
        var rules = RulebookEndpoints.Current(platform).Of<BuyerRules>();
        var conduct = standing?.Conduct is { } c ? await Of(buyer, c, rules.Conduct, seen!.As, caller) : null;
        if (!caller.IsStaff) return new($"{buyer}", [.. blocks], conduct, [], null);
        return new(
            $"{buyer}", [.. blocks], conduct,
            [.. rules.Reasons.Keys.Select(r => new Hint(r, caller.Texts.Tell($"word.{r}")))],
            (long)rules.LongestBlock.TotalDays);
    }

    async Task<ConductBody> Of(BuyerId buyer, Conduct conduct, ConductRules rules, Party reader, Caller caller)
    {
        var from = platform.Now - rules.Window;
        var (given, counting, next) =
            (conduct.GivenUpSince(from), conduct.CountingSince(from), rules.NextAfter(conduct.Caution));
        var pause = conduct.Pause is not { } p || p.Until <= platform.Now ? null : new PauseBody(
            p.Until, Words.Of(p.Why, reader, caller.Texts),
            await appeals.RefOf(new Subject.BuyingPause(buyer), p.Why, caller));
        return new(
            given, counting, Words.StateOf($"{conduct.Caution}"), next, conduct.LapsesAt,
            caller.Texts.Fill($"standing.conduct-{conduct.Caution}",
                [("count", counting), ("next", next ?? 0), ("day", conduct.LapsesAt)]), pause);
    }

    /// <summary>Blocks methods.</summary>
    /// <param name="checkout">The id of a checkout, of which the method is meant; empty: all methods are.</param>
    public async Task<Problem?> Block(BuyerId buyer, string reason, Instant until, string? checkout, Write write)
    {
        CheckoutId? paid = null;
        string? card = null;
        if (checkout is { Length: > 0 } text)
        {
            if (!CheckoutId.TryParse(text, out var id) || id.Buyer != buyer
                || (await platform.Read(id, write.By.Who, write.By.Cancel))?.State is not Checkout.State found)
                return Problems.Of([NoSuchCheckout]);
            (paid, card) = (id, found.Basket.Card ?? prints.OfCard(found.Basket.Method));
        }
        return await Ask(buyer, new BuyerAccount.Command.BlockMethods(card, reason, until, paid), write);
    }

    /// <summary>Lifts a block.</summary>
    public Task<Problem?> Lift(BuyerId buyer, string scope, Write write) =>
        Ask(buyer, new BuyerAccount.Command.LiftBlock(scope is All ? null : scope), write);

    async Task<Problem?> Ask(BuyerId buyer, BuyerAccount.Command command, Write write) =>
        await platform.Ask(write.To(buyer, command), write.By.Cancel) is var outcome and not Outcome.Done
            ? Problems.Of(outcome) : null;
}
