using Microsoft.AspNetCore.Http;
using Recourse.Catalog;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>What a seller has to do today, and how they stand.</summary>
/// <param name="ToDispatch">The first to be handed over.</param>
/// <param name="Overdue">How many are overdue, of all that wait.</param>
/// <param name="Today">How many are due today.</param>
/// <param name="Waiting">How many wait in all.</param>
/// <param name="Unpaid">Orders whose payment is waited for.</param>
/// <param name="Ended">Orders that ended early of late, with whatever was decided.</param>
/// <param name="Held">Listings whose prices wait for them, the soonest due first.</param>
/// <param name="Month">This month's figures, and the months before.</param>
public sealed record SellerToday(
    ImmutableArray<ToDispatchBody> ToDispatch, int Overdue, int Today, int Waiting, ImmutableArray<OrderItem> Unpaid,
    ImmutableArray<OrderItem> Ended, ImmutableArray<ListingBody> Held, SellerMonth? Month,
    ImmutableArray<SellerMonth> Before, bool CatchingUp);

/// <summary>The seller's start page.</summary>
static class SellerHome
{
    const int OnHome = 8, FewOthers = 5, FewHeld = 3;
    static readonly Duration OfLate = Duration.FromDays(7);

    public static async Task<IResult> Show(Caller caller, IPlatform platform, Store store, string? done)
    {
        var shown = await Positions.AreShown(platform, caller);
        var reader = Reader.Of(caller.Http);
        var scope = caller.Scope!;
        var (rows, _) = ToDispatch.All(caller, platform);
        var byDue = rows.GroupBy(r => DispatchFilter.DueOf(r, reader)).ToDictionary(g => g.Key, g => g.Count());
        var months = new EarningsBook(caller, platform, ((Actor.Seller)caller.Who).Id).Months();
        var thisMonth = SellerMonths.MonthOf(reader.Now);
        var today = new SellerToday(
            await ToDispatch.Of(rows.Take(OnHome), caller, platform, store.People),
            byDue.GetValueOrDefault("overdue"), byDue.GetValueOrDefault("today"), rows.Length,
            In(nameof(Order.State.Placed), FewOthers), Ended(),
            [.. platform.Views.List(ShopWindow.View, ShopWindow.ByHeld, scope, null, FewHeld).Rows
                .Select(row => ListingEndpoints.Of(row, reader.Texts, ListingEndpoints.SpecsOf(platform)))],
            months.FirstOrDefault(m => m.Month == thisMonth), [.. months.Where(m => m.Month != thisMonth).Take(3)],
            !shown);
        return Pages.Show<SellerStartPage>(reader, new()
        {
            ["Today"] = today,
            ["On"] = (Topic[])[.. OrderPages.OnWaiting(caller), Topic.Of(ShopWindow.View, ShopWindow.ByHeld, scope)],
            ["Done"] = done is "confirm" or "correct" ? $"listing.done-price-{done}" : null,
        });

        ImmutableArray<OrderItem> In(string state, int most) =>
        [
            .. platform.Views.List(OrderList.View, OrderList.ByState, OrderList.StateOf(scope, state), null, most).Rows
                .Select(row => OrderEndpoints.Of(row, caller)),
        ];

        ImmutableArray<OrderItem> Ended() =>
            [.. In(nameof(Order.State.Cancelled), FewOthers).Where(o => reader.Now - o.PlacedAt < OfLate + OfLate)];
    }
}
