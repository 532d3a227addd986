using Recourse.Payments;
namespace Recourse.Refunds;

public static partial class Refund
{
    static Decision<Event> HearAnswer(State? state, Command.HearAnswer c, Turn turn)
    {
        if (state is null) return Refusal.NotFound;
        if (c.Call is ProviderCall.LookAtRefund look) return HearLook(state, look, c.Answer, turn);
        if (state is not State.Open s || Key(turn.Id, state) != c.Call.Key) return [];    // its outcome is in the books
        return c.Answer switch
        {
            ProviderAnswer.Done a     => Succeed(s, a.Reference, turn, a.Arn),
            ProviderAnswer.Pending a  => Accept(s, a.Reference),
            ProviderAnswer.Declined a => Fail(s, a.Reference, a.Code, turn),
            ProviderAnswer.Unknown a  => StillUnknown(s, a.Why, turn),
        };
    }

    /// <summary>A report counts as the answer would, once; one that is wrong changes nothing.</summary>
    static Decision<Event> HearReport(State? state, ProviderReport r, Turn turn)
    {
        if (state is null) return Refusal.NotFound;
        if (r.Amount != state.Owed.Amount) return AmountDiffers(state.Owed.Amount, r.Amount);
        if (state.Spent.Contains(r.Reference))
            return r.Status is ReportedStatus.Refunded ? DoesNotFit(state, r.Status) : [];
        if (ReferenceOf(state) is { } ours && ours != r.Reference) return OtherReference(ours, r.Reference);
        return state switch
        {
            State.Open s => r.Status switch
            {
                ReportedStatus.Refunded      =>
                    s is State.Failed ? DoesNotFit(s, r.Status) : Succeed(s, r.Reference, turn, r.Arn),
                ReportedStatus.RefundPending => Accept(s, r.Reference),
                ReportedStatus.RefundFailed  => Fail(s, r.Reference, r.Code ?? "unknown", turn),
                ReportedStatus.Authorised or ReportedStatus.Declined or ReportedStatus.Captured
                    or ReportedStatus.Voided => DoesNotFit(s, r.Status),
            },
            State.InWallet s => DoesNotFit(s, r.Status),
            State.Tracing s => r.Status switch
            {
                ReportedStatus.Refunded => IsNews(s.Arn, r.Arn) ? [new Event.TraceClosed(r.Arn!)] : [],
                ReportedStatus.RefundPending => [],
                ReportedStatus.RefundFailed => Reverse(Untraced(s), r.Code ?? "unknown", turn),
                ReportedStatus.Authorised or ReportedStatus.Declined or ReportedStatus.Captured
                    or ReportedStatus.Voided => DoesNotFit(s, r.Status),
            },
            State.Paid s => r.Status switch
            {
                // Some days after it is done the provider knows by which reference a bank finds it.
                ReportedStatus.Refunded => IsNews(s.Arn, r.Arn) ? [new Event.Seen(r.Arn)] : [],
                ReportedStatus.RefundPending => [],
                ReportedStatus.RefundFailed => Reverse(s, r.Code ?? "unknown", turn),
                ReportedStatus.Authorised or ReportedStatus.Declined or ReportedStatus.Captured
                    or ReportedStatus.Voided => DoesNotFit(s, r.Status),
            },
        };
    }

    static State.Paid Untraced(State.Tracing s) =>
        On(s, new State.Paid(s.Owed, s.Attempt, s.Spent, s.Reference, s.At) { Arn = s.Arn });

    static string? ReferenceOf(State state) => state switch
    {
        State.Pending s => s.Reference,
        State.Paid s    => s.Reference,
        State.Tracing s => s.Reference,
        State.Requested or State.Failed or State.InWallet => null,
    };

    static Decision<Event> Succeed(State.Open state, string reference, Turn turn, string? arn) => state switch
    {
        State.Requested or State.Pending => [new Event.Paid(reference, turn.At, arn, CheckDue(state, arn, turn))],
        State.Failed => [],                                                   // the report that it failed came later
    };

    static Decision<Event> Accept(State.Open state, string reference) => state switch
    {
        State.Requested s => s.Spent.Contains(reference)
            ? [] : [new Event.Accepted(reference, Watched(s, RefundRules.PayDue(s.EscalateAt)))],
        State.Pending or State.Failed => [],
    };

    static Decision<Event> Fail(State.Open state, string? reference, string decline, Turn turn) => state switch
    {
        State.Requested or State.Pending =>
        [
            new Event.Failed(reference, WhyFailed(state, decline, turn), turn.Rules.AgentDue(turn.At)),
            .. AsAgreed(state, turn),
        ],
        State.Failed => [],
    };

    static Decision<Event> StillUnknown(State.Open state, string why, Turn turn) => state switch
    {
        State.Requested s => [new Event.Unanswered(why, AnswerDue(s, s.Repeats, turn))],
        State.Pending or State.Failed => [],
    };

    /// <summary>A promised day that has passed is not promised again: from then on people are on it each day.</summary>
    static Decision<Event> Reverse(State.Paid s, string decline, Turn turn) => Reverse(
        s, WhyReversed(s, "refund.came-back", decline, new DecidedBy.Automated("refunds"), turn), turn);

    static Decision<Event> Reverse(State.Paid s, Statement why, Turn turn) =>
    [
        new Event.Reversed(
            s.Reference, why,
            turn.At < s.Owed.Promised ? s.Owed.Promised : turn.At + turn.Rules.EscalateEvery,
            turn.Rules.AgentDue(turn.At)),
        .. AsAgreed(s, turn),
    ];

    /// <summary>Where its buyer has said beforehand that it goes, nobody has to be asked.</summary>
    static IEnumerable<Event> AsAgreed(State s, Turn turn) =>
        s.IsDiverted ? [new Event.MovedToWallet(s.Owed.Amount, turn.At)] : [];

    static Statement WhyReversed(State s, string code, string decline, DecidedBy by, Turn turn) => new(
        code, "refund.not-back",
        [
            new("amount", s.Owed.Amount, Party.Everyone),
            new("paid", PaidAt(s) ?? turn.At, Party.Everyone),
            new("promised", s.Owed.Promised, Party.Everyone),
            new("decline", decline, Party.Staff),
        ],
        rule: "refunds.agentWithin", turn.Book.Version, by, [Ask, Wait], issuedAt: turn.At, appealUntil: null);

    static Instant? PaidAt(State s) => s switch
    {
        State.Paid p    => p.At,
        State.Tracing t => t.At,
        State.Open or State.InWallet => null,
    };

    static Statement WhyFailed(State.Open s, string decline, Turn turn) => new(
        "refund.refused-by-provider", "refund.not-back",
        [
            new("amount", s.Owed.Amount, Party.Everyone),
            new("promised", s.Owed.Promised, Party.Everyone),
            new("decline", decline, Party.Staff),
        ],
        rule: "refunds.agentWithin", turn.Book.Version, new DecidedBy.Automated("refunds"),
        [Ask, Wait], issuedAt: turn.At, appealUntil: null);
}
