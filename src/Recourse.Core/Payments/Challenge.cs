namespace Recourse.Payments;

/// <summary>
/// The bank's own check that whoever pays is the card's holder (3-D Secure): no money moves. Safe to repeat with the
/// same key. Cases are for ever.
/// </summary>
public closed record ChallengeCall(string Key) : IOutside
{
    /// <summary>Has a check begun.</summary>
    /// <param name="Of">The text of our verification's id, sent as metadata.</param>
    /// <param name="Method">The provider's token of a card.</param>
    /// <param name="BackTo">Where the bank sends the buyer afterwards: an absolute address of ours.</param>
    public sealed record Begin(string Key, string Of, string Method, string BackTo) : ChallengeCall(Key);

    /// <summary>Asks how a check stands; changes nothing there.</summary>
    /// <param name="Reference">The provider's reference of the check.</param>
    public sealed record Look(string Key, string Reference) : ChallengeCall(Key);
}

/// <summary>How a bank's check stands.</summary>
public closed record ChallengeAnswer
{
    /// <summary>It is the holder.</summary>
    /// <param name="ShiftsLiability">Whether their bank now bears what turns out to be fraud.</param>
    public sealed record Authenticated(string Reference, bool ShiftsLiability) : ChallengeAnswer;

    /// <summary>The buyer is to show it on the bank's page.</summary>
    /// <param name="Page">The page's absolute address.</param>
    public sealed record Waiting(string Reference, string Page) : ChallengeAnswer;

    /// <summary>It was not shown, or that card can't be checked.</summary>
    /// <param name="Reference">The provider's reference, where a check was made.</param>
    /// <param name="Code">The provider's code, e.g. <c>setup_intent_authentication_failure</c>.</param>
    public sealed record Failed(string? Reference, string Code) : ChallengeAnswer;

    /// <summary>Nobody knows. Never a guess.</summary>
    public sealed record Unknown(string Why) : ChallengeAnswer;
}
