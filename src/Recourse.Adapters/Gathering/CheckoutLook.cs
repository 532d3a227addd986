using Recourse.Adapters.Addresses;
using Recourse.Checkouts;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>
/// A look at a checkout without opening one: the deciders that would refuse it are asked what they would say.
/// </summary>
public sealed class CheckoutLook(IPlatform platform, CheckoutGatherer gatherer)
{
    // Whoever hasn't signed in can ask as well: prices and stock are the same for everybody.
    static readonly CheckoutId Nobodys = new(new("nobody"), "quote");
    static readonly Actor Nobody = new Actor.Buyer(Nobodys.Buyer);
    const string OfStock = "partition/stock";

    /// <summary>What a checkout is asked for and what it must know for that, but for what screening knows.</summary>
    /// <param name="apply">Ids of fixes: it is asked for as it is with them.</param>
    public async Task<(CheckoutDraft Draft, CheckoutFacts Facts)> ToBuy(
        CheckoutDraft draft, ImmutableArray<string> apply, BuyerId? buyer, CancellationToken cancel)
    {
        var known = await Know(draft, buyer, cancel);
        (draft, known) = await Applied(draft, known, apply, cancel);
        if (draft.Confirmed is not [])
        {
            // Only what was found can be confirmed: nothing else that somebody sends is kept.
            var steps = Findings(draft, known).Where(f => f.Gravity is Gravity.Step).Select(f => f.Id);
            draft = draft with { Confirmed = [.. steps.Intersect(draft.Confirmed)] };
        }
        return (draft, WithStock(draft, known).Facts);
    }

    /// <summary>A draft, and what is known of it, without what can't be bought of it beside the rest.</summary>
    public (CheckoutDraft Draft, CheckoutFacts Facts) Buyable(CheckoutDraft draft, CheckoutFacts facts) =>
        draft is { Lines.Length: > 1 } or { Coupons: not [] } && RestOf(draft, facts) is { } rest
            ? (draft.Only(rest), rest.Facts) : (draft, facts);

    /// <summary>What of it can be bought; null: nothing, or what stops it is no single line's.</summary>
    public Rest? RestOf(CheckoutDraft draft, CheckoutFacts facts) => Checkout.RestOf(
        draft.ToBasket(null), facts, new(Nobody, platform.Now, platform.Rulebooks));

    /// <summary>With what stock would refuse of several lines.</summary>
    public CheckoutKnown WithStock(CheckoutDraft draft, CheckoutKnown known)
    {
        if (draft.Lines.Length < 2) return known;
        ImmutableArray<Refusal> no = [.. StockFindings(draft, known).Select(f => f.What)];
        return no.IsEmpty ? known
            : known with { Facts = known.Facts with { Short = new(no, platform.Now, OfStock) } };
    }

    /// <summary>All that is to be known of a draft.</summary>
    public Task<CheckoutKnown> Know(CheckoutDraft draft, BuyerId? buyer, CancellationToken cancel) =>
        gatherer.Gather(draft, buyer, cancel);

    /// <summary>With the fixes of those ids; what isn't found any more needs none.</summary>
    public async Task<(CheckoutDraft Draft, CheckoutKnown Known)> Applied(
        CheckoutDraft draft, CheckoutKnown known, ImmutableArray<string> apply, CancellationToken cancel)
    {
        if (apply.IsDefaultOrEmpty) return (draft, known);
        var marks = MarksOf(draft);
        var fixes = Findings(draft, known).SelectMany(f => CheckoutFix.For(f, draft, known, marks))
            .Where(f => apply.Contains(f.Id)).DistinctBy(f => f.Id);
        (draft, known) = CheckoutFix.Apply(draft, known, fixes);
        return (draft, known with { Facts = await gatherer.Again(known.Facts, draft, cancel) });
    }

    /// <summary>What is odd about its address, and what was probably meant.</summary>
    public static ImmutableArray<AddressMark> MarksOf(CheckoutDraft draft) =>
        draft.ShipTo is { } to ? AddressChecks.Of(to) : [];

    /// <summary>All that is found; of stock, where somebody asked for it.</summary>
    public IEnumerable<Checkout.Finding> Findings(CheckoutDraft draft, CheckoutKnown known)
    {
        var asked = new Asked(Nobody, platform.Now, platform.Rulebooks);
        return Checkout.Findings(draft.ToBasket(null), known.Facts, asked).Concat(StockFindings(draft, known))
            .DistinctBy(f => f.Id);
    }

    /// <summary>What stock items would refuse, each once.</summary>
    IEnumerable<Checkout.Finding> StockFindings(CheckoutDraft draft, CheckoutKnown known)
    {
        var asked = new Asked(Nobody, platform.Now, platform.Rulebooks);
        var basket = draft.ToBasket(null);
        foreach (var wanted in draft.Lines.Index().GroupBy(l => CheckoutKnown.IdOf(l.Item))
            .Where(g => known.Stock.ContainsKey(g.Key)))
        {
            var order = OrderId.Of(Nobodys, wanted.Key.Seller);
            var reserve = new StockItem.Command.Reserve(
                order, wanted.Sum(l => Math.Clamp(l.Item.Quantity, 0, CheckoutDraft.MostUnits)), asked.At,
                draft.Buyer ?? Nobodys.Buyer, ClaimOf(basket, wanted.First().Index, known));
            var kept = StockItem.Kind.Decide(
                wanted.Key, known.Stock[wanted.Key], reserve, asked with { Who = new Actor.Aggregate($"{order}") });
            foreach (var no in kept.Refusals.IsDefault ? [] : kept.Refusals)
                yield return new(no with { Field = $"lines[{wanted.First().Index}].quantity" }, Gravity.Blocking);
        }
    }

    static PromotionClaim? ClaimOf(Basket basket, int line, CheckoutKnown known) =>
        Checkout.SaleOf(basket, known.Facts, line) is { } sale
            ? new(sale.Code, basket.Lines[line].Listing, Checkout.PriceOf(basket, known.Facts, line)!.Value) : null;
}
