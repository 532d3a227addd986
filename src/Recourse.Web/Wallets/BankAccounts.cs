using Recourse.Payouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Bank accounts as they are given, looked at and sealed: nothing past the edge can read them.</summary>
static class BankAccounts
{
    const int LongestHolder = 70;
    static readonly Remedy Mend = new("payout.mend");

    /// <summary>The account, or all that is wrong with it.</summary>
    public static (BankAccount? Account, ImmutableArray<Refusal> Faults) Read(BankAccountBody? body)
    {
        List<Refusal> faults = [];
        var holder = body?.Holder?.Trim() ?? "";
        var (iban, bic) = (Iban.Tidy(body?.Iban ?? ""), body?.Bic?.Trim().ToUpperInvariant());
        if (holder.Length is 0 or > LongestHolder || holder.Any(char.IsControl))
            faults.Add(new Refusal("payout.bad-holder", Mend, ("most", LongestHolder)) { Field = "account.holder" });
        if (!Iban.IsRight(iban)) faults.Add(new Refusal("payout.bad-iban", Mend) { Field = "account.iban" });
        if (bic is not (null or "") && !Iban.IsBic(bic))
            faults.Add(new Refusal("payout.bad-bic", Mend) { Field = "account.bic" });
        return faults.Count > 0 ? (null, [.. faults]) : (new(holder, iban, bic is "" ? null : bic), []);
    }

    /// <summary>Under its person's key, with what of it may be shown.</summary>
    public static (Sealed<BankAccount> Seal, AccountSeen Seen) Seal(Store store, string person, BankAccount account) =>
        (store.People.Seal(person, account), new(account.Iban[..2], account.Iban[^4..]));
}
