namespace Recourse.Payouts;

/// <summary>
/// Money on its way to a bank account: a seller's earnings, or what a buyer withdraws. A seller's is told from a
/// buyer's of the same name by how its code begins.
/// </summary>
/// <param name="OwnerCode">The code of whose it is.</param>
public readonly record struct PayoutId(string OwnerCode, string Code) : IId<PayoutId>
{
    const string OfSellers = "seller-";

    /// <summary>A buyer's, by what caused it.</summary>
    public static PayoutId Of(BuyerId buyer, string cause) => new(buyer.Code, Derived.Code(cause));

    /// <summary>A seller's, by what caused it.</summary>
    public static PayoutId Of(SellerId seller, string cause) => new(seller.Code, OfSellers + Derived.Code(cause));

    /// <summary>The seller whose it is; null: it is a buyer's.</summary>
    public SellerId? Seller =>
        Code.StartsWith(OfSellers, StringComparison.Ordinal) ? new SellerId(OwnerCode) : null;

    /// <summary>The buyer whose it is; null: it is a seller's.</summary>
    public BuyerId? Buyer => Seller is null ? new BuyerId(OwnerCode) : null;

    /// <summary>Whose it is.</summary>
    public IId Owner => Seller is { } seller ? seller : new BuyerId(OwnerCode);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out PayoutId id)
    {
        var ok = Derived.Split(text, "payout", 3) is [_, var o, var c] && Derived.IsCode(o) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var owner, var code] ? new(owner, code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"payout/{OwnerCode}/{Code}";
}

/// <summary>A bank account; only ever stored sealed.</summary>
/// <param name="Holder">Whose it is, as the bank knows them.</param>
/// <param name="Iban">International bank account number, ISO 13616, without blanks; none: the country has none.</param>
/// <param name="Bic">Of the bank, ISO 9362; null: it follows from the number.</param>
/// <param name="Number">The account's number where there are no international ones; null: it has one.</param>
public sealed record BankAccount(string Holder, string Iban, string? Bic = null, string? Number = null)
{
    /// <summary>Of the bank, ISO 3166 alpha-2.</summary>
    public string Country => Number is null ? Iban[..Math.Min(2, Iban.Length)]
        : Bic is { Length: > 6 } bic ? bic[4..6] : "";

    /// <summary>Whether it is paid by the scheme of the Single Euro Payments Area.</summary>
    /// <param name="country">Of the bank, ISO 3166 alpha-2.</param>
    public static bool IsSepa(Currency currency, string country) =>
        currency == Currency.Eur && Payouts.Iban.IsInSepa(country);
}

/// <summary>What of a bank account may be shown and decided on.</summary>
/// <param name="Country">Of the bank, ISO 3166 alpha-2.</param>
/// <param name="Ending">The last four characters of its number.</param>
public sealed record AccountSeen(string Country, string Ending);

/// <summary>What is paid out.</summary>
/// <param name="For">The text of the id of what it leaves: a wallet, or a seller's earnings.</param>
public sealed record PaidOut(Money Amount, Sealed<BankAccount> To, AccountSeen Seen, string For);

/// <summary>One transfer to a bank account, from being ready to what the bank says of it.</summary>
public static partial class Payout
{
    /// <summary>What can be asked of a payout.</summary>
    public closed record Command : ICommand<PayoutId>
    {
        /// <summary>Required by what it leaves.</summary>
        public sealed record Open(PaidOut What) : Command;

        /// <summary>It stands in a file that goes to the bank.</summary>
        /// <param name="File">The file's message id.</param>
        public sealed record Send(string File) : Command;

        /// <summary>The bank says that it is done.</summary>
        /// <param name="Reference">The bank's own.</param>
        public sealed record Confirm(string Reference) : Command;

        /// <summary>The bank says that it can't be done, or sends it back.</summary>
        /// <param name="Reason">By ISO 20022, e.g. <c>AC04</c>: the account is closed.</param>
        public sealed record Return(string Reason) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A payout as it stands.</summary>
    public closed record State(PaidOut What)
    {
        /// <summary>Somebody must act.</summary>
        public closed record Open(PaidOut What, Deadline Deadline) : State(What);

        /// <summary>It waits for the next file.</summary>
        public sealed record Ready(PaidOut What, Deadline Deadline) : Open(What, Deadline);

        /// <summary>The bank has it.</summary>
        public sealed record Sent(PaidOut What, Deadline Deadline, string File, Instant At) : Open(What, Deadline);

        /// <summary>It is there; the bank may still send it back.</summary>
        public sealed record Paid(PaidOut What, string File, string Reference, Instant At) : State(What);

        /// <summary>It is back where it came from.</summary>
        public sealed record Back(PaidOut What, Statement Why) : State(What);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>It is to be paid out.</summary>
        public sealed record Opened(PaidOut What, Deadline Deadline) : Event;

        /// <summary>The bank has it.</summary>
        public sealed record Sent(string File, Instant At, Deadline Deadline) : Event;

        /// <summary>It is there.</summary>
        public sealed record Paid(string Reference, Instant At) : Event;

        /// <summary>The bank could not do it, or sent it back: it goes back where it came from.</summary>
        /// <param name="AfterPaid">It had been said to be there; null: it had not.</param>
        public sealed record Rejected(Statement Why, bool? AfterPaid = null) : Event, IAdverse;

        /// <summary>Nothing was heard: the platform's people are called.</summary>
        public sealed record Escalated(Deadline Deadline) : Event;
    }
}
