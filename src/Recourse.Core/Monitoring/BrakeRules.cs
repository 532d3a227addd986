using Recourse.Rulebooks;
namespace Recourse.Monitoring;

/// <summary>The rulebook's section on the brake: from when automatic cancellations are more than usual.</summary>
/// <param name="Ahead">So far ahead it is looked at what would be cancelled.</param>
/// <param name="LookBack">So far back says what is usual.</param>
/// <param name="Floor">Fewer are never out of the ordinary.</param>
/// <param name="Times">So many times the usual number are.</param>
/// <param name="PauseFor">So long they are put off, each time.</param>
/// <param name="DecideWithin">The operator's time.</param>
/// <param name="MostPauses">So often, if nobody decides; then they take their course, each with a warning of its
/// own.</param>
public sealed record BrakeRules(
    Duration Ahead, Duration LookBack, int Floor, int Times, Duration PauseFor, Duration DecideWithin, int MostPauses)
    : IRules
{
    /// <summary>What holds under editions from before there was such a section.</summary>
    public static readonly BrakeRules Before = new(
        Duration.FromHours(2), Duration.FromDays(28), 10, 4, Duration.FromHours(48), Duration.FromHours(24), 14);

    /// <summary>Reads the section.</summary>
    public static BrakeRules Read(RuleReader r)
    {
        var rules = new BrakeRules(
            r.Elapsed("ahead"), r.Elapsed("lookBack"), r.Number("floor", 1, 100_000), r.Number("times", 1, 1_000),
            r.Elapsed("pauseFor"), r.Elapsed("decideWithin"), r.Number("mostPauses", 1, 100));
        if (rules.PauseFor <= rules.DecideWithin) r.Fault("pauseFor", "Must be longer than decideWithin.");
        if (rules.DecideWithin <= rules.Ahead) r.Fault("decideWithin", "Must be longer than ahead.");
        r.Done();
        return rules;
    }

    /// <summary>Whether so many within <see cref="Ahead"/> are more than so many within <see cref="LookBack"/> let
    /// expect.</summary>
    public bool IsOut(int ahead, int before) =>
        ahead >= Floor && (Int128)ahead * LookBack.BclCompatibleTicks > (
            Int128)before * Ahead.BclCompatibleTicks * Times;

    /// <summary>What is usual within <see cref="Ahead"/>, rounded up.</summary>
    public int Usual(int before) => (int)(((Int128)before * Ahead.BclCompatibleTicks + LookBack.BclCompatibleTicks - 1)
        / LookBack.BclCompatibleTicks);
}
