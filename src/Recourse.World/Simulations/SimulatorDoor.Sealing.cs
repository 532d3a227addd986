using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Verifying;
using Recourse.Wallets;
namespace Recourse.World.Simulations;

public sealed partial class SimulatorDoor
{
    /// <summary>An address under its buyer's key; in a simulation nobody has to open it.</summary>
    public Func<BuyerId, Address, Sealed<Address>> Seal { get; init; }

    /// <summary>The same of what somebody says against a decision.</summary>
    public Func<IId, AppealWords, Sealed<AppealWords>> SealWords { get; init; }

    /// <summary>The same of a bank account, by whose it is and what of it is shown; null: as it was said.</summary>
    public Func<string, AccountSeen, Sealed<BankAccount>>? SealAccount { get; init; }

    /// <summary>Keeps what somebody shows as proof; null: as it was said.</summary>
    public Func<BuyerId, Document, Document>? Keep { get; init; }

    // Said in whoever's name.
    string Cipher(string person, string text) => SealWords(
        SellerId.TryParse(person, out var seller) ? seller : BuyerId.TryParse(person, out var buyer) ? buyer
            : default(BuyerId), new(text)).Cipher;
}
