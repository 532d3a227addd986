using Recourse.Rulebooks;
namespace Recourse.Conversations;

/// <summary>The rulebook's section on what buyers and sellers write to each other.</summary>
/// <param name="Longest">A message has at most so many characters.</param>
/// <param name="MostAnHour">So many messages of one side within an hour.</param>
/// <param name="Most">So many in all, of one order.</param>
/// <param name="Offers">What one side can offer, and the other accept.</param>
public sealed record ConversationRules(int Longest, int MostAnHour, int Most, ImmutableArray<string> Offers) : IRules
{
    /// <summary>Editions from before there were conversations: as the shipped one had it, without offers.</summary>
    public static readonly ConversationRules Before = new(2_000, 20, 200, []);

    /// <summary>Reads the section.</summary>
    public static ConversationRules Read(RuleReader r)
    {
        var rules = new ConversationRules(
            r.Number("longest", least: 100, most: 10_000), r.Number("mostAnHour", least: 1, most: 1_000),
            r.Number("most", least: 1, most: 1_000), r.Texts("offers"));
        foreach (var code in rules.Offers)
            if (code.Split('.') is not ["offer", var rest] || !Derived.IsCode(rest))
                r.Fault("offers", $"\"{code}\" must be a code such as offer.send-later.");
        r.Done();
        return rules;
    }
}
