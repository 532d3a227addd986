using Recourse.People;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Operators say what each of the staff is good at; their queue begins with that.</summary>
[Trait("Capability", "SUP-1")]
public sealed class KnowingWhoIsGoodAtWhat
{
    static readonly PersonId Gil = new("gil");

    static Decision<PersonAccount.Event> Ask(
        PersonAccount.State? state, Skills skills, Actor? who = null) => PersonAccount.Decide(
        Gil, state, new PersonAccount.Command.SetSkills(skills), new Asked(who ?? Operator, Wednesday, Published));

    static PersonAccount.State After(PersonAccount.State? state, Skills skills) =>
        PersonAccount.Evolve(state, Ask(state, skills).Events.ShouldHaveSingleItem());

    [Fact]
    public void Is_said_by_operators_alone_once_and_outlives_being_kept_out()
    {
        var knows = After(null, new(["reason", "appeal", "appeal"], ["pt-BR"]));
        knows.Skills!.Kinds.ShouldBe(["appeal", "reason"]);
        Ask(knows, new(["appeal", "reason"], ["pt-BR"])).Events.ShouldBeEmpty();
        Ask(knows, new([], []), Agent).Refusals.ShouldHaveSingleItem().Code.ShouldBe("person.operators-only");
        var blocked = PersonAccount.Evolve(knows, PersonAccount.Decide(Gil, knows,
            new PersonAccount.Command.Block("block.fraud", null), new(Operator, Wednesday, Published)).Events[0]);
        blocked.Skills.ShouldBe(knows.Skills);
        PersonAccount.Evolve(blocked, new PersonAccount.Event.Admitted()).Skills.ShouldBe(knows.Skills);
        After(blocked, new([], [])).ShouldBeOfType<PersonAccount.State.Blocked>();
    }

    [Fact]
    public void Must_be_work_that_there_is_and_a_language_that_is_told()
    {
        Ask(null, new(["cooking"], [])).Refusals.ShouldHaveSingleItem().Field.ShouldBe("kinds");
        Ask(null, new([], ["tlh"])).Refusals.ShouldHaveSingleItem().Field.ShouldBe("languages");
    }

    [Fact]
    public void Fits_what_is_of_its_kind_and_in_a_language_that_they_read_or_nobody_knows()
    {
        var skills = new Skills(["appeal"], ["ar"]);
        skills.Fit("appeal", "ar").ShouldBeTrue();
        skills.Fit("appeal", null).ShouldBeTrue();
        skills.Fit("appeal", "en").ShouldBeFalse();
        skills.Fit("reason", "ar").ShouldBeFalse();
        new Skills([], []).Fit("document", "fr").ShouldBeTrue();
    }
}
