namespace Recourse.Buyers;

/// <summary>How far it has come with somebody who orders and gives up again and again.</summary>
public enum Caution
{
    /// <summary>Nothing was said.</summary>
    None,

    /// <summary>They were told what happens if it goes on.</summary>
    Warned,

    /// <summary>They were told that they are asked to show who they are, or pay first.</summary>
    VerifyFirst,

    /// <summary>They could not buy for a while.</summary>
    Paused,
}

/// <summary>A purchase that its buyer gave up without anybody else's fault.</summary>
/// <param name="Checkout">The text of its checkout's id.</param>
public sealed record GivenUp(string Checkout, Instant At);

/// <summary>They can't buy for a while.</summary>
/// <param name="Until">When it ends by itself (UTC).</param>
public sealed record BuyingPause(Instant Until, Statement Why);

/// <summary>What somebody gave up of late; it is forgotten with time, and made good by orders that end well.</summary>
/// <param name="GivenUp">The oldest first.</param>
/// <param name="LapsesAt">When all of it is forgotten (UTC).</param>
/// <param name="EndedWell">How many of their orders had ended well when somebody looked last; null: nobody did.</param>
/// <param name="EndedWellAtFirst">The same when somebody looked first.</param>
/// <param name="Pause">Null: they can buy.</param>
/// <param name="Pauses">How many there have been.</param>
public sealed record Conduct(
    ImmutableArray<GivenUp> GivenUp, Instant LapsesAt, int? EndedWell = null, int? EndedWellAtFirst = null,
    Caution Caution = Caution.None, BuyingPause? Pause = null, int Pauses = 0)
{
    const int MostKept = 50;

    /// <summary>How many were given up since then.</summary>
    public int GivenUpSince(Instant from) => GivenUp.Count(g => g.At > from);

    /// <summary>How many of them still count: each order that ended well since makes one good.</summary>
    public int CountingSince(Instant from) =>
        Math.Max(0, GivenUpSince(from) - ((EndedWell ?? 0) - (EndedWellAtFirst ?? 0)));

    internal Conduct With(GivenUp one, Instant lapsesAt) => this with
    {
        GivenUp = [.. GivenUp.TakeLast(MostKept - 1), one], LapsesAt = lapsesAt,
    };
}

/// <summary>The rulebook on orders that are placed and given up.</summary>
/// <param name="Window">For how long it counts.</param>
/// <param name="Share">Of their orders; who gives up less of them than that is never told anything.</param>
/// <param name="WarnFrom">How many bring a warning.</param>
/// <param name="VerifyFrom">How many bring that they are asked who they are.</param>
/// <param name="PauseFrom">How many bring a pause.</param>
/// <param name="PauseFor">How long the first one is; each further one is twice as long.</param>
/// <param name="PauseAtMost">How long the longest one is.</param>
/// <param name="Counted">Reasons that count: what somebody else is at fault for doesn't.</param>
/// <param name="Remedies">What can be done about a pause.</param>
public sealed record ConductRules(
    Duration Window, Ratio Share, int WarnFrom, int VerifyFrom, int PauseFrom, Duration PauseFor, Duration PauseAtMost,
    ImmutableArray<string> Counted, ImmutableArray<Remedy> Remedies)
{
    /// <summary>What holds where nothing is said: nothing counts.</summary>
    public static readonly ConductRules Before = new(
        Duration.FromDays(1), new(1, 1), int.MaxValue, int.MaxValue, int.MaxValue, Duration.FromHours(1),
        Duration.FromHours(1), [], [new("support.ask")]);

    /// <summary>Reads the map.</summary>
    public static ConductRules Read(Rulebooks.RuleReader r)
    {
        var rules = new ConductRules(
            r.Elapsed("window"), r.Percent("share"), r.Number("warnFrom", 2, Most), r.Number("verifyFrom", 2, Most),
            r.Number("pauseFrom", 2, Most), r.Elapsed("pauseFor"), r.Elapsed("pauseAtMost"), r.Texts("counted"),
            r.Remedies());
        if (rules.VerifyFrom <= rules.WarnFrom) r.Fault("verifyFrom", "Must be more than warnFrom.");
        if (rules.PauseFrom <= rules.VerifyFrom) r.Fault("pauseFrom", "Must be more than verifyFrom.");
        if (rules.PauseAtMost < rules.PauseFor) r.Fault("pauseAtMost", "Must not be shorter than pauseFor.");
        if (rules.PauseAtMost >= rules.Window) r.Fault("pauseAtMost", "Must be shorter than window.");
        r.Done();
        return rules;
    }

    // No more than that are kept.
    const int Most = 40;

    /// <summary>How far it has come by then; never beyond a warning while nobody knows how their orders end.</summary>
    public Caution Reached(Conduct conduct, Instant at)
    {
        var (given, counting) = (conduct.GivenUpSince(at - Window), conduct.CountingSince(at - Window));
        if (counting < WarnFrom || conduct.EndedWell is { } well && !IsMuch(given, well)) return Caution.None;
        return conduct.EndedWell is null || counting < VerifyFrom ? Caution.Warned
            : counting < PauseFrom ? Caution.VerifyFirst : Caution.Paused;
    }

    bool IsMuch(int given, int well) => given * Share.Denominator >= Share.Numerator * (given + well);

    /// <summary>How many bring the next step; null: there is none beyond a pause.</summary>
    public int? NextAfter(Caution caution) => caution switch
    {
        Caution.None        => WarnFrom,
        Caution.Warned      => VerifyFrom,
        Caution.VerifyFirst => PauseFrom,
        Caution.Paused      => null,
    };

    /// <summary>How long a pause is after so many.</summary>
    public Duration PauseAfter(int pauses)
    {
        var length = PauseFor;
        for (var i = 0; i < pauses && length < PauseAtMost; i++) length += length;
        return Duration.Min(length, PauseAtMost);
    }
}
