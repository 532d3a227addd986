using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>What was gathered for a change.</summary>
/// <param name="Known">As for a checkout of the order as it is to be.</param>
/// <param name="Coupons">What its coupons promise; null: it has none.</param>
/// <param name="Stock">Its variants as they are, with what they keep for it.</param>
public sealed record AmendKnown(
    CheckoutKnown Known, ImmutableArray<Fact<Promised>>? Coupons,
    IReadOnlyDictionary<StockItemId, StockItem.State?> Stock);

/// <summary>
/// A look at an order as its buyer wants it instead: by the code that looks at a checkout, so that the same is found
/// and the same is asked for it.
/// </summary>
public sealed class AmendLook(IPlatform platform, CheckoutLook look)
{
    const string Source = "edge/checkout", OfCoupons = "partition/coupon";
    static readonly Actor Itself = new Actor.Operator("amendment");
    static readonly ImmutableArray<string> OnTheWay =
        ["shipping.", "goods.", "terms.", "duties.", "checkout.not-shipped-there", "checkout.way"];

    /// <summary>The order as it is to be, as a checkout of it alone would be asked for.</summary>
    /// <param name="shipTo">Where it is to go then; null: to a country only.</param>
    public static CheckoutDraft DraftOf(
        Deal deal, Changes changes, Address? shipTo, ImmutableArray<string> confirmed) => new(
        [.. LinesOf(deal, changes).Select(l => new BasketLine(
            l.Line.Listing, l.Change.Sku ?? l.Line.Sku, l.Change.Quantity, UnitPrice: null,
            l.Change.Service ?? l.Line.By?.Service))],
        changes.Country ?? deal.Country, shipTo, changes.Method, null, confirmed)
    {
        Buyer = deal.Buyer, Instead = deal.Checkout,
    };

    /// <summary>What is to be known for that; of its buyer, what concerns their buying.</summary>
    public async Task<AmendKnown> Know(Deal deal, CheckoutDraft draft, CancellationToken cancel)
    {
        var known = await look.Know(draft, draft.Buyer, cancel);
        StockItemId[] ids = [.. known.Stock.Keys];
        var stock = await Task.WhenAll(ids.Select(id => platform.Read(id, Itself, cancel)));
        return new(known with { Stock = new Dictionary<StockItemId, StockItem.State?>() },
            await CouponsOf(deal, cancel),
            ids.Zip(stock).ToDictionary(p => p.First, p => p.Second?.State as StockItem.State));
    }

    /// <summary>What the change must know.</summary>
    public AmendFacts FactsOf(Deal deal, Changes changes, CheckoutDraft draft, AmendKnown known)
    {
        var basket = draft.ToBasket(null);
        return Priced(deal, changes, draft, known) with
        {
            Found = new(
                [
                    .. Findings(deal, changes, draft, known)
                        .Where(f => f.Stops(basket) && Checkout.NthOf(f.What, "coupons") is null).Select(f => f.What),
                ], platform.Now, Source),
        };
    }

    AmendFacts Priced(Deal deal, Changes changes, CheckoutDraft draft, AmendKnown known) => new(
        [
            .. Wanted(deal, changes, draft, known)
                .Select(l => new Requoted(l.Line, new(l.Now, known.Known.Facts.Quotes[l.At].AsOf, Source))),
        ], new([], platform.Now, Source), known.Known.Facts.Risk, known.Known.Facts.Trust, known.Coupons);

    /// <summary>All that is found in what changes.</summary>
    public ImmutableArray<Checkout.Finding> Findings(
        Deal deal, Changes changes, CheckoutDraft draft, AmendKnown known)
    {
        var change = new Order.Command.Amend(changes, Priced(deal, changes, draft, known));
        return
        [
            .. look.Findings(draft, known.Known)
                .Where(f => Concerns(deal, changes, f.What.Code, f.What.Field)).Select(ShownFirst)
                .Concat(StockFaults(deal, change, known).Concat(Order.WouldBe(deal, change)?.Coupons ?? [])
                    .Select(no => new Checkout.Finding(no, Gravity.Blocking)))
                .DistinctBy(f => f.Id),
        ];
    }

    // What a checkout would be kept for meanwhile.
    static Checkout.Finding ShownFirst(Checkout.Finding found) => found.What.Code is not Checkout.WhoAsks ? found
        : new(Order.ShowItIsYou with { Field = found.What.Field }, Gravity.Blocking);

    /// <summary>Each line that is to be, as a checkout would order it: what is new at what that costs now.</summary>
    IEnumerable<(int Line, int At, Wanted Now)> Wanted(
        Deal deal, Changes changes, CheckoutDraft draft, AmendKnown known)
    {
        var asked = new Asked(new Actor.Buyer(deal.Buyer), platform.Now, platform.Rulebooks);
        var wanted = Checkout.WantedOf(draft.ToBasket(null), known.Known.Facts, asked);
        foreach (var (i, (line, change)) in LinesOf(deal, changes).Index())
            if (wanted[i] is { } now && known.Known.QuoteOf(i) is { } quote)
                yield return (line.Number, i, AtItsPrice(
                    now, quote, LinesOf(deal, changes).Where(l => SkuOf(l) == now.Sku).Sum(MoreOf), deal, known));
    }

    /// <summary>At a sale price if all that is new of it can be had so; what the order has of it it has.</summary>
    static Wanted AtItsPrice(Wanted now, Quoted quote, int more, Deal deal, AmendKnown known)
    {
        now = now with { UnitPrice = quote.UnitPrice, Sale = null };
        if (quote.Sale is not { } sale || sale.Price.Currency != quote.UnitPrice.Currency) return now;
        var isCheaper = sale.Price.Minor < quote.UnitPrice.Minor;
        var mine = deal.Lines.Where(l => l.Sku == now.Sku && l.Sale is not null).ToList();
        var had = mine.Where(l => l.Sale!.Code == sale.Code).Sum(l => l.Quantity);
        var others = known.Stock.GetValueOrDefault(new(deal.Order.Seller, now.Sku))?.Promotions
            .Where(p => p.Terms.Code != sale.Code).Select(p => p.Terms.Code) ?? [];
        return (!isCheaper && sale.IsOwn is not true) || more > Math.Min(sale.Left, sale.LeftForBuyer) - had
            || mine.Exists(l => others.Contains(l.Sale!.Code)) ? now
            : now with
            {
                UnitPrice = isCheaper ? sale.Price : quote.UnitPrice, Sale = new(sale.Code, quote.UnitPrice),
            };
    }

    /// <summary>What its variants would refuse.</summary>
    IEnumerable<Refusal> StockFaults(Deal deal, Order.Command.Amend change, AmendKnown known)
    {
        if (Order.WouldBe(deal, change) is not { What: var what }) yield break;
        var asked = new Asked(new Actor.Aggregate($"{deal.Order}"), platform.Now, platform.Rulebooks);
        foreach (var (sku, all, claim, onSale) in what.Taken)
        {
            var id = new StockItemId(deal.Order.Seller, sku);
            var no = StockItem.Decide(id, known.Stock.GetValueOrDefault(id),
                new StockItem.Command.Keep(deal.Order, all, deal.Buyer, claim, onSale), asked).Refusals;
            var at = LinesOf(deal, change.Changes).ToList().FindIndex(l => SkuOf(l) == sku && IsNew(l));
            var has = deal.Lines.Where(l => l.Sku == sku).Sum(l => l.Quantity);
            foreach (var refusal in no.IsDefault ? [] : no)
                yield return InAll(refusal, has) with { Field = $"lines[{at}].quantity" };
        }
    }

    /// <summary>As its buyer asked: of all that there is to be, and not of what is missing.</summary>
    static Refusal InAll(Refusal no, int has) => no.Code is not "stock.not-enough" ? no : no with
    {
        Facts = [.. no.Facts.Select(f => f is { Name: "wanted" or "available", Value: Value.Count { Number: var n } }
            ? f with { Value = new Value.Count(n + has) } : f)],
    };

    /// <summary>
    /// Whether a finding is about what changes: what was agreed on and stays is nobody's question any more.
    /// </summary>
    public static bool Concerns(Deal deal, Changes changes, string code, string? field)
    {
        if (code is Checkout.SameItemTwice) return false;               // at another price it is a line of its own
        var isMoved = changes.ShipTo is not null || changes.Country is { } country && country != deal.Country;
        if (code.StartsWith("address.", StringComparison.Ordinal)
            || field?.StartsWith("shipTo", StringComparison.Ordinal) is true) return isMoved;
        var lines = LinesOf(deal, changes).ToList();
        var isOnTheWay = OnTheWay.Any(a => code.StartsWith(a, StringComparison.Ordinal));
        if (code is "checkout.verify-first" or "checkout.looked-at") return isMoved || lines.Exists(IsNew);
        if (field is null || Checkout.NthOf(field, "lines") is not { } n || n >= lines.Count)
            return lines.Exists(IsNew) || isMoved && isOnTheWay;
        return IsNew(lines[n]) || isOnTheWay && (isMoved || lines[n].Change.Service is not null);
    }

    static bool IsNew((Line Line, LineChange Change) l) => MoreOf(l) > 0;

    static int MoreOf((Line Line, LineChange Change) l) =>
        SkuOf(l) != l.Line.Sku ? l.Change.Quantity : Math.Max(l.Change.Quantity - l.Line.Quantity, 0);

    static Catalog.Sku SkuOf((Line Line, LineChange Change) l) => l.Change.Sku ?? l.Line.Sku;

    /// <summary>The lines that are to be, each with what becomes of it.</summary>
    public static IEnumerable<(Line Line, LineChange Change)> LinesOf(Deal deal, Changes changes) => deal.Lines
        .Select(l => (l, (changes.Lines.IsDefault ? [] : changes.Lines).FirstOrDefault(c => c.Line == l.Number)
            ?? new LineChange(l.Number, l.Quantity)))
        .Where(l => l.Item2.Quantity > 0);

    async Task<ImmutableArray<Fact<Promised>>?> CouponsOf(Deal deal, CancellationToken cancel)
    {
        List<Fact<Promised>> all = [];
        foreach (var id in new[] { deal.Coupon?.Id, deal.OnTop?.Id }.OfType<CouponId>())
            if (await platform.Read(id, Itself, cancel) is { State: Coupon.State s })
                all.Add(new(new(id, s.Terms, await Elsewhere(deal, id, s, cancel)), platform.Now, OfCoupons));
        return all.Count == 0 ? null : [.. all];
    }

    /// <summary>What the goods of other shops in that checkout cost before it, as far as they still stand.</summary>
    async Task<Money> Elsewhere(Deal deal, CouponId coupon, Coupon.State state, CancellationToken cancel)
    {
        var sum = Money.Zero(deal.Currency);
        if (!coupon.IsForAllShops || state.Uses.GetValueOrDefault(CouponId.UseOf(deal.Checkout)) is not { } use)
            return sum;
        foreach (var other in use.Parts.Where(p => p != deal.Order && !use.Gone.Contains(p)))
            if (await platform.Read(other, Itself, cancel) is { State: Order.State.Dealt { Deal: var its } })
                sum += its.Lines.Where(l => state.Terms.IsFor(l.Listing)).Select(
                    l => (l.UnitPrice + ((its.OnTop?.Id == coupon ? l.OnTop : l.Off) ?? Money.Zero(its.Currency)))
                        * l.Quantity).Sum(its.Currency);
        return sum;
    }
}
