using Recourse.Catalog;
namespace Recourse.Coupons;

/// <summary>A coupon as somebody who wants to use it finds it.</summary>
/// <param name="HasEnded">Its issuer has ended it.</param>
/// <param name="Left">Uses that this person could still take of all there are.</param>
/// <param name="Used">How often this person has used it.</param>
/// <param name="Links">By what that is known, each once; none: nobody like them has used it.</param>
/// <param name="BackUntil">Until when a use that came back to them may be used again; null: none did.</param>
public sealed record CouponSeen(
    CouponId Coupon, CouponTerms Terms, bool HasEnded, int Left, int Used, ImmutableArray<Link> Links,
    Instant? BackUntil)
{
    static readonly Remedy LeaveIt = new("coupon.leave-out");

    bool IsBackAt(Instant at) => BackUntil >= at;

    /// <summary>Why it can't be used at that instant, whatever for: the first that stands in the way.</summary>
    public Refusal? FaultAt(Instant at) =>
        at < Terms.From                                     ? NotYet
        : !IsBackAt(at) && (HasEnded || at >= Terms.Until)  ? Over
        : Used >= Terms.UsesPerPerson                       ? UsedBefore
        : Left < 1                                          ? UsedUp
        : null;

    /// <summary>Why it can't be used for these goods; null: it can.</summary>
    /// <param name="elsewhere">What else counts towards what must be spent, in minor units.</param>
    public Refusal? FaultFor(ImmutableArray<CouponGoods> goods, long elsewhere = 0)
    {
        ImmutableArray<CouponGoods> mine = [.. goods.Where(g => Terms.IsFor(g.Listing))];
        if (mine.IsEmpty) return NotForThese;
        if (mine.Any(g => g.UnitPrice.Currency != Terms.Currency)) return OtherCurrency;
        var spent = mine.Aggregate((Int128)elsewhere, (sum, g) => sum + g.Minor);
        if (Terms.LeastSpend is { } least && spent < least.Minor) return TooLittle(least, (long)spent);
        return Terms.OffOf(goods).All(off => off.Minor == 0) ? NothingOff : null;
    }

    Named Code => ("code", Coupon.Code);

    Refusal NotYet => new("coupon.not-yet", LeaveIt, Code, ("from", Terms.From));
    Refusal Over => new("coupon.over", LeaveIt, Code, ("until", Terms.Until));
    Refusal UsedUp => new("coupon.used-up", LeaveIt, Code, ("uses", Terms.Uses));

    Refusal UsedBefore => Links.IsDefaultOrEmpty || Links.Contains(Link.Account)
        ? new("coupon.used-before", LeaveIt, Code, ("most", Terms.UsesPerPerson))
        : new("coupon.used-by-linked", LeaveIt,
            [Code, ("link", WordOf(Links[0])), .. Links.Select(l => new Named(NameOf(l), WordOf(l)))]);

    Refusal NotForThese => new("coupon.not-for-these", LeaveIt, Code);
    Refusal NothingOff => new("coupon.nothing-off", LeaveIt, Code);

    Refusal OtherCurrency => new("coupon.other-currency", LeaveIt, Code, ("currency", Terms.Currency.Code));

    Refusal TooLittle(Money least, long spent) => new("coupon.too-little", LeaveIt, Code, ("least", least),
        ("spent", least with { Minor = spent }));

    /// <summary>There is no such coupon with any shop of the basket.</summary>
    public static Refusal Unknown(string code) => new("coupon.unknown", LeaveIt, ("code", code));

    /// <summary>Another coupon has been given for the same shop.</summary>
    public static Refusal OneAShop(string code, string other) =>
        new("coupon.one-a-shop", LeaveIt, ("code", code), ("other", other));

    /// <summary>Every code under which a coupon can stand in the way of a checkout.</summary>
    public static readonly ImmutableArray<string> Codes =
    [
        "coupon.not-yet", "coupon.over", "coupon.used-up", "coupon.used-before", "coupon.used-by-linked",
        "coupon.not-for-these", "coupon.nothing-off", "coupon.other-currency", "coupon.too-little", "coupon.unknown",
        "coupon.one-a-shop",
    ];

    /// <summary>Those of them that say that it isn't for just these goods.</summary>
    public static readonly ImmutableArray<string> OfGoods =
        ["coupon.not-for-these", "coupon.nothing-off", "coupon.other-currency", "coupon.too-little"];

    static string NameOf(Link link) => link.ToString().ToLowerInvariant();

    static string WordOf(Link link) => $"link-{NameOf(link)}";
}

/// <summary>Units of one listing, at what one costs without a coupon.</summary>
/// <param name="Less">What another coupon has taken off all of them before, in minor units.</param>
public readonly record struct CouponGoods(ListingId Listing, Money UnitPrice, int Quantity, long Less = 0)
{
    /// <summary>What they cost, in minor units; wider than money, because nothing has been checked yet.</summary>
    public Int128 Minor => ((Int128)UnitPrice.Minor * Math.Max(Quantity, 0)) - Less;

    /// <summary>How much can go off them: each unit goes on costing the least there is.</summary>
    public Int128 Room => Int128.Max((((Int128)UnitPrice.Minor - 1) * Math.Max(Quantity, 0)) - Less, 0);
}

/// <summary>What a coupon takes off.</summary>
public static class CouponReckoning
{
    /// <summary>For each of these goods, what goes off all its units; together what the coupon takes off.</summary>
    public static ImmutableArray<Money> OffOf(this CouponTerms terms, ImmutableArray<CouponGoods> goods)
    {
        var rooms = goods.Select(g => terms.IsFor(g.Listing) ? g.Room : 0).ToList();
        return terms.Cut switch
        {
            CouponCut.AmountOff c  => Spread(c.Amount, rooms),
            CouponCut.PercentOff c =>
            [
                .. goods.Zip(rooms, (g, room) => new Money(
                    (long)Int128.Min(room, terms.IsFor(g.Listing) ? PartOf(g.Minor, c.Percent) : 0), terms.Currency)),
            ],
        };
    }

    // Rounded in the buyer's favour: nobody counts percent by the cent in a seller's.
    static Int128 PartOf(Int128 minor, int percent) => (minor * percent + 99) / 100;

    // By how far it has come after each line, so that the parts add up and none is more than its room.
    static ImmutableArray<Money> Spread(Money amount, List<Int128> rooms)
    {
        var all = rooms.Aggregate(Int128.Zero, (sum, room) => sum + room);
        if (all == 0) return [.. rooms.Select(_ => amount with { Minor = 0 })];
        var off = Int128.Min(amount.Minor, all);
        var (come, given) = (Int128.Zero, Int128.Zero);
        var parts = ImmutableArray.CreateBuilder<Money>(rooms.Count);
        foreach (var room in rooms)
        {
            come += room;
            var by = off * come / all;
            parts.Add(amount with { Minor = (long)(by - given) });
            given = by;
        }
        return parts.ToImmutable();
    }
}
