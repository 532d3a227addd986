using Recourse.Rulebooks;
using Recourse.Ways;
namespace Recourse.Orders;

/// <summary>What is wrong with an order, and ends it, or some units of it, unless it is put right.</summary>
/// <param name="Reason">For which reason of the rulebook it would end.</param>
/// <param name="Who">Who found it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="To">Who is to put it right.</param>
/// <param name="Until">Until when (UTC).</param>
/// <param name="Deadline">What comes next: it is told, its time is up, or what was answered is heard.</param>
/// <param name="Holds">Nothing is sent before it is settled, and the seller's time stands still.</param>
/// <param name="ToldAt">When it was told (UTC); null: not yet.</param>
/// <param name="Answer">What they said, in their words; null: nothing.</param>
/// <param name="AnsweredAt">When they said it (UTC).</param>
public sealed record Warning(
    string Reason, ImmutableArray<Portion> Portions, Actor Who, Instant At, Party To, Instant Until, Deadline Deadline,
    bool Holds, Instant? ToldAt = null, string? Answer = null, Instant? AnsweredAt = null)
{
    /// <summary>Longest answer, in characters.</summary>
    public const int LongestAnswer = 300;

    /// <summary>What happens if nobody looks at what was answered.</summary>
    public const string NotHeard = "order.warning-not-heard";

    /// <summary>The word for what is wrong.</summary>
    public static string WordOf(string reason) => $"warning-{reason.Split('.')[^1]}";

    /// <summary>However late it is told, it leaves the full time.</summary>
    public Warning Told(Instant at)
    {
        var told = Deadline.Warn is { } due ? Deadline.Warned(at, Deadline.Due - due) : Deadline;
        return this with { Deadline = told, ToldAt = at, Until = told.Due };
    }

    /// <summary>Of what is left; none of it may be.</summary>
    public Warning Within(Deal left) => this with
    {
        Portions =
        [
            .. from p in Portions
               let units = Math.Min(p.Quantity, left.UnitsOf(p.Line))
               where units > 0
               select p with { Quantity = units },
        ],
    };
}

/// <summary>What puts right what somebody was warned of, besides sending it and a count that finds it.</summary>
[Flags]
public enum Mends
{
    /// <summary>Only what staff say.</summary>
    None = 0,

    /// <summary>A word is enough; otherwise staff hear it.</summary>
    Answer = 1,

    /// <summary>It is picked.</summary>
    Pick = 2,

    /// <summary>Ways to keep it are offered to its buyer.</summary>
    Ways = 4,

    /// <summary>Another address.</summary>
    Address = 8,

    /// <summary>Another way to send it.</summary>
    Service = 16,
}

/// <summary>What holds of one reason for which somebody is warned first.</summary>
/// <param name="To">Who can put it right.</param>
/// <param name="Within">How long they have, from when they are told.</param>
/// <param name="Holds">Whether nothing is sent meanwhile.</param>
public sealed record WarningRule(Party To, Window Within, bool Holds, Mends MendedBy);

/// <summary>The rulebook's section on warnings, which come before an order is ended by the platform.</summary>
/// <param name="GatherFor">What is found wrong within that time is told in one letter.</param>
/// <param name="HearWithin">How long staff have to hear an answer; a warning that they don't is lifted.</param>
public sealed record WarningRules(
    Duration GatherFor, Window HearWithin, ImmutableSortedDictionary<string, WarningRule> Reasons)
{
    /// <summary>Under editions from before there was such a section.</summary>
    public static readonly WarningRules Before = new(
        Duration.FromMinutes(15), new Window.BusinessDays(2),
        ImmutableSortedDictionary.Create<string, WarningRule>(StringComparer.Ordinal).Add("cancel.address-unusable",
            new(Party.Buyer, new Window.BusinessDays(3), Holds: true, Mends.Address)));

    /// <summary>Where nothing is said of a reason.</summary>
    static readonly WarningRule Usual = new(Party.Seller, new Window.BusinessDays(2), Holds: false, Mends.None);

    /// <summary>What holds of a reason.</summary>
    public WarningRule For(string reason) => Reasons.GetValueOrDefault(reason, Usual);

    /// <summary>Reads the section <c>orders.warnings</c>.</summary>
    internal static WarningRules Read(RuleReader r)
    {
        var rules = new WarningRules(r.Elapsed("gatherFor"), r.Stretch("hearWithin"), ReadReasons(r.Map("for")));
        r.Done();
        return rules;
    }

    static ImmutableSortedDictionary<string, WarningRule> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableSortedDictionary.CreateBuilder<string, WarningRule>(StringComparer.Ordinal);
        foreach (var code in section.Names.Distinct().ToList())
        {
            var one = section.Map(code);
            reasons[code] = new(
                one.One("to", Owners), one.Stretch("within"),
                one.Has("holds") && one.One("holds", ShippingRules.YesOrNo),
                one.Has("mendedBy") ? one.Some("mendedBy", Ways).Aggregate(Mends.None, (all, m) => all | m)
                    : Mends.None);
            one.Done();
        }
        section.Done();
        return reasons.ToImmutable();
    }

    static readonly ImmutableArray<(string, Party)> Owners = [("seller", Party.Seller), ("buyer", Party.Buyer)];

    static readonly ImmutableArray<(string, Mends)> Ways =
    [
        ("answer", Mends.Answer), ("pick", Mends.Pick), ("ways", Mends.Ways), ("address", Mends.Address),
        ("service", Mends.Service),
    ];
}
