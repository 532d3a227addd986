using Recourse.Payments;
using Recourse.Rulebooks;
namespace Recourse.Refunds;

/// <summary>The rulebook's section on refunds.</summary>
/// <param name="Promise">By when the money is back with the buyer.</param>
/// <param name="EscalateEvery">How often the platform's people are called once that has passed.</param>
/// <param name="AgentWithin">How long an agent has to find another way for a refund that failed.</param>
/// <param name="SettledIn">Where the provider settles, ISO 3166 alpha-2: its free days count too; null: they don't.
/// </param>
/// <param name="Methods">By when it is back by other kinds of methods; null: as by any.</param>
public sealed record RefundRules(
    Window Promise, Backoff AskAgain, Duration EscalateEvery, Duration AgentWithin, string? SettledIn = null,
    ImmutableSortedDictionary<string, Window>? Methods = null) : IRules
{
    /// <summary>Reads the section.</summary>
    public static RefundRules Read(RuleReader r)
    {
        var rules = new RefundRules(
            r.Stretch("promise"), Backoff.Read(r.Map("askAgain")), r.Elapsed("escalateEvery"),
            r.Elapsed("agentWithin"), ReadCountry(r), ReadMethods(r));
        r.Former("appealWithin");
        r.Done();
        return rules;
    }

    static string? ReadCountry(RuleReader r)
    {
        if (!r.Has("settledIn")) return null;
        var country = r.Text("settledIn");
        if (!Countries.Has(country)) r.Fault("settledIn", "Must be a country such as PT.");
        return country;
    }

    static ImmutableSortedDictionary<string, Window>? ReadMethods(RuleReader r)
    {
        if (!r.Has("methods")) return null;
        var map = r.Map("methods");
        var windows = map.Names.Distinct().ToImmutableSortedDictionary(k => k, map.Stretch, StringComparer.Ordinal);
        map.Done();
        return windows;
    }

    /// <summary>By when it is back with the buyer, by days on which both countries work.</summary>
    /// <param name="kind">Of which kind the method is; null: it isn't known.</param>
    public (Instant By, bool IsProvisional) PromiseOf(Instant from, string country, string? kind, Calendars calendars)
    {
        var calendar = calendars.Of(country);
        if (SettledIn is not null && SettledIn != country) calendar = calendar.And(calendars.Of(SettledIn));
        var by = (kind is null ? Promise : Methods?.GetValueOrDefault(kind) ?? Promise).EndFrom(from, calendar);
        return (by, calendar.IsBeyond(by));
    }

    /// <summary>An answer, or the same call again; the promised day is never slept through.</summary>
    public Deadline AnswerDue(Instant from, Instant escalateAt, int repeats = 0)
    {
        var next = AskAgain.Next("refund.ask-again", repeats, from);
        return next.Due < escalateAt ? next : next with { Then = Refund.Late, Due = escalateAt };
    }

    /// <summary>The provider pays by then, or the platform's people are called.</summary>
    public static Deadline PayDue(Instant escalateAt) => new(Party.Provider, Refund.Late, Warn: null, escalateAt);

    /// <summary>An agent finds another way by then, or operators are called.</summary>
    public Deadline AgentDue(Instant from) => new(Party.Agent, Refund.Late, Warn: null, from + AgentWithin);
}
