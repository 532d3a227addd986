using Recourse.Orders;
namespace Recourse.Checkouts;

public static partial class Checkout
{
    /// <summary>What the clock does when the buyer, or the provider, lets the time pass.</summary>
    public const string GivenUp = "checkout.give-up";

    const string NotPaid = "checkout.not-paid", Unclear = "checkout.payment-unclear",
        ByBuyer = "checkout.changed-mind", NoOrderLeft = "checkout.no-order-left";

    static readonly Remedy Look = new("checkout.look"), Mend = new("checkout.mend"), Refresh = new("checkout.refresh"),
        OpenAgain = new("checkout.open-again"), Wait = new("checkout.wait"), GoOnWithout = new("checkout.proceed"),
        CancelOrders = new("order.cancel"), ShortenBasket = new("checkout.split"),
        OtherMethod = new("payment.other-method");

    static string NameOf(State? state) => state is null ? "none" : $"checkout.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("checkout.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal AlreadyOpen => new("checkout.already-open", Look);
    static Refusal AlreadyPaid => new("checkout.already-paid", CancelOrders);
    static Refusal PaymentUnderWay => new("checkout.payment-under-way", Wait);
    static Refusal NothingLeft => new("checkout.nothing-left", OpenAgain);
    static Refusal NotInIt(OrderId order) => new("checkout.not-in-it", Look, ("order", $"{order}"));

    static Refusal TooManyAttempts(int attempts) =>
        new("checkout.too-many-attempts", OpenAgain, ("attempts", attempts));

    static Refusal TotalDiffers(OrderId order, Money asked, Money total) =>
        new("checkout.total-differs", Refresh, ("order", $"{order}"), ("asked", asked), ("total", total));

    static Refusal NoAnswer(OrderId order) => new("checkout.no-answer", GoOnWithout, ("order", $"{order}"));
    static Refusal Ended(OrderId order) => new("checkout.order-ended", GoOnWithout, ("order", $"{order}"));

    static Refusal BadLineCount(int count, int most) =>
        new("checkout.bad-line-count", Mend, ("count", count), ("most", most)) { Field = "lines" };

    static Refusal TooManySellers(int count, int most) =>
        new("checkout.too-many-sellers", ShortenBasket, ("count", count), ("most", most)) { Field = "lines" };

    static Refusal BadQuantity(int line, int quantity, int most) =>
        new("checkout.bad-quantity", Mend, ("quantity", quantity), ("most", most))
        { Field = $"lines[{line}].quantity" };

    static Refusal Unknown(int line, BasketLine wanted) =>
        new("checkout.unknown-item", Mend, ("listing", $"{wanted.Listing}"), ("sku", wanted.Sku.Code ?? ""))
        { Field = $"lines[{line}].sku" };

    static Refusal NotOffered(int line, Quoted quote) =>
        new("checkout.not-offered", Mend, ("title", quote.Title)) { Field = $"lines[{line}].listing" };

    static Refusal NotShippedThere(int line, Quoted quote, string country) =>
        new("checkout.not-shipped-there", Mend, ("title", quote.Title), ("country", country))
        { Field = $"lines[{line}]" };

    static Refusal PriceDiffers(int line, Quoted quote, Money shown, Money now) =>
        new("checkout.price-differs", Refresh, ("title", quote.Title), ("shown", shown), ("now", now))
        { Field = $"lines[{line}].unitPrice" };

    static Refusal QuoteExpired(int line, Instant until) =>
        new("checkout.quote-expired", Refresh, ("until", until)) { Field = $"lines[{line}]" };

    static Refusal MixedCurrencies(int line, Currency first, Currency other) =>
        new("checkout.mixed-currencies", ShortenBasket, ("first", first.Code), ("other", other.Code))
        { Field = $"lines[{line}]" };

    static Refusal TooMuch(string seller, Currency currency) =>
        new("checkout.too-much", ShortenBasket, ("seller", seller), ("most", new Money(Money.Most, currency)))
        { Field = "lines" };

    static Refusal NothingToPay => new("checkout.nothing-to-pay", Mend) { Field = "lines" };
    static Refusal NoQuotes => new("checkout.no-quotes", Refresh) { Field = "lines" };
    static Refusal NoMethod(string field) => new("checkout.no-method", Mend, ("most", LongestMethod)) { Field = field };

    static Refusal TooLateFor(string kind, Instant until) =>
        new("checkout.too-late-for-method", OtherMethod, ("kind", kind), ("until", until)) { Field = "kind" };

    static Refusal NoSuchKind(string field) =>
        new("checkout.no-such-kind-of-method", Mend, ("most", Derived.Longest)) { Field = field };

    static Refusal VerifyFirst => new("checkout.verify-first", new("verification.start"));
    static Refusal LookedAt => new("checkout.looked-at", Wait);

    static Refusal NoSuchCountry(string? country) =>
        new("checkout.no-such-country", Mend, ("country", country ?? "")) { Field = "country" };
}
