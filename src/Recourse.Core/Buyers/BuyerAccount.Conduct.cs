using Recourse.Checkouts;
namespace Recourse.Buyers;

/// <summary>First a warning, then a question, then a pause: never more than one step at a time.</summary>
public static partial class BuyerAccount
{
    static Decision<Event> CountGivenUp(State? state, Command.CountGivenUp c, Turn turn)
    {
        var (s, rules) = (state ?? Nothing, turn.Rules.Conduct);
        if (!rules.Counted.Contains(c.Reason)) return [];                         // it was somebody else's fault
        if (ConductOf(s)?.GivenUp.Any(g => g.Checkout == $"{c.Checkout}") is true) return [];         // counted before
        var counted = new Event.GivenUpCounted(new($"{c.Checkout}", turn.At), turn.At + rules.Window);
        return [counted, .. Follow(ConductOf(Evolve(s, counted))!, turn)];
    }

    static IEnumerable<Event> Follow(Conduct conduct, Turn turn)
    {
        if (conduct.Pause is not null) yield break;
        var rules = turn.Rules.Conduct;
        var reached = rules.Reached(conduct, turn.At);
        var next = reached > conduct.Caution ? conduct.Caution + 1 : reached;
        if (next is Caution.Paused)
        {
            var until = turn.At + rules.PauseAfter(conduct.Pauses);
            yield return new Event.BuyingPaused(until, WhyPaused(conduct, until, turn));
        }
        else if (next > conduct.Caution)
            yield return new Event.Cautioned(
                next, conduct.CountingSince(turn.At - rules.Window), rules.NextAfter(next));
    }

    static Statement WhyPaused(Conduct conduct, Instant until, Turn turn) => new(
        "buying.placed-and-given-up", "buyer.buying-paused",
        [
            new("until", until, Party.Everyone),
            new("givenUp", conduct.GivenUpSince(turn.At - turn.Rules.Conduct.Window), Party.Everyone),
            new("endedWell", conduct.EndedWell ?? 0, Party.Everyone),
            new("days", (long)turn.Rules.Conduct.Window.TotalDays, Party.Everyone),
        ],
        rule: "buyers.givenUp.pauseFrom", turn.Book.Version, new DecidedBy.Automated("buyers"),
        turn.Rules.Conduct.Remedies, issuedAt: turn.At,
        appealUntil: Statement.UntilIn(turn.Rules.Conduct.Remedies, turn.At + turn.Rules.AppealWithin));

    static Decision<Event> HearEndedWell(State? state, Command.HearEndedWell c, Turn turn)
    {
        if (state is null || ConductOf(state) is not { } before || before.EndedWell == c.Count) return [];
        var heard = new Event.EndedWellHeard(c.Count);
        var now = ConductOf(Evolve(state, heard))!;
        var isGood = now is { Pause: null, Caution: not Caution.None }
            && turn.Rules.Conduct.Reached(now, turn.At) is Caution.None;
        return isGood ? [heard, new Event.ConductCleared()] : [heard];
    }

    static IEnumerable<Event> ConductOver(Conduct? conduct, Instant at)
    {
        if (conduct?.Pause is { } pause && pause.Until <= at) yield return new Event.PauseEnded();
        if (conduct is not null && conduct.LapsesAt <= at) yield return new Event.ConductCleared();
    }

    static Conduct? ConductOf(State s) => s.Standing?.Conduct;

    static State With(State s, Conduct? conduct) => Now(s, Of(s) with { Conduct = conduct });

    static State Counted(State s, Event.GivenUpCounted e) =>
        With(s, (ConductOf(s) ?? new([], e.LapsesAt)).With(e.What, e.LapsesAt));

    static State Heard(State s, Event.EndedWellHeard e)
    {
        var conduct = ConductOf(s).Was<Conduct>(e);
        return With(s, conduct with
        {
            EndedWell = e.Count, EndedWellAtFirst = conduct.EndedWellAtFirst ?? e.Count,
        });
    }

    static State Paused(State s, Event.BuyingPaused e)
    {
        var conduct = ConductOf(s).Was<Conduct>(e);
        return With(s, conduct with
        {
            Caution = Caution.Paused, Pause = new(e.Until, e.Why), Pauses = conduct.Pauses + 1,
        });
    }
}
