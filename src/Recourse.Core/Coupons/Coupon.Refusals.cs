using Recourse.Orders;
namespace Recourse.Coupons;

public static partial class Coupon
{
    const int MostListings = 100;

    static readonly Remedy Mend = new("coupons.mend"), Look = new("coupons.look"),
        OtherCode = new("coupons.other-code");

    static Refusal NotNow(Party party) => new("coupons.not-now", Look, ("party", $"{party}"));
    static Refusal Exists(string code) => new("coupons.exists", OtherCode, ("code", code)) { Field = "code" };

    /// <summary>All that is wrong with what is to be promised.</summary>
    static IEnumerable<Refusal> Faults(CouponId id, CouponTerms terms, Party party, Asked asked)
    {
        var rules = asked.InForce.Of<CouponRules>();
        if (terms.Currency == default) yield return BadCurrency("currency");
        foreach (var fault in CutFaults(terms)) yield return fault;
        if (terms.LeastSpend is { } least && (least.Minor is < 1 or > Money.Most || least.Currency != terms.Currency))
            yield return BadAmount("leastSpend");
        if (terms.Until <= terms.From || terms.Until <= asked.At) yield return BadTime;
        if (terms.Listings.IsDefault || terms.Listings.Length > MostListings
            || !id.IsForAllShops && terms.Listings.Any(l => l.Seller != id.Seller)) yield return BadListings;
        if (terms.Uses < 1 || terms.Uses > rules.MostUses) yield return BadUses("uses", terms.Uses, rules.MostUses);
        if (terms.UsesPerPerson < 1 || terms.UsesPerPerson > terms.Uses)
            yield return BadUses("usesPerPerson", terms.UsesPerPerson, Math.Max(terms.Uses, 1));
        if (party != IssuerOf(terms) || terms.BorneBy is Bearer.Buyer
            || id.IsForAllShops && terms.BorneBy is not Bearer.Platform) yield return NotYours;
    }

    static IEnumerable<Refusal> CutFaults(CouponTerms terms) => terms.Cut switch
    {
        CouponCut.AmountOff { Amount: { Minor: >= 1 and <= Money.Most } off } when off.Currency == terms.Currency => [],
        CouponCut.AmountOff                            => [BadAmount("amountOff")],
        CouponCut.PercentOff { Percent: >= 1 and <= 100 } => [],
        CouponCut.PercentOff c                         => [BadPercent(c.Percent)],
    };

    static Refusal BadAmount(string field) =>
        new("coupons.bad-amount", Mend, ("most", Money.Most)) { Field = field };

    static Refusal BadCurrency(string field) => new("coupons.bad-currency", Mend) { Field = field };
    static Refusal BadTime => new("coupons.bad-time", Mend) { Field = "until" };

    static Refusal BadPercent(int percent) => new("coupons.bad-percent", Mend, ("percent", percent))
    {
        Field = "percentOff",
    };

    static Refusal BadListings => new("coupons.bad-listings", Mend, ("most", MostListings)) { Field = "listings" };

    static Refusal BadUses(string field, int uses, int most) =>
        new("coupons.bad-uses", Mend, ("uses", uses), ("most", most)) { Field = field };

    static Refusal NotYours => new("coupons.not-yours", Look) { Field = "borneBy" };
}
