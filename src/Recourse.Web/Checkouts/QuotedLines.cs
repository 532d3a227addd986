using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>The lines of a draft as their listings have them now, with how they are sent and when they are there.
/// </summary>
sealed class QuotedLines
{
    readonly CheckoutDraft _draft;
    readonly CheckoutKnown _known;
    readonly Texts _texts;
    readonly Sendings _sendings;
    readonly ShippingRules _services;
    readonly BusinessCalendar _there;
    readonly Dictionary<(SellerId, string), Instant> _dues = [];
    readonly IPlatform _platform;
    readonly Basket _basket;
    readonly ImmutableArray<Money?> _offs;

    public QuotedLines(CheckoutDraft draft, CheckoutKnown known, IPlatform platform, Texts texts)
    {
        var book = RulebookEndpoints.Current(platform);
        (_draft, _known, _texts, _platform) = (draft, known, texts, platform);
        _basket = draft.ToBasket(null);
        _sendings = new(_basket, known.Facts, book, platform.Now);
        _offs = Checkout.OffOf(_basket, known.Facts, platform.Now, book.Of<CouponRules>());
        (_services, _there) = (book.Of<ShippingRules>(), book.Of<Calendars>().Of(draft.Country ?? ""));
    }

    public ImmutableArray<QuotedLine> All =>
    [
        .. _draft.Lines.Select((line, n) => Priced(
            Of(line, n) with { Off = _offs[n] }, Checkout.SaleOf(_basket, _known.Facts, n),
            Checkout.PriceOf(_basket, _known.Facts, n))),
    ];

    static QuotedLine Priced(QuotedLine line, SaleSeen? sale, Money? price)
    {
        if (sale is null || price is null) return line;
        var left = Math.Max(line.Left ?? int.MaxValue, sale.LeftForBuyer);
        return line with
        {
            UnitPrice = price, Normal = price == line.UnitPrice ? null : line.UnitPrice, SaleUntil = sale.Until,
            Left = left > ListingEndpoints.MostTold ? null : left,
        };
    }

    QuotedLine Of(BasketLine line, int n)
    {
        var (quote, way, left) = (_known.QuoteOf(n), _sendings.WayOf(n), _known.LeftOf(line));
        Instant? due = quote?.ShipsFrom is { } from ? DueOf(line.Listing.Seller, from) : null;
        return new(
            line.Listing, line.Sku.Code, line.Quantity, quote?.Title, quote?.UnitPrice, line.UnitPrice, way?.PerUnit,
            quote?.Offered ?? false, left > ListingEndpoints.MostTold ? null : left, due)
        {
            Service = way?.Service, Later = LaterBody.Of(line.Later),
            Surcharge = way?.Surcharge is { Minor: > 0 } more ? more : null,
            ArrivesFrom = due is { } at ? way?.ArrivesFrom(at, _there) : null,
            ArrivesBy = due is { } by ? way?.ArrivesBy(by, _there) : null,
            Ways = due is { } leaves ? [.. _sendings.OpenTo(n).Select(w => Of(w, leaves))] : [],
        };
    }

    // Of one seller and from one country all of them leave by the same day.
    Instant DueOf(SellerId seller, string from) => _dues.TryGetValue((seller, from), out var due) ? due
        : _dues[(seller, from)] = TermsGatherer.DispatchDue(_platform, from, _known.Facts.Of(seller));

    QuotedWay Of(Way way, Instant leaves) => new(
        way.Service!, _texts.Show((Value)way.Service!), _services.Services[way.Service!].IsTracked, way.PerUnit,
        way.ArrivesFrom(leaves, _there), way.ArrivesBy(leaves, _there));
}
