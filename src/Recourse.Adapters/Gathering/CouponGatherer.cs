using Recourse.Adapters.Risk;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>Gathers what a checkout must know of the coupons that it names. Reads, and nothing else.</summary>
public sealed class CouponGatherer(IPlatform platform, Fingerprints prints)
{
    const string Source = "partition/coupon";

    static readonly Actor Itself = new Actor.Operator("coupons");
    static readonly BuyerId Nobody = new("nobody");

    /// <summary>Each coupon of such a code with any shop of the basket, or with all; null: none is named.</summary>
    /// <param name="card">The fingerprint of the card that it is paid with; null: it is none, or isn't known.</param>
    public async Task<CouponFacts?> Gather(CheckoutDraft draft, string? card, CancellationToken cancel)
    {
        if (draft.Coupons.IsEmpty) return null;
        var most = platform.InForce.Of<CouponRules>().MostInBasket;
        CouponId[] ids =
        [
            .. from code in draft.Coupons.Take(most)
               where Derived.IsCode(code)
               from seller in draft.Lines.Select(l => l.Listing.Seller).Distinct().Append(CouponId.AllShops)
               select new CouponId(seller, code),
        ];
        var seen = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        var (marks, now) = (MarksOf(draft, card), platform.Now);
        return new(
            [
                .. from one in ids.Zip(seen)
                   where one.Second?.State is Coupon.State
                   let state = (Coupon.State)one.Second!.State
                   select new Fact<CouponSeen>(
                       Coupon.SeenBy(one.First, state, draft.Buyer ?? Nobody, marks, now), now, Source),
            ], marks);
    }

    /// <summary>What a purchase is made over; an IP address is shared by too many to be one person's.</summary>
    ImmutableArray<Recourse.Coupons.Mark> MarksOf(CheckoutDraft draft, string? card) =>
    [
        .. new (Link Link, string? Print)[]
        {
            (Link.Card, card),
            (Link.Device, prints.OfDevice(draft.Device)),
            (Link.Address, prints.OfAddress(draft.Place)),
        }.Where(m => m.Print is not null).Select(m => new Recourse.Coupons.Mark(m.Link, m.Print!)),
    ];
}
