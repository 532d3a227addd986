using Recourse.Ways;
namespace Recourse.Catalog;

public static partial class Listing
{
    static readonly Remedy Settle = new("listing.settle-price"), SayAgain = new("listing.say-again");
    static readonly Remedy Mend = new("listing.mend"), Look = new("listing.look"), Refresh = new("checkout.refresh");

    static Refusal NotNow(State? state, Party party) =>
        new("listing.not-now", Look, ("state", state?.GetType().Name ?? "none"), ("party", $"{party}"));

    static Refusal PriceIsHeld(Doubt? doubt) =>
        new("listing.price-is-held", Settle, ("held", (doubt?.Prices.Length ?? 0) + (doubt?.Sendings.Length ?? 0)));

    static Refusal NeverConfirmed => new("listing.never-confirmed", SayAgain);
    static Refusal ComesBackByItself => new("listing.comes-back-by-itself", new("stock.receive-or-count"));
    static Refusal NothingHeld => new("listing.nothing-held", Look);
    static Refusal NoPrices => new("listing.no-prices", Mend) { Field = "prices" };

    static Refusal NoVariantToCorrect(string field, Sku sku) =>
        new("listing.no-variant-to-correct", Mend, ("sku", sku.Code ?? "")) { Field = field };

    static Refusal NoWayToCorrect(string field, WayPrice way) => new(
        "listing.no-way-to-correct", Mend, ("country", way.Country ?? ""), ("service", way.Service ?? ""))
        { Field = field };

    static Refusal NotOffered(Sku sku) => new("listing.not-offered", Refresh, ("sku", sku.Code ?? ""));
    static Refusal NoSuchVariant(Sku sku) => new("listing.no-such-variant", Refresh, ("sku", sku.Code ?? ""));

    static Refusal PriceChanged(Variant now, Money shown) => new(
        "listing.price-changed", Refresh, ("sku", now.Sku.Code), ("title", now.Title), ("shown", shown),
        ("now", now.Price));

    static Refusal NotShippedThere(Sku sku, string country) =>
        new("listing.not-shipped-there", Refresh, ("sku", sku.Code ?? ""), ("country", country ?? ""));

    static Refusal ShippingChanged(Command.Honour asked, Money now) => new(
        "listing.shipping-changed", Refresh, ("sku", asked.Sku.Code), ("country", asked.Country),
        ("shown", asked.ShippingPerUnit), ("now", now));

    static Refusal WayGone(Command.Honour asked) => new(
        "listing.way-gone", Refresh, ("sku", asked.Sku.Code), ("country", asked.Country),
        ("service", asked.Service ?? ""));

    static Refusal NoSuchService(string field, string service) =>
        new("listing.no-such-service", Mend, ("service", service)) { Field = field };

    static Refusal BadDays(string field) =>
        new("listing.bad-days", Mend, ("most", MostDays)) { Field = field };

    static Refusal BadMeasures(string field) => new("listing.bad-measures", Mend) { Field = field };

    static Refusal ServiceTakesNot(string field, string service, string goods) =>
        new("listing.service-does-not-take", Mend, ("service", service), ("goods", GoodsRules.WordOf(goods)))
        { Field = field };

    static Refusal ServiceTooSmall(string field, string service, bool isHeavy) => isHeavy
        ? new Refusal("listing.too-heavy-for-service", Mend, ("service", service)) { Field = field }
        : new Refusal("listing.too-large-for-service", Mend, ("service", service)) { Field = field };

    static Refusal NothingToImport => new("listing.nothing-to-import", Mend);
    static Refusal BadCategory => new("listing.bad-category", Mend) { Field = "category" };

    static Refusal BadTitle(string field) => new("listing.bad-title", Mend, ("most", LongestTitle)) { Field = field };
    static Refusal BadSku(string field) => new("listing.bad-sku", Mend, ("most", Derived.Longest)) { Field = field };
    static Refusal BadPrice(string field) => new("listing.bad-price", Mend) { Field = field };
    static Refusal BadShipping(string field) => new("listing.bad-shipping", Mend) { Field = field };
    static Refusal TooFine(string field, Money amount) =>
        new("listing.too-fine-for-cards", Mend, ("amount", amount)) { Field = field };

    static Refusal MixedCurrencies(string field) => new("listing.mixed-currencies", Mend) { Field = field };
    static Refusal Twice(string field, string what) => new("listing.twice", Mend, ("what", what)) { Field = field };

    static Refusal NoSuchCountry(string field, string? country) =>
        new("listing.no-such-country", Mend, ("country", country ?? "")) { Field = field };

    static Refusal BadCount(string field, int count, int most) =>
        new("listing.bad-count", Mend, ("count", count), ("most", most)) { Field = field };
}
