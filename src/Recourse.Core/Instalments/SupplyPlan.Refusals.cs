using Recourse.Inventory;
namespace Recourse.Instalments;

public static partial class SupplyPlan
{
    const string ByBuyer = "plan.changed-mind", NoStock = "plan.no-stock", NotTaken = "plan.not-taken",
        Left = "left", Fewer = "fewer",
        Late = "plan.put-off", Cut = "plan.shortened";

    static readonly Remedy Look = new("plan.look"), Mend = new("plan.mend"), Ask = new("support.ask"),
        BuyAnyway = new("plan.order-what-there-is"), OtherDays = new("plan.move"), NoMore = new("plan.end-it"),
        Forward = new("plan.ask-seller");

    static Refusal NotNow(State? state, Party party) => new(
        "plan.not-now", Look, ("state", state is null ? "none" : $"plan.{state.GetType().Name}"),
        ("party", $"{party}"));

    static Refusal BadParts(int units, int parts) =>
        new("plan.bad-parts", Look, ("units", units), ("parts", parts)) { Field = "parts" };

    static Refusal BadLeft(int left, int ahead) =>
        new("plan.bad-left", Mend, ("left", left), ("ahead", ahead)) { Field = "left" };

    static Refusal NothingAhead => new("plan.nothing-ahead", Look);

    static Refusal NotLater(Instant than) => new("plan.not-later", Forward, ("than", than)) { Field = "from" };

    static Refusal TooFar(Instant latest) => new("plan.too-far", Mend, ("latest", latest)) { Field = "from" };

    static Refusal NoSuchReason(string reason, BulkRules rules) =>
        new("plan.no-such-reason", Mend, ("reason", reason), ("known", string.Join(", ", rules.Reasons.Keys)))
        { Field = "reason" };

    static Statement WhyOf(
        State.Open s, string code, string outcome, Turn turn, params ImmutableArray<(string Name, int Units)> facts)
    {
        // What comes later, or isn't wanted, is nothing that an appeal could change.
        var remedies = turn.Rules.Reasons.TryGetValue(code, out var known) ? known
            : outcome is Late ? [BuyAnyway, OtherDays, NoMore, Ask]
            : code is ByBuyer ? [BuyAnyway, Ask] : [BuyAnyway, Statement.Appeal, Ask];
        return new(
            code, outcome,
            [
                new("title", s.Terms.Title, Party.Everyone), new("asked", s.Terms.Asked, Party.Everyone),
                .. facts.Select(f => new StatedFact(f.Name, f.Units, Party.Everyone)),
            ],
            rule: RuleOf(code, turn), turn.Rulebook,
            turn.By is Party.Clock or Party.Platform
                ? new DecidedBy.Automated("bulk") : new DecidedBy.Person(turn.By),
            remedies, issuedAt: turn.At, Statement.UntilIn(remedies, turn.At + turn.Rules.AppealWithin));
    }

    static string RuleOf(string code, Turn turn) => code switch
    {
        ByBuyer  => "bulk",
        NoStock  => "bulk.mostWaits",
        NotTaken => "bulk.mostMissed",
        _        => $"bulk.reasons.{code}",
    };
}
