using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What would a basket cost, and what stands in its way?</summary>
/// <param name="Country">Where it would go, ISO 3166 alpha-2; left out: shipping isn't told.</param>
/// <param name="ShipTo">Whom and where; left out: the address isn't looked at.</param>
/// <param name="Method">The token that it would be paid with; left out: that isn't looked at.</param>
/// <param name="MethodKind">Of which kind that is.</param>
/// <param name="Confirmed">Ids of findings that are right as they are.</param>
/// <param name="Apply">Ids of fixes: the answer is for the basket as it is with them.</param>
/// <param name="Coupons">Codes of coupons.</param>
/// <param name="Instead">A stopped checkout that it would be bought instead of: what it keeps is to be had.</param>
public sealed record QuoteRequest(
    ImmutableArray<CheckoutLine> Lines, string? Country = null, AddressBody? ShipTo = null, string? Method = null,
    string? MethodKind = null, ImmutableArray<string>? Confirmed = null, ImmutableArray<string>? Apply = null,
    ImmutableArray<string>? Coupons = null, CheckoutId? Instead = null);

/// <summary>A basket as it stands now. Nothing is reserved, and nothing recorded.</summary>
/// <param name="Goods">Left out where the lines are not all of one currency.</param>
/// <param name="Total">Goods and shipping, less what goes off; left out where either isn't known.</param>
/// <param name="Findings">All that was found, what stops it first.</param>
/// <param name="ShipTo">The address, with what was mended.</param>
/// <param name="Confirmed">Findings that the buyer says are right.</param>
/// <param name="Off">What coupons take off; left out: nothing.</param>
/// <param name="Coupons">Their codes.</param>
/// <param name="Cancelling">Until when the buyer could give it back up, in one sentence.</param>
public sealed record QuoteBody(
    ImmutableArray<QuotedLine> Lines, Money? Goods, Money? Shipping, Money? Total,
    ImmutableArray<CheckoutFinding> Findings, AddressBody? ShipTo, ImmutableArray<string> Confirmed,
    Money? Off, ImmutableArray<string> Coupons, string Cancelling = "")
{
    /// <summary>What can be bought though not all can; left out: all can, or nothing.</summary>
    public QuoteRest? Rest { get; init; }

    /// <summary>What each coupon takes off, in the order in which they come off.</summary>
    public ImmutableArray<DiscountBody> Discounts { get; init; } = [];

    /// <summary>About what it comes to in the currency that was asked for; left out: none was.</summary>
    public ReadingBody? Reading { get; init; }
}

/// <summary>What a coupon takes off.</summary>
/// <param name="Shop">Code of the seller whose goods it is for; left out: it is for all shops, and comes off what is
/// left after a shop's own.</param>
/// <param name="BorneBy">Whose loss it is: <c>seller</c> or <c>platform</c>; left out: it is not the reader's affair.
/// </param>
public sealed record DiscountBody(string Code, string? Shop, Money Off, string? BorneBy = null)
{
    /// <summary>Of a coupon.</summary>
    public static DiscountBody Of(CouponId coupon, Money off, string? borneBy = null) =>
        new(coupon.Code, coupon.IsForAllShops ? null : coupon.Seller.Code, off, borneBy);
}

/// <summary>What would be kept if it were bought as it is; it is charged only when the buyer says so.</summary>
/// <param name="Without">The lines that are left out, from 0.</param>
/// <param name="WithoutCoupons">Codes of coupons that are left out.</param>
/// <param name="Total">What the rest costs; left out: it isn't known.</param>
/// <param name="KeptUntil">Until when it would be kept if it were opened now (UTC).</param>
public sealed record QuoteRest(
    ImmutableArray<int> Without, ImmutableArray<string> WithoutCoupons, Money? Total, Instant KeptUntil);

/// <summary>A line as its listing has it now; what isn't known there is left out.</summary>
/// <param name="Asked">At what the request has it; left out: at whatever it costs.</param>
/// <param name="Left">How many can be bought; left out: plenty, or it isn't known.</param>
/// <param name="ShippingPerUnit">In the way that is chosen, with what is asked more for going far out.</param>
/// <param name="DispatchDue">By when the seller must hand over what is paid for now (UTC).</param>
/// <param name="Off">What a coupon takes off all of them together; left out: nothing.</param>
/// <param name="Normal">What one costs when it is not on sale; left out: it isn't.</param>
/// <param name="SaleUntil">Until when the sale price is to be had (UTC), while there are any; left out: none.</param>
/// <param name="Service">How it is sent; left out: in the seller's own way.</param>
/// <param name="Surcharge">What of the shipping of one unit is asked for going far out; left out: nothing.</param>
/// <param name="ArrivesFrom">When it is there at best (UTC); left out: nobody says.</param>
/// <param name="ArrivesBy">When it is there (UTC); left out: nobody says.</param>
/// <param name="Later">What follows in instalments; left out: nothing.</param>
public sealed record QuotedLine(
    ListingId Listing, string Sku, int Quantity, string? Title, Money? UnitPrice, Money? Asked,
    Money? ShippingPerUnit, bool Offered, int? Left, Instant? DispatchDue, Money? Off = null, Money? Normal = null,
    Instant? SaleUntil = null, string? Service = null, Money? Surcharge = null, Instant? ArrivesFrom = null,
    Instant? ArrivesBy = null, LaterBody? Later = null)
{
    /// <summary>All ways in which it can be sent there, the cheapest first; none: only the seller's own.</summary>
    public ImmutableArray<QuotedWay> Ways { get; init; } = [];
}

/// <summary>A way to send a line.</summary>
/// <param name="Service">As a basket's line names it.</param>
/// <param name="Text">What it is called.</param>
/// <param name="PerUnit">For one unit, with what is asked more for going far out.</param>
/// <param name="ArrivesFrom">When it is there at best (UTC).</param>
/// <param name="ArrivesBy">When it is there (UTC).</param>
public sealed record QuotedWay(
    string Service, string Text, bool Tracked, Money PerUnit, Instant? ArrivesFrom, Instant? ArrivesBy);

/// <summary>Something that was found in a basket.</summary>
/// <param name="Gravity">
/// <c>blocking</c>: it has to be put right; <c>step</c>: put right, or confirmed; <c>advice</c>: it stops nothing.
/// </param>
/// <param name="Stops">The basket can't be paid with it as it is.</param>
/// <param name="Line">The line that it is about, from 0; left out: none.</param>
/// <param name="FixedBy">Who can put it right.</param>
/// <param name="Fixes">What settles it in one step, the likeliest first.</param>
public sealed record CheckoutFinding(
    string Id, string Code, string Gravity, bool Stops, string Detail, string? Field, int? Line, string FixedBy,
    Hint WayOut, ImmutableArray<FactBody> Facts, ImmutableArray<FixBody> Fixes);

/// <summary>One step that settles a finding: asked for by its id, in <c>apply</c>.</summary>
/// <param name="Total">What the basket costs then; left out: it isn't known.</param>
/// <param name="Change">By how much that is more.</param>
/// <param name="DispatchDue">By when the last of its parcels must be handed over then (UTC).</param>
/// <param name="ArrivesBy">When the last of them is there then (UTC); left out: nobody says.</param>
/// <param name="Instalments">What can be bought later, and from when, once this is paid; left out: nothing.</param>
public sealed record FixBody(
    string Id, string Kind, string Text, Money? Total, Money? Change, Instant? DispatchDue, Instant? ArrivesBy = null,
    ImmutableArray<PlannedUnits>? Instalments = null);

/// <summary>Units that are set aside for a buyer from a day on.</summary>
/// <param name="From">That day (UTC), counted from now.</param>
public sealed record PlannedUnits(int Units, Instant From);

/// <summary>A look at a checkout, as it is told.</summary>
sealed class CheckoutQuotes(
    IPlatform platform, CheckoutLook look, BuyerChecks buyers, Screens screens, MethodLooks methods, LookBook book)
{
    /// <summary>A basket with fixes, and what is found in it then.</summary>
    public async Task<(CheckoutDraft Draft, QuoteBody Quote)> Of(
        CheckoutDraft draft, ImmutableArray<string> apply, Caller by)
    {
        draft = await Seen(draft, by);
        (draft, var known) = await look.Applied(draft, await Know(draft, by), apply, by.Cancel);
        known = known with { Facts = known.Facts with { Risk = screens.Of(draft, known.Facts, by) } };
        return (draft, Told(draft, known, by, isLook: true));
    }

    /// <summary>What a checkout is asked for and what it must know for that; screening is asked last.</summary>
    public async Task<(CheckoutDraft Draft, CheckoutFacts Facts)> ToBuy(
        CheckoutDraft draft, ImmutableArray<string> apply, Caller by)
    {
        (draft, var facts) = await look.ToBuy(await Seen(draft, by), apply, by.Buyer, by.Cancel);
        var (asked, known) = look.Buyable(draft, facts);
        return (draft, facts with { Risk = screens.Of(asked, known, by) });
    }

    /// <summary>Another try to pay a checkout, with what is known of the method and of who pays.</summary>
    public async Task<Checkout.Command> ToPay(string buyer, string code, string method, string? kind, Caller by)
    {
        var seen = await methods.FactOf(method, by.Cancel);
        var pay = new Checkout.Command.Pay(method, kind, Seen: seen);
        if (by.Buyer is not { } who || !CheckoutId.TryParse($"checkout/{buyer}/{code}", out var id)) return pay;
        var (trust, check) = await buyers.Of(who, method, seen?.Value.Card, by.Cancel);
        return pay with { Buyer = check, Trust = trust, Risk = await screens.Of(id, seen, by) };
    }

    // Who hasn't signed in is told nothing of what a token stands for.
    async Task<CheckoutDraft> Seen(CheckoutDraft draft, Caller by) => by.Role is not Party.Buyer ? draft
        : draft with { Seen = await methods.FactOf(draft.Method, by.Cancel) };

    /// <summary>All that is to be known of a draft.</summary>
    public Task<CheckoutKnown> Know(CheckoutDraft draft, Caller by) => look.Know(draft, by.Buyer, by.Cancel);

    /// <summary>As it is told; what is found in it is counted.</summary>
    /// <param name="isLook">Nothing was opened: whoever doesn't come back has given it up.</param>
    public QuoteBody Told(CheckoutDraft draft, CheckoutKnown known, Caller by, bool isLook)
    {
        var body = Body(draft, known, by.Texts);
        book.HearFound(body.Findings.Select(f => f.Code).Distinct());
        if (isLook && by.Buyer is { } who) book.Look(who, StoppingIn(draft, body));
        return body;
    }

    /// <summary>As it is told of a checkout that was not opened: what stopped it is counted.</summary>
    public QuoteBody ToldOfRefusal(CheckoutDraft draft, CheckoutKnown known, Caller by)
    {
        var body = Told(draft, known, by, isLook: true);
        book.Refuse(StoppingIn(draft, body));
        return body;
    }

    static IEnumerable<StoodInTheWay> StoppingIn(CheckoutDraft draft, QuoteBody body)
    {
        var basket = draft.ToBasket(null);
        return body.Findings.Where(f => f.Stops).Select(
            f => new StoodInTheWay(f.Code, Checkout.ListingAt(basket, f.Field) ?? ""));
    }

    /// <summary>A buyer has opened a checkout: whatever was found, they went on.</summary>
    public void WasOpened(BuyerId who) => book.Open(who);

    QuoteBody Body(CheckoutDraft draft, CheckoutKnown known, Texts texts)
    {
        var lines = LinesOf(draft, known, texts);
        var (goods, shipping, off, total) = Sum(lines);
        var rest = draft.Country is null ? null : look.RestOf(draft, look.WithStock(draft, known).Facts);
        return new(
            lines, goods, shipping, total, Bodies(draft, known, rest, total, texts), AddressBody.Of(draft.ShipTo),
            draft.Confirmed, off, draft.Coupons,
            CancellationTerms.Of(RulebookEndpoints.Current(platform)).Say(texts))
        {
            Rest = rest is { LeftOut.IsEmpty: false } ? Of(rest, draft, known, texts) : null,
            Discounts = DiscountsOf(draft, known),
        };
    }

    ImmutableArray<DiscountBody> DiscountsOf(CheckoutDraft draft, CheckoutKnown known) =>
    [
        .. from cut in Checkout.CutsOf(draft.ToBasket(null), known.Facts, platform.Now,
               RulebookEndpoints.Current(platform).Of<CouponRules>())
           let offs = cut.Lines.OfType<Money>().ToList()
           where offs.Count > 0
           select DiscountBody.Of(cut.Coupon.Coupon, offs.Sum(offs[0].Currency)),
    ];

    QuoteRest Of(Rest rest, CheckoutDraft draft, CheckoutKnown known, Texts texts)
    {
        var (_, _, _, total) = Sum(LinesOf(draft.Only(rest), known with { Facts = rest.Facts }, texts));
        return new(
            [.. Enumerable.Range(0, draft.Lines.Length).Except(rest.Lines)],
            [.. draft.Coupons.Where((_, n) => !rest.Coupons.Contains(n))], total,
            platform.Now + RulebookEndpoints.Current(platform).Of<CheckoutRules>().PayWithin);
    }

    /// <summary>What is found, with what would settle it.</summary>
    ImmutableArray<CheckoutFinding> Bodies(
        CheckoutDraft draft, CheckoutKnown known, Rest? rest, Money? total, Texts texts)
    {
        // Until it is known where it goes, coupons alone are looked at. Some is so of what is left of it only.
        var found = look.Findings(draft, known).Where(f =>
                draft.Country is not null || f.What.Field?.StartsWith("coupons", StringComparison.Ordinal) is true)
            .Concat(rest?.LeftOut ?? []).DistinctBy(f => f.Id);
        var (basket, marks) = (draft.ToBasket(null), CheckoutLook.MarksOf(draft));
        return
        [
            .. found.OrderByDescending(f => f.Stops(basket)).Select(f => Of(
                f, draft, texts,
                [.. CheckoutFix.For(f, draft, known, marks).Select(fix => Of(fix, draft, known, total, texts))])),
        ];
    }

    /// <summary>What was found in a draft, as it is told.</summary>
    public static CheckoutFinding Of(
        Checkout.Finding found, CheckoutDraft draft, Texts texts, ImmutableArray<FixBody> fixes) => new(
        found.Id, found.What.Code, Words.StateOf($"{found.Gravity}"), found.Stops(draft.ToBasket(null)),
        texts.Fill(found.What.Code, found.What.Facts), found.What.Field, CheckoutFix.LineOf(found.What, draft),
        Words.Of(Party.Buyer), Words.Of(found.What.WayOut, texts),
        [.. found.What.Facts.Select(fact => Words.Of(fact, texts))], fixes);

    FixBody Of(CheckoutFix fix, CheckoutDraft draft, CheckoutKnown known, Money? before, Texts texts)
    {
        var (then, knownThen) = CheckoutFix.Apply(draft, known, [fix]);
        var lines = LinesOf(then, knownThen, texts);
        var (_, _, _, total) = Sum(lines);
        return new(
            fix.Id, fix.Kind, fix.Say(texts), total,
            total is { } t && before is { } b && t.Currency == b.Currency ? t - b : null,
            lines.Max(l => l.DispatchDue),
            lines.Length > 0 && lines.All(l => l.ArrivesBy is not null) ? lines.Max(l => l.ArrivesBy) : null,
            fix is CheckoutFix.InParts f
                ? [.. known.Bulk.Dated(f.Later.Units, f.Later.Parts, platform.Now)
                    .Select(d => new PlannedUnits(d.Units, d.From))] : null);
    }

    ImmutableArray<QuotedLine> LinesOf(CheckoutDraft draft, CheckoutKnown known, Texts texts)
    {
        if (known.Facts.Quotes.Length != draft.Lines.Length) return [];
        return new QuotedLines(draft, known, platform, texts).All;
    }

    static (Money? Goods, Money? Shipping, Money? Off, Money? Total) Sum(ImmutableArray<QuotedLine> lines)
    {
        var known = lines.Where(l => l.UnitPrice is not null && l.Quantity is > 0 and <= BasketItem.MostUnits).ToList();
        if (known.Select(l => l.UnitPrice!.Value.Currency).Distinct().Take(2).ToList() is not [var currency])
            return (null, null, null, null);
        var goods = known.Select(l => l.UnitPrice!.Value * l.Quantity).Sum(currency);
        var cut = known.Select(l => l.Off).OfType<Money>().Sum(currency);
        Money? off = cut.Minor == 0 ? null : cut;
        if (known.Any(l => l.ShippingPerUnit?.Currency != currency)) return (goods, null, off, null);
        var shipping = known.Select(l => l.ShippingPerUnit!.Value * l.Quantity).Sum(currency);
        return (goods, shipping, off, goods + shipping - cut);
    }
}
