using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An order that is to be handed over.</summary>
/// <param name="Country">Where it goes, ISO 3166 alpha-2.</param>
/// <param name="City">Where it goes there; left out once the buyer is erased.</param>
/// <param name="Total">Goods and shipping; left out for who packs.</param>
/// <param name="AtStake">What missing the deadline costs; left out for who packs.</param>
public sealed record ToDispatchBody(
    string Id, string Buyer, string? Country, string? City, ImmutableArray<LineBody> Lines, int Units, Money? Total,
    Instant PlacedAt, NextStep? Next, StakesBody? AtStake);

/// <summary>The orders that wait for their seller, the next deadline first; then those that cost most.</summary>
/// <param name="Country">Only what goes there; null: anywhere.</param>
/// <param name="Due">Only what is due before; null: at any time.</param>
sealed record ToDispatch(string? Country = null, Instant? Due = null)
{
    const int Page = 200, Most = 2_000;

    /// <summary>All that wait for a seller, so that pages can count them; the 2,000 that are due first.</summary>
    public static (ImmutableArray<OrderRow> Rows, bool IsAll) All(Caller caller, IPlatform platform)
    {
        if (caller.Scope is not { } scope || caller.IsStaff) return ([], true);
        var rows = ImmutableArray.CreateBuilder<OrderRow>();
        string? after = null;
        do
        {
            var page = platform.Views.List(
                OrderList.View, OrderList.ByDue, OrderList.DueFor(scope, Party.Seller), after, Page);
            rows.AddRange(page.Rows);
            after = page.Next;
        } while (after is not null && rows.Count < Most);
        return ([.. rows.OrderBy(r => r.Awaited!.Due).ThenByDescending(r => r.Total.Minor)
            .ThenBy(r => r.Id, StringComparer.Ordinal)], after is null);
    }

    /// <summary>Whether a row is wanted.</summary>
    public bool Has(OrderRow row) =>
        (Country is null || row.Country == Country) && (Due is null || row.Awaited!.Due < Due);

    /// <summary>With its goods and what is at stake, as its seller and their warehouse may know it.</summary>
    public static async Task<ToDispatchBody?> Of(OrderRow row, Caller caller, IPlatform platform, KeyRing people)
    {
        if (!OrderId.TryParse(row.Id, out var id) || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen
            || seen.State is not Order.State.Funded) return null;          // it moved on since the list was made
        var order = OrderView.Of(seen, caller, people);
        return new(
            row.Id, row.Buyer, order.Country, order.ShipTo?.City, order.Lines, order.Units, order.Total,
            order.PlacedAt, order.Next, order.AtStake);
    }

    /// <summary>All of some rows.</summary>
    public static async Task<ImmutableArray<ToDispatchBody>> Of(
        IEnumerable<OrderRow> rows, Caller caller, IPlatform platform, KeyRing people) =>
        [.. (await Task.WhenAll(rows.Select(r => Of(r, caller, platform, people)))).OfType<ToDispatchBody>()];
}
