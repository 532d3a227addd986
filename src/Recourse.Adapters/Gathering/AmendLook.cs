using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>
/// A look at an order as its buyer wants it instead: by the code that looks at a checkout, so that the same is found
/// and the same is asked for it.
/// </summary>
public sealed class AmendLook(IPlatform platform, CheckoutLook look)
{
    const string Source = "edge/checkout";
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
    public Task<CheckoutKnown> Know(CheckoutDraft draft, CancellationToken cancel) =>
        look.Know(draft, draft.Buyer, cancel);

    /// <summary>What the change must know.</summary>
    public AmendFacts FactsOf(Deal deal, Changes changes, CheckoutDraft draft, CheckoutKnown known)
    {
        var basket = draft.ToBasket(null);
        var asked = new Asked(new Actor.Buyer(deal.Buyer), platform.Now, platform.Rulebooks);
        var wanted = Checkout.WantedOf(basket, known.Facts, asked);
        return new(
            [
                .. from l in LinesOf(deal, changes).Select((l, i) => (l.Line.Number, Now: wanted[i], At: i))
                   where l.Now is not null
                   select new Requoted(l.Number, new(l.Now, known.Facts.Quotes[l.At].AsOf, Source)),
            ],
            new(
                [
                    .. look.Findings(draft, known).Where(f => f.Stops(basket)
                        && Concerns(deal, changes, f.What.Code, f.What.Field)).Select(f => f.What),
                ],
                platform.Now, Source), known.Facts.Risk, known.Facts.Trust);
    }

    /// <summary>
    /// Whether a finding is about what changes: what was agreed on and stays is nobody's question any more.
    /// </summary>
    public static bool Concerns(Deal deal, Changes changes, string code, string? field)
    {
        var isMoved = changes.ShipTo is not null || changes.Country is { } country && country != deal.Country;
        if (code.StartsWith("address.", StringComparison.Ordinal)
            || field?.StartsWith("shipTo", StringComparison.Ordinal) is true) return isMoved;
        var lines = LinesOf(deal, changes).ToList();
        var isOnTheWay = OnTheWay.Any(a => code.StartsWith(a, StringComparison.Ordinal));
        if (code is "checkout.verify-first" or "checkout.looked-at") return isMoved || lines.Exists(IsNew);
        if (field is null || NthOf(field) is not { } n || n >= lines.Count)
            return lines.Exists(IsNew) || isMoved && isOnTheWay;
        return IsNew(lines[n]) || isOnTheWay && (isMoved || lines[n].Change.Service is not null);
    }

    static bool IsNew((Line Line, LineChange Change) l) =>
        l.Change.Quantity > l.Line.Quantity || l.Change.Sku is { } sku && sku != l.Line.Sku;

    static int? NthOf(string field) => field.StartsWith("lines[", StringComparison.Ordinal)
        && field.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        && int.TryParse(field.AsSpan(6, end - 6), out var n) ? n : null;

    static IEnumerable<(Line Line, LineChange Change)> LinesOf(Deal deal, Changes changes) => deal.Lines
        .Select(l => (l, (changes.Lines.IsDefault ? [] : changes.Lines).FirstOrDefault(c => c.Line == l.Number)
            ?? new LineChange(l.Number, l.Quantity)))
        .Where(l => l.Item2.Quantity > 0);
}
