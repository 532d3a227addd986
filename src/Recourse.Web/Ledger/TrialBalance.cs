using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Ledger;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What all accounts come to by kind, and that it is nothing.</summary>
/// <param name="Totals">By kind and currency.</param>
/// <param name="Sums">What each currency comes to: nothing, or the books are wrong.</param>
public sealed record TrialBalanceBody(ImmutableArray<AccountKindBody> Totals, ImmutableArray<Money> Sums);

/// <summary>Accounts of one kind in one currency.</summary>
public sealed record AccountKindBody(string Kind, Money Amount);

/// <summary>One account in one currency, the newest movement first.</summary>
/// <param name="Balance">What stands on it now.</param>
/// <param name="Items">Each movement with what stood there after it.</param>
public sealed record AccountBody(
    string Account, Money Balance, ImmutableArray<AccountItem> Items, string? Next, bool CatchingUp);

/// <summary>One movement as its account sees it.</summary>
/// <param name="Change">Below zero: it left.</param>
/// <param name="Against">The other account.</param>
/// <param name="After">What stood there then.</param>
public sealed record AccountItem(
    long Position, Instant At, Money Change, string Against, Money After, string Event, string Of);

/// <summary>The books as a whole, and each account with its running balance, for staff.</summary>
static class TrialBalance
{
    const int PageSize = 100, MostPages = 100;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/ledger/totals", Totals).For(Party.Staff).WithTags("Ledger").WithName("getTrialBalance")
            .WithSummary("What all accounts come to by kind; each currency comes to nothing.");
        v1.MapGet("/ledger/account", Account).For(Party.Staff).WithTags("Ledger").WithName("getAccount")
            .WithSummary("One account in one currency: movements with the running balance. A page may be short.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/ledger", ShowBooks).AsPage(Party.Staff);
        pages.MapGet("/ledger/account", ShowAccount).AsPage(Party.Staff);
    }

    static async Task<Answer<TrialBalanceBody>> Totals(Caller caller, IPlatform platform)
    {
        var rows = await Positions.Page(
            platform, caller, AccountTotals.View, View.ByKey, "", null, 200,
            row => new AccountKindBody(row.Kind, new(row.Minor, Currency.Of(row.Currency))));
        AccountKindBody[] totals = [.. rows.Items.OrderBy(t => t.Kind, StringComparer.Ordinal)
            .ThenBy(t => t.Amount.Currency.Code, StringComparer.Ordinal)];
        return new TrialBalanceBody([.. totals], [.. totals.GroupBy(t => t.Amount.Currency)
            .Select(c => c.Select(t => t.Amount).Sum(c.Key)).OrderBy(m => m.Currency.Code, StringComparer.Ordinal)]);
    }

    /// <summary>From what stands there now back through its movements.</summary>
    static async Task<Answer<AccountBody>> Account(
        Caller caller, IPlatform platform, string? of, string? currency, string? after)
    {
        if (string.IsNullOrEmpty(of)) return Problems.Bad("api.missing-field", "of", ("names", "of"));
        if (!Currency.TryParse(currency, out var known)) return Problems.BadParameter("currency", currency ?? "");
        var shown = await Positions.AreShown(platform, caller);
        var balance = new Money(
            platform.Views.Find(Balances.View, Balances.Key(of, known.Code))?.Minor ?? 0, known);
        var (index, value) = Postings.Of(of);
        var (stood, cursor, isThere) = (balance, (string?)null, after is null);
        List<AccountItem> items = [];
        for (var page = 0; page < MostPages && items.Count == 0; page++)
        {
            isThere |= cursor == after;
            var rows = platform.Views.List(Postings.View, index, value, cursor, PageSize);
            foreach (var p in rows.Rows.Where(p => p.Amount.Currency == known && (p.From == of || p.To == of)))
            {
                var change = p.From == of ? p.Amount * -1 : p.Amount;
                if (isThere) items.Add(new(
                    p.Position, p.At, change, p.From == of ? p.To : p.From, stood, p.Event, p.Of));
                stood -= change;
            }
            if ((cursor = rows.Next) is null) break;
        }
        return items.Count == 0 && after is null && balance.Minor == 0 && cursor is null
            ? Problems.NotFound : new AccountBody(of, balance, [.. items], cursor, !shown);
    }

    static async Task<IResult> ShowBooks(
        Caller caller, IPlatform platform, string? prefix, string? currency, string? after)
    {
        if (string.IsNullOrWhiteSpace(prefix))
        {
            var totals = await Totals(caller, platform);
            return totals.Body is { } body
                ? Pages.Show<LedgerPage>(Reader.Of(caller.Http), new() { ["Body"] = body }) : totals;
        }
        var rows = await LedgerEndpoints.Accounts(caller, platform, prefix.Trim(), after, 100);
        return rows.Body is not { } accounts ? rows : Pages.Show<AccountsPage>(Reader.Of(caller.Http), new()
        {
            ["Prefix"] = prefix.Trim(), ["Currency"] = string.IsNullOrEmpty(currency) ? null : currency,
            ["Rows"] = string.IsNullOrEmpty(currency) ? accounts
                : accounts with { Items = [.. accounts.Items.Where(a => a.Amount.Currency.Code == currency)] },
            ["After"] = after,
        });
    }

    static async Task<IResult> ShowAccount(
        Caller caller, IPlatform platform, string? of, string? currency, string? after)
    {
        var account = await Account(caller, platform, of, currency, string.IsNullOrEmpty(after) ? null : after);
        return account.Body is { } body ? Pages.Show<AccountPage>(
            Reader.Of(caller.Http), new() { ["Body"] = body, ["After"] = after }) : account;
    }
}
