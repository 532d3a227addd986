namespace Recourse.Ledger;

/// <summary>What stands on an account in one currency; never nothing.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Minor">Minor units; below zero: more has left it than came.</param>
public sealed record Balance(string Account, string Currency, long Minor);

/// <summary>Every account on which something stands.</summary>
public static class Balances
{
    /// <summary>
    /// The view. By key an account is found by itself and by everything that it is a part of: <c>escrow/</c>.
    /// </summary>
    public static readonly View<Balance> View = new()
    {
        Name = "balances", Version = 2, Hears = [], HearsMoney = true,
        Keys = recorded => Books.KeysOf(recorded.Transfers, Key),
        Fold = Fold, Index = Index,
    };

    /// <summary>A row's key.</summary>
    public static string Key(string account, string currency) => $"{account}/{currency}";

    static string Key(Account account, Transfer t) => Key(account.Path, t.Amount.Currency.Code);

    static Balance? Fold(string key, Balance? row, Recorded recorded)
    {
        var slash = key.LastIndexOf('/');
        var (account, currency, minor) = row ?? new(key[..slash], key[(slash + 1)..], 0);
        foreach (var t in recorded.Transfers)
        {
            if (t.Amount.Currency.Code != currency) continue;
            if (t.From.Path == account) minor -= t.Amount.Minor;
            if (t.To.Path == account) minor += t.Amount.Minor;
        }
        return minor == 0 ? null : new(account, currency, minor);
    }

    static IEnumerable<Found> Index(string key, Balance row) =>
        Books.OwnerOf(row.Account) is { } owner ? [new(Scope.Index, owner, "")] : [];
}
