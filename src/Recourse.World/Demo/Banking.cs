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
            seller, currency, AccountOf(c.To.Account.Person, c.To.Seen), key)).Position,
        Earnings.Command.Plan c => (await client.PutPayoutScheduleAsync(seller, currency, new()
        {
            Every = c.Schedule.Every.Name, Day = (c.Schedule.Every as Rhythm.Monthly)?.Day,
            Weekday = c.Schedule.Every is Rhythm.Weekly w ? $"{w.On}".ToLowerInvariant() : null,
            Above = c.Schedule.Above is { } above ? new() { Minor = above.Minor, Currency = above.Currency.Code }
                : null,
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
            Amount = Calls.AmountOf(new(amount, currency)), Account = AccountOf($"{buyer}", c.Seen),
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

    static BankAccountBody AccountOf(string person, AccountSeen seen)
    {
        var account = BankAccountOf(person, seen);
        return new() { Holder = account.Holder, Iban = account.Iban, Bic = account.Bic, Number = account.Number };
    }

    // A bank of each country of the demo, as its accounts' numbers begin, how long they are, and the bank's code.
    static readonly ImmutableArray<(string Country, string Begins, int Length, string Bic)> Banks =
    [
        ("DE", "37040044", 18, "COBADEFFXXX"), ("PT", "00350001", 21, "CGDIPTPL"), ("FR", "3000401234", 23, "BNPAFRPP"),
        ("ES", "21000418", 20, "CAIXESBB"), ("IT", "X0306902113", 23, "BCITITMM"), ("NL", "INGB", 14, "INGBNL2A"),
        ("IE", "AIBK931152", 18, "AIBKIE2D"), ("AE", "033", 19, "BOMLAEAD"), ("KW", "NBOK", 26, "NBOKKWKW"),
        ("BR", "0036030500001", 25, "CEFXBRSP"), ("US", "", 9, "CHASUS33"), ("JP", "", 7, "BOTKJPJT"),
    ];

    /// <summary>The account of whoever it is, as the platform keeps it: one of their country, whose last digits are
    /// told.</summary>
    public static BankAccount BankAccountOf(string person, AccountSeen seen)
    {
        var bank = Banks.FirstOrDefault(b => b.Country == seen.Country, Banks[0]);
        var (holder, whose) = (person.Split('/')[^1], person.Sum(c => c).ToString(CultureInfo.InvariantCulture));
        var number = bank.Begins + $"{whose}{seen.Ending}".PadLeft(bank.Length - bank.Begins.Length, '0');
        return Iban.AreIn(bank.Country) ? new(holder, bank.Country + CheckOf(number, bank.Country) + number,
            Iban.IsInSepa(bank.Country) ? null : bank.Bic) : new(holder, "", bank.Bic, number[^bank.Length..]);
    }

    // ISO 7064, modulo 97-10.
    static string CheckOf(string number, string country)
    {
        var rest = 0;
        foreach (var c in $"{number}{country}00")
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return (98 - rest).ToString("D2", CultureInfo.InvariantCulture);
    }
}
