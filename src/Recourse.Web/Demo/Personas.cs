using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Web;

/// <summary>Someone worth meeting at a desk, now.</summary>
/// <param name="Desk">One of <c>buyer</c>, <c>seller</c>, <c>warehouse</c>, <c>agent</c>, <c>operator</c>.</param>
/// <param name="Line">Who they are and what their trouble is, in one line, in the reader's language.</param>
/// <param name="Role">The role of their key.</param>
/// <param name="Of">Their code, as keys and ids have it.</param>
/// <param name="About">The order, refund or checkout to look at first; left out: none.</param>
/// <param name="Page">Where their card leads.</param>
/// <param name="Key">An access key that was made for the demo: it signs in as them.</param>
public sealed record PersonaBody(
    string Desk, string Name, string? Place, string Line, string Role, string Of, string? About, string Page,
    string Key);

/// <summary>One for each desk, and three who buy, where there is anybody yet.</summary>
public sealed record PersonasBody(ImmutableArray<PersonaBody> Personas);

/// <summary>Someone worth meeting, before it is said in any language.</summary>
/// <param name="What">What goes on with them: how many of what, the form being <c>plural.{form}</c>.</param>
/// <param name="Rest">Words <c>console.persona.{Rest}</c> that follow; null: none.</param>
/// <param name="Page">Where their card leads; null: to what it is about.</param>
sealed record Persona(
    Party Role, string Of, ImmutableArray<(string Form, long Number)> What, string? Rest = null, string? About = null,
    string? Page = null)
{
    // Buyers and agents are met over an order or a checkout; who runs a shop, a warehouse or the platform, at their
    // desk.
    public string Leads => Page is not null ? Page
        : Role is not (Party.Buyer or Party.Agent) || About is null ? "/"
        : About.StartsWith("checkout/", StringComparison.Ordinal) ? $"/checkouts/{About["checkout/".Length..]}"
        : $"/orders/{About["order/".Length..]}";
}

/// <summary>Picks them from what the store's lists show at the moment.</summary>
public static class Personas
{
    /// <summary>The platform's own people, who live in every demo.</summary>
    public const string Agent = "ines", Operator = "olga";

    const int Looked = 600, Page = 200, Coupons = 8;

    sealed record Trouble(string Form, int Weight, string About);

    /// <summary>Who there is to meet.</summary>
    internal static ImmutableArray<Persona> Of(IPlatform platform, Store store)
    {
        var now = platform.Now;
        var orders = Newest(platform, OrderList.View).Where(o => !o.IsImported).ToList();
        var refunds = Newest(platform, RefundList.View);
        var waiting = Newest(platform, CheckoutList.View)
            .Where(c => c.State is nameof(Checkout.State.Verifying) && orders.Exists(o => o.Buyer == c.Buyer)).ToList();
        var toPack = orders.Where(o => o.State is nameof(Order.State.Funded)).GroupBy(o => o.Seller)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        ImmutableArray<Persona> buyers = [.. Buyer(orders, refunds, waiting, now)];
        buyers = [.. buyers, .. WithUsedCoupon(platform, store, orders, buyers)];
        buyers = [.. buyers, .. NotVerified(store, orders, buyers)];
        return
        [
            .. buyers, .. Seller(orders, toPack, now), .. Warehouse(orders, toPack, now),
            AgentOf(refunds, orders, now), OperatorOf(orders, refunds, now),
        ];
    }

    /// <summary>The same, told in a language.</summary>
    internal static PersonaBody Tell(Persona p, Demo demo, Shops shops, Texts texts)
    {
        var name = p.Role is Party.Seller or Party.Warehouse
            ? shops.NameOf(p.Of) ?? p.Of : demo.NameOf(p.Role, p.Of);
        var (desk, place) = (AccessKeys.NameOf(p.Role), demo.PlaceOf(p.Role, p.Of));
        var comma = texts.Tell("console.persona.comma");
        var what = string.Join(comma, (IEnumerable<string>)
        [
            .. p.What.Select(w => texts.Counted(w.Form, w.Number)),
            .. p.Rest is null ? [] : (ReadOnlySpan<string>)[texts.Tell($"console.persona.{p.Rest}")],
        ]);
        var line = texts.Fill($"console.persona.{desk}{(place is "" ? "" : "-in")}",
            [("name", name), ("place", place), ("what", what)]);
        return new(desk, name, place is "" ? null : place, line, desk, p.Of, p.About, p.Leads,
            demo.Keys!.Of(KeyHolder.Visitor, p.Role, p.Of));
    }

    static List<T> Newest<T>(IPlatform platform, View<T> view) where T : class
    {
        List<T> rows = [];
        string? after = null;
        do
        {
            var page = platform.Views.List(view, Scope.Index, Scope.All, after, Page);
            rows.AddRange(page.Rows);
            after = page.Next;
        } while (after is not null && rows.Count < Looked);
        return rows;
    }

    static string CodeOf(string id) => id.Split('/')[1];

    /// <summary>The buyer with most going on, the newest where several have as much.</summary>
    static IEnumerable<Persona> Buyer(
        List<OrderRow> orders, List<RefundRow> refunds, List<CheckoutRow> waiting, Instant now)
    {
        var troubles =
            from t in orders.Select(o => (o.Buyer, Trouble: TroubleOf(o, now)))
                .Concat(refunds.Select(r => (r.Buyer, Trouble: TroubleOf(r, now))))
                .Concat(waiting.Select(c => (c.Buyer, Trouble: (Trouble?)new("purchases-waiting", 9, c.Checkout))))
            where t.Trouble is not null
            group t.Trouble! by t.Buyer;
        // A second kind of trouble is worth more than more of the first.
        var most = troubles.Select(g => (Buyer: g.Key, Kinds: g.GroupBy(t => t.Form).OrderByDescending(
            k => k.First().Weight).Take(2).ToList()))
            .OrderByDescending(b => b.Kinds.Sum(k => 10 * k.First().Weight + k.Count())).FirstOrDefault();
        if (most.Buyer is { } buyer)
            yield return new(Party.Buyer, CodeOf(buyer),
                [.. most.Kinds.Select(k => (k.Key, (long)k.Count()))], About: most.Kinds[0].First().About);
        else if (orders is [var newest, ..])
            yield return new(Party.Buyer, CodeOf(newest.Buyer), [], "well", newest.Id);
    }

    /// <summary>Somebody who has used a coupon that others can still use, and tries it once more.</summary>
    static IEnumerable<Persona> WithUsedCoupon(
        IPlatform platform, Store store, List<OrderRow> orders, ImmutableArray<Persona> before) =>
        (from seller in orders.Select(o => o.Seller).Distinct()
         from row in platform.Views.List(CouponList.View, Scope.Index, seller, null, Coupons).Rows
         where row is { HasEnded: false, Paid: > 0, Terms: { UsesPerPerson: 1, LeastSpend: null } }
             && row.Uses < row.Terms.Uses && row.Terms.From <= platform.Now && row.Terms.Until > platform.Now
         let coupon = CouponId.TryParse(row.Id, out var id) ? id : default
         where StateOf(store, coupon) is Coupon.State
         from use in ((Coupon.State)StateOf(store, coupon)!).Uses.Values
         where use.IsGood && before.All(p => p.Of != use.Buyer.Code)
         let wanted = StateOf(store, use.Order) is Order.State.Dealt { Deal: var deal }
             ? ToBuyAgain(store, deal, row.Terms) : null
         where wanted is not null
         select new Persona(Party.Buyer, use.Buyer.Code, [], "coupon-used",
             Page: $"{DemoPages.Basket}?item={Uri.EscapeDataString($"{wanted}")}&coupon={coupon.Code}")).Take(1);

    /// <summary>Something of an order that is to be had again; null: nothing is.</summary>
    static BasketItem? ToBuyAgain(Store store, Deal deal, CouponTerms terms) => (
        from line in deal.Lines
        where terms.IsFor(line.Listing)
            && StateOf(store, new StockItemId(line.Listing.Seller, line.Sku)) is StockItem.State { Available: > 0 }
        let variant = StateOf(store, line.Listing) is Listing.State.Offered { Offer: var offer }
            && offer.ShipsTo.Any(d => d.Country == deal.Country)
            ? offer.Variants.FirstOrDefault(v => v.Sku == line.Sku) : null
        where variant is not null
        select new BasketItem(line.Listing, line.Sku.Code, 1, variant.Price)).FirstOrDefault();

    /// <summary>Somebody who can become a verified customer, and hasn't begun.</summary>
    static IEnumerable<Persona> NotVerified(Store store, List<OrderRow> orders, ImmutableArray<Persona> before) =>
        orders.Select(o => CodeOf(o.Buyer)).Distinct()
            .Where(b => before.All(p => p.Of != b) && StateOf(store, new VerificationId(new(b))) is null).Take(1)
            .Select(b => new Persona(Party.Buyer, b, [], "not-verified", Page: VerificationPages.Path));

    static object? StateOf(Store store, IId id) => store.Follower.Load(id, store.Journal).State;

    static Trouble? TroubleOf(OrderRow o, Instant now) => o.State switch
    {
        nameof(Order.State.Shipped) when IsLate(o, now)  => new("parcels-late", 4, o.Id),
        nameof(Order.State.Funded) when IsWarned(o)      => new("not-dispatched", 3, o.Id),
        nameof(Order.State.Cancelled) when now - o.PlacedAt < Duration.FromDays(10)
            && o.Statement is not "cancel.changed-mind"  => new("were-cancelled", 2, o.Id),
        _ => null,
    };

    static Trouble? TroubleOf(RefundRow r, Instant now) => r.State switch
    {
        nameof(Refund.State.Failed) => new("refunds-failed", 5, r.Order),
        nameof(Refund.State.Paid)   => null,
        _ when r.Promised < now     => new("refunds-overdue", 5, r.Order),
        _                           => new("refunds-on-way", 4, r.Order),
    };

    static bool IsWarned(OrderRow o) => o.Awaited is { Warn: null };

    static bool IsLate(OrderRow o, Instant now) => IsWarned(o) || now - o.PlacedAt > Duration.FromDays(12);

    static IEnumerable<Persona> Seller(List<OrderRow> orders, List<IGrouping<string, OrderRow>> toPack, Instant now)
    {
        // Not the one whose warehouse is shown, so that two desks show two shops; if there is another.
        if (toPack is [] && orders is []) yield break;
        var paid = orders.Where(o => o.State is nameof(Order.State.Completed)).Select(o => o.Seller).ToHashSet();
        var seller = toPack.Skip(1).MaxBy(g => (paid.Contains(g.Key), g.Count(IsWarned))) ?? toPack.FirstOrDefault();
        var code = CodeOf(seller?.Key ?? orders[0].Seller);
        var first = seller?.MinBy(o => o.Awaited!.Due);
        yield return first is null ? new(Party.Seller, code, [], "all-dispatched")
            : new(Party.Seller, code, [("to-dispatch", seller!.Count())], When(first, now), first.Id);
    }

    /// <summary>The busiest; where everything is on its way, whose order is the newest.</summary>
    static IEnumerable<Persona> Warehouse(
        List<OrderRow> orders, List<IGrouping<string, OrderRow>> toPack, Instant now)
    {
        if (toPack is not [var busiest, ..])
        {
            if (orders is [var newest, ..])
                yield return new(Party.Warehouse, CodeOf(newest.Seller), [], "all-dispatched");
            yield break;
        }
        var first = busiest.MinBy(o => o.Awaited!.Due)!;
        yield return new(Party.Warehouse, CodeOf(busiest.Key), [("to-pack", busiest.Count())], When(first, now),
            first.Id);
    }

    static string When(OrderRow first, Instant now) => (first.Awaited!.Due - now).TotalHours switch
    {
        < 24 => "within-a-day",
        < 48 => "within-two-days",
        _    => "none-urgent",
    };

    static Persona AgentOf(List<RefundRow> refunds, List<OrderRow> orders, Instant now)
    {
        var failed = refunds.Where(r => r.State is nameof(Refund.State.Failed)).ToList();
        var late = orders.Where(o => o.State is nameof(Order.State.Shipped) && IsLate(o, now)).ToList();
        return (failed, late) switch
        {
            ([var r, ..], _) => new(Party.Agent, Agent, [("refunds-to-retry", failed.Count)], About: r.Order),
            (_, [var o, ..]) => new(Party.Agent, Agent, [("parcels-awaited", late.Count)], About: o.Id),
            _                => new(Party.Agent, Agent, [], "nobody"),
        };
    }

    static Persona OperatorOf(List<OrderRow> orders, List<RefundRow> refunds, Instant now)
    {
        var open = orders.Count(o => o.Awaited is not null);
        var due = orders.Count(o => o.Awaited is { } a && a.Due < now + Duration.FromDays(1));
        var back = refunds.Count(r => r.State is not nameof(Refund.State.Paid));
        return new(Party.Operator, Operator,
            [("orders-open", open), ("deadlines-soon", due), ("refunds-open", back)]);
    }
}
