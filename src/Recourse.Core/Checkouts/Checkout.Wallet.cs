using Recourse.Orders;
using Recourse.Payments;
using Recourse.Wallets;
using static Recourse.Kernel.Message;
namespace Recourse.Checkouts;

/// <summary>What a buyer pays from their wallet: kept from the opening on, so that it can't be spent twice.</summary>
public static partial class Checkout
{
    static Refusal? WalletFault(Money wallet, Currency currency) =>
        wallet.Minor < 1 ? BadWallet
        : wallet.Currency != currency ? OtherWallet(currency, wallet.Currency) : null;

    /// <summary>What the wallet pays whole needs no method; what it doesn't, needs one for the rest.</summary>
    static Refusal? MethodFault(Basket basket, Money total) =>
        basket.Method is not Payment.FromWallet || basket.Wallet is { } most && most.Minor >= total.Minor ? null
        : MethodForTheRest(total, basket.Wallet ?? Money.Zero(total.Currency));

    /// <summary>No more than what is bought.</summary>
    static Money? WalletsPart(State s) => s.Basket.Wallet is not { } most ? null
        : s.Total.Minor < most.Minor ? s.Total : most;

    static IEnumerable<Intent> KeepInTheWallet(CheckoutId id, State after, Event.Opened e)
    {
        if (after.Basket.Wallet is not { } most) yield break;
        var total = e.Requests.Select(r => r.Total).Sum(most.Currency);
        yield return new Intent.Require(To(WalletId.Of(id.Buyer, most.Currency),
            new Wallet.Command.Keep(id, total.Minor < most.Minor ? total : most)));
    }

    /// <summary>What sellers left out needs no money.</summary>
    static IEnumerable<Intent> KeepNoMore(CheckoutId id, State after, Money? part)
    {
        if (after.Basket.Wallet is { } most)
            yield return new Intent.Require(To(WalletId.Of(id.Buyer, most.Currency),
                new Wallet.Command.KeepLess(id, part ?? Money.Zero(most.Currency))));
    }

    static IEnumerable<Intent> LetGoOfTheWallet(CheckoutId id, State after) => KeepNoMore(id, after, part: null);

    static Refusal MethodForTheRest(Money total, Money wallet) => new(
        "checkout.method-for-the-rest", Mend, ("total", total), ("wallet", wallet)) { Field = "method" };

    static Refusal BadWallet => new("checkout.bad-wallet", Mend) { Field = "wallet" };

    static Refusal OtherWallet(Currency currency, Currency asked) => new(
        "checkout.other-wallet", Mend, ("currency", currency.Code), ("asked", asked.Code)) { Field = "wallet" };
}
