using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payouts;
namespace Recourse.Wallets;

/// <summary>What a buyer has with the platform in one currency.</summary>
/// <param name="Code">The currency, ISO 4217, in lower case.</param>
public readonly record struct WalletId(BuyerId Buyer, string Code) : IId<WalletId>
{
    /// <summary>A buyer's wallet of that currency.</summary>
    public static WalletId Of(BuyerId buyer, Currency currency) => new(buyer, currency.Code.ToLowerInvariant());

    /// <summary>Its currency; null: there is no such currency.</summary>
    public Currency? Currency => Kernel.Currency.TryParse(Code.ToUpperInvariant(), out var c) ? c : null;

    /// <inheritdoc/>
    public static bool TryParse(string? text, out WalletId id)
    {
        var ok = Derived.Split(text, "wallet", 3) is [_, var b, var c] && Derived.IsCode(b) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var buyer, var code] ? new(new(buyer), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"wallet/{Buyer.Code}/{Code}";
}

/// <summary>What is kept of a wallet for a checkout that isn't paid yet.</summary>
public sealed record Kept(CheckoutId For, Money Amount);

/// <summary>
/// A buyer's money with the platform: refunds come here, purchases are paid from here, and it can be withdrawn. It is
/// never below zero: what is kept for a purchase can't be withdrawn meanwhile, nor the other way round.
/// </summary>
public static partial class Wallet
{
    /// <summary>What can be asked of a wallet.</summary>
    public closed record Command : ICommand<WalletId>
    {
        /// <summary>Said by a refund, payment or payout of the same buyer that has handed it over.</summary>
        /// <param name="Handover">The code under which it stands between the two.</param>
        public sealed record Receive(string Handover, Money Amount) : Command;

        /// <summary>Said by an order, or by what was found of it: its buyer is compensated.</summary>
        /// <param name="Cause">The text of the id of what it is for: each compensates once.</param>
        public sealed record Compensate(OrderId Order, string Code, string Cause, Money Amount) : Command;

        /// <summary>Said by a checkout: it is to be paid with that.</summary>
        public sealed record Keep(CheckoutId For, Money Amount) : Command;

        /// <summary>Said by a checkout that needs no more than that; the rest comes back.</summary>
        public sealed record KeepLess(CheckoutId For, Money Amount) : Command;

        /// <summary>Said by the payment that has spent what was kept for it.</summary>
        public sealed record Spend(CheckoutId For) : Command;

        /// <summary>The buyer wants it on a bank account.</summary>
        /// <param name="Seen">What of the account may be shown.</param>
        /// <param name="Verified">Whether they have shown who they are; null: nobody looked.</param>
        /// <param name="For">The text of a refund's id that goes on to a bank, once; null: it is for none.</param>
        public sealed record Withdraw(
            Money Amount, Sealed<BankAccount> To, AccountSeen Seen, Fact<bool>? Verified = null, string? For = null)
            : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A wallet as it stands.</summary>
    /// <param name="Balance">What can be spent or withdrawn.</param>
    /// <param name="Kept">What is kept for purchases that aren't paid yet.</param>
    /// <param name="Withdrawals">How many there ever were: each has a payout of its own.</param>
    public sealed record State(Money Balance, ImmutableArray<Kept> Kept, int Withdrawals)
    {
        /// <summary>What comes or goes once only, by its cause: compensations, and refunds sent on to a bank.</summary>
        public ImmutableArray<string> Once { get; init; } = [];
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>Money came.</summary>
        /// <param name="Handover">The code under which it stood before.</param>
        public sealed record Received(string Handover, Money Amount) : Event;

        /// <summary>Money came for what went wrong with an order.</summary>
        /// <param name="Code">For what, e.g. <c>compensation.false-reason</c>.</param>
        /// <param name="Cause">The text of the id of what it is for.</param>
        public sealed record Compensated(OrderId Order, string Code, string Cause, Money Amount) : Event;

        /// <summary>Some of it is kept for a purchase.</summary>
        public sealed record Set(CheckoutId For, Money Amount) : Event;

        /// <summary>Of what was kept, some is not needed.</summary>
        public sealed record Returned(CheckoutId For, Money Amount) : Event;

        /// <summary>What was kept has paid.</summary>
        public sealed record Spent(CheckoutId For, Money Amount) : Event;

        /// <summary>It is on its way to a bank account.</summary>
        /// <param name="For">The text of a refund's id that goes on to a bank; null: it is for none.</param>
        public sealed record Withdrawn(
            PayoutId Payout, Money Amount, Sealed<BankAccount> To, AccountSeen Seen, string? For = null) : Event;
    }
}
