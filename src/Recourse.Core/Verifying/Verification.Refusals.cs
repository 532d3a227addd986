namespace Recourse.Verifying;

public static partial class Verification
{
    const int MostWaiting = 100;
    const long MostHeld = 100_000;

    internal const string LapseThen = "verification.lapse", EscalateThen = "verification.escalate",
        AskAgainThen = "payment.ask-again";

    static readonly Remedy Look = new("verification.look"), Begin = new("verification.start"),
        Wait = new("verification.wait"), OtherMethod = new("payment.other-method"),
        ByDocument = new("verification.show-document"), People = new("support.ask");

    static string NameOf(State? state) => state is null ? "none" : $"verification.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("verification.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal StartFirst => new("verification.start-first", Begin);
    static Refusal AmountUnderWay => new("verification.amount-under-way", Wait);
    static Refusal ChallengeUnderWay => new("verification.challenge-under-way", Wait);
    static Refusal NoMoreChallenges => new("verification.no-more-challenges", ByDocument);
    static Refusal NoWayBack => new("verification.no-way-back", Look) { Field = "backTo" };
    static Refusal NotOffered => new("verification.not-offered", Look);
    static Refusal AlreadyInReview => new("verification.already-in-review", Wait);
    static Refusal NoMoreAmounts => new("verification.no-more-amounts", ByDocument);
    static Refusal NoMethod => new("verification.no-method", OtherMethod) { Field = "method" };
    static Refusal BadAmount => new("verification.bad-amount", Look, ("most", MostHeld)) { Field = "amount" };
    static Refusal NoEvidence => new("verification.no-evidence", ByDocument) { Field = "document" };

    static Refusal NoSuchDocument(string kind, VerificationRules rules) =>
        new("verification.no-such-document", ByDocument, ("kind", kind ?? ""),
            ("known", string.Join(", ", rules.Documents))) { Field = "kind" };

    static Refusal NoSuchReason(string reason, VerificationRules rules) =>
        new("verification.no-such-reason", Look, ("reason", reason ?? ""),
            ("known", string.Join(", ", rules.Reasons.Keys))) { Field = "reason" };

    static Statement WhyRefused(State.Holding s, string decline, Turn turn) => new(
        "verification.amount-refused", "verification.amount-refused",
        [new("amounts", s.Calls, Party.Everyone), new("decline", decline, Party.Staff)],
        rule: "verification.mostAmounts", turn.Rulebook, new DecidedBy.Automated("verification"),
        [OtherMethod, ByDocument], turn.At, appealUntil: null);

    static Statement WhyUsedUp(Turn turn) => new(
        "verification.amount-used-up", "verification.amount-used-up",
        [new("tries", turn.Rules.MostTries, Party.Everyone)],
        rule: "verification.mostTries", turn.Rulebook, new DecidedBy.Automated("verification"),
        [ByDocument, People], turn.At, appealUntil: null);

    static Statement WhyRejected(State.InReview s, string reason, Turn turn) => new(
        reason, "verification.rejected",
        [new("document", s.Document.Kind, Party.Everyone)],
        rule: $"verification.reasons.{reason}", turn.Rulebook, new DecidedBy.Person(turn.By),
        turn.Rules.Reasons[reason], turn.At,
        Statement.UntilIn(turn.Rules.Reasons[reason], turn.At + turn.Rules.AppealWithin));
}
