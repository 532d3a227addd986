using System.Collections.Immutable;
using NodaTime;
using Recourse.Reviews;
using Shouldly;
using Xunit;
using static Recourse.Tests.Example;
namespace Recourse.Tests;

/// <summary>Words with places for facts: nothing is sent with a place left empty.</summary>
[Trait("Capability", "SUP-1")]
public sealed class KeepingMacros
{
    static readonly MacroId Id = new("late");
    static readonly Instant Now = Instant.FromUtc(2026, 3, 3, 10, 0);

    static Decision<Macro.Event> When(Macro.State? state, Macro.Command command, Actor? who = null) =>
        Macro.Decide(Id, state, command, new(who ?? Operator, Now, Published));

    static Macro.Command.Put Put(params (string Language, string Text)[] texts) =>
        new([.. texts.Select(t => new MacroText(t.Language, t.Text))]);

    static Macro.State After(Macro.State? state, Macro.Command command) =>
        When(state, command).Events.Aggregate(state, Macro.Evolve)!;

    static Macro.State Known => After(null, Put(("pt-BR", "At\u00e9 {until}."), ("en", "By {until}.")));

    [Fact]
    public void The_same_words_said_twice_are_one_version_and_what_was_retired_comes_back_as_another()
    {
        Known.Version.ShouldBe(1);
        When(Known, Put(("en", "By {until}."), ("pt-BR", "At\u00e9 {until}."))).Events.ShouldBeEmpty();
        var retired = After(Known, new Macro.Command.Retire());
        When(retired, new Macro.Command.Retire()).Events.ShouldBeEmpty();
        var again = After(retired, Put(("en", "By {until}.")));
        (again.Version, again.IsRetired).ShouldBe((2, false));
        When(null, new Macro.Command.Retire()).Refusals.ShouldHaveSingleItem().ShouldBe(Refusal.NotFound);
    }

    [Theory]
    [InlineData("macro.no-such-fact", "en", "{name}, hello.")]
    [InlineData("macro.no-such-fact", "en", "{amount is yours.")]
    [InlineData("macro.no-such-fact", "en", "{Amount} is yours.")]
    [InlineData("macro.bad-text", "en", "  ")]
    [InlineData("macro.no-english", "es", "Hola.")]
    [InlineData("macro.no-such-language", "tlh", "nuqneH")]
    public void What_could_not_be_sent_is_not_kept(string code, string language, string text) =>
        When(null, Put((language, text))).Refusals.Select(r => r.Code).ShouldContain(code);

    [Fact]
    public void Nothing_that_is_asked_throws()
    {
        When(null, new Macro.Command.Put(default)).Refusals.ShouldNotBeEmpty();
        When(null, new Macro.Command.Put([null!, new(null!, null!), new("en", null!)])).Refusals.Length.ShouldBe(3);
        When(null, Put(("en", new string('x', Macro.Longest + 1)))).Refusals.ShouldHaveSingleItem();
        When(null, new Macro.Command.Wake(Now), new Actor.Clock()).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Only_operators_keep_them_and_only_staff_see_them()
    {
        When(null, Put(("en", "Hello.")), new Actor.Agent("gil")).Refusals.ShouldHaveSingleItem().Code
            .ShouldBe("macro.operators-only");
        When(Known, new Macro.Command.Retire(), new Actor.Buyer(new("bea"))).Refusals.ShouldHaveSingleItem()
            .ShouldBe(Refusal.NotFound);
    }

    [Fact]
    public void Whoever_reads_no_language_of_it_reads_English()
    {
        Known.For("pt-BR").Language.ShouldBe("pt-BR");
        Known.For("pt").Language.ShouldBe("pt-BR");
        Known.For("ar").Language.ShouldBe("en");
    }

    [Fact]
    public void Facts_stand_in_their_places_and_each_that_is_missing_is_named_once()
    {
        var texts = Texts.ForStatements("en", DateTimeZone.Utc);
        var (text, none) = Macro.Fill(
            "{amount}, {amount} and {order}.", [("amount", new Money(1250, Currency.Eur)), ("order", "x1")], texts);
        (text, none.IsEmpty).ShouldBe(("12.50 EUR, 12.50 EUR and x1.", true));
        var (_, missing) = Macro.Fill("{amount} {order} {order}", [("amount", 3)], texts);
        missing.ShouldHaveSingleItem().Code.ShouldBe("macro.fact-missing");
        missing[0].Facts.ShouldHaveSingleItem().ShouldBe(new Named("fact", "order"));
    }

    [Fact]
    public void Every_place_has_a_word() =>
        Macro.Facts.ShouldBe(["order", "amount", "reason", "decided", "until"]);
}
