using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A coupon to be issued: either an amount or a part goes off.</summary>
/// <param name="Code">What buyers type in; small letters, digits, dot, underscore and dash.</param>
/// <param name="Until">Until when orders may be placed with it (UTC).</param>
/// <param name="Uses">By how many orders in all.</param>
/// <param name="AmountOff">So much off.</param>
/// <param name="PercentOff">Or so many percent off.</param>
/// <param name="Currency">Of the goods, ISO 4217; left out: that of the amount.</param>
/// <param name="LeastSpend">What the goods cost at least without it.</param>
/// <param name="From">From when (UTC); left out: from now on.</param>
/// <param name="UsesPerPerson">By how many orders of one person.</param>
/// <param name="Seller">For operators, whose goods it is for; left out: those of all shops. The platform bears it.
/// </param>
public sealed record CouponRequest(
    string Code, Instant Until, int Uses, Money? AmountOff = null, int? PercentOff = null, string? Currency = null,
    Money? LeastSpend = null, Instant? From = null, int UsesPerPerson = 1, string? Seller = null)
{
    /// <summary>What it is for; none: everything that its seller, or all shops, offer.</summary>
    public ImmutableArray<ListingId> Listings { get; init; } = [];
}

/// <summary>A coupon, for those who bear it.</summary>
/// <param name="State"><c>soon</c>, <c>running</c>, <c>over</c> or <c>ended</c>.</param>
/// <param name="Seller">Whose goods it is for; left out: those of all shops.</param>
/// <param name="Uses">By how many orders in all; of all shops, by how many checkouts.</param>
/// <param name="Used">Those that have it now.</param>
/// <param name="Paid">Those of them that are paid for.</param>
/// <param name="BorneBy">Whose loss it is: <c>seller</c> or <c>platform</c>.</param>
public sealed record CouponBody(
    CouponId Id, string Code, SellerId? Seller, string State, Money? AmountOff, int? PercentOff, string Currency,
    Money? LeastSpend, Instant From, Instant Until, ImmutableArray<ListingId> Listings, int Uses, int UsesPerPerson,
    int Used, int Paid, string BorneBy);

/// <summary>A coupon with the orders, or checkouts, that have it.</summary>
public sealed record CouponFile(CouponBody Coupon, ImmutableArray<CouponOrder> Orders);

/// <summary>An order, or a checkout with orders of several shops, that has a coupon.</summary>
/// <param name="Order">Left out: it is a checkout.</param>
/// <param name="Off">What it was given less.</param>
/// <param name="Paid">Whether it is paid for.</param>
/// <param name="Checkout">Left out: it is one order.</param>
/// <param name="Ended">Of a checkout, how many of its orders have ended.</param>
public sealed record CouponOrder(OrderId? Order, Money Off, bool Paid, CheckoutId? Checkout = null, int Ended = 0);

/// <summary>Coupons: issued, looked at and ended by whoever bears them.</summary>
static class CouponEndpoints
{
    const Party Issuers = Party.Seller | Party.Operator;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var coupons = v1.MapGroup("/coupons").WithTags("Coupons");
        coupons.MapGet("", List).For(Party.Seller | Party.Staff).WithName("listCoupons")
            .WithSummary("Coupons for a seller's goods, or for those of all shops, the newest first.");
        coupons.MapPost("", Issue).For(Issuers).WithName("issueCoupon")
            .WithSummary("Issue a coupon; it never changes afterwards, and can be ended.").Produces<CouponFile>(201);
        coupons.MapGet("/{seller}/{code}", Get).For(Party.Seller | Party.Staff).WithName("getCoupon")
            .WithSummary("A coupon, and the orders that have it.");
        coupons.MapPost("/{seller}/{code}/end", End).For(Issuers).WithName("endCoupon")
            .WithSummary("No new order gets it any more; what was given stays given.");
    }

    public static async Task<Answer<Rows<CouponBody>>> List(
        Caller caller, IPlatform platform, string? seller, string? after, int? limit)
    {
        var whose = caller.IsStaff ? $"seller/{seller ?? CouponId.AllShops.Code}" : caller.Scope!;
        return await Positions.Page(
            platform, caller, CouponList.View, Scope.Index, whose, after, limit, row => Of(row, platform.Now));
    }

    public static async Task<Answer<CouponFile>> Get(string seller, string code, Caller caller, IPlatform platform) =>
        CouponId.TryParse($"coupon/{seller}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { State: Coupon.State } seen
            ? Answer<CouponFile>.Of(Of(id, (Coupon.State)seen.State, platform.Now), seen) : Problems.NotFound;

    static Task<Answer<CouponFile>> Issue(WriteOf<CouponRequest> write, IPlatform platform) =>
        IssueFor(write, write.Body, platform);

    /// <summary>By a seller for their goods, or by the platform for somebody's.</summary>
    public static async Task<Answer<CouponFile>> IssueFor(Write write, CouponRequest body, IPlatform platform)
    {
        var whose = write.By.Who is Actor.Seller a ? a.Id.Code : body.Seller ?? CouponId.AllShops.Code;
        List<Refusal> faults = [];
        if (!Derived.IsCode(whose)) faults.Add(Problems.BadField("coupons.no-seller", "seller"));
        if (!CouponId.TryParse($"coupon/{whose}/{body.Code}", out var id) && Derived.IsCode(whose))
            faults.Add(Problems.BadField("coupons.bad-code", "code", ("most", Derived.Longest)));
        if (body.AmountOff is null == body.PercentOff is null)
            faults.Add(Problems.BadField("coupons.one-cut", "percentOff"));
        if (!Currency.TryParse(body.Currency ?? body.AmountOff?.Currency.Code, out var currency))
            faults.Add(Problems.BadField("coupons.no-currency", "currency"));
        if (faults.Count > 0) return Problems.Of([.. faults]);
        var terms = new CouponTerms(
            body.AmountOff is { } off ? new CouponCut.AmountOff(off) : new CouponCut.PercentOff(body.PercentOff!.Value),
            currency, body.LeastSpend, body.From ?? platform.Now, body.Until,
            body.Listings.IsDefault ? [] : [.. body.Listings.Distinct()], body.Uses, body.UsesPerPerson,
            write.By.Who is Actor.Seller ? Bearer.Seller : Bearer.Platform);
        var answer = await Ask(id, write, new Coupon.Command.Issue(terms), platform);
        return answer.Body is null ? answer : answer.With(201, $"/v1/{$"{id}".Replace("coupon/", "coupons/")}");
    }

    static async Task<Answer<CouponFile>> End(string seller, string code, BareWrite write, IPlatform platform) =>
        CouponId.TryParse($"coupon/{seller}/{code}", out var id)
            ? await Ask(id, write, new Coupon.Command.End(), platform) : Problems.NotFound;

    public static async Task<Answer<CouponFile>> Ask(
        CouponId id, Write write, Coupon.Command command, IPlatform platform)
    {
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        return outcome is Outcome.Done { State: Coupon.State state } done
            ? Answer<CouponFile>.Of(Of(id, state, platform.Now), done) : Problems.Of(outcome);
    }

    static CouponFile Of(CouponId id, Coupon.State s, Instant now) => new(
        Of(id, s.Terms, s.Uses.Count, s.Uses.Values.Count(u => u.IsGood), s.HasEnded, now),
        [
            .. s.Uses.Values.Select(u => new CouponOrder(
                u.Checkout is null ? u.Order : null, u.Off, u.IsGood, u.Checkout, u.Gone.Length)),
        ]);

    static CouponBody Of(CouponRow row, Instant now) => Of(
        CouponId.TryParse(row.Id, out var id) ? id : default, row.Terms, row.Uses, row.Paid, row.HasEnded, now);

    static CouponBody Of(CouponId id, CouponTerms t, int used, int paid, bool hasEnded, Instant now) => new(
        id, id.Code, id.IsForAllShops ? null : id.Seller,
        hasEnded ? "ended" : now < t.From ? "soon" : now >= t.Until ? "over" : "running",
        (t.Cut as CouponCut.AmountOff)?.Amount, (t.Cut as CouponCut.PercentOff)?.Percent, t.Currency.Code, t.LeastSpend,
        t.From, t.Until, t.Listings, t.Uses, t.UsesPerPerson, used, paid,
        t.BorneBy is Bearer.Platform ? "platform" : "seller");
}
