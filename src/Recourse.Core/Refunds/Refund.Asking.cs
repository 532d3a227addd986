namespace Recourse.Refunds;

/// <summary>What a buyer asks about money on its way back: where it is, and whether it is enough.</summary>
public static partial class Refund
{
    const string TraceIsLate = "refund.trace-is-late";
    const int LongestReference = 64;

    /// <summary>
    /// Only what can't go back as it was paid: what is under way at the provider can't be called back.
    /// </summary>
    static Decision<Event> TakeInWallet(State? state, Turn turn) => state switch
    {
        State.Failed s when turn.By is Party.Buyer => [new Event.MovedToWallet(s.Owed.Amount, turn.At)],
        State.InWallet  => [],                                                            // said twice, done once
        State.Requested or State.Pending => StillUnclear,
        State.Failed or State.Paid or State.Tracing => NotNow(state, turn.By),
        null            => Refusal.NotFound,
    };

    /// <summary>What isn't there yet escalates by itself; what is said to be there is traced.</summary>
    static Decision<Event> Trace(State? state, Turn turn) => state switch
    {
        State.Paid          => OpenTrace(because: null, turn),
        State.Tracing       => [],                                                        // said twice, done once
        State.Requested or State.Pending => StillUnclear,
        State.Failed or State.InWallet   => NotNow(state, turn.By),
        null                => Refusal.NotFound,
    };

    static Decision<Event> CloseTrace(State? state, string? reference, Turn turn) => state switch
    {
        null => Refusal.NotFound,
        _ when string.IsNullOrWhiteSpace(reference) || reference.Length > LongestReference => BadTrace,
        State.Paid s when s.Arn == reference => [],                                       // said twice, done once
        State.Tracing => [new Event.TraceClosed(reference)],
        State.Paid or State.Requested or State.Pending or State.Failed or State.InWallet => NotNow(state, turn.By),
    };

    /// <summary>What is missing is paid at once; what was too much stays with the buyer.</summary>
    static Decision<Event> Recompute(State? state, Fact<Money>? due, Turn turn)
    {
        if (state is null) return Refusal.NotFound;
        if (due is not { Value: var right } || right.Currency != state.Owed.Return.Amount.Currency) return NotLookedUp;
        var missing = right - state.Owed.Return.Amount - (state.Corrected ?? right with { Minor = 0 });
        return missing.Minor > 0 ? [new Event.Corrected(right, missing)] : [new Event.Confirmed(right)];
    }

    static State.InWallet InWallet(State.Open s, Event.MovedToWallet e) =>
        On(s, new State.InWallet(s.Owed, s.Attempt, s.Spent, e.At));

    static State.Tracing Tracing(State.Paid s, Event.TraceOpened e) =>
        On(s, new State.Tracing(s.Owed, s.Attempt, s.Spent, s.Reference, s.At, e.Deadline, s.Arn));

    static State.Paid Traced(State.Tracing s, Event.TraceClosed e) =>
        On(s, new State.Paid(s.Owed, s.Attempt, s.Spent, s.Reference, s.At) { Arn = e.Reference });

    static State Corrected(State s, Event.Corrected e) => s with
    {
        Corrected = s.Corrected is { } before ? before + e.Missing : e.Missing,
    };

    static Refusal BadTrace => new("refund.bad-trace", Look) { Field = "reference" };
    static Refusal NotLookedUp => new("refund.not-looked-up", Ask);
}
