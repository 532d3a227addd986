using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a bank took back from the platform.</summary>
/// <param name="Reference">The provider's, of the dispute: the same is booked once.</param>
/// <param name="Order">The order that it was paid for.</param>
public sealed record ChargebackRequest(string Reference, OrderId Order, Money Amount);

/// <summary>A chargeback that was not right after all.</summary>
/// <param name="Reference">The provider's, of the dispute.</param>
public sealed record ChargebackRestoration(string Reference);

/// <summary>A chargeback as it was taken off a seller's earnings.</summary>
/// <param name="Of">The id of the earnings.</param>
/// <param name="Reference">The provider's, of the dispute.</param>
/// <param name="At">When it was taken off (UTC).</param>
/// <param name="RestoredAt">When it was given back (UTC); left out: it wasn't.</param>
/// <param name="Why">The statement of reasons, with the seller's appeal.</param>
public sealed record ChargebackBody(
    EarningsId Of, string Reference, OrderId Order, Money Amount, Instant At, Instant? RestoredAt, StatementBody Why);

/// <summary>A seller's payouts in one currency in a list.</summary>
/// <param name="Payable">What they are owed; below zero: they owe it.</param>
/// <param name="Next">When the next payout is due (UTC); left out: none is planned.</param>
/// <param name="HeldSince">When payouts were held back (UTC); left out: they aren't.</param>
/// <param name="Due">What of it a payout would be now, less the reserve.</param>
public sealed record PaidSeller(EarningsId Id, Money Payable, Instant? Next, Instant? HeldSince, Money Due);

/// <summary>What sellers are owed in one currency.</summary>
/// <param name="Sellers">How many have a balance, or are held.</param>
/// <param name="Owed">To those who are above zero.</param>
/// <param name="Held">What of it is held back.</param>
/// <param name="NoAccount">What of it waits for an account to be named.</param>
/// <param name="Owing">By those who are below zero.</param>
public sealed record PaidSums(string Currency, int Sellers, Money Owed, Money Held, Money NoAccount, Money Owing);

/// <summary>Chargebacks, and the sellers whose payouts are held or below zero.</summary>
static class ChargebackEndpoints
{
    public static void Map(IEndpointRouteBuilder v1, string path)
    {
        v1.MapPost($"{path}/chargebacks", Book).For(Party.Operator).WithName("bookChargeback").WithTags("Payouts")
            .WithSummary("Take off a seller's earnings what a bank took back from the platform.");
        v1.MapPost($"{path}/restorations", Restore).For(Party.Operator).WithName("restoreChargeback")
            .WithTags("Payouts").WithSummary("Give a chargeback back to its seller: the bank has changed its mind.");
        v1.MapGet("/sellers/{seller}/chargebacks", List).For(Party.Seller | Party.Staff).WithName("listChargebacks")
            .WithTags("Payouts").WithSummary("What banks took back and was taken off a seller, the newest first.");
        v1.MapGet("/payouts/sellers", Sellers).For(Party.Staff).WithName("listPaidSellers").WithTags("Payouts")
            .WithSummary("Sellers with their payouts: all, or those with a balance, without an account, held, or "
                + "below zero.");
        v1.MapGet("/payouts/sellers/sums", Sums).For(Party.Staff).WithName("getPaidSums").WithTags("Payouts")
            .WithSummary("What sellers are owed, by currency.");
    }

    /// <summary>For staff of anybody, for a seller their own.</summary>
    static async Task<Answer<Rows<ChargebackBody>>> List(
        string seller, Caller caller, IPlatform platform, string? after, int? limit) =>
        SellerId.TryParse($"seller/{seller}", out var id)
        && (caller.IsStaff || caller.Who is Actor.Seller own && own.Id == id)
            ? await Of(id, caller, platform, after, limit) : Problems.NotFound;

    /// <summary>What was taken off a seller.</summary>
    public static async Task<Rows<ChargebackBody>> Of(
        SellerId seller, Caller caller, IPlatform platform, string? after, int? limit)
    {
        var rows = await Positions.Page(
            platform, caller, ChargebackList.View, Scope.Index, $"{seller}", after, limit, row => row);
        return new(
            [.. await Task.WhenAll(rows.Items.Select(row => Of(row, caller, platform)))], rows.Next, rows.CatchingUp);
    }

    static async Task<ChargebackBody> Of(ChargebackRow row, Caller caller, IPlatform platform)
    {
        EarningsId.TryParse(row.Earnings, out var id);
        var reader = caller.Who is Actor.Seller ? Party.Seller : caller.Role;
        return new(id, row.Reference, row.Order, row.Amount, row.At, row.RestoredAt, await AppealDesk.Told(
            Words.Of(row.Why, reader, caller.Texts, new Subject.TakenOff(id, row.Reference)), caller, platform));
    }

    /// <summary>By seller.</summary>
    /// <param name="state"><c>open</c> (a balance, or held), <c>no-account</c>, <c>held</c> or <c>owing</c>; left
    /// out: all.</param>
    public static async Task<Answer<Rows<PaidSeller>>> Sellers(
        Caller caller, IPlatform platform, string? state, string? after, int? limit)
    {
        if (state is not null && !States.Contains(state)) return Problems.BadParameter("state", state);
        var (index, value) = state is null ? (Scope.Index, Scope.All) : (SellerFunds.ByTrouble, state);
        var rules = RulebookEndpoints.Current(platform).Of<PayoutRules>();
        return await Positions.Page(
            platform, caller, SellerFunds.View, index, value, after, limit, row => Of(row, rules, platform.Now));
    }

    /// <summary>What a list of sellers can be asked for.</summary>
    public static readonly ImmutableArray<string> States =
        [SellerFunds.Open, SellerFunds.NoAccount, SellerFunds.Held, SellerFunds.Owing];

    static PaidSeller Of(FundsRow row, PayoutRules rules, Instant now)
    {
        var seen = row.Seen(now - rules.ReserveFor);
        var due = Earnings.DueOf(seen, seen.PaidOut, rules).Due;
        return new(
            EarningsId.Of(new(row.Seller["seller/".Length..]), due.Currency), seen.Payable, row.Next, row.HeldSince,
            due.Minor > 0 ? due : due with { Minor = 0 });
    }

    /// <summary>By currency, of all that have a balance or are held.</summary>
    public static async Task<Answer<Rows<PaidSums>>> Sums(Caller caller, IPlatform platform)
    {
        await Positions.AreShown(platform, caller);
        List<FundsRow> rows = [];
        string? after = null;
        do
        {
            var page = platform.Views.List(
                SellerFunds.View, SellerFunds.ByTrouble, SellerFunds.Open, after, Positions.Limit(200));
            rows.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);
        return new Rows<PaidSums>([.. rows.GroupBy(r => r.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PaidSums(
                g.Key, g.Count(), Sum(g, r => r.Payable > 0), Sum(g, r => r.HeldSince is not null),
                Sum(g, r => r is { Payable: > 0, Next: null, HeldSince: null }), Sum(g, r => r.Payable < 0)))],
            null, false);

        static Money Sum(IGrouping<string, FundsRow> all, Func<FundsRow, bool> which) =>
            new(all.Where(which).Sum(r => r.Payable), Currency.Of(all.Key));
    }

    static async Task<Answer<SellerPayoutsBody>> Book(
        string seller, string currency, WriteOf<ChargebackRequest> write, IPlatform platform) =>
        SellerPayoutEndpoints.IdOf(seller, currency, write.By) is not { } id ? Problems.NotFound
        : await Booking(write.Body.Reference, write.Body.Order, write.Body.Amount, write.By, platform) is { } command
            ? await SellerPayoutEndpoints.Ask(id, write, command, platform) : Problems.Of([NoSuchOrder]);

    /// <summary>The command, with what was paid for the order; null: there is no such order of ours.</summary>
    public static async Task<Earnings.Command?> Booking(
        string reference, OrderId order, Money amount, Caller by, IPlatform platform) =>
        await platform.Read(order, by.Who, by.Cancel) is { State: Order.State s } && Order.PaidFor(s) is { } paid
            ? new Earnings.Command.ChargeBack(reference, order, amount, new(paid, platform.Now, "partition/order"))
            : null;

    /// <summary>What is said of an order that there isn't.</summary>
    public static readonly Refusal NoSuchOrder =
        new("earnings.no-such-order", new("payout.mend")) { Field = "order" };

    static async Task<Answer<SellerPayoutsBody>> Restore(
        string seller, string currency, WriteOf<ChargebackRestoration> write, IPlatform platform) =>
        SellerPayoutEndpoints.IdOf(seller, currency, write.By) is { } id
            ? await SellerPayoutEndpoints.Ask(id, write, new Earnings.Command.Restore(write.Body.Reference), platform)
            : Problems.NotFound;
}
