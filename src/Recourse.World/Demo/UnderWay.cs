using Recourse.Catalog;
using Recourse.Client;
using Recourse.Coupons;
using Recourse.Instalments;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Demo;

/// <summary>What people of a demo look up when they wake: what is on offer, which coupons run, what is begun.</summary>
public static class UnderWay
{
    const int Page = 200;

    // As it would have been heard, had they been awake.
    static readonly ImmutableArray<(string State, string What)> States =
        [("funded", "order.funded"), ("shipped", "order.shipped"), ("delivered", "order.delivered")];

    /// <summary>What is on offer.</summary>
    public static async Task<Dictionary<ListingId, Offer>> Window(RecourseClient client, CancellationToken stop)
    {
        Dictionary<ListingId, Offer> window = [];
        string? after = null;
        do
        {
            RowsOfListingBody page = await client.ListListingsAsync(
                after: after, limit: Page, cancellationToken: stop);
            foreach (var listing in page.Items)
                if (ListingId.TryParse(listing.Id, out var id) && listing.Offer is { } offer)
                    window[id] = Offers.Of(offer);
            after = page.Next;
        } while (after is not null);
        return window;
    }

    /// <summary>Orders that are under way, told of again.</summary>
    public static async Task<List<News>> Orders(RecourseClient client, CancellationToken stop)
    {
        List<News> all = [];
        foreach (var (state, what) in States)
        {
            string? after = null;
            do
            {
                RowsOfOrderItem page = await client.ListOrdersAsync(
                    state: state, after: after, limit: Page, cancellationToken: stop);
                foreach (var item in page.Items) all.Add(await Told(client, item, what, stop));
                after = page.Next;
            } while (after is not null);
        }
        return all;
    }

    /// <summary>Coupons that run, told of again; of a shop people remember a few.</summary>
    public static async Task<List<News>> Coupons(
        RecourseClient client, IEnumerable<string> sellers, CancellationToken stop)
    {
        List<News> all = [];
        foreach (var seller in sellers)
        {
            RowsOfCouponBody page = await client.ListCouponsAsync(seller: seller, limit: 8, cancellationToken: stop);
            foreach (var coupon in page.Items)
                if (coupon.State is "running" && CouponId.TryParse(coupon.Id, out var id))
                    all.Add(new(id, "coupon.issued"));
        }
        return all;
    }

    /// <summary>Instalments that can be ordered, told of again.</summary>
    public static async Task<List<News>> Plans(RecourseClient client, CancellationToken stop)
    {
        List<News> all = [];
        string? after = null;
        do
        {
            RowsOfPlanItem page = await client.ListPlansAsync(after: after, limit: Page, cancellationToken: stop);
            foreach (var item in page.Items)
                if (item.State is "offered" && SupplyPlanId.TryParse(item.Id, out var id))
                    all.Add(await Told(client, id, "plan.offered", stop));
            after = page.Next;
        } while (after is not null);
        return all;
    }

    /// <summary>Brakes that are on, told of again.</summary>
    public static async Task<List<News>> Brakes(RecourseClient client, CancellationToken stop)
    {
        RowsOfBrakeBody page = await client.ListBrakesAsync(limit: Page, cancellationToken: stop);
        return [.. page.Items.Where(b => b.State is "on")
            .Select(b => BrakeId.TryParse(b.Id, out var id) ? new News(id, "brake.pulled") : null).OfType<News>()];
    }

    /// <summary>News of a plan, with what can be ordered of it now.</summary>
    public static async Task<News> Told(RecourseClient client, SupplyPlanId id, string what, CancellationToken stop)
    {
        PlanBody plan = await client.GetPlanAsync(id.Seller.Code, id.Code, stop);
        return BuyerId.TryParse(plan.Buyer, out var buyer) && ListingId.TryParse(plan.Listing, out var listing)
            ? new(id, what, buyer, Line: new(listing, new(plan.Sku), plan.Ready, UnitPrice: null)) : new(id, what);
    }

    static async Task<News> Told(RecourseClient client, OrderItem item, string what, CancellationToken stop)
    {
        if (!OrderId.TryParse(item.Id, out var id) || !BuyerId.TryParse(item.Buyer, out var buyer))
            throw new InvalidOperationException($"{item.Id} is no order.");
        if (what is not "order.shipped") return new(id, what, buyer);
        OrderBody body = await client.GetOrderAsync(id.Seller.Code, id.Code, cancellationToken: stop);
        return new(id, what, buyer, body.Handover?.Carrier);
    }
}
