using Recourse.Payments;
namespace Recourse.Refunds;

/// <summary>
/// What is said to be back, and no bank could find: on the promised day the provider is asked how it stands. If it
/// can't say, an agent traces it by a day that its buyer is told, without anybody having asked.
/// </summary>
public static partial class Refund
{
    const string AskProvider = "refund.look-at-provider", ProviderSilent = "refund.provider-silent",
        ProviderUnsure = "refund.provider-unsure";

    static Deadline? CheckDue(State s, string? arn, Turn turn) => arn is not null ? null
        : new(Party.Provider, AskProvider, Warn: null,
            Instant.Max(s.Owed.Promised, turn.At + turn.Rules.EscalateEvery));

    /// <summary>An answer that doesn't come is not known yet, until it has not come too often.</summary>
    static Decision<Event> LookFor(State.Paid s, Turn turn) => s.Looks >= turn.Rules.AskAgain.Patience
        ? OpenTrace(ProviderSilent, turn)
        :
        [
            new Event.LookedFor(
                turn.Rules.AskAgain.Next(AskProvider, s.Looks, turn.At) with { Owner = Party.Provider }),
        ];

    static Decision<Event> OpenTrace(string? because, Turn turn) =>
        [new Event.TraceOpened(turn.Rules.AgentDue(turn.At) with { Then = TraceIsLate }, because)];

    static Decision<Event> HearLook(
        State state, ProviderCall.LookAtRefund look, ProviderAnswer answer, Turn turn) => state switch
    {
        State.Paid { Check: not null, Looks: > 0 } s when look.Key == LookKey(turn.Id, s) => answer switch
        {
            ProviderAnswer.Done a when a.Reference == s.Reference => [new Event.Seen(a.Arn)],
            ProviderAnswer.Declined a when a.Reference == s.Reference => Reverse(s, a.Code, turn),
            ProviderAnswer.Done or ProviderAnswer.Declined or ProviderAnswer.Pending =>
                OpenTrace(ProviderUnsure, turn),
            ProviderAnswer.Unknown => [],
        },
        State.Tracing s when look.Key == TraceKey(turn.Id, s) => answer switch
        {
            ProviderAnswer.Done a when a.Reference == s.Reference && IsNews(s.Arn, a.Arn) =>
                [new Event.TraceClosed(a.Arn!)],
            ProviderAnswer.Declined a when a.Reference == s.Reference => Reverse(Untraced(s), a.Code, turn),
            ProviderAnswer.Done or ProviderAnswer.Declined or ProviderAnswer.Pending
                or ProviderAnswer.Unknown => [],
        },
        // It has moved on: what was asked about is in the books.
        State.Paid or State.Tracing or State.Open or State.InWallet => [],
    };

    /// <summary>An agent knows from the provider that it never went out: it is owed like one that failed.</summary>
    static Decision<Event> Lost(State? state, Turn turn) => state switch
    {
        null            => Refusal.NotFound,
        State.Tracing s => Reverse(
            Untraced(s),
            WhyReversed(s, "refund.never-went-out", "not_found", new DecidedBy.Person(turn.By), turn), turn),
        State.Paid or State.Open or State.InWallet => NotNow(state, turn.By),
    };

    static bool IsNews(string? known, string? arn) => arn is not null && arn != known;

    static string LookKey(RefundId id, State.Paid s) => $"{id}/{s.Attempt}/look/{s.Looks}";
    static string TraceKey(RefundId id, State s) => $"{id}/{s.Attempt}/trace";

    /// <summary>How it stands there, whatever it was before.</summary>
    static IEnumerable<Intent> AskWhereItIs(RefundId id, State after)
    {
        var (key, reference) = after switch
        {
            State.Paid s    => (LookKey(id, s), s.Reference),
            State.Tracing s => (TraceKey(id, s), s.Reference),
            State.Open or State.InWallet => ("", ""),
        };
        if (key is not "")
            yield return new Intent.Call(new ProviderCall.LookAtRefund(key, reference, after.Owed.Intent));
    }

    /// <summary>Said before it fails: then nobody waits for their word.</summary>
    static Decision<Event> Divert(State? state, bool toWallet, Turn turn) => state switch
    {
        State.Requested or State.Pending or State.Paid or State.Tracing =>
            state.IsDiverted == toWallet ? [] : [new Event.Diverted(toWallet)],
        State.Failed or State.InWallet => NotNow(state, turn.By),
        null => Refusal.NotFound,
    };
}
