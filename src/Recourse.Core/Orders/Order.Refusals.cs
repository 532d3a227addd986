namespace Recourse.Orders;

public static partial class Order
{
    static readonly Remedy Look = new("order.look"), Mend = new("order.mend"), Refresh = new("checkout.refresh"),
        Wait = new("order.wait-for-delivery"), Compare = new("order.compare-label"),
        Over = new("order.over");

    static Refusal NotNow(State? state, Party party) =>
        new("order.not-now", Look, ("state", state?.GetType().Name ?? "none"), ("party", $"{party}"));

    static Refusal NotItsPayment => new("order.not-its-payment", Look);

    static Refusal AmountDiffers(Money due, Money offered) =>
        new("order.amount-differs", Refresh, ("due", due), ("offered", offered));

    static Refusal AlreadyShipped(Handover left) => new(
        "order.already-shipped", Wait, ("carrier", left.Carrier), ("number", left.TrackingNumber), ("at", left.At));

    static Refusal CancellationWaits(Meant meant) => new(
        "order.cancellation-waits", Look, ("party", $"{meant.By}"), ("at", meant.Due));

    static Refusal NotYoursToTakeBack(Meant meant) => new(
        "order.not-yours-to-take-back", Look, ("party", $"{meant.By}"), ("at", meant.Due));

    static Refusal TooLateToTakeBack(Instant at) => new("order.too-late-to-take-back", Over, ("at", at));
    static Refusal NothingToTakeBack => new("order.nothing-to-take-back", Look);

    static Refusal NotYourReason(string reason) =>
        new("order.not-your-reason", Mend, ("reason", reason)) { Field = "reason" };

    static Refusal BuyerSaidNothing(string reason) =>
        new("order.buyer-said-nothing", new("order.ask-its-buyer"), ("reason", reason)) { Field = "reason" };

    static Refusal NothingChosen => new("order.nothing-chosen", Mend) { Field = "portions" };
    static Refusal WholeOnly => new("order.whole-only-before-payment", Mend) { Field = "portions" };

    static Refusal NotThatMany(int line, long wanted, int left) =>
        new("order.not-that-many", Mend, ("line", line), ("wanted", wanted), ("left", left)) { Field = "portions" };

    static Refusal NotItsSeller(SellerId seller, string field = "seller") =>
        new("order.not-its-seller", Refresh, ("seller", seller.Code ?? "")) { Field = field };

    static Refusal BadLineCount(int count) =>
        new("order.bad-line-count", Refresh, ("count", count), ("most", MostLines)) { Field = "lines" };

    static Refusal BadQuantity(string field, int quantity) =>
        new("order.bad-quantity", Refresh, ("quantity", quantity), ("most", MostUnits)) { Field = field };

    static Refusal TooMuch(Money most) => new("order.too-much", Refresh, ("most", most)) { Field = "lines" };
    static Refusal BadSku(string field) => new("order.bad-sku", Refresh) { Field = field };
    static Refusal BadTitle(string field) => new("order.bad-title", Refresh, ("most", LongestTitle)) { Field = field };
    static Refusal BadPrice(string field) => new("order.bad-price", Refresh) { Field = field };
    static Refusal MixedCurrencies(string field) => new("order.mixed-currencies", Refresh) { Field = field };

    static Refusal NoSuchCountry(string? country) =>
        new("order.no-such-country", Refresh, ("country", country ?? "")) { Field = "country" };

    static Refusal BadCarrier => new("order.bad-carrier", Mend) { Field = "carrier" };
    static Refusal BadTrackingNumber => new("order.bad-tracking-number", Mend) { Field = "trackingNumber" };
    static Refusal WrongCheckDigit => new("order.wrong-check-digit", Mend) { Field = "trackingNumber" };

    // What another seller sends to whom is nobody else's business.
    static Refusal NumberUsed(Handover h, OrderId other, OrderId own) => (other.Seller == own.Seller
        ? new Refusal(
            "order.number-used", Compare, ("carrier", h.Carrier), ("number", h.TrackingNumber), ("order", other.Code))
        : new Refusal(
            "order.number-used-elsewhere", Compare, ("carrier", h.Carrier), ("number", h.TrackingNumber))) with
    {
        Field = "trackingNumber",
    };

    static Refusal BadImport(string field) => new("order.bad-import", Mend, ("field", field)) { Field = field };
}
