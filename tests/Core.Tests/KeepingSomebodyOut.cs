using Recourse.People;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

[Trait("Capability", "SUP-2")]
public sealed class KeepingSomebodyOut
{
    static readonly PersonId Bea = new("bea");
    static readonly Actor Herself = new Actor.Buyer(new("bea"));

    static Decision<PersonAccount.Event> Ask(
        PersonAccount.State? state, PersonAccount.Command command, Actor? who = null) =>
        PersonAccount.Decide(Bea, state, command, new Asked(who ?? Operator, Wednesday, Published));

    static PersonAccount.Command Block(string reason = "block.fraud") => new PersonAccount.Command.Block(reason, null);

    static PersonAccount.State Done(PersonAccount.State? state, PersonAccount.Command command) =>
        PersonAccount.Evolve(state, Assert.Single(Ask(state, command).Events));

    [Fact]
    public void Says_why_by_which_rule_what_can_be_done_and_until_when_to_appeal()
    {
        var why = Assert.IsType<PersonAccount.Event.Blocked>(Assert.Single(Ask(null, new PersonAccount.Command.Block(
            "block.fraud", Sold)).Events)).Why;
        Assert.Equal(("block.fraud", "person.blocked", "people.reasons.block.fraud", 1),
            (why.Code, why.Outcome, why.Rule, why.Rulebook));
        Assert.Equal(new DecidedBy.Person(Party.Operator), why.By);
        Assert.Equal([new("appeal.open"), new("access.ask-operator")], why.Remedies);
        Assert.True(why.AppealUntil - why.IssuedAt >= Duration.FromDays(180));
        Assert.Equal(["times", "order"], why.Facts.Select(f => f.Name));
        Assert.All(Texts.Languages, l =>
            Assert.DoesNotContain("{", Texts.In(l, DateTimeZone.Utc).Tell(why, Party.Buyer), StringComparison.Ordinal));
    }

    [Fact]
    public void Is_told_to_the_person_by_letter_and_so_is_being_let_in_again()
    {
        var blocked = Assert.Single(Ask(null, Block()).Events);
        var told = Assert.Single(PersonAccount.Notices(Bea, null, blocked));
        Assert.Equal(("person/bea", Matter.Decisions), (told.To, told.Topic));
        Assert.Same(((PersonAccount.Event.Blocked)blocked).Why, told.Why);
        Assert.Equal("person-admitted",
            Assert.Single(PersonAccount.Notices(Bea, null, new PersonAccount.Event.Admitted())).Code);
    }

    [Fact]
    public void Is_decided_by_operators_alone_and_read_by_the_person_and_staff()
    {
        Assert.Equal("person.operators-only", Assert.Single(Ask(null, Block(), Agent).Refusals).Code);
        Assert.Equal("person.operators-only", Assert.Single(
            Ask(Done(null, Block()), new PersonAccount.Command.Admit(), Herself).Refusals).Code);
        Assert.Equal("kernel.not-found", Assert.Single(Ask(null, Block(), Stranger).Refusals).Code);
        Assert.Equal("kernel.not-found", Assert.Single(Ask(null, Block(), Seller).Refusals).Code);
        Assert.Equal(Party.Buyer, PersonAccount.PartyOf(Bea, null, Herself));
    }

    [Fact]
    public void Needs_a_reason_that_the_rulebook_knows()
    {
        var no = Assert.Single(Ask(null, Block("block.whim")).Refusals);
        Assert.Equal(("person.no-such-reason", "reason"), (no.Code, no.Field));
        Assert.Equal("person.no-such-reason", Assert.Single(Ask(null, Block(null!)).Refusals).Code);
    }

    [Fact]
    public void Said_twice_is_done_once_and_each_further_time_is_counted()
    {
        var once = Done(null, Block());
        Assert.True(Ask(once, Block("block.abuse")) is { Events.IsEmpty: true, Refusals.IsEmpty: true });
        var free = Done(once, new PersonAccount.Command.Admit());
        Assert.True(Ask(free, new PersonAccount.Command.Admit()) is { Events.IsEmpty: true, Refusals.IsEmpty: true });
        Assert.True(Ask(null, new PersonAccount.Command.Admit()) is { Events.IsEmpty: true, Refusals.IsEmpty: true });
        Assert.Equal(2, Done(free, Block()).Times);
    }
}
