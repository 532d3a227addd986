using System.Text;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1")]
public sealed class ReplayingAHistoryOfFraud
{
    const string Head = "user_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,class\n";

    // Made up: a quiet January, one device with four accounts in a minute, a family in March.
    const string Small = Head + """
        1,12/1/14 9:00,1/3/15 10:00,40,HOME1,SEO,Chrome,F,31,0
        2,12/9/14 9:00,1/4/15 11:30,25,HOME2,Ads,Safari,M,45,0
        3,1/5/15 3:00,1/5/15 3:00,14,FARM,Ads,Chrome,M,22,1
        4,1/5/15 3:00,1/5/15 3:01,14,FARM,Ads,Chrome,M,22,1
        5,1/5/15 3:01,1/5/15 3:01,14,FARM,Ads,Chrome,M,22,1
        6,1/5/15 3:02,1/5/15 3:02,14,FARM,Ads,Chrome,M,22,1
        7,1/9/15 12:00,2/20/15 12:00,60,HOME7,SEO,IE,F,50,1
        8,1/9/15 12:00,3/1/15 12:00,60,HOME8,SEO,IE,F,50,0
        9,1/9/15 12:00,3/9/15 12:00,60,HOME8,SEO,IE,M,51,0
        1,12/1/14 9:00,3/20/15 10:00,41,HOME1,SEO,Chrome,F,31,0

        """;

    static (ImmutableArray<LabelledPurchase> Purchases, ImmutableArray<BadRow> Bad) Read(string text) =>
        FraudFile.Read("made-up.csv", Encoding.UTF8.GetBytes(text)) ?? throw new ArgumentException(text);

    static FraudReport Replay(string text)
    {
        var (purchases, bad) = Read(text);
        return FraudReplay.Of(purchases, bad, Book, alert => Assert.Fail($"{alert}"));
    }

    [Fact]
    public void Every_purchase_is_screened_by_what_was_known_at_its_instant()
    {
        var report = Replay(Small);
        Assert.Equal(new OutcomeCounts(1, 1, 1, 2), report.Total.Fraud);
        Assert.Equal(new OutcomeCounts(4, 1, 0, 0), report.Total.Honest);
        Assert.Equal((4, 1, 1), (report.Total.FraudCaught, report.Total.FraudMissed, report.Total.HonestTroubled));
        Assert.Equal((0.8, 0.2), (report.Total.FraudStoppedShare, report.Total.HonestTroubledShare));
    }

    [Fact]
    public void It_is_told_month_by_month_and_half_by_half()
    {
        var report = Replay(Small);
        Assert.Equal(["2015-01", "2015-02", "2015-03"], report.Months.Select(m => m.Month));
        Assert.Equal([(6, 4, 0), (1, 0, 0), (3, 0, 1)],
            report.Months.Select(m => (m.Purchases, m.FraudCaught, m.HonestTroubled)));
        Assert.Equal((5, 5), (report.FirstHalf.Purchases, report.SecondHalf.Purchases));
        Assert.Equal(report.Total.Fraud, report.FirstHalf.Fraud + report.SecondHalf.Fraud);
        Assert.Equal(report.Total.Honest, report.FirstHalf.Honest + report.SecondHalf.Honest);
    }

    [Fact]
    public void The_order_of_rows_and_of_columns_does_not_matter()
    {
        var rows = Small.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => r.Split(','));
        var turned = "class,device_id,purchase_value,purchase_time,signup_time,user_id,note\r\n" + string.Concat(
            rows.Reverse().Select(r => $"{r[9]},{r[4]},{r[3]},{r[2]},{r[1]},{r[0]},\"a, b\"\r\n"));
        Assert.Equal(Replay(Small).Months.AsEnumerable(), Replay(turned).Months);
    }

    [Fact]
    public void Times_are_read_to_the_minute_or_the_second()
    {
        var read = Read(Head + "1,2015-02-24 22:55:49,2015-04-18 02:47:11,34,D,SEO,Chrome,M,39,0\n");
        Assert.Equal("2015-04-18T02:47:11Z", $"{Assert.Single(read.Purchases).BoughtAt}");
        Assert.Equal("2015-01-03T10:00:00Z", $"{Read(Small).Purchases[0].BoughtAt}");
    }

    [Fact]
    public void A_bad_row_is_told_with_its_line_and_loses_nothing_else()
    {
        var bad = Small.Replace("2,12/9/14 9:00", ",12/9/14 9:00", StringComparison.Ordinal)
            .Replace("7,1/9/15 12:00,2/20/15 12:00", "7,1/9/15 12:00,2/30/15 12:00", StringComparison.Ordinal)
            .Replace("HOME8,SEO,IE,M,51,0", "HOME8,SEO,IE,M,51,0,more", StringComparison.Ordinal)
            + "10,1/9/15 12:00,1/1/15 12:00,60,D,SEO,IE,M,51,0\n11,1/9/15 12:00,3/1/15 12:00,much,D,SEO,IE,M,51,0\n"
            + "12,1/9/15 12:00,3/1/15 12:00,60,D,SEO,IE,M,51,maybe\n13,1/9/15 12:00,3/1/15 12:00,60,\"D\n";
        var (purchases, problems) = Read(bad);
        Assert.Equal([3, 8, 10, 12, 13, 14, 15], problems.Select(p => p.Line));
        Assert.Contains("user_id", problems[0].Problem, StringComparison.Ordinal);
        Assert.Contains("purchase_time", problems[1].Problem, StringComparison.Ordinal);
        Assert.Contains("10 columns", problems[2].Problem, StringComparison.Ordinal);
        Assert.Equal(["1", "3", "4", "5", "6", "8", "1"], purchases.Select(p => p.User));
        Assert.Equal(problems, Replay(bad).BadRows.AsEnumerable());
    }

    [Fact]
    public void A_file_of_something_else_is_none() =>
        Assert.Null(FraudFile.Read("orders.csv", "order_id,customer_id\n1,2\n"u8));

    [Fact]
    public void Labels_are_heard_a_month_later()
    {
        string Bought(int day, int month) =>
            $"1,1/1/14 9:00,{month}/{day}/15 10:00,40,D{month}{day},SEO,Chrome,F,31,1\n";
        var frauds = Head + Bought(1, 3) + Bought(2, 3) + Bought(20, 3);
        Assert.Equal(0, Replay(frauds).Total.FraudCaught);
        Assert.Equal(1, Replay(frauds + Bought(1, 4)).Total.FraudCaught);
        Assert.Equal(2, Replay(frauds + Bought(1, 4) + Bought(2, 4)).Total.FraudCaught);
    }
}

/// <summary>On the shared folder's data, which is not part of the repository.</summary>
[Trait("Capability", "RSK-1")]
public sealed class TheRealHistoryOfFraud(ITestOutputHelper output)
{
    [Fact]
    public void Stops_two_frauds_of_three_and_troubles_one_honest_buyer_of_a_hundred_at_most()
    {
        if (Read() is not { } history) return;
        var report = FraudReplay.Of(history.Purchases, history.Bad, Book, alert => Assert.Fail($"{alert}"));
        Tell(report);
        Assert.Empty(report.BadRows);
        Assert.True(report.Total.HonestTroubledShare <= 0.01);
        Assert.True(report.Total.FraudStoppedShare >= 0.66);
        Assert.All(report.Months, m => Assert.True(m.HonestTroubledShare <= 0.01, m.Month));
    }

    [Theory, InlineData(2), InlineData(4), InlineData(6)]
    public void Stays_quiet_where_there_is_little_to_find(int month)
    {
        if (Read() is not { } history) return;
        var from = Instant.FromUtc(2015, month, 1, 0, 0);
        var report = FraudReplay.Of(
            [.. history.Purchases.Where(p => p.BoughtAt >= from)], [], Book, alert => Assert.Fail($"{alert}"));
        Tell(report);
        Assert.True(report.Total.HonestTroubledShare <= 0.005);
    }

    [Fact]
    public void A_model_learned_from_its_first_half_stops_no_less_and_troubles_no_more_than_one_in_two_hundred()
    {
        if (Read() is not { } history) return;
        var models = new ModelShelf();
        var model = ModelTraining.Of(history.Purchases, ModelTraining.HalfOf(history.Purchases))!;
        models.Put(model);
        var book = Book with { Sections = Book.Sections.Replace(Rules, Rules with { Model = model.Version }) };
        var report = FraudReplay.Of(history.Purchases, [], book, alert => Assert.Fail($"{alert}"), models);
        Tell(report);
        Assert.Equal(model.Version, report.Model!.Version);
        Assert.True(report.Total.HonestTroubledShare <= 0.005);
        Assert.True(report.SecondHalf.HonestTroubledShare <= 0.005);
        Assert.True(report.Total.FraudStoppedShare >= 0.66);
    }

    void Tell(FraudReport report)
    {
        foreach (var m in report.Months)
            output.WriteLine($"{m.Month} {m.Honest} {m.Fraud} {m.HonestTroubledShare:P2} {m.FraudStoppedShare:P2}");
        output.WriteLine($"total {report.Total.HonestTroubledShare:P2} {report.Total.FraudStoppedShare:P2}");
        foreach (var rule in report.Rules) output.WriteLine($"{rule}");
    }

    (ImmutableArray<LabelledPurchase> Purchases, ImmutableArray<BadRow> Bad)? Read()
    {
        if (Folder() is not { } folder) return null;
        return FraudFile.ReadFolder(folder) ?? throw new InvalidOperationException($"{folder} has no such file.");
    }

    // Beside the repository, or where RECOURSE_SHARED says.
    string? Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "global.json"))) root = root.Parent;
        var shared = Environment.GetEnvironmentVariable("RECOURSE_SHARED") ?? $"{root?.Parent?.FullName}/shared";
        var folder = Path.Combine(shared, "data", "fraud");
        if (Directory.Exists(folder)) return folder;
        var sentence = $"The real history of fraud is absent ({folder}): nothing of it was tested here.";
        output.WriteLine(sentence);
        Console.WriteLine(sentence);
        return null;
    }
}
