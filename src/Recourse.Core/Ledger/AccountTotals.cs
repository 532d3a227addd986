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
        Name = "account-totals", Version = 1,
        Keys = recorded => recorded.Transfers.IsEmpty ? []
            : recorded.Transfers.SelectMany(t => (string[])[Key(t.From, t), Key(t.To, t)]).Distinct(),
        Fold = Fold,
    };

    static string Key(Account account, Transfer t) => $"{Books.KindOf(account.Path)}/{t.Amount.Currency.Code}";

    static AccountTotal? Fold(string key, AccountTotal? row, Recorded recorded)
    {
        var slash = key.LastIndexOf('/');
        var total = row ?? new(key[..slash], key[(slash + 1)..], 0);
        foreach (var t in recorded.Transfers)
        {
            if (Key(t.From, t) == key) total = total with { Minor = total.Minor - t.Amount.Minor };
            if (Key(t.To, t) == key) total = total with { Minor = total.Minor + t.Amount.Minor };
        }
        return total.Minor == 0 ? null : total;
    }
}
