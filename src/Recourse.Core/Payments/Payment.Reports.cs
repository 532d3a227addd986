namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>Counts as the answer would, once, whichever comes first; a wrong one changes nothing.</summary>
    static Decision<Event> HearReport(State? state, ProviderReport r, Turn turn)
    {
        if (state is null) return Refusal.NotFound;
        if (r.Attempt != state.Terms.Attempt) return OtherAttempt(state.Terms.Attempt, r.Attempt);
        if (IntentOf(state) is { } intent && intent != r.Reference) return OtherIntent(intent, r.Reference);
        if (Read(state, r.Status) is not { } reading) return DoesNotFit(state, r.Status);
        if (!reading.Allows(r.Amount)) return AmountDiffers(reading.Amount, r.Amount);
        if (!reading.IsNews) return [];                                                   // said twice, done once
        return r.Status is ReportedStatus.Declined
            ? Fail(state, r.Code ?? "unknown", turn) : Succeed(state, r.Reference, turn);
    }

    static string? IntentOf(State state) => state switch
    {
        State.Held s     => s.Intent,
        State.Captured s => s.Intent,
        State.Failed s   => s.Intent,
        State.Authorising or State.Declined or State.Voided => null,
    };

    /// <summary>What a report may say in a state; null: it can't be so.</summary>
    static Reading? Read(State state, ReportedStatus status) => (state, status) switch
    {
        (State.Authorising s, ReportedStatus.Authorised) => new(IsNews: true, s.ByMethod),
        (State.Authorising s, ReportedStatus.Declined)   => new(IsNews: true, s.ByMethod, OrLess: true),
        (State.Declined s, ReportedStatus.Declined)      => new(IsNews: false, s.ByMethod, OrLess: true),
        // Nothing of the method is wanted any more: its hold is let go, and the wallet pays the rest.
        (State.Capturing { Asked.Minor: 0 } s, ReportedStatus.Voided) => new(IsNews: true, s.ByMethod, OrLess: true),
        (State.Captured { Taken.Minor: 0 } s, ReportedStatus.Voided)  => new(IsNews: false, s.ByMethod, OrLess: true),
        (State.Capturing s, ReportedStatus.Captured)     => new(IsNews: true, s.Asked),
        (State.Captured s, ReportedStatus.Captured)      => new(IsNews: false, s.Taken),
        (State.Voiding s, ReportedStatus.Voided)         => new(IsNews: true, s.ByMethod, OrLess: true),
        (State.Voided s, ReportedStatus.Voided or ReportedStatus.Declined) =>
            new(IsNews: false, s.ByMethod, OrLess: true),
        (State.Held or State.Captured or State.Voided or State.Failed, ReportedStatus.Authorised) =>
            new(IsNews: false, state.ByMethod),
        (_, ReportedStatus.Authorised or ReportedStatus.Declined or ReportedStatus.Captured or ReportedStatus.Voided
            or ReportedStatus.RefundPending or ReportedStatus.Refunded or ReportedStatus.RefundFailed) => null,
    };

    sealed record Reading(bool IsNews, Money Amount, bool OrLess = false)
    {
        public bool Allows(Money reported) => reported.Currency == Amount.Currency && (OrLess
            ? reported.Minor >= 0 && reported.Minor <= Amount.Minor
            : reported.Minor == Amount.Minor);
    }
}
