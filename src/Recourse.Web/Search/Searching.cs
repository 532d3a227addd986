using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Ledger;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>
/// Tries everything that a text can be. Each try is one look-up by id, index or the start of a key, so that it costs
/// the same however many orders there are. Names and addresses of people are sealed: nobody searches them.
/// </summary>
sealed class Searching(Caller caller, IPlatform platform, Registry registry, Shops shops)
{
    const int MostHits = 10, Distinct = 200, ShortestPrefix = 4;

    /// <summary>What belongs together, in this order.</summary>
    static readonly ImmutableArray<string> Kinds =
        ["orders", "payments", "refunds", "parcels", "people", "accounts", "others"];

    readonly List<(string Kind, SearchHit Hit)> _found = [];
    readonly HashSet<string> _seen = [];

    /// <summary>What there is, by kind.</summary>
    public async Task<ImmutableArray<SearchGroup>> For(string text)
    {
        if (text is "") return [];
        var tidy = Tidy(text);
        if (registry.Parse(tidy) is { } exact) await Add(exact, "id");
        else if (tidy.Split('/') is [var owner, var code] && Derived.IsCode(owner) && Derived.IsCode(code))
            foreach (var kind in (string[])["order", "payment", "checkout", "refund", "parcel", "listing", "stock"])
                if (registry.Parse($"{kind}/{owner}/{code}") is { } id) await Add(id, "owner-and-code");
        var word = tidy.ToLowerInvariant();
        if (Derived.IsCode(word)) await ByCode(word);
        ByName(text);
        ByReference(text);
        ByNumber(text);
        ByAccount(tidy);
        return
        [
            .. Kinds.Select(k => new SearchGroup(
                    k, [.. _found.Where(f => f.Kind == k).Select(f => f.Hit).Take(MostHits)]))
                .Where(g => !g.Hits.IsEmpty),
        ];
    }

    /// <summary>An address of ours as people copy it, without what is not the id.</summary>
    static string Tidy(string text)
    {
        var path = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.AbsolutePath : text;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is ["v1", ..]) parts = parts[1..];
        if (parts is ["orders" or "payments" or "refunds" or "parcels" or "checkouts" or "buyers" or "sellers", _, ..])
            parts = [parts[0][..^1], .. parts[1..Math.Min(parts.Length, parts[0] is "buyers" or "sellers" ? 2 : 3)]];
        return string.Join('/', parts);
    }

    async Task Add(IId id, string why)
    {
        if (await platform.Read(id, caller.Who, caller.Cancel) is not { } seen)
        {
            if (id is BuyerId or SellerId && IsKnown($"{id}")) Add("people", $"{id}", null, Role($"{id}"), why);
            return;
        }
        var (kind, detail) = seen.State switch
        {
            Order.State.Dealt s    => ("orders", Between($"{s.Deal.Buyer}", $"{((OrderId)id).Seller}", s.Deal.Total)),
            Order.State.Imported s => ("orders", Between($"{s.Facts.Buyer}", $"{((OrderId)id).Seller}", null)
                + Inferred(InferredEnd.Of(s.Facts)?.Code)),
            Payment.State s        => ("payments", caller.Texts.Show(s.Amount)),
            Checkout.State s       => ("payments", caller.Texts.Show(s.Total)),
            Refund.State s         => ("refunds", caller.Texts.Show(s.Owed.Amount)),
            Parcel.State s         => ("parcels", $"{s.Handover.Carrier} {s.Handover.TrackingNumber}"),
            _ when id is BuyerId or SellerId => ("people", Role($"{id}")),
            _                      => ("others", ""),
        };
        var state = seen.State is Parcel.State p ? Words.StateOf($"{p.Status}")
            : kind is "people" ? null : Words.StateOf(seen.State);
        Add(kind, $"{id}", state, detail, why);
    }

    void Add(string kind, string id, string? state, string detail, string why)
    {
        if (StaffLinks.Of(id) is not { } href || !_seen.Add($"{kind} {href}")) return;
        _found.Add((kind, new(id, state, detail, href, Why(why))));
    }

    Hint Why(string why) => new(why, caller.Texts.Tell($"search.why-{why}"));

    string Between(string buyer, string seller, Money? total) => caller.Texts.Fill(
        total is null ? "search.between" : "search.between-for",
        [
            ("buyer", buyer), ("seller", Called(seller)),
            .. total is { } t ? [new Named("total", t)] : Array.Empty<Named>(),
        ]);

    /// <summary>A shop by its name, with its id; without a name, by that.</summary>
    string Called(string seller) =>
        shops.NameOf(OrderTable.CodeOf(seller)) is { } name ? $"{name} ({seller})" : seller;

    string Role(string id) => SellerId.TryParse(id, out var seller) && shops.NameOf(seller.Code) is { } name
        ? caller.Texts.Fill("search.is-seller-named", [("name", name)])
        : caller.Texts.Tell($"search.is-{id[..id.IndexOf('/', StringComparison.Ordinal)]}");

    void Add(OrderRow row, string why) =>
        Add("orders", row.Id, Words.StateOf(row.State),
            Between(row.Buyer, row.Seller, row.Total) + Inferred(row.Inferred), why);

    string Inferred(string? code) => code is null ? "" : $" · {caller.Texts.Reasons.Tell(code)}";

    async Task ByCode(string code)
    {
        var isPrefix = code.Length >= ShortestPrefix;
        foreach (var row in List(OrderList.View, $"{code}/")) Add(row, "code");
        foreach (var row in List(CheckoutList.View, $"{code}/"))
            Add("payments", row.Checkout, Words.StateOf(row.State), caller.Texts.Show(row.Total), "code");
        foreach (var id in (IId[])[new BuyerId(code), new SellerId(code)])
            await Add(id, id is BuyerId ? "buyer" : "seller");
        if (!isPrefix) return;
        foreach (var row in List(OrderList.View, code)) Add(row, "code-start");
        foreach (var row in List(CheckoutList.View, code))
            Add("payments", row.Checkout, Words.StateOf(row.State), caller.Texts.Show(row.Total), "code-start");
        foreach (var buyer in List(PaymentList.View, $"payment/{code}", Distinct).Select(p => p.Buyer).Distinct())
            Add("people", buyer, null, Role(buyer), "person-start");
        foreach (var seller in List(ShopWindow.View, $"listing/{code}", Distinct).Select(l => l.Seller).Distinct())
            Add("people", seller, null, Role(seller), "person-start");
    }

    /// <summary>Whoever bought, sold or offered something, though nothing is recorded of the person.</summary>
    bool IsKnown(string person) =>
        Any(CheckoutList.View, Scope.Index, person) || Any(OrderList.View, Scope.Index, person)
        || Any(ShopWindow.View, Scope.Index, person) || Any(Balances.View, Scope.Index, person);

    void ByName(string text)
    {
        foreach (var row in shops.Find(text, MostHits)) Add("people", row.Seller, null, Role(row.Seller), "name");
    }

    void ByReference(string text)
    {
        foreach (var row in platform.Views.List(PaymentList.View, PaymentList.ByReference, text, null, MostHits).Rows)
            Add("payments", row.Payment, Words.StateOf(row.State), caller.Texts.Show(row.Amount), "reference");
        foreach (var row in platform.Views.List(RefundList.View, RefundList.ByReference, text, null, MostHits).Rows)
            Add("refunds", row.Refund, Words.StateOf(row.State), caller.Texts.Show(row.Amount), "reference");
    }

    void ByNumber(string text)
    {
        var number = Handover.Tidy(text);
        if (number.Length < ShortestPrefix || !number.All(char.IsAsciiLetterOrDigit)) return;
        foreach (var row in List(ParcelsByNumber.View, number))
            foreach (var parcel in row.Parcels)
                Add("parcels", parcel, null, $"{row.Carrier} {row.Number}",
                    row.Number == number ? "number" : "number-start");
    }

    void ByAccount(string path)
    {
        if (!path.Contains('/') || List(Balances.View, $"{path}/", 1) is []) return;
        _found.Add(("accounts", new(
            path, null, "", $"/ledger?prefix={Uri.EscapeDataString(path)}", Why("account"))));
    }

    ImmutableArray<TRow> List<TRow>(View<TRow> view, string start, int most = MostHits) where TRow : class =>
        platform.Views.List(view, View.ByKey, start, null, most).Rows;

    bool Any<TRow>(View<TRow> view, string index, string value) where TRow : class =>
        platform.Views.List(view, index, value, null, 1).Rows is not [];
}
