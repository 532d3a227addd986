using Recourse.Rulebooks;
namespace Recourse.Inventory;

/// <summary>The rulebook's section on large orders, and on goods that many want.</summary>
/// <param name="FromUnits">From so many units of one thing an order is large.</param>
/// <param name="CountedFrom">Orders of so many units are remembered towards a buyer's share.</param>
/// <param name="Share">What part of what is free one buyer can have within that time.</param>
/// <param name="Within">What somebody had within so long counts towards their share.</param>
/// <param name="Every">From one instalment to the next.</param>
/// <param name="MostInstalments">How many can follow the first units.</param>
/// <param name="KeptFor">How long an instalment is kept for its buyer.</param>
/// <param name="WarnBefore">The full notice of whoever is waited for.</param>
/// <param name="RestockWithin">How long the seller has to come by what is missing of an instalment.</param>
/// <param name="MostWaits">How often they can have that time for one instalment.</param>
/// <param name="MostMissed">So many instalments left untouched, one after the other, end a plan.</param>
/// <param name="AppealWithin">How long what is decided can be objected to.</param>
/// <param name="Reasons">Why a seller can shorten or end a plan, and what its buyer can do then.</param>
/// <param name="MovableFor">How far ahead a buyer can put what has not begun; null: the edition is older.</param>
public sealed record BulkRules(
    int FromUnits, int CountedFrom, Ratio Share, Duration Within, Duration Every, int MostInstalments,
    Duration KeptFor, Duration WarnBefore, Duration RestockWithin, int MostWaits, int MostMissed,
    Duration AppealWithin, ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons,
    Duration? MovableFor = null) : IRules
{
    /// <summary>How far ahead a buyer can put what has not begun.</summary>
    public Duration MoveWithin => MovableFor ?? Every * MostInstalments;

    /// <summary>More is never remembered towards a buyer's share.</summary>
    public static readonly Duration LongestWithin = Duration.FromDays(7);

    /// <summary>What holds under editions from before there was such a section: no order is large.</summary>
    public static readonly BulkRules Before = new(
        int.MaxValue, int.MaxValue, new(1, 1), Duration.FromHours(1), Duration.FromDays(7), 1, Duration.FromDays(2),
        Duration.FromDays(1), Duration.FromDays(7), 1, 1, Duration.FromDays(184),
        ImmutableSortedDictionary.Create<string, ImmutableArray<Remedy>>(StringComparer.Ordinal));

    /// <summary>Reads the section.</summary>
    public static BulkRules Read(RuleReader r)
    {
        var rules = new BulkRules(
            r.Number("fromUnits", 2, 10_000), r.Number("countedFrom", 1, 10_000), r.Percent("share"),
            r.Elapsed("within"), r.Elapsed("every"), r.Number("mostInstalments", 1, 52), r.Elapsed("keptFor"),
            r.Elapsed("warnBefore"), r.Elapsed("restockWithin"), r.Number("mostWaits", 1, 20),
            r.Number("mostMissed", 1, 20), r.Elapsed("appealWithin"), r.Map("reasons").Reasons(),
            r.Has("movableFor") ? r.Elapsed("movableFor") : null);
        if (rules.Share.Numerator < 1) r.Fault("share", "Must be more than nothing.");
        if (rules.Within > LongestWithin) r.Fault("within", "Must be at most 7 days.");
        if (rules.Within + rules.KeptFor >= rules.Every)
            r.Fault("every", "Must be longer than within and keptFor together: instalments would overlap.");
        if (rules.WarnBefore >= rules.KeptFor) r.Fault("warnBefore", "Must be shorter than keptFor.");
        if (rules.WarnBefore >= rules.RestockWithin) r.Fault("warnBefore", "Must be shorter than restockWithin.");
        r.Done();
        return rules;
    }

    /// <summary>One buyer's share of so many units; never less than one.</summary>
    public int ShareOf(long units) => Math.Max(1, (int)(units * Share.Numerator / Share.Denominator));

    /// <summary>
    /// How much more can follow in how many instalments, none of them larger than what is had at once; no units: what
    /// is wanted isn't more than that.
    /// </summary>
    public (int Units, int Parts) After(int now, int wanted)
    {
        var later = (int)Math.Clamp((long)wanted - now, 0, (long)now * MostInstalments);
        return now < 1 ? (0, 0) : (later, (int)(((long)later + now - 1) / now));
    }

    /// <summary>Instalments with their days, as even as can be, the larger ones first.</summary>
    /// <param name="at">From when they are counted (UTC).</param>
    public IEnumerable<(int Units, Instant From)> Dated(int units, int parts, Instant at) =>
        Enumerable.Range(0, parts).Select(n => (units / parts + (n < units % parts ? 1 : 0), at + Every * (n + 1)));

    /// <summary>The seller comes by what is missing, or the buyer is offered what there is.</summary>
    public Deadline RestockDue(Instant from) =>
        new(Party.Seller, "plan.offer-what-there-is", Warn: from + RestockWithin - WarnBefore, from + RestockWithin);

    /// <summary>The buyer takes an instalment, or its units go back on sale.</summary>
    public Deadline TakeDue(Instant from) =>
        new(Party.Buyer, "plan.put-back", Warn: from + KeptFor - WarnBefore, from + KeptFor);
}
