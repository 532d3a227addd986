using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A buyer or seller as the platform's people see them: what they did, and what is theirs.</summary>
/// <param name="Role"><c>buyer</c> or <c>seller</c>.</param>
/// <param name="States">How many of their orders are in which state; never more than can be counted at once.</param>
/// <param name="Looked">How many of their newest orders marks and statements were taken from.</param>
/// <param name="Marks">What decisions on those orders count against the seller.</param>
/// <param name="Statements">Why those orders ended early, the most frequent first.</param>
/// <param name="Accounts">What stands on their accounts.</param>
/// <param name="Stopped">A buyer's purchases that did not go on, the newest first; of what findings stopped the
/// last 50 of three months.</param>
public sealed record PartyBody(
    string Id, string Role, ImmutableArray<CountBody> States, int Looked, long Marks,
    ImmutableArray<CountBody> Statements, ImmutableArray<BalanceBody> Accounts,
    ImmutableArray<StoppedPurchase> Stopped);

/// <summary>A purchase that did not go on.</summary>
/// <param name="By"><c>screening</c>: it was turned down; <c>findings</c>: something had to be put right first.</param>
/// <param name="Checkout">Its id; what findings stopped was never recorded under it.</param>
/// <param name="Reasons">What was found; none: the checkout's page says it.</param>
/// <param name="Href">Its page; left out: it has none.</param>
public sealed record StoppedPurchase(
    Instant At, string By, string Checkout, ImmutableArray<string> Reasons, string? Href);

/// <summary>Buyers and sellers, for staff.</summary>
static class PartyEndpoints
{
    const int MostLooked = 200, OnPage = 20;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/buyers/{buyer}", (string buyer, Caller caller, IPlatform platform, StoppedBook stopped) =>
                Get($"buyer/{buyer}", caller, platform, stopped)).For(Party.Staff).WithTags("People")
            .WithName("getBuyer").WithSummary("A buyer's orders by state, statements and accounts.");
        v1.MapGet("/sellers/{seller}", (string seller, Caller caller, IPlatform platform, StoppedBook stopped) =>
                Get($"seller/{seller}", caller, platform, stopped)).For(Party.Staff).WithTags("People")
            .WithName("getSeller")
            .WithSummary("A seller's orders by state, marks, statements and accounts.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/buyers/{buyer}", (
            string buyer, Caller caller, IPlatform platform, StoppedBook stopped, Standings standings) =>
            Show($"buyer/{buyer}", caller, platform, stopped, standings)).AsPage(Party.Staff);
        pages.MapGet("/sellers/{seller}", (string seller, Caller caller, IPlatform platform, StoppedBook stopped) =>
            Show($"seller/{seller}", caller, platform, stopped)).AsPage(Party.Staff);
    }

    static async Task<Answer<PartyBody>> Get(string id, Caller caller, IPlatform platform, StoppedBook stopped)
    {
        if (!BuyerId.TryParse(id, out _) && !SellerId.TryParse(id, out _)) return Problems.NotFound;
        await Positions.AreShown(platform, caller);
        var views = platform.Views;
        var newest = views.List(OrderList.View, Scope.Index, id, null, MostLooked).Rows;
        var accounts = views.List(Balances.View, Scope.Index, id, null, MostLooked).Rows
            .Where(a => !a.Account.StartsWith("escrow/", StringComparison.Ordinal)).ToList();
        if (newest.IsEmpty && accounts.Count == 0 && views.List(CheckoutList.View, Scope.Index, id, null, 1).Rows is []
            && views.List(ShopWindow.View, Scope.Index, id, null, 1).Rows is []
            && !await IsRecorded(id, caller, platform)) return Problems.NotFound;
        return new PartyBody(
            id, id[..id.IndexOf('/', StringComparison.Ordinal)],
            [.. OrderEndpoints.States.Select(s => new CountBody(Words.StateOf(s), views.CountFrom(
                    OrderList.View, OrderList.ByState, OrderList.StateOf(id, s), "", Gauging.MostCounted),
                    $"/orders?of={id}&state={Words.StateOf(s)}")).OrderBy(c => OrderLooks.Nth(c.Name))],
            newest.Length, newest.Sum(o => o.Marks),
            [.. newest.Where(o => o.Statement is not null).CountBy(o => o.Statement!).OrderByDescending(s => s.Value)
                .ThenBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new CountBody(s.Key, s.Value, $"/orders?of={id}"))],
            [.. accounts.Select(a => new BalanceBody(a.Account, new(a.Minor, Currency.Of(a.Currency))))
                .OrderBy(a => a.Account, StringComparer.Ordinal)], StoppedOf(id, platform, stopped));
    }

    /// <summary>Turned down after screening, or refused with findings: the newest of both.</summary>
    static ImmutableArray<StoppedPurchase> StoppedOf(string id, IPlatform platform, StoppedBook stopped) =>
    [
        .. platform.Views.List(CheckoutList.View, CheckoutList.TurnedDown, id, null, OnPage).Rows
            .Select(row => new StoppedPurchase(
                row.OpenedAt, "screening", row.Checkout, [], StaffLinks.Of(row.Checkout)))
            .Concat((BuyerId.TryParse(id, out var buyer) ? stopped.Of(buyer) : []).Take(OnPage)
                .Select(no => new StoppedPurchase(no.At, "findings", no.Checkout, no.Codes, null)))
            .OrderByDescending(s => s.At).Take(OnPage),
    ];

    static async Task<bool> IsRecorded(string id, Caller caller, IPlatform platform) =>
        await platform.Read(
            BuyerId.TryParse(id, out var buyer) ? buyer : new SellerId(id["seller/".Length..]), caller.Who,
            caller.Cancel) is not null;

    static async Task<IResult> Show(
        string id, Caller caller, IPlatform platform, StoppedBook stopped, Standings? standings = null)
    {
        var party = await Get(id, caller, platform, stopped);
        if (party.Body is not { } body) return party;
        var isBuyer = body.Role is "buyer";
        var orders = await OrderEndpoints.List(caller, platform, null, null, OnPage, id);
        var payments = isBuyer ? await PaymentEndpoints.List(caller, platform, null, OnPage, id) : null;
        var refunds = isBuyer ? await RefundEndpoints.List(caller, platform, null, OnPage, id) : null;
        return Pages.Show<PartyPage>(Reader.Of(caller.Http), new()
        {
            ["Body"] = body, ["Orders"] = orders.Body!, ["Payments"] = payments?.Body, ["Refunds"] = refunds?.Body,
            ["Standing"] = standings is null || !BuyerId.TryParse(id, out var buyer) ? null
                : await standings.Of(buyer, caller),
        });
    }
}
