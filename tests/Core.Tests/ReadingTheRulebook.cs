using CsCheck;
using Recourse.Adapters.Rulebooks;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.People;
using Recourse.Rulebooks;
using Xunit;
namespace Recourse.Tests;

[Trait("Capability", "POL-1")]
public sealed class ReadingTheRulebook
{
    static readonly Instant Monday = Instant.FromUtc(2026, 3, 30, 8, 0);
    static readonly string Shipped = RulebookFile.ShippedText();

    static ImmutableArray<RuleFault> FaultsOf(string text) => RulebookFile.Read(2, Monday, text).Faults;

    static int LineOf(string text, string part) =>
        text[..text.IndexOf(part, StringComparison.Ordinal)].Count(c => c is '\n') + 1;

    [Fact]
    public void The_shipped_edition_has_no_fault() => Assert.Equal(1, RulebookFile.Shipped().Version);

    [Theory]
    [InlineData("fee: 8 %", "fee: 8", "orders.fee", "percentage")]
    [InlineData("dispatchWithin: 3 business days", "dispatchWithin: soon", "orders.dispatchWithin", "stretch")]
    [InlineData("  objectWithin: 14", "  objectWihtin: 14", "orders.objectWihtin", "Unknown")]
    [InlineData("warnBefore: 24 hours", "warnBefore: 1 business day", "orders.warnBefore", "elapsed")]
    [InlineData("zone: Europe/Berlin", "zone: Europe/Bonn", "calendars.DE.zone", "time zone")]
    [InlineData("  PT:", "  XX:", "calendars.XX", "country")]
    [InlineData("thursday-4-11", "thursday-6-11", "calendars.US.holidays[9]", "must be a day")]
    [InlineData("cancel.wrong-variant:", "cancel.Wrong Variant:", "orders.reasons.cancel.Wrong Variant", "code")]
    [InlineData("address.phone-form: step", "address.phone-from: step",
        "checkouts.findings.address.phone-from", "one of")]
    [InlineData("by: [seller], shippingBorneBy: seller, marks: 1", "by: [sellers], shippingBorneBy: seller, marks: 1",
        "orders.reasons.cancel.out-of-stock.by[0]", "buyer or seller")]
    public void A_fault_is_named_with_its_line_and_its_path(string was, string now, string path, string problem)
    {
        var text = Shipped.Replace(was, now, StringComparison.Ordinal);
        var fault = Assert.Single(FaultsOf(text), f => f.Path == path);
        Assert.Equal(LineOf(text, now), fault.Line);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_the_program_itself_gives_can_not_be_left_out()
    {
        var text = Shipped.Replace("cancel.never-dispatched:", "cancel.never:", StringComparison.Ordinal);
        Assert.Contains(FaultsOf(text), f => f.Path == $"orders.reasons.{Reason.NeverDispatched}");
    }

    [Fact]
    public void An_edition_from_before_methods_had_windows_of_their_own_still_reads()
    {
        var text = string.Join('\n', Shipped.Split('\n').Where(l => !l.Contains("aidLater") && !l.Contains("boleto")));
        var (rulebook, faults) = RulebookFile.Read(2, Monday, text);
        Assert.Empty(faults);
        Assert.Empty(rulebook!.Of<CheckoutRules>().PaidLater);
    }

    [Fact]
    public void An_edition_that_was_published_before_a_section_existed_has_it_as_it_is_shipped()
    {
        var old = Shipped[..Shipped.IndexOf("\npeople:", StringComparison.Ordinal)];
        Assert.Contains(FaultsOf(old), f => f.Path == "people");
        var (rulebook, faults) = RulebookFile.ReadStored(2, Monday, old);
        Assert.Empty(faults);
        Assert.Equal(RulebookFile.Shipped().Of<PeopleRules>().Reasons.Keys, rulebook!.Of<PeopleRules>().Reasons.Keys);
    }

    [Fact]
    public void An_edition_from_before_anything_could_be_taken_back_still_reads()
    {
        var (old, faults) = RulebookFile.Read(2, Monday, Without("undoSeconds"));
        Assert.Empty(faults);
        Assert.Equal(RulebookFile.Shipped().Of<OrderRules>().UndoWithin, old!.Of<OrderRules>().UndoWithin);
    }

    [Theory, InlineData("4"), InlineData("601"), InlineData("half a minute")]
    public void Nothing_can_be_taken_back_at_once_or_for_long(string seconds)
    {
        var text = Shipped.Replace("undoSeconds: 30", $"undoSeconds: {seconds}", StringComparison.Ordinal);
        var fault = Assert.Single(FaultsOf(text));
        Assert.Equal(("orders.undoSeconds", LineOf(text, "undoSeconds:")), (fault.Path, fault.Line));
    }

    static string Without(string name) =>
        string.Join('\n', Shipped.Split('\n').Where(l => !l.Contains(name, StringComparison.Ordinal)));

    [Fact]
    public void Stock_must_be_kept_as_long_as_the_slowest_method_takes()
    {
        var text = Shipped.Replace("unpaidWithin: 21 days", "unpaidWithin: 20 days", StringComparison.Ordinal);
        var fault = Assert.Single(FaultsOf(text));
        Assert.Equal(("orders.unpaidWithin", LineOf(text, "unpaidWithin:")), (fault.Path, fault.Line));
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x", 1, "Anchors")]
    [InlineData("a: 1\nb: *x", 2, "Aliases")]
    [InlineData("a: !!int 1", 1, "Tags")]
    [InlineData("a: [1\nb: 2", 2, "YAML")]
    [InlineData("a: 1\n---\nb: 2", 2, "one document")]
    [InlineData("", 1, "empty")]
    [InlineData("- a", 1, "map of sections")]
    public void Only_plain_YAML_is_read(string text, int line, string problem)
    {
        var fault = Assert.Single(FaultsOf(text));
        Assert.Equal(line, fault.Line);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_too_long_or_too_deep_is_refused()
    {
        Assert.Contains("longer", Assert.Single(FaultsOf(new string('#', 300_000))).Problem, StringComparison.Ordinal);
        Assert.Contains("deeper", Assert.Single(FaultsOf(new string('[', 1_000))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_at_all_makes_the_reader_throw()
    {
        var pieces = Gen.OneOf("orders:", "calendars:", "\n", "  ", "- ", "[", "]", "{", "}", ": ", "\"", "'", "|",
            "&a", "*a", "!!x", "%", "8 %", "reasons:", "cancel.lost:", "by", "2026-02-30", "easter-", "...", "---",
            "\t", "\u0000", "é", "..", "monday-9-99", "2026-01-01..2030-01-01", "? ", "#", ",");
        pieces.Array[0, 60].Select(all => string.Concat(all))
            .Sample(text => Assert.NotNull(Safely(text)), iter: 20_000);
        (from at in Gen.Int[0, Shipped.Length - 1]
         from cut in Gen.Int[0, 40]
         from piece in pieces
         select Shipped[..at] + piece + Shipped[Math.Min(Shipped.Length, at + cut)..])
            .Sample(text => Assert.NotNull(Safely(text)), iter: 300);

        static object Safely(string text) => RulebookFile.Read(2, Monday, text) switch
        {
            (null, { IsEmpty: false } faults) => faults.Where(f => f.Line > 0).ToList(),
            (not null, { IsEmpty: true })     => text,
            _                                 => null!,
        };
    }
}
