namespace Recourse.Wallets;

/// <summary>A buyer's wallet of one currency in a list.</summary>
/// <param name="Wallet">Its id's text.</param>
/// <param name="Balance">What can be spent or withdrawn.</param>
/// <param name="Kept">What is kept for purchases that aren't paid yet.</param>
public sealed record WalletRow(string Wallet, string Buyer, Money Balance, Money Kept);

/// <summary>Wallets by whose they are.</summary>
public static class WalletList
{
    /// <summary>The view.</summary>
    public static readonly View<WalletRow> View = new()
    {
        Name = "wallets", Version = 1,
        Keys = r => r is { Id: WalletId id, Event: Wallet.Event } ? [$"{id}"] : [],
        Fold = (_, row, r) => r is { Id: WalletId id, Event: Wallet.Event } ? Moved(row, id, r) : row,
        Index = (_, row) => [new(Scope.Index, row.Buyer, row.Wallet), new(Scope.Index, Scope.All, row.Wallet)],
    };

    static WalletRow Moved(WalletRow? row, WalletId id, Recorded r)
    {
        var none = Money.Zero(id.Currency!.Value);
        row ??= new($"{id}", $"{id.Buyer}", none, none);
        return r.Event switch
        {
            Wallet.Event.Received e  => row with { Balance = row.Balance + e.Amount },
            Wallet.Event.Set e       => row with { Balance = row.Balance - e.Amount, Kept = row.Kept + e.Amount },
            Wallet.Event.Returned e  => row with { Balance = row.Balance + e.Amount, Kept = row.Kept - e.Amount },
            Wallet.Event.Withdrawn e => row with { Balance = row.Balance - e.Amount },
            Wallet.Event.Spent e     => row with { Kept = row.Kept - e.Amount },
            _                        => row,
        };
    }
}
