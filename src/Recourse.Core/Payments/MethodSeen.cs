namespace Recourse.Payments;

/// <summary>
/// What is known of the payment method that a token stands for, as it is recorded: nothing by which somebody could pay.
/// </summary>
/// <param name="Kind">As the provider names it, e.g. <c>card</c>; null: it did not say in time.</param>
/// <param name="Card">The card's keyed fingerprint; null: it is no card, or nobody says.</param>
/// <param name="Country">Where the card was issued, ISO 3166 alpha-2; null: nobody says.</param>
/// <param name="Funding"><c>credit</c>, <c>debit</c> or <c>prepaid</c>; null: nobody says.</param>
public sealed record MethodSeen(
    string? Kind, string? Card = null, string? Country = null, string? Funding = null);

/// <summary>What a provider's decline codes say about the card, beside what its buyer can do.</summary>
public static class DeclineCodes
{
    /// <summary>
    /// The card is never good again: whoever it belongs to has said that it is gone, or didn't buy what it paid for. A
    /// buyer isn't told so, not even by what it is called.
    /// </summary>
    /// <remarks>docs.stripe.com/declines/codes.</remarks>
    public static bool AreHard(string code) =>
        code is "lost_card" or "stolen_card" or "pickup_card" or "fraudulent";
}
