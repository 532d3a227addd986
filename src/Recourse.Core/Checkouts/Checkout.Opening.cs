using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Ways;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>Longest token of a payment method, in characters.</summary>
    public const int LongestMethod = 200;

    static Decision<Event> Open(CheckoutId id, State? state, Command.Open c, Asked asked, Turn turn)
    {
        if (state is not null) return Same(state.Basket, c.Basket) ? [] : AlreadyOpen;    // said twice, done once
        if (RestOf(c.Basket, c.Facts, turn) is not { } rest)
        {
            ImmutableArray<Refusal> faults =
                [.. Findings(c.Basket, c.Facts, turn).Where(f => f.Stops(c.Basket)).Select(f => f.What)];
            if (!faults.IsEmpty) return faults;
            rest = Rest.OfAll(c.Basket, c.Facts);                       // of stock alone the sellers have the last word
        }
        var requests = Requests(id, rest.Basket, rest.Facts, turn);
        var currency = requests[0].Lines[0].UnitPrice.Currency;
        if (c.Basket.Wallet is { } wallet && WalletFault(wallet, currency) is { } fault) return fault;
        if (MethodFault(c.Basket, requests.Select(r => r.Total).Sum(currency)) is { } none) return none;
        var gate = Screen(c.Facts.Risk, c.Facts.Trust, asked) ?? LargeGate(rest.Basket, rest.Facts, turn);
        if (gate is { What.Outcome: RiskOutcome.Refuse })
            return [new Event.NotOpened(c.Basket, c.Facts, currency, WhyOf(gate, "checkout.turned-down", turn))];
        return
        [
            new Event.Opened(
                c.Basket, c.Facts, currency, requests, turn.Rules.ReservationDue(turn.At),
                turn.At + turn.Rules.PayWithin, gate,
                rest.LeftOut.IsEmpty ? null : [.. rest.LeftOut.Select(f => f.What)]),
        ];
    }

    static bool Same(Basket a, Basket b) =>
        (a.Country, a.Method, a.MethodKind, a.ShipTo) == (b.Country, b.Method, b.MethodKind, b.ShipTo)
        && !b.Lines.IsDefault
        && a.Lines.SequenceEqual(b.Lines)
        && (a.Confirmed ?? []).SequenceEqual(b.Confirmed ?? [])
        && (a.Coupons ?? []).SequenceEqual(b.Coupons ?? []) && a.Wallet == b.Wallet;

    /// <summary>One for each seller, in the order of the basket.</summary>
    /// <param name="kept">What a coupon of all shops that was taken goes on taking off; null: as it is now.</param>
    static ImmutableArray<Request> Requests(
        CheckoutId id, Basket basket, CheckoutFacts facts, Turn turn, CouponOff? kept = null)
    {
        var cuts = CutsOf(basket, facts, turn.At, turn.Book.Of<CouponRules>());
        var ofAll = kept is null ? cuts.FirstOrDefault(c => c.Coupon.Coupon.IsForAllShops)
            : Fitting(kept, basket, facts, cuts);
        return
        [
            .. WantedOf(basket, facts, turn, cuts, ofAll).Index().Where(l => l.Item is not null)
                .GroupBy(l => l.Item!.Listing.Seller)
                .Select(lines => WithCoupons(new Request(
                    id, lines.Key, [.. lines.Select(l => l.Item!)], basket.Country, basket.ShipTo,
                    Wield(OwnOf(lines.Key, cuts)?.Coupon,
                        lines.Select(l => OwnOf(lines.Key, cuts)?.Lines[l.Index]), facts),
                    facts.Of(lines.Key) is { } s ? s.Terms.Hours(s.Waiting) : null,
                    facts.Of(lines.Key)?.Terms.Number,
                    Wield(ofAll?.Coupon, lines.Select(l => ofAll?.Lines[l.Index]), facts), basket.MethodKind))),
        ];
    }

    /// <summary>A coupon of all shops is on top of a shop's own, or stands alone in its place.</summary>
    static Request WithCoupons(Request r) => r.Coupon is not null && r.OnTop is not null ? r
        : r with
        {
            Coupon = r.Coupon ?? r.OnTop, OnTop = null, Lines = [.. r.Lines.Select(l => l with { OnTop = null })],
        };

    static CouponOff? OwnOf(SellerId seller, ImmutableArray<CouponOff> cuts) =>
        cuts.FirstOrDefault(c => c.Coupon.Coupon.Seller == seller);

    /// <summary>
    /// What would be ordered of each line, at today's price and in the way that is chosen; null: it isn't to be had.
    /// </summary>
    public static ImmutableArray<Wanted?> WantedOf(Basket basket, CheckoutFacts facts, Asked asked)
    {
        if (!AreQuoted(basket, facts)) return [.. basket.Lines.Select(_ => (Wanted?)null)];
        var turn = new Turn(Party.Buyer, asked.At, asked.InForce);
        var cuts = CutsOf(basket, facts, turn.At, turn.Book.Of<CouponRules>());
        return WantedOf(basket, facts, turn, cuts, cuts.FirstOrDefault(c => c.Coupon.Coupon.IsForAllShops));
    }

    static ImmutableArray<Wanted?> WantedOf(
        Basket basket, CheckoutFacts facts, Turn turn, ImmutableArray<CouponOff> cuts, CouponOff? ofAll)
    {
        var sendings = new Sendings(basket, facts, turn.Book, turn.At);
        return [.. basket.Lines.Select((line, n) =>
            facts.Quotes[n].Value is { } quote && PriceOf(basket, facts, n) is { } price
                && sendings.WayOf(n) is { } way
                ? new Wanted(
                    line.Listing, line.Sku, quote.Title, line.Quantity, price, way.PerUnit, quote.ShipsFrom,
                    Together(OwnOf(line.Listing.Seller, cuts)?.Lines[n], ofAll?.Lines[n]),
                    SaleOf(basket, facts, n) is { } sale ? new(sale.Code, quote.UnitPrice) : null, SendingBy(way),
                    line.Later, ofAll?.Lines[n])
                : null)];
    }

    static Sending? SendingBy(Way way) => way is { Service: { } service, FromDays: { } from, ToDays: { } to }
        ? new(service, way.Surcharge, from, to) : null;

    /// <summary>All that is wrong: nobody should have to mend a basket one refusal at a time.</summary>
    static IEnumerable<Refusal> Faults(Basket basket, CheckoutFacts facts, Turn turn)
    {
        if (!Countries.Has(basket.Country)) yield return NoSuchCountry(basket.Country);
        if (!IsMethod(basket.Method)) yield return NoMethod("method");
        if (!IsKind(basket.MethodKind)) yield return NoSuchKind("methodKind");

        var count = basket.Lines.IsDefault ? 0 : basket.Lines.Length;
        if (count < 1 || count > turn.Rules.MostLines) yield return BadLineCount(count, turn.Rules.MostLines);
        if (count == 0) yield break;

        var sellers = basket.Lines.Select(l => l.Listing.Seller).Distinct().Count();
        if (sellers > turn.Rules.MostSellers) yield return TooManySellers(sellers, turn.Rules.MostSellers);
        if (facts.Quotes.IsDefault || facts.Quotes.Length != count)
        {
            yield return NoQuotes;
            yield break;
        }
        for (var i = 0; i < count; i++)
        {
            foreach (var fault in Faults(i, basket.Lines[i], facts.Quotes[i], basket.Country, turn)) yield return fault;
            if (PriceFault(basket, facts, i) is { } price) yield return price;
            if (LaterFault(basket, i, turn) is { } later) yield return later;
        }
        foreach (var fault in Faults(
            basket, facts, new Sendings(basket, facts, turn.Book, turn.At))) yield return fault;
    }

    static IEnumerable<Refusal> Faults(
        int i, BasketLine line, Fact<Quoted?> fact, string country, Turn turn)
    {
        if (line.Quantity < 1 || line.Quantity > turn.Rules.MostUnits)
            yield return BadQuantity(i, line.Quantity, turn.Rules.MostUnits);
        if (fact.AsOf + turn.Rules.QuoteIsGoodFor < turn.At)
            yield return QuoteExpired(i, fact.AsOf + turn.Rules.QuoteIsGoodFor);
        if (fact.Value is not { } quote)
        {
            yield return Unknown(i, line);
            yield break;
        }
        if (!quote.Offered) yield return NotOffered(i, quote);
        if (quote.ShippingPerUnit is null) yield return NotShippedThere(i, quote, country ?? "");
    }

    /// <summary>What can only be seen of all lines together: one currency, and sums that an order can hold.</summary>
    static IEnumerable<Refusal> Faults(Basket basket, CheckoutFacts facts, Sendings sendings)
    {
        var quotes = facts.Quotes.Select((f, i) => (Line: i, Quote: f.Value!)).Where(q => q.Quote is not null).ToList();
        if (quotes.Count == 0) yield break;
        var currency = quotes[0].Quote.UnitPrice.Currency;
        var mixed = quotes.FindAll(q => OtherCurrency(q.Quote, currency) is not null);
        foreach (var (line, quote) in mixed)
            yield return MixedCurrencies(line, currency, OtherCurrency(quote, currency)!.Value);
        if (mixed.Count > 0) yield break;
        var sums = quotes.GroupBy(q => basket.Lines[q.Line].Listing.Seller,
                q => Sum(basket.Lines[q.Line], q.Quote, sendings.WayOf(q.Line)))
            .Select(g => (Seller: g.Key, Sum: g.Aggregate(Int128.Zero, (a, b) => a + b))).ToList();
        foreach (var (seller, sum) in sums)
            if (sum > Money.Most) yield return TooMuch(seller.Code, currency);
        if (quotes.Count == basket.Lines.Length && sums.All(s => s.Sum == 0)) yield return NothingToPay;
    }

    static Currency? OtherCurrency(Quoted quote, Currency first) =>
        quote.UnitPrice.Currency != first ? quote.UnitPrice.Currency
        : quote.ShippingPerUnit is { } shipping && shipping.Currency != first ? shipping.Currency : null;

    // Wider than money, because nothing has been checked yet.
    static Int128 Sum(BasketLine line, Quoted quote, Way? way) =>
        ((Int128)quote.UnitPrice.Minor + (way?.PerUnit.Minor ?? 0)) * Math.Max(line.Quantity, 0);

    static bool IsMethod(string? method) => !string.IsNullOrWhiteSpace(method) && method.Length <= LongestMethod;

    static bool IsKind(string? kind) => kind is null || Derived.IsCode(kind);
}
