namespace Recourse.Adapters.Risk;

/// <summary>
/// Somebody tries to buy. Device, IP address, card and postal address are fingerprints (<see cref="Fingerprints"/>);
/// what isn't known is null and counts nowhere.
/// </summary>
/// <param name="Account">Who, by an id that stays.</param>
/// <param name="CountryConflicts">How often country, postcode, phone and card contradict each other.</param>
/// <param name="CardElsewhere">The card is neither of the country that it goes to nor of the phone's.</param>
public sealed record PurchaseAttempt(
    Instant At, string Account, Instant? SignedUpAt, Money Amount, string? Device = null, string? Ip = null,
    string? Card = null, string? Address = null, bool DisposableMail = false, int CountryConflicts = 0,
    bool CardElsewhere = false, bool CardPrepaid = false)
{
    /// <summary>It is another card for a purchase that is remembered, and no purchase more.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>It is to go to another address than was remembered of it.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>How a purchase turned out, which is known much later.</summary>
public enum PurchaseEnd
{
    /// <summary>Matured, and disputed by nobody.</summary>
    Honest,

    /// <summary>Never paid, charged back, or found to be fraud.</summary>
    NonPayment,

    /// <summary>Given up by the buyer although nothing was wrong.</summary>
    PlacedThenCancelled,
}
