namespace Recourse.Verifying;

/// <summary>A path in a list.</summary>
/// <param name="Verification">Its id's text.</param>
/// <param name="State">The name of its state.</param>
/// <param name="Document">The kind of what was shown last; null: nothing was.</param>
/// <param name="WaitsUntil">When the time of whoever is waited for is up (UTC).</param>
public sealed record VerificationRow(
    string Verification, string Buyer, Instant Since, string State, string? Document, int Waiting, Instant? WaitsUntil);

/// <summary>Who is becoming a verified customer: for those who look at documents.</summary>
public static class VerificationList
{
    /// <summary>The index of those that wait for a person to look, the most urgent first.</summary>
    public const string ToReview = "to-review";

    /// <summary>The view.</summary>
    public static readonly View<VerificationRow> View = new()
    {
        Name = "verifications", Version = 1, Hears = [typeof(Verification.Event)],
        Keys = r => r is { Id: VerificationId id, Event: Verification.Event } ? [id.Buyer.Code] : [],
        Fold = (_, row, r) => r is { Id: VerificationId id, Event: Verification.Event e } ? Apply(row, id, e, r) : row,
        Index = (_, row) => row.State is nameof(Verification.State.InReview)
            ? [new(ToReview, row.State, $"{long.MaxValue - row.WaitsUntil!.Value.ToUnixTimeTicks():D19}")] : [],
    };

    static VerificationRow? Apply(VerificationRow? row, VerificationId id, Verification.Event @event, Recorded r)
    {
        row ??= new($"{id}", $"{id.Buyer}", r.At, "", null, 0, null);
        return @event switch
        {
            Verification.Event.Asked e         => row with
            {
                State = nameof(Verification.State.Asked), Since = r.At, Document = null,
                Waiting = e.For is null ? 0 : 1, WaitsUntil = e.Deadline.Due,
            },
            Verification.Event.AlsoFor         => row with { Waiting = row.Waiting + 1 },
            Verification.Event.DocumentShown e => row with
            {
                State = nameof(Verification.State.InReview), Document = e.Document.Kind, WaitsUntil = e.Deadline.Due,
            },
            Verification.Event.AmountAsked e   => In(row, nameof(Verification.State.Holding), e.Deadline.Due),
            Verification.Event.Unanswered e    => row with { WaitsUntil = e.Deadline.Due },
            Verification.Event.AskedAgain e    => row with { WaitsUntil = e.Deadline.Due },
            Verification.Event.AmountHeld e    => In(row, nameof(Verification.State.Naming), e.Deadline.Due),
            Verification.Event.AmountRefused e => In(row, nameof(Verification.State.Asked), e.Deadline.Due),
            Verification.Event.AmountMissed or Verification.Event.Reviewed => row,
            Verification.Event.AmountUsedUp e  => In(row, nameof(Verification.State.Asked), e.Deadline.Due),
            Verification.Event.Escalated e     => row with { WaitsUntil = e.Deadline.Due },
            Verification.Event.Warned e        => row with { WaitsUntil = e.Deadline.Due },
            Verification.Event.Verified        => In(row, nameof(Verification.State.Verified), null),
            Verification.Event.Rejected        => In(row, nameof(Verification.State.Rejected), null),
            Verification.Event.ChallengeAsked e  => In(row, nameof(Verification.State.Starting), e.Deadline.Due),
            Verification.Event.ChallengeOpened e => In(row, nameof(Verification.State.AtBank), e.Deadline.Due),
            Verification.Event.ChallengeLooked e => In(row, nameof(Verification.State.Checking), e.Deadline.Due),
            Verification.Event.ChallengePassed   => row,
            Verification.Event.ChallengeFailed e => In(row, nameof(Verification.State.Asked), e.Deadline.Due),
            Verification.Event.ChallengeMissed e => In(row, nameof(Verification.State.Asked), e.Deadline.Due),
            Verification.Event.Lapsed          => In(row, nameof(Verification.State.Lapsed), null),
        };
    }

    static VerificationRow In(VerificationRow row, string state, Instant? until) =>
        row with { State = state, WaitsUntil = until };
}
