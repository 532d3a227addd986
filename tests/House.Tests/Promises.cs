using System.Text.RegularExpressions;
using Xunit;
namespace Recourse.Tests;

/// <summary>What the types promise of every kind of aggregate, those that are still to come included.</summary>
public sealed class Promises
{
    // Names of events that go against somebody.
    static readonly Regex Adverse = new(
        "(Cancelled|Declined|Lost|Failed|Abandoned|Reduced|Refused|Rejected|Denied|Suspended|Blocked|Restricted"
        + "|Removed|Forfeited|Expelled|Withheld)$");

    // Those that bear such a name and decide nothing about anybody; why.
    static readonly Dictionary<string, string> NotAdverse = new()
    {
        ["Checkout.Refused"] = "a seller's refusals as they came; what follows from them has the statement",
        ["Payment.Abandoned"] = "said by the checkout, whose own end has the statement",
    };

    public static TheoryData<string> Kinds => [.. KindTypes.All.Select(k => k.Holder.Name)];

    static KindTypes Of(string kind) => KindTypes.All.Single(k => k.Holder.Name == kind);

    static Lifecycle TableOf(string kind) => Of(kind).Registered?.Lifecycle ?? new();

    [Theory, MemberData(nameof(Kinds))]
    public void A_kind_is_registered(string kind) => Assert.NotNull(Of(kind).Registered);

    [Theory, MemberData(nameof(Kinds))]
    public void A_kind_has_the_types_of_its_module(string kind)
    {
        var types = Of(kind);
        if (types.Registered is { } registered)
            Assert.Equal((types.Id, types.State, types.Command, types.Event), registered.Types);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_goes_against_somebody_says_why(string kind) => House.Holds("Needs a statement of reasons:",
        from type in KindTypes.CasesOf(Of(kind).Event)
        where Adverse.IsMatch(type.Name) && !NotAdverse.ContainsKey($"{kind}.{type.Name}")
        where !typeof(IAdverse).IsAssignableFrom(type)
        select $"{kind}.{type.Name}");

    [Fact]
    public void An_exception_is_still_one() => House.Holds("Is no exception any more:",
        from name in NotAdverse.Keys
        where !KindTypes.All.Any(k => KindTypes.CasesOf(k.Event).Any(t =>
            $"{k}.{t.Name}" == name && !typeof(IAdverse).IsAssignableFrom(t)))
        select name);

    [Theory, MemberData(nameof(Kinds))]
    public void A_state_that_waits_has_an_end_by_the_clock(string kind) => House.Holds(
        "Holds a deadline, and no arrow of its lifecycle says what the clock does:",
        from state in KindTypes.CasesOf(Of(kind).State)
        where state.GetProperties().Any(p => p.PropertyType == typeof(Deadline))
        where TableOf(kind).Arrows is { Length: > 0 } arrows && !arrows.Any(a => a.From == state && a.After is not null)
        select $"{kind}.{state.Name}");

    [Theory, MemberData(nameof(Kinds))]
    public void A_lifecycle_speaks_of_its_own_states_and_events(string kind)
    {
        var (states, events) = (KindTypes.CasesOf(Of(kind).State), KindTypes.CasesOf(Of(kind).Event));
        House.Holds("Not of this kind, or none that can be made:",
            from arrow in TableOf(kind).Arrows
            where (arrow.From is not null && !states.Contains(arrow.From)) || !states.Contains(arrow.To)
                || !events.Contains(arrow.On)
            select $"{kind}: {arrow.From?.Name ?? "nothing"} --{arrow.On.Name}--> {arrow.To.Name}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_lifecycle_tells_of_every_state_and_event(string kind)
    {
        var arrows = TableOf(kind).Arrows;
        if (arrows.IsEmpty) return;
        House.Holds("No arrow of the lifecycle leads there or happens on it:",
            KindTypes.CasesOf(Of(kind).State).Except(arrows.Select(a => a.To))
                .Concat(KindTypes.CasesOf(Of(kind).Event).Except(arrows.Select(a => a.On)))
                .Select(t => $"{kind}.{t.DeclaringType!.Name}.{t.Name}"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_state_that_waits_can_reach_one_that_does_not(string kind)
    {
        var arrows = TableOf(kind).Arrows;
        var ends = KindTypes.CasesOf(Of(kind).State)
            .Where(s => s.GetProperties().All(p => p.PropertyType != typeof(Deadline))).ToHashSet();
        while (arrows.Where(a => a.From is not null && ends.Contains(a.To)).Any(a => ends.Add(a.From!))) { }
        House.Holds("Never ends:", arrows.Select(a => a.To).Distinct().Where(s => !ends.Contains(s))
            .Select(s => $"{kind}.{s.Name}"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_hierarchy_is_closed_and_its_cases_are_sealed(string kind)
    {
        var types = Of(kind);
        House.Holds("Somebody could add to it unseen:",
            from root in (Type[])[types.Command, types.State, types.Event]
            where root.IsAbstract
            from type in (Type[])[root, .. root.Assembly.GetTypes().Where(root.IsAssignableFrom)]
            where !type.IsSealed && !KindTypes.IsClosed(type)
            select $"{kind}.{type.Name}");
    }
}
