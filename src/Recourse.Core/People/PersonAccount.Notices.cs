namespace Recourse.People;

public static partial class PersonAccount
{
    /// <summary>What a person is told about being let in or not: by letter, since they can't come in to read it.
    /// </summary>
    public static IEnumerable<Notice> Notices(PersonId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Blocked e => [ToBuyer("person-blocked", e.Why)],
            Event.Admitted  => [ToBuyer("person-admitted", null)],
            Event.SkillsSet => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Statement? why) =>
            new(code, Matter.Decisions, $"{id}", Party.Buyer, id, [], why);
    }
}
