using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Risk;
namespace Recourse.Checkouts;

/// <summary>A large order of somebody who hasn't shown who they are.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Units">How many, with what is to follow.</param>
public sealed record LargeOrder(string Title, int Units);

/// <summary>Large orders are served: who places one says who they are, and what isn't there follows later.</summary>
public static partial class Checkout
{
    /// <summary>A large order of somebody who hasn't shown who they are.</summary>
    public const string WhoAsks = "bulk.who-asks";

    static readonly Remedy ShowWho = new("verification.start");

    /// <summary>Lines that are a large order, with how many units are wanted in all. Instalments aren't.</summary>
    static IEnumerable<(int Line, int Units)> Large(Basket basket, CheckoutFacts facts, Turn turn)
    {
        var rules = turn.Book.Of<BulkRules>();
        return
            from line in basket.Lines.Index()
            where SaleOf(basket, facts, line.Index) is not { IsOwn: true }
            group line by (line.Item.Listing.Seller, line.Item.Sku) into same
            let units = same.Sum(l => (long)l.Item.Quantity + (l.Item.Later?.Units ?? 0))
            where units >= rules.FromUnits && units <= int.MaxValue
            select (same.First().Index, (int)units);
    }

    /// <summary>Nobody is asked again who has shown it, or for whom an appeal speaks.</summary>
    static bool IsUnknown(CheckoutFacts facts, Turn turn) =>
        facts.Trust?.Value is { IsVerified: false } trust && !(trust.ClearedUntil > turn.At);

    static ImmutableArray<(int Line, int Units)> AskedWho(Basket basket, CheckoutFacts facts, Turn turn) =>
        IsUnknown(facts, turn) ? [.. Large(basket, facts, turn)] : [];

    static IEnumerable<Finding> LargeFindings(Basket basket, CheckoutFacts facts, Turn turn)
    {
        foreach (var (n, units) in AskedWho(basket, facts, turn))
        {
            var line = basket.Lines[n];
            yield return new Finding(
                WhoOrders(n, TitleOf(basket, facts, n), units, turn), Gravity.Step, $"{units}-{line.Sku.Code}");
        }
    }

    /// <summary>What goes beyond a buyer's share, as far as it was known when they looked.</summary>
    static IEnumerable<Finding> ShareFindings(Basket basket, CheckoutFacts facts) =>
        from line in basket.Lines.Index()
        where SaleOf(basket, facts, line.Index) is null
        group line by new StockItemId(line.Item.Listing.Seller, line.Item.Sku) into same
        let units = (int)Math.Min(same.Sum(l => (long)Math.Max(l.Item.Quantity, 0)), int.MaxValue)
        let n = same.First().Index
        let share = facts.Quotes[n].Value?.Share
        where share is not null && units > share.Left
        select new Finding(
            StockItem.OverShare(same.Key, units, share) with { Field = $"lines[{n}].quantity" }, Gravity.Blocking);

    static string TitleOf(Basket basket, CheckoutFacts facts, int n) =>
        facts.Quotes[n].Value?.Title ?? basket.Lines[n].Sku.Code ?? "";

    /// <summary>All is kept for them while they show who they are.</summary>
    static Gate? LargeGate(Basket basket, CheckoutFacts facts, Turn turn) =>
        AskedWho(basket, facts, turn) is [var (n, units), ..]
            ? new(new(RiskOutcome.Verify, 0, []), turn.Book.Version, new(TitleOf(basket, facts, n), units)) : null;

    static Statement LargeWhy(LargeOrder large, RiskOutcome outcome, Turn turn, DecidedBy? by) => new(
        outcome is RiskOutcome.Refuse ? "bulk.not-shown" : "bulk.show-who-you-are",
        outcome is RiskOutcome.Refuse ? "checkout.turned-down" : "checkout.waits-for-you",
        [new("title", large.Title, Party.Everyone), new("units", large.Units, Party.Everyone)],
        rule: "bulk.fromUnits", turn.Book.Version, by ?? new DecidedBy.Automated("bulk"),
        outcome is RiskOutcome.Refuse ? [AppealIt, ShowWho] : [ShowWho, new("support.ask"), AppealIt],
        issuedAt: turn.At, appealUntil: turn.At + turn.Book.Of<BulkRules>().AppealWithin);

    /// <summary>What is to follow is of a large order, and no instalment is larger than what is had now.</summary>
    static Refusal? LaterFault(Basket basket, int n, Turn turn)
    {
        if (basket.Lines[n] is not { Later: { } later } line) return null;
        var rules = turn.Book.Of<BulkRules>();
        var isSound = later.Parts >= 1 && later.Parts <= rules.MostInstalments && later.Units >= later.Parts
            && later.Units <= (long)line.Quantity * later.Parts && (long)line.Quantity + later.Units >= rules.FromUnits
            && basket.Lines.Count(l => l.Listing.Seller == line.Listing.Seller && l.Sku == line.Sku) == 1;
        return isSound ? null : BadLater(n, later, line.Quantity, rules);
    }

    static Refusal WhoOrders(int n, string title, int units, Turn turn) => new(
        WhoAsks, ShowWho, ("title", title), ("units", units), ("from", turn.Book.Of<BulkRules>().FromUnits),
        ("hours", (long)turn.Book.Of<RiskRules>().VerifyWithin.TotalHours)) { Field = $"lines[{n}].quantity" };

    static Refusal BadLater(int n, Later later, int now, BulkRules rules) => new(
        "bulk.bad-instalments", Mend, ("units", later.Units), ("parts", later.Parts), ("now", now),
        ("most", rules.MostInstalments), ("from", rules.FromUnits)) { Field = $"lines[{n}].later" };
}
