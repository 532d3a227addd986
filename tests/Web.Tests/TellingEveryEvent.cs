using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>What is told of an event is a sentence, and never its code.</summary>
public sealed class TellingEveryEvent
{
    public static TheoryData<string> Events =>
    [
        .. from kind in Modules.Kinds
           where kind.Name is not "rates"                                    // no record of these is shown
           from type in kind.Types.Event.Assembly.GetTypes()
           where !type.IsAbstract && kind.Types.Event.IsAssignableFrom(type)
           select $"event.{kind.Name}.{Closed.NameOf(type.Name)}",
    ];

    [Theory, MemberData(nameof(Events))]
    public void Has_words(string code) => Texts.In("en", DateTimeZone.Utc).Has(code).ShouldBeTrue(code);
}
