using NodaTime.Text;
using Recourse.Adapters.Addresses;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
namespace Recourse.Web;

/// <summary>A way to pay that a page offers.</summary>
/// <param name="Token">The provider's.</param>
/// <param name="Name">Its words are <c>console.method.{Name}</c>, and what it does <c>console.method.{Name}-does</c>.
/// </param>
public sealed record PaymentMethod(string Token, string Name);

/// <summary>
/// The stand-in provider's cards, each told for what it does. A real provider collects cards on a page of its own, and
/// hands out tokens.
/// </summary>
static class PaymentMethods
{
    static readonly ImmutableArray<PaymentMethod> Cards =
    [
        new(Card.TokenOf(Behaviour.None), "visa"),
        new("pm_card_mastercard", "mastercard"),
        new("pm_card_chargeDeclinedInsufficientFunds", "short"),
        new("pm_card_chargeDeclinedExpiredCard", "expired"),
        new("pm_card_chargeDeclined", "declined"),
        new(Card.TokenOf(Behaviour.RequiresAction), "asks"),
        new(Card.TokenOf(Behaviour.Stall), "slow"),
        new(Card.TokenOf(Behaviour.TimeoutBefore), "silent"),
        new(Card.TokenOf(Behaviour.ChargeThenTimeout), "lost-answer"),
        new(Card.TokenOf(Behaviour.CaptureFails), "capture"),
        new(Card.TokenOf(Behaviour.RefundFailsOnce), "refund"),
    ];

    /// <summary>What there is to choose from; none: a token must be entered.</summary>
    public static ImmutableArray<PaymentMethod> For(Provider provider) =>
        provider.StandInAddress is null ? [] : Cards;

    /// <summary>A card as people know theirs; null: it is none, or isn't told.</summary>
    public static CardBody? CardOf(MethodLook? look, Texts texts) =>
        look?.Card is not { Brand: { } brand, LastFour: { } last } card ? null : new(
            brand, last, card.ExpiresIn is { } month ? YearMonthPattern.Iso.Format(month) : null,
            texts.Fill("console.card.text", [
                ("brand", texts.Has($"console.card.brand-{brand}") ? texts.Tell($"console.card.brand-{brand}") : brand),
                ("last", last)]));

    /// <summary>A number is no token: it is neither kept nor sent on.</summary>
    public static ImmutableArray<Refusal> Faults(string? token) =>
        CardNumbers.AreIn(token) ? [Problems.BadField("api.card-number", "method")] : [];

    /// <summary>A method by its token; null: it isn't one of these.</summary>
    public static PaymentMethod? Find(string token) => Cards.FirstOrDefault(c => c.Token == token);
}
