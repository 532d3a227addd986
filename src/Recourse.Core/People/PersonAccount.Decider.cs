using Recourse.Disputes;
using Recourse.Reviews;
using static Recourse.Kernel.Lifecycle;
namespace Recourse.People;

public static partial class PersonAccount
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Blocked, State.Blocked>(Party.Operator),
        Start<Event.SkillsSet, State.Admitted>(Party.Operator),
        Row<State.Admitted, Event.SkillsSet, State.Admitted>(Party.Operator),
        Row<State.Blocked, Event.SkillsSet, State.Blocked>(Party.Operator),
        Row<State.Blocked, Event.Admitted, State.Admitted>(Party.Operator | Party.Platform),
        Row<State.Admitted, Event.Blocked, State.Blocked>(Party.Operator));

    /// <summary>What the runtime is told of people's accounts.</summary>
    public static readonly Kind<PersonId, State, Command, Event> Kind = new()
    {
        Name = "person", Owner = OwnedBy.Platform, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Waking = due => new Command.Wake(due), Telling = Notices,
    };

    /// <summary>The person themselves, by the code that they would buy under, staff, and their own appeals.</summary>
    public static Party? PartyOf(PersonId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a  => a.Id.Code == id.Code ? Party.Buyer : null,
        Actor.Agent    => Party.Agent,
        Actor.Operator => Party.Operator,
        Actor.Clock    => Party.Clock,
        Actor.Aggregate a => AppealId.TryParse(a.Id, out var appeal) && appeal.Buyer?.Code == id.Code
            ? Party.Platform : null,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(PersonId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;

        var decision = command switch
        {
            Command.Block c => Block(state, c, asked),
            Command.Admit c => Admit(state, c),
            Command.SetSkills c => SetSkills(state, c.Skills.Tidied()),
            Command.Wake    => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : OperatorsOnly;
    }

    static Decision<Event> Block(State? state, Command.Block c, Asked asked)
    {
        var (book, rules) = (asked.InForce, asked.InForce.Of<PeopleRules>());
        if (!rules.Reasons.TryGetValue(c.Reason ?? "", out var remedies))
            return NoSuchReason(c.Reason ?? "", rules);
        if (state is State.Blocked) return [];                                     // said twice, done once
        return [new Event.Blocked(new(
            c.Reason!, "person.blocked",
            [
                new("times", (state?.Times ?? 0) + 1, Party.Everyone),
                .. c.Order is { } order ? [new StatedFact("order", $"{order}", Party.Everyone)]
                    : Array.Empty<StatedFact>(),
            ],
            rule: $"people.reasons.{c.Reason}", book.Version, new DecidedBy.Person(Party.Operator), remedies,
            asked.At, Statement.UntilIn(remedies, asked.At + rules.AppealWithin)))];
    }

    static Decision<Event> Admit(State? state, Command.Admit c) =>
        state is State.Blocked s && (c.IssuedAt is null || c.IssuedAt == s.Why.IssuedAt) ? [new Event.Admitted()] : [];

    static Decision<Event> SetSkills(State? state, Skills skills) =>
        skills.Kinds.FirstOrDefault(k => !WorkList.Kinds.Contains(k)) is { } kind
            ? NoSuchSkill(kind, WorkList.Kinds, "kinds")
        : skills.Languages.FirstOrDefault(l => !Texts.OfStatements.Contains(l)) is { } language
            ? NoSuchSkill(language, Texts.OfStatements, "languages")
        : (state?.Skills ?? new([], [])).IsSame(skills) ? [] : [new Event.SkillsSet(skills)];

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Blocked e => new State.Blocked((state?.Times ?? 0) + 1, e.Why) { Skills = state?.Skills },
        Event.Admitted  => new State.Admitted(state.Was<State.Blocked>(@event).Times) { Skills = state!.Skills },
        Event.SkillsSet e => (state ?? new State.Admitted(Times: 0)) with { Skills = e.Skills },
    };

    static readonly Remedy Mend = new("person.mend"), Look = new("person.look");
    static readonly Refusal OperatorsOnly = new("person.operators-only", Look);

    static Refusal NoSuchSkill(string what, ImmutableArray<string> known, string field) => new(
        "person.no-such-skill", Mend, ("skill", what), ("known", string.Join(", ", known))) { Field = field };

    static Refusal NoSuchReason(string reason, PeopleRules rules) => new("person.no-such-reason", Mend,
        ("reason", reason), ("known", string.Join(", ", rules.Reasons.Keys.Order(StringComparer.Ordinal))))
        { Field = "reason" };
}
