using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What stands on an account in one currency.</summary>
public sealed record BalanceBody(string Account, Money Amount);

/// <summary>One movement of money.</summary>
public sealed record PostingBody(
    long Position, Instant At, string From, string To, Money Amount, string Event, string Of);

/// <summary>Everything that stands on the accounts of one order, buyer or seller, or on the platform's own.</summary>
/// <param name="Totals">One for each currency.</param>
public sealed record LedgerStatement(string Of, ImmutableArray<BalanceBody> Accounts, ImmutableArray<Money> Totals);

/// <summary>The books: one's own, or all of them for staff.</summary>
static class LedgerEndpoints
{
    const Party Readers = Party.Buyer | Party.Seller | Party.Staff;
    const int PageSize = 200, MostPages = 50;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var ledger = v1.MapGroup("/ledger").WithTags("Ledger");
        ledger.MapGet("/accounts", Accounts).For(Readers).WithName("listAccounts")
            .WithSummary("Accounts that aren't even; with prefix an account and its parts. A page may be short.");
        ledger.MapGet("/postings", ListPostings).For(Readers).WithName("listPostings")
            .WithSummary("Movements of money, the newest first; of an order or an account. A page may be short.");
        ledger.MapGet("/statement", Statement).For(Readers).WithName("getLedgerStatement")
            .WithSummary("What stands on the accounts of an order, a buyer, a seller or the platform.");
    }

    /// <summary>Accounts that are not even; for staff those that a prefix names.</summary>
    public static async Task<Answer<Rows<BalanceBody>>> Accounts(
        Caller caller, IPlatform platform, string? prefix, string? after, int? limit)
    {
        var (index, value) = caller.IsStaff && prefix is not null
            ? (View.ByKey, $"{prefix.TrimEnd('/')}/") : InBooksOf(caller);
        var rows = await Positions.Page(platform, caller, Balances.View, index, value, after, limit, Of);
        return caller.IsStaff || prefix is null ? rows
            : rows with { Items = [.. rows.Items.Where(b => IsWithin(b.Account, prefix.TrimEnd('/')))] };
    }

    static bool IsWithin(string account, string prefix) =>
        account == prefix || account.StartsWith($"{prefix}/", StringComparison.Ordinal);

    static async Task<Answer<Rows<PostingBody>>> ListPostings(
        Caller caller, IPlatform platform, string? order, string? account, string? after, int? limit)
    {
        if (order is not null && account is not null)
            return Problems.OneOf("account", "order, account");
        if (order is not null && !await MayRead(order, caller, platform)) return Problems.NotFound;
        if (account is not null && !IsOwn(account, caller)) return Problems.NotFound;
        (string Index, string? Value) found = (order, account) switch
        {
            ({ } o, _)   => (Postings.ByOrder, o),
            (_, { } a)   => Postings.Of(a),
            (null, null) => InBooksOf(caller),
        };
        var rows = await Positions.Page(platform, caller, Postings.View, found.Index, found.Value, after, limit, Of);
        return rows with { Items = [.. rows.Items.Where(p => MaySee(p, caller) && IsOf(p, account))] };
    }

    static bool IsOf(PostingBody p, string? account) => account is null || p.From == account || p.To == account;

    static (string Index, string? Value) InBooksOf(Caller caller) =>
        caller.Scope is { } scope ? Books.Of(scope) : (Scope.Index, null);

    static async Task<bool> MayRead(string order, Caller caller, IPlatform platform) =>
        OrderId.TryParse(order, out var id) && await platform.Read(id, caller.Who, caller.Cancel) is not null;

    /// <summary>An account that is in the reader's own books.</summary>
    static bool IsOwn(string account, Caller caller) => caller.IsStaff || caller.Scope is { } own
        && (account.StartsWith($"{own}/", StringComparison.Ordinal)
            || account.StartsWith($"escrow/order/{own["seller/".Length..]}/", StringComparison.Ordinal)
            && caller.Role is Party.Seller);

    /// <summary>What a seller earns is no buyer's business, and how a buyer pays is no seller's.</summary>
    static bool MaySee(PostingBody p, Caller caller) => caller.Role switch
    {
        Party.Buyer  => !p.To.EndsWith("/fees", StringComparison.Ordinal)
            && !p.From.EndsWith("/claims", StringComparison.Ordinal),
        Party.Seller => p.Of.StartsWith("order/", StringComparison.Ordinal),
        _            => true,
    };

    static async Task<Answer<LedgerStatement>> Statement(Caller caller, IPlatform platform, string of)
    {
        await Positions.AreShown(platform, caller);
        if (OrderId.TryParse(of, out _))
            return await MayRead(of, caller, platform) ? Told(of, OfOrder(of, caller, platform)) : Problems.NotFound;
        if (of == "platform")
            return caller.IsStaff ? Told(of, Of(platform, View.ByKey, $"{of}/")) : Problems.NotFound;
        if (!BuyerId.TryParse(of, out _) && !SellerId.TryParse(of, out _))
            return Problems.Bad("api.no-such-owner", "of");
        return caller.IsStaff || caller.Scope == of ? Told(of, Of(platform, Scope.Index, of)) : Problems.NotFound;
    }

    static LedgerStatement Told(string of, IEnumerable<BalanceBody> accounts)
    {
        BalanceBody[] all = [.. accounts.OrderBy(a => a.Account, StringComparer.Ordinal)];
        return new(of, [.. all], [.. all.GroupBy(a => a.Amount.Currency)
            .Select(c => c.Select(a => a.Amount).Sum(c.Key)).OrderBy(m => m.Currency.Code, StringComparer.Ordinal)]);
    }

    static IEnumerable<BalanceBody> Of(IPlatform platform, string index, string value) =>
        All(after => platform.Views.List(Balances.View, index, value, after, PageSize)).Select(Of);

    static IEnumerable<BalanceBody> OfOrder(string order, Caller caller, IPlatform platform) =>
        from p in All(after => platform.Views.List(Postings.View, Postings.ByOrder, order, after, PageSize)).Select(Of)
        where MaySee(p, caller)
        from side in new[] { (Account: p.From, Amount: p.Amount * -1), (Account: p.To, p.Amount) }
        group side.Amount by (side.Account, side.Amount.Currency) into account
        select new BalanceBody(account.Key.Account, account.Sum(account.Key.Currency));

    static IEnumerable<TRow> All<TRow>(Func<string?, Page<TRow>> list)
    {
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var rows = list(after);
            foreach (var row in rows.Rows) yield return row;
            if ((after = rows.Next) is null) yield break;
        }
    }

    static BalanceBody Of(Balance b) => new(b.Account, new(b.Minor, Currency.Of(b.Currency)));
    static PostingBody Of(Posting p) => new(p.Position, p.At, p.From, p.To, p.Amount, p.Event, p.Of);
}
