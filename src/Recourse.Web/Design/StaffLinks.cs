namespace Recourse.Web;

/// <summary>Where staff look at a thing, by its id.</summary>
static class StaffLinks
{
    /// <summary>The page of that id; null: there is none.</summary>
    public static string? Of(string id) => id.Split('/') switch
    {
        ["order", var owner, var code]                  => $"/orders/{owner}/{code}",
        ["payment" or "checkout", var owner, var code]  => $"/payments/{owner}/{code}",
        ["refund", var owner, var code]                 => $"/refunds/{owner}/{code}",
        ["parcel", var owner, var code]                 => $"/parcels/{owner}/{code}",
        ["verification", var code]                      => $"/verifications/{code}",
        ["plan", var owner, var code]                   => $"{PlanPages.Path}/{owner}/{code}",
        ["appeal", var owner, var code]                 => $"/appeals/{owner}/{code}",
        ["reason", var owner, var code]                 => $"{ReasonPages.Path}/{owner}/{code}",
        ["buyer", var code]                             => $"/buyers/{code}",
        ["seller", var code]                            => $"/sellers/{code}",
        ["macro", _, var code]                          => $"{MacroEndpoints.Path}/{code}",
        ["rulebook", _]                                 => "/rulebook",
        ["earnings", var owner, _]                      => $"/sellers/{owner}/payouts",
        ["payout", _, _]                                => PayoutPages.Path,
        ["listing" or "stock", _, _]                    => $"/history?of={id}",
        _                                               => null,
    };

    /// <summary>The page of whatever an account is about; null: none.</summary>
    public static string? OfAccount(string account) => Ledger.Books.OrderOf(account) is { } order ? Of(order)
        : Ledger.Books.OwnerOf(account) is { } owner ? Of(owner) : null;

    /// <summary>Where the movements of an account are.</summary>
    public static string ToAccount(string account, string currency) =>
        $"/ledger/account?of={Uri.EscapeDataString(account)}&currency={currency}";
}
