using Recourse.Payments;
namespace Recourse.Verifying;

/// <summary>By the bank's own check of a card (3-D Secure).</summary>
public static partial class Verification
{
    const int LongestAddress = 2_000;

    internal const string ChallengeOverThen = "verification.challenge-over";

    static Decision<Event> BeginChallenge(State? state, Command.BeginChallenge c, Turn turn)
    {
        if (!IsLeft(state, ShownBy.Bank, turn)) return NotOffered;
        if (string.IsNullOrWhiteSpace(c.Method) || c.Method.Length > Checkouts.Checkout.LongestMethod) return NoMethod;
        if (c.BackTo is not { Length: > 0 and <= LongestAddress }) return NoWayBack;
        return state switch
        {
            State.Asked s when s.Challenges >= turn.Rules.MostChallenges => NoMoreChallenges,
            State.Asked => [new Event.ChallengeAsked(
                c.Method, c.BackTo, turn.Rules.AskAgain.Next(AskAgainThen, 0, turn.At), c.Card)],
            State.Starting or State.AtBank or State.Checking => [],                       // said twice, done once
            State.Holding or State.Naming => AmountUnderWay,
            State.InReview => AlreadyInReview,
            State.Verified => [],
            State.Lapsed or State.Rejected or null => StartFirst,
        };
    }

    /// <summary>The bank has sent the buyer back, or they want to know.</summary>
    static Decision<Event> LookAgain(State? state, Turn turn) => state switch
    {
        State.AtBank     => [Looked(turn)],
        State.Checking or State.Starting => [],
        State.Asked or State.Holding or State.Naming or State.InReview or State.Verified or State.Lapsed
            or State.Rejected => [],                                                      // it is over by now
        null             => Refusal.NotFound,
    };

    static Event.ChallengeLooked Looked(Turn turn) => new(turn.Rules.AskAgain.Next(AskAgainThen, 0, turn.At));

    /// <summary>An answer counts for the check that is under way, whichever question it answers.</summary>
    static Decision<Event> HearChallenge(State? state, Command.HearChallenge c, Turn turn)
    {
        if (state is not State.Open s || s is not (State.Starting or State.AtBank or State.Checking)
            || !IsOf(c.Call.Key, s, turn.Id)) return [];
        return c.Answer switch
        {
            ChallengeAnswer.Authenticated a =>
            [
                new Event.ChallengePassed(a.Reference, a.ShiftsLiability),
                new Event.Verified(ShownBy.Bank, turn.Rules.ValidUntil(turn.At), s.Card),
            ],
            ChallengeAnswer.Failed a =>
                [new Event.ChallengeFailed(WhyFailed(s, a.Code, turn), turn.Rules.ShowDue(turn.At))],
            ChallengeAnswer.Waiting a => AtTheBank(s, a, turn),
            ChallengeAnswer.Unknown a => s is State.AtBank ? []
                : [new Event.Unanswered(a.Why, turn.Rules.AskAgain.Next(AskAgainThen, RepeatsOf(s), turn.At))],
        };
    }

    static Decision<Event> AtTheBank(State.Open s, ChallengeAnswer.Waiting a, Turn turn) => s switch
    {
        State.Starting => [new Event.ChallengeOpened(a.Reference, a.Page, turn.Rules.ChallengeDue(turn.At))],
        // Only the provider can say that nothing came of it: by then it has been asked.
        State.Checking c => c.Until <= turn.At ? [new Event.ChallengeMissed(turn.Rules.ShowDue(turn.At))]
            : [new Event.ChallengeOpened(a.Reference, a.Page, turn.Rules.ChallengeDue(turn.At) with { Due = c.Until })],
        State.AtBank or State.Asked or State.Holding or State.Naming or State.InReview => [],
    };

    static int RepeatsOf(State.Open s) => s switch
    {
        State.Starting a => a.Repeats,
        State.Checking a => a.Repeats,
        State.AtBank or State.Asked or State.Holding or State.Naming or State.InReview => 0,
    };

    static bool IsOf(string key, State s, VerificationId id) => key == BeginKeyOf(id, s) || key == LookKeyOf(id, s);

    static string BeginKeyOf(VerificationId id, State s) => $"{id}/{s.Challenges}/challenge";

    static string LookKeyOf(VerificationId id, State s) => $"{id}/{s.Challenges}/look";

    static Statement WhyFailed(State.Open s, string code, Turn turn) => new(
        "verification.challenge-failed", "verification.challenge-failed",
        [new("challenges", s.Challenges, Party.Everyone), new("decline", code, Party.Staff)],
        rule: "verification.mostChallenges", turn.Rulebook, new DecidedBy.Automated("verification"),
        [OtherMethod, ByDocument], turn.At, appealUntil: null);

    /// <summary>The provider is asked to begin, or how it stands.</summary>
    static IEnumerable<Intent> AskTheBank(VerificationId id, State after)
    {
        if (after is State.Starting s)
            yield return new Intent.Call(new ChallengeCall.Begin(BeginKeyOf(id, s), $"{id}", s.Method, s.BackTo));
        if (after is State.Checking c)
            yield return new Intent.Call(new ChallengeCall.Look(LookKeyOf(id, c), c.Reference));
    }

    static State.Starting Starting(State.Asked s, Event.ChallengeAsked e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls, e.Method, e.BackTo, Repeats: 0);

    static State.AtBank Opened(State.Open s, Event.ChallengeOpened e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls, e.Reference, e.Page);

    static State.Checking Checking(State.AtBank s, Event.ChallengeLooked e) =>
        new(s.For, e.Deadline, s.Tries, s.Calls, s.Reference, s.Deadline.Due, Repeats: 0);

    static State Repeated(State.Open s, Deadline deadline) => s switch
    {
        State.Holding a  => a with { Deadline = deadline, Repeats = a.Repeats + 1 },
        State.Starting a => a with { Deadline = deadline, Repeats = a.Repeats + 1 },
        State.Checking a => a with { Deadline = deadline, Repeats = a.Repeats + 1 },
        State.AtBank or State.Asked or State.Naming or State.InReview =>
            throw new CorruptHistory(s, new Event.AskedAgain(deadline)),
    };
}
