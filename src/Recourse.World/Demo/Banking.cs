using System.Globalization;
using Recourse.Client;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Refunds;
using Recourse.Wallets;
namespace Recourse.World.Demo;

using Wallet = Recourse.Wallets.Wallet;

/// <summary>What goes to banks and wallets, and what banks say of it, as calls of the public API.</summary>
public static class Banking
{
    /// <summary>Makes the call; the position at which it was written, if anything was.</summary>
    internal static async Task<long?> Make(RecourseClient client, IId target, object command, string key) =>
        (target, command) switch
        {
            // One file has all that is ready, whoever of it came to mind.
            (PayoutId, Payout.Command.Send) => (await client.MakePayoutFileAsync(key)).Position,
            (PayoutId id, Payout.Command.Confirm c) => (await client.ConfirmPayoutAsync(
                id.OwnerCode, id.Code, new() { Reference = c.Reference }, key)).Position,
            (PayoutId id, Payout.Command.Return c) => (await client.ReturnPayoutAsync(
                id.OwnerCode, id.Code, new() { Reason = c.Reason }, key)).Position,
            (EarningsId { Currency: { } currency } id, Earnings.Command c) =>
                await Make(client, id.Seller.Code, currency.Code, c, key),
            (WalletId { Currency: { } currency } id, Wallet.Command.Withdraw c) =>
                await Withdraw(client, id.Buyer, currency, c, key),
            (RefundId id, Refund.Command.TakeInWallet) =>
                (await client.TakeRefundInWalletAsync(id.Buyer.Code, id.Code, key)).Position,
            (RefundId id, Refund.Command.Trace) =>
                (await client.AskToTraceRefundAsync(id.Buyer.Code, id.Code, key)).Position,
            (RefundId id, Refund.Command.Recompute) =>
                (await client.RecomputeRefundAsync(id.Buyer.Code, id.Code, key)).Position,
            (PaymentId id, Payment.Command.ChooseReturns c) => (await client.ChooseReturnsAsync(
                id.Buyer.Code, id.Code, new() { ToWallet = c.ToWallet }, key)).Position,
            _ => null,                                                      // done on pages, by who looks at the demo
        };

    static async Task<long?> Make(
        RecourseClient client, string seller, string currency, Earnings.Command command, string key) => command switch
    {
        Earnings.Command.PayTo c => (await client.PutPayoutAccountAsync(
            seller, currency, AccountOf(c.To.Account.Person, c.To.Seen.Ending), key)).Position,
        Earnings.Command.Plan c => (await client.PutPayoutScheduleAsync(seller, currency, new()
        {
            Every = c.Schedule.Every.Name, Day = (c.Schedule.Every as Rhythm.Monthly)?.Day,
            Weekday = c.Schedule.Every is Rhythm.Weekly w ? $"{w.On}".ToLowerInvariant() : null,
            Above = c.Schedule.Above is { } above ? Calls.AmountOf(above) : null,
        }, key)).Position,
        Earnings.Command.Hold c => (await client.HoldSellerPayoutsAsync(
            seller, currency, new() { Reason = c.Reason }, key)).Position,
        Earnings.Command.Lift => (await client.LiftSellerPayoutsAsync(seller, currency, key)).Position,
        Earnings.Command.ChargeBack c => (await client.BookChargebackAsync(seller, currency, new()
        {
            Reference = c.Reference, Order = $"{c.Order}", Amount = Calls.AmountOf(c.Amount),
        }, key)).Position,
        Earnings.Command.Restore c => (await client.RestoreChargebackAsync(
            seller, currency, new() { Reference = c.Reference }, key)).Position,
        _ => null,                                                          // the platform runs them by itself
    };

    /// <summary>What is there, at most: people look before they ask.</summary>
    static async Task<long?> Withdraw(
        RecourseClient client, BuyerId buyer, Currency currency, Wallet.Command.Withdraw c, string key)
    {
        WalletBody wallet = await client.GetWalletAsync(buyer.Code, currency.Code);
        var amount = Math.Min(wallet.Balance.Minor, c.Amount.Minor);
        return amount < 1 ? null : (await client.WithdrawFromWalletAsync(buyer.Code, currency.Code, new()
        {
            Amount = Calls.AmountOf(new(amount, currency)), Account = AccountOf($"{buyer}", c.Seen.Ending),
        }, key)).Position;
    }

    /// <summary>A purchase with what its buyer sees in their wallet, if they meant to pay from it.</summary>
    internal static async Task<CheckoutRequest> FromWallet(
        RecourseClient client, BuyerId buyer, Purchase wish, CheckoutRequest request)
    {
        if (wish.Basket.Wallet is not { } meant) return request;
        WalletBody wallet = await client.GetWalletAsync(buyer.Code, meant.Currency.Code);
        if (wallet.Balance.Minor < 1) return request;
        request.Wallet = Calls.AmountOf(new(Math.Min(wallet.Balance.Minor, meant.Minor), meant.Currency));
        return request;
    }

    // Whoever it is, their account is one that there could be: 20 digits of which the last are told.
    static BankAccountBody AccountOf(string person, string ending)
    {
        var account = BankAccountOf(person, ending);
        return new() { Holder = account.Holder, Iban = account.Iban };
    }

    /// <summary>The account of whoever it is, as the platform keeps it.</summary>
    public static BankAccount BankAccountOf(string person, string ending)
    {
        var bank = string.Concat($"37040044{person.Sum(c => c):D6}{ending.PadLeft(4, '0')}");
        var rest = 0;
        foreach (var c in $"{bank}131400") rest = (rest * 10 + c - '0') % 97;
        return new(
            person.Split('/')[^1], string.Create(CultureInfo.InvariantCulture, $"DE{98 - rest:D2}{bank}"));
    }
}
