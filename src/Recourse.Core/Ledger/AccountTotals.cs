namespace Recourse.Ledger;

/// <summary>What all accounts of one kind come to, in one currency; never nothing.</summary>
/// <param name="Kind">As <see cref="Books.KindOf"/> tells it.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Minor">Minor units.</param>
public sealed record AccountTotal(string Kind, string Currency, long Minor);

/// <summary>The trial balance: few rows, which come to nothing in each currency.</summary>
public static class AccountTotals
{
    /// <summary>The view; its keys start with the kind.</summary>
    public static readonly View<AccountTotal> View = new()
    {
        Name = "account-totals", Version = 1, Hears = [], HearsMoney = true,
        Keys = recorded => Books.KeysOf(recorded.Transfers, Key),
        Fold = Fold,
    };

    static string Key(Account account, Transfer t) => $"{Books.KindOf(account.Path)}/{t.Amount.Currency.Code}";

    static AccountTotal? Fold(string key, AccountTotal? row, Recorded recorded)
    {
        var slash = key.LastIndexOf('/');
        var (kind, currency, minor) = row ?? new(key[..slash], key[(slash + 1)..], 0);
        foreach (var t in recorded.Transfers)
        {
            if (t.Amount.Currency.Code != currency) continue;
            if (Books.IsOf(t.From.Path, kind)) minor -= t.Amount.Minor;
            if (Books.IsOf(t.To.Path, kind)) minor += t.Amount.Minor;
        }
        return minor == 0 ? null : new(kind, currency, minor);
    }
}
