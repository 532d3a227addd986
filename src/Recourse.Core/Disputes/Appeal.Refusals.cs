namespace Recourse.Disputes;

public static partial class Appeal
{
    /// <summary>The program's own reason: nobody decided in time.</summary>
    internal const string Late = "appeal.unanswered";

    static readonly Remedy Look = new("appeal.look"), AskOther = new("appeal.ask-colleague"), Mend = new("appeal.mend"),
        Further = new("appeal.out-of-court"), Support = new("support.ask"),
        Take = new("appeal.release-first"), Wait = new("appeal.wait-or-uphold");

    static string NameOf(State? state) => state is null ? "none" : $"appeal.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("appeal.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal OtherDecision => new("appeal.other-decision", Look);
    static Refusal AlreadyDecided => new("appeal.already-decided", Further);
    static Refusal TooLate(Instant until) => new("appeal.too-late", Support, ("until", until));
    static Refusal NotOpen => new("appeal.not-open", Support);
    static Refusal HasIt(Actor who) => new("appeal.claimed-by-other", Take, ("who", who.Name));
    static Refusal AlreadyAnswered => new("appeal.already-answered", Look);

    static Refusal OtherSideFirst(Hearing hearing) => new("appeal.other-side-first", Wait, ("until", hearing.Until));

    static Refusal YourOwn => new("appeal.your-own-decision", AskOther);

    static Refusal NoSuchReason(string reason, Verdict verdict, AppealRules rules) => new("appeal.no-such-reason", Mend,
        ("reason", reason), ("known", string.Join(", ", rules.ReasonsFor(verdict)))) { Field = "reason" };
}
