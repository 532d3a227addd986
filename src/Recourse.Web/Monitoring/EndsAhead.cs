using Recourse.Checkouts;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An order or a checkout that the clock ends.</summary>
/// <param name="Id">The text of its id.</param>
/// <param name="Trigger">Why.</param>
/// <param name="Seller">The text of its seller's id; null: it has several.</param>
/// <param name="Due">When (UTC).</param>
sealed record Ending(string Id, string Trigger, string? Seller, string? Country, string? Method, Instant Due)
{
    /// <summary>Whether it is one of those.</summary>
    public bool IsIn(BrakeScope scope) => scope.Covers(Trigger, Seller, Country, Method);
}

/// <summary>What the clock would end, and what it has ended.</summary>
static class EndsAhead
{
    const int Page = 200, MostRows = 50_000;

    /// <summary>By an instant, orders and then checkouts, the soonest first.</summary>
    public static List<Ending> By(IPlatform platform, Instant by)
    {
        List<Ending> ends = [];
        Read(platform, OrderList.View, OrderList.ByDue, OrderList.DueFor(Scope.All, Party.None), row =>
        {
            if (row.Next is not { } next || next.Due > by) return row.Next is not null;
            // What is held doesn't end by its seller's clock.
            var own = row.Warnings?.Any(w => w.Holds) is true ? null : row.Awaited;
            foreach (var d in (row.Warnings ?? []).Select(w => w.Deadline).Append(own).OfType<Deadline>())
                if (d.Due <= by && d.Then.StartsWith("cancel.", StringComparison.Ordinal))
                    ends.Add(new(row.Id, d.Then, row.Seller, row.Country, row.Method, d.Due));
            return false;
        });
        Read(platform, CheckoutList.View, CheckoutList.ByDue, Scope.All, row =>
        {
            if (row.WaitsUntil is not { } due || due > by) return true;
            ends.Add(new(row.Checkout, Checkout.GivenUp, null, row.Country, row.Method, due));
            return false;
        });
        return ends;
    }

    /// <summary>Of what was begun since then.</summary>
    public static List<Ending> Since(IPlatform platform, Instant since)
    {
        List<Ending> ends = [];
        Read(platform, OrderList.View, OrderList.ByState, nameof(Order.State.Cancelled), row =>
        {
            if (row.PlacedAt < since) return true;
            if (row.Statement is { } why)
                ends.Add(new(row.Id, why, row.Seller, row.Country, row.Method, row.PlacedAt));
            return false;
        });
        Read(platform, CheckoutList.View, CheckoutList.ByLapse, Scope.All, row =>
        {
            if (row.OpenedAt < since) return true;
            ends.Add(new(row.Checkout, Checkout.GivenUp, null, row.Country, row.Method, row.OpenedAt));
            return false;
        });
        return ends;
    }

    /// <param name="isOver">Takes a row; whether those after it need not be looked at.</param>
    static void Read<TRow>(
        IPlatform platform, View<TRow> view, string index, string value, Func<TRow, bool> isOver) where TRow : class
    {
        var read = 0;
        for (string? after = null; ;)
        {
            var page = platform.Views.List(view, index, value, after, Page);
            foreach (var row in page.Rows)
                if (isOver(row)) return;
            if ((after = page.Next) is null || (read += page.Rows.Length) >= MostRows) return;
        }
    }
}
