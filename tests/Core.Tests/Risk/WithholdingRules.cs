using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
using Xunit;
namespace Recourse.Tests;

[Trait("Capability", "RSK-2")]
public sealed class WithholdingRules
{
    static readonly string Shipped = RulebookFile.ShippedText();

    static RuleNode.Map TreeOf(string text) => (RuleNode.Map)RulebookFile.Parse(text).Tree!;

    static IEnumerable<string> NamesOf(string text, string section) =>
        ((RuleNode.Map)TreeOf(text).Entries.Single(e => e.Name == section).Node).Entries.Select(e => e.Name);

    [Fact]
    public void Everybody_reads_the_rulebook_without_the_rules_of_screening()
    {
        var text = RulebookFile.ForEverybody(Shipped);
        Assert.Equal(TreeOf(Shipped).Entries.Select(e => e.Name), TreeOf(text).Entries.Select(e => e.Name));
        Assert.Equal(NamesOf(Shipped, "risk").Where(n => n is not "rules"), NamesOf(text, "risk"));
        Assert.Equal(NamesOf(Shipped, "orders"), NamesOf(text, "orders"));
        Assert.Contains("withheld", text, StringComparison.Ordinal);
        Assert.DoesNotContain("second-account-on-a-device", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk:\n  rules:\n    a: 1\n    b: 2\n  verifyFrom: 3\norders: 4\n", "verifyFrom")]
    [InlineData("risk:\n  verifyFrom: 3\n  rules: { a: 1, b: 2 }\norders: 4\n", "verifyFrom")]
    [InlineData("risk: { verifyFrom: 3, rules: { a: 1, b: 2 } }\norders: 4\n", "orders")]
    [InlineData("orders: 4\nrisk:\n  { verifyFrom: 3,\n  rules: { a: 1,\n b: 2 }, holdFrom: 5 }\n", "orders")]
    public void However_they_are_written_they_are_left_out_and_the_rest_stays(string text, string stays)
    {
        var seen = RulebookFile.ForEverybody(text);
        Assert.Contains(stays, seen, StringComparison.Ordinal);
        Assert.Contains("orders: 4", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("a: 1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("b: 2", seen, StringComparison.Ordinal);
    }

    [Theory, InlineData("orders: 4\n"), InlineData("risk: [1]\n"), InlineData("risk:\n  verifyFrom: 3\n")]
    public void A_text_without_them_stays_as_it_is(string text) => Assert.Equal(text, RulebookFile.ForEverybody(text));
}
