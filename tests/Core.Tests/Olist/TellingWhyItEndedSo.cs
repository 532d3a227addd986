using System.Reflection;
using System.Text.RegularExpressions;
using Recourse.Olist;
using Recourse.Orders;
using Xunit;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

public sealed partial class TellingWhyItEndedSo
{
    public static TheoryData<string, string> Ends => new()
    {
        { Order("o1"), "" },
        { Order("o1", delivered: "2018-01-22 00:00:00"), OlistCode.DeliveredLate },
        { Order("o1", status: "canceled", handed: "", delivered: ""), OlistCode.EndedCancelled },
        { Order("o1", status: "canceled", approved: "", handed: "", delivered: ""),
            OlistCode.EndedCancelledUnapproved },
        { Order("o1", status: "unavailable", handed: "", delivered: ""), OlistCode.EndedUnavailable },
        { Order("o1", status: "shipped", delivered: ""), OlistCode.EndedOnItsWay },
        { Order("o1", status: "invoiced", handed: "", delivered: ""), OlistCode.EndedUndispatched },
        { Order("o1", status: "created", approved: "", handed: "", delivered: ""), OlistCode.EndedUnapproved },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Says_how_it_ended_and_that_a_refund_is_not_told(string order, string code)
    {
        var why = OlistWhy.Of(Assert.Single(Good.Only(OlistFile.Orders, order).Orders()));
        Assert.Equal(code, why.IsEmpty ? "" : why[0].Code);
        Assert.Equal(code.Contains("ended"), why.Any(f => f.Code is OlistCode.RefundNotTold));
    }

    [Fact]
    public void Points_to_the_first_part_where_the_payments_stand()
    {
        var orders = Good.With(OlistFile.Items, "o1,2,x1,s2,,1.00,1.00")
            .Only(OlistFile.Orders, Order("o1", status: "shipped", delivered: "")).Orders();
        Assert.Equal([OlistCode.EndedOnItsWay, OlistCode.PaidOnFirstPart],
            OlistWhy.Of(orders[1]).Take(2).Select(f => f.Code));
    }

    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Has_words_for_every_code_in_every_language(string language)
    {
        var texts = Texts.In(language, OlistHistory.Zone);
        Assert.Equal(Codes.Order(), texts.Codes.Where(c => c.StartsWith("olist.")).Order());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Fills_every_place_in_the_words_from_its_facts(string language)
    {
        var texts = Texts.In(language, OlistHistory.Zone);
        foreach (var finding in Findings())
            Assert.Empty(Hole().Matches(texts.Tell(finding.Code)).Select(m => m.Groups[1].Value)
                .Except(finding.Facts.Select(f => f.Name)).Select(name => $"{finding.Code}: {name}"));
    }

    static IEnumerable<string> Codes => typeof(OlistCode).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    static IEnumerable<Finding> Findings() =>
    [
        .. TakingAHistoryOver.Orders.Concat(Ends).SelectMany(row =>
            Good.Only(OlistFile.Orders, row.Data.Item1).Orders().SelectMany(o => OlistWhy.Of(o))),
        .. TakingAHistoryOver.Rows.SelectMany(row => Good.With(File(row.Data.Item1), row.Data.Item2).Orders())
            .SelectMany(o => o.Findings),
        .. TakingAHistoryOver.Astray.SelectMany(row => Good.With(File(row.Data.Item1), row.Data.Item2).Plan().Strays)
            .Select(s => s.Finding),
        .. Good.Only(OlistFile.Items, "o1,1,x8,s8,,99.90,10.05").Only(OlistFile.Payments).Orders()[0].Findings,
        .. OlistHistory.Read("no-such-folder").Faults.Select(f => new Finding(f.Code, f.Facts)),
    ];

    static OlistFile File(string name) => OlistFile.All.Single(f => f.Name == name);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();
}
