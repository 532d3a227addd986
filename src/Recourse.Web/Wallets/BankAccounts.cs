using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Bank accounts as they are given, looked at and sealed: nothing past the edge can read them.</summary>
static class BankAccounts
{
    const int LongestHolder = 70, LongestNumber = 34;
    static readonly Remedy Mend = new("payout.mend");

    /// <summary>The account, or all that is wrong with it.</summary>
    public static (BankAccount? Account, ImmutableArray<Refusal> Faults) Read(BankAccountBody? body)
    {
        List<Refusal> faults = [];
        var holder = body?.Holder?.Trim() ?? "";
        var (iban, number) = (Iban.Tidy(body?.Iban ?? ""), Iban.Tidy(body?.Number ?? ""));
        var bic = body?.Bic?.Trim().ToUpperInvariant() is { Length: > 0 } given ? given : null;
        if (holder.Length is 0 or > LongestHolder || holder.Any(char.IsControl))
            faults.Add(new Refusal("payout.bad-holder", Mend, ("most", LongestHolder)) { Field = "account.holder" });
        if (bic is not null && !Iban.IsBic(bic))
            faults.Add(BadBic);
        else if (number.Length > 0 && iban.Length == 0) faults.AddRange(FaultsOf(number, bic));
        // Within SEPA a bank is known by its accounts' numbers; elsewhere none pays without the other's code.
        else if (!Iban.IsRight(iban)) faults.Add(new Refusal("payout.bad-iban", Mend) { Field = "account.iban" });
        else if (bic is null && !Iban.IsInSepa(iban[..2])) faults.Add(NoBic);
        return faults.Count > 0 ? (null, [.. faults])
            : (new(holder, iban, bic, iban.Length == 0 ? number : null), []);
    }

    static IEnumerable<Refusal> FaultsOf(string number, string? bic)
    {
        if (number.Length > LongestNumber || !number.All(char.IsAsciiLetterOrDigit))
            yield return new Refusal("payout.bad-number", Mend) { Field = "account.number" };
        if (bic is null) yield return NoBic;
        else if (Iban.AreIn(bic[4..6])) yield return new Refusal("payout.iban-needed", Mend) { Field = "account.iban" };
        else if (!Countries.Has(bic[4..6])) yield return BadBic;
    }

    static Refusal BadBic => new("payout.bad-bic", Mend) { Field = "account.bic" };
    static Refusal NoBic => new("payout.no-bic", Mend) { Field = "account.bic" };

    /// <summary>As a form has it.</summary>
    public static BankAccountBody Read(FormWrite form) => new(
        form["account.holder"], form["account.iban"], form["account.bic"], form["account.number"]);

    /// <summary>Under its person's key, with what of it may be shown.</summary>
    public static (Sealed<BankAccount> Seal, AccountSeen Seen) Seal(
        Store store, string person, BankAccount account) =>
        (store.People.Seal(person, account), new(account.Country, Ending(account.Number ?? account.Iban)));

    static string Ending(string number) => number[^Math.Min(4, number.Length)..];
}
