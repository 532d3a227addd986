using Recourse.Inventory;
using static Recourse.Kernel.Message;
namespace Recourse.Instalments;

/// <summary>What follows elsewhere. Each process is named as the promise it keeps, and remembers nothing.</summary>
public static partial class SupplyPlan
{
    /// <summary>What an event makes us want elsewhere.</summary>
    public static IEnumerable<Intent> React(SupplyPlanId id, State after, Event @event) => @event switch
    {
        Event.StockAsked => SetAsideForThem(id, after),
        Event.Settled or Event.Completed or Event.Ended => [PutBackTheRest(id, after)],
        Event.Overturned e => [BringTheRestAfterAll(id, after.Terms, e)],
        Event.Opened or Event.SetAside or Event.Offered or Event.Ordered or Event.Warned or Event.PutOff
            or Event.Shortened or Event.Moved => [],
    };

    static IEnumerable<Intent> SetAsideForThem(SupplyPlanId id, State after)
    {
        if (after is not State.Short { Terms: var t, Current: var now } s) yield break;
        yield return new Intent.Require(To(
            new StockItemId(id.Seller, t.Sku),
            new StockItem.Command.SetAside(
                id, new(id.Code, t.Listing, t.Price, now.From, s.Deadline.Due, now.Units, null, t.Buyer))));
    }

    static Intent.Send BringTheRestAfterAll(SupplyPlanId id, SupplyTerms terms, Event.Overturned e) => new(To(
        SupplyPlanId.Of(e.Appeal, id.Seller, terms.Sku),
        new Command.Open(
            terms.First, terms.Buyer, terms.Listing, terms.Sku, terms.Title, terms.Price, Now: 0, e.Units, Parts: 1,
            e.Appeal)));

    // Where nothing is set aside, nothing happens.
    static Intent.Require PutBackTheRest(SupplyPlanId id, State after) =>
        new(To(new StockItemId(id.Seller, after.Terms.Sku), new StockItem.Command.PutBack(id)));
}
