using Recourse.Payments;
using Recourse.Rulebooks;
namespace Recourse.Refunds;

/// <summary>The rulebook's section on refunds.</summary>
/// <param name="Promise">By when the money is back with the buyer.</param>
/// <param name="EscalateEvery">How often the platform's people are called once that has passed.</param>
/// <param name="AgentWithin">How long an agent has to find another way for a refund that failed.</param>
public sealed record RefundRules(
    Window Promise, Backoff AskAgain, Duration EscalateEvery, Duration AgentWithin) : IRules
{
    /// <summary>Reads the section.</summary>
    public static RefundRules Read(RuleReader r)
    {
        var rules = new RefundRules(
            r.Stretch("promise"), Backoff.Read(r.Map("askAgain")), r.Elapsed("escalateEvery"),
            r.Elapsed("agentWithin"));
        r.Former("appealWithin");
        r.Done();
        return rules;
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
