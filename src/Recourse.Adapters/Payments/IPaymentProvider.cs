using Recourse.Payments;
namespace Recourse.Adapters.Payments;

/// <summary>Whoever holds, takes and gives back money for us.</summary>
public interface IPaymentProvider
{
    /// <summary>Carries a call out, or finds out what became of it. Safe to repeat with the same key.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up; the outcome is unknown.</exception>
    Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel);

    /// <summary>Has the bank of a card check who pays, or finds out how that stands. Safe to repeat with the same key.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller has given up; the outcome is unknown.</exception>
    Task<ChallengeAnswer> Challenge(ChallengeCall call, CancellationToken cancel);

    /// <summary>What a token stands for; null: the provider doesn't say. Changes nothing there.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    Task<MethodLook?> Look(string token, CancellationToken cancel);
}

/// <summary>What a token of a payment method stands for. There is no number in it.</summary>
/// <param name="Kind">As the provider names it, e.g. <c>card</c>.</param>
/// <param name="Card">Null: it is no card.</param>
public sealed record MethodLook(string Kind, CardLook? Card = null);

/// <summary>A card, as its provider tells of it.</summary>
/// <param name="Brand">E.g. <c>visa</c>; null: it doesn't say.</param>
/// <param name="Print">The same for the same number; null: it doesn't say.</param>
/// <param name="Country">Where it was issued, ISO 3166 alpha-2; null: it doesn't say.</param>
/// <param name="Funding"><c>credit</c>, <c>debit</c> or <c>prepaid</c>; null: it doesn't say.</param>
/// <param name="LastFour">The last digits of its number; null: it doesn't say.</param>
/// <param name="ExpiresIn">The last month in which it is good; null: it doesn't say.</param>
public sealed record CardLook(
    string? Brand, string? Print, string? Country, string? Funding, string? LastFour, YearMonth? ExpiresIn);
