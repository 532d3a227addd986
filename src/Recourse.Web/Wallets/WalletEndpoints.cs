using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Ledger;
using Recourse.Payouts;
using Recourse.Runtime;
using Recourse.Verifying;
using Recourse.Wallets;
namespace Recourse.Web;

/// <summary>What a buyer has with the platform in one currency.</summary>
/// <param name="Balance">What can be spent or withdrawn.</param>
/// <param name="Kept">What is kept for purchases that aren't paid yet.</param>
public sealed record WalletBody(WalletId Id, Money Balance, Money Kept);

/// <summary>A movement of a wallet.</summary>
/// <param name="Of">The id of what it happened to.</param>
/// <param name="Code">What happened, e.g. <c>wallet.received</c>.</param>
/// <param name="Amount">Below zero: it left.</param>
/// <param name="About">What it was for, where that can be looked at: an order, a purchase or a payout.</param>
public sealed record WalletLine(Instant At, string Of, string Code, string Text, Money Amount, string? About);

/// <summary>A bank account.</summary>
/// <param name="Holder">Whose it is, as the bank knows them.</param>
/// <param name="Iban">International bank account number; blanks don't matter. Left out: the country has none.</param>
/// <param name="Bic">The bank's code; left out: it follows from the number, as it does within SEPA.</param>
/// <param name="Number">The account's number where there are no international ones; with the bank's code.</param>
public sealed record BankAccountBody(string Holder, string? Iban = null, string? Bic = null, string? Number = null);

/// <summary>What is to go to a bank account.</summary>
public sealed record WithdrawRequest(Money Amount, BankAccountBody Account);

/// <summary>Wallets: what is in them, what happened to it, and taking it out.</summary>
static class WalletEndpoints
{
    const Party Readers = Party.Buyer | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var wallets = v1.MapGroup("/wallets").WithTags("Wallets");
        wallets.MapGet("", List).For(Readers).WithName("listWallets").WithSummary("Wallets, one for each currency.");
        wallets.MapGet("/{buyer}/{currency}", Get).For(Readers).WithName("getWallet")
            .WithSummary("What is in a wallet; one that never had anything is empty.");
        wallets.MapGet("/{buyer}/{currency}/statement", Statement).For(Readers).WithName("getWalletStatement")
            .WithSummary("What happened to it, the newest first.");
        wallets.MapPost("/{buyer}/{currency}/withdrawals", TakeOut).For(Party.Buyer).WithName("withdrawFromWallet")
            .WithSummary("Have an amount paid out to a bank account; the buyer has shown who they are before.")
            .Produces<PayoutBody>(201);
    }

    /// <summary>One's own, or for staff all or a buyer's.</summary>
    /// <param name="of">A buyer's id, for staff.</param>
    public static async Task<Answer<Rows<WalletBody>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null)
    {
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null) return Problems.NotFound;
        return await Positions.Page(platform, caller, WalletList.View, Scope.Index, scope, after, limit, row =>
            new WalletBody(WalletId.TryParse(row.Wallet, out var id) ? id : default, row.Balance, row.Kept));
    }

    /// <summary>The wallet's id; null: there is no such currency, or it is none of the caller's business.</summary>
    public static WalletId? IdOf(string buyer, string currency, Caller caller) =>
        WalletId.TryParse($"wallet/{buyer}/{currency.ToLowerInvariant()}", out var id) && id.Currency is not null
        && (caller.IsStaff || caller.Buyer == id.Buyer) ? id : null;

    /// <summary>As it stands.</summary>
    public static async Task<WalletBody> Of(WalletId id, Caller caller, IPlatform platform)
    {
        var none = Money.Zero(id.Currency!.Value);
        return (await platform.Read(id, caller.Who, caller.Cancel))?.State is Wallet.State s
            ? new(id, s.Balance, s.Kept.Select(k => k.Amount).Sum(none.Currency)) : new(id, none, none);
    }

    static async Task<Answer<WalletBody>> Get(string buyer, string currency, Caller caller, IPlatform platform) =>
        IdOf(buyer, currency, caller) is { } id ? await Of(id, caller, platform) : Problems.NotFound;

    /// <summary>Movements of a wallet.</summary>
    public static async Task<Answer<Rows<WalletLine>>> Statement(
        string buyer, string currency, Caller caller, IPlatform platform, string? after, int? limit)
    {
        if (IdOf(buyer, currency, caller) is not { } id) return Problems.NotFound;
        var account = Wallet.BalanceOf(id.Buyer).Path;
        var (index, value) = Postings.Of(account);
        var rows = await Positions.Page(platform, caller, Postings.View, index, value, after, limit, p => p);
        return new Rows<WalletLine>(
            [.. rows.Items.Where(p => p.Amount.Currency == id.Currency).Select(p => Of(p, account, caller.Texts))],
            rows.Next, rows.CatchingUp);
    }

    static WalletLine Of(Posting p, string account, Texts texts)
    {
        var code = string.Join('.', p.Event.Split('.').Select(Closed.NameOf));
        return new(p.At, p.Of, code, texts.Tell($"event.{code}"), p.To == account ? p.Amount : p.Amount * -1,
            p.From == account ? p.To.Split('/')[^1] : p.From.Split('/')[^1]);
    }

    static async Task<Answer<PayoutBody>> TakeOut(
        string buyer, string currency, WriteOf<WithdrawRequest> write, IPlatform platform, Store store) =>
        IdOf(buyer, currency, write.By) is { } id
            ? await Withdraw(id, write, write.Body.Amount, write.Body.Account, platform, store) : Problems.NotFound;

    /// <summary>Takes an amount out, to a bank account.</summary>
    /// <param name="of">The text of a refund's id that goes on to a bank; null: it is for none.</param>
    public static async Task<Answer<PayoutBody>> Withdraw(
        WalletId id, Write write, Money amount, BankAccountBody? account, IPlatform platform, Store store,
        string? of = null)
    {
        var (to, faults) = BankAccounts.Read(account);
        if (!faults.IsEmpty) return Problems.Of(faults);
        var by = write.By;
        var verified = await Verified(id.Buyer, by, platform);
        var (seal, seen) = BankAccounts.Seal(store, $"{id.Buyer}", to!);
        var outcome = await platform.Ask(
            write.To(id, new Wallet.Command.Withdraw(amount, seal, seen, verified, of)), by.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        // Another may have been asked for since, or meanwhile: what this ask wrote says which is its own.
        var history = await platform.History(id, by.Who, by.Cancel) ?? [];
        if (history.ElementAtOrDefault((int)done.Version - 1)?.Event is not Wallet.Event.Withdrawn own)
            return Problems.Unknown;
        var payout = own.Payout;
        return await platform.Read(payout, by.Who, by.Cancel) is { } paid
            ? Answer<PayoutBody>.Of(PayoutEndpoints.Of(paid, by.Texts), done)
                .With(201, $"/v1/payouts/{payout.OwnerCode}/{payout.Code}") : Problems.Unknown;
    }

    /// <summary>Whether its buyer has shown who they are, as withdrawing needs it.</summary>
    public static async Task<Fact<bool>> Verified(BuyerId buyer, Caller by, IPlatform platform)
    {
        var state = (await platform.Read(new VerificationId(buyer), by.Who, by.Cancel))?.State;
        return new(state is Verification.State.Verified v && v.Until > platform.Now, platform.Now,
            "partition/verification");
    }
}
