using System.Text;
using CsCheck;
using Recourse.Olist;
using Xunit;
using static Recourse.Tests.SmallHistory;
namespace Recourse.Tests;

public sealed class ReadingAHistory
{
    [Fact]
    public void Takes_local_times_exact_money_and_quoted_line_breaks()
    {
        var history = Good.Read();

        Assert.Empty(history.Faults);
        Assert.Equal(Instant.FromUtc(2018, 1, 5, 12, 0), history.Orders[0].Purchased);          // summer time: UTC-2
        Assert.Equal(new Money(9990, OlistHistory.Currency), history.Items[0].Price.Money);
        Assert.Equal("Muito bom, \"amei\"\nmesmo", history.Reviews[0].Message);
        Assert.All(history.Counts.Values, c => Assert.Equal(new(1, 0), c));
    }

    [Fact]
    public void Takes_a_time_that_the_clock_skipped_for_the_one_after_it() =>
        Assert.Equal(Instant.FromUtc(2018, 11, 4, 3, 30),
            Good.Only(OlistFile.Orders, Order("o1", promised: "2018-11-04 00:30:00")).Read().Orders[0].Promised);

    [Theory]
    [InlineData("99.9", 9990)]
    [InlineData("0", 0)]
    [InlineData("007.05", 705)]
    [InlineData("10000000000.00", Money.Most)]
    public void Reads_amounts_to_the_cent(string text, long minor) =>
        Assert.Equal(minor, Pay(text).Read().Payments[0].Amount.Money!.Value.Minor);

    [Fact]
    public void Names_each_file_that_is_missing()
    {
        var history = OlistHistory.Read("no-such-folder");
        Assert.Equal(OlistFile.All.Select(f => (OlistCode.FileMissing, f.Name, 0)),
            history.Faults.Select(f => (f.Code, f.File, f.Line)));
    }

    [Fact]
    public void Names_the_file_whose_header_is_another()
    {
        var files = Good.Files;
        files[OlistFile.Items.Name] = Encoding.UTF8.GetBytes("order_id,price\no1,5.00\n");
        var fault = Assert.Single(OlistHistory.Read(files).Faults);
        Assert.Equal((OlistCode.HeaderWrong, OlistFile.Items.Name, 1), (fault.Code, fault.File, fault.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("\0")]
    [InlineData("\"")]
    public void Takes_no_empty_file_for_a_history(string text)
    {
        var files = Good.Files;
        files[OlistFile.Orders.Name] = Encoding.UTF8.GetBytes(text);
        Assert.Equal(OlistCode.HeaderWrong, Assert.Single(OlistHistory.Read(files).Faults).Code);
    }

    [Theory]
    [InlineData("o1,2,credit_card,1", OlistCode.ColumnCountWrong)]
    [InlineData("o1,2,credit_card,1,5.00,x", OlistCode.ColumnCountWrong)]
    [InlineData("o1,2,\"credit_card,1,5.00", OlistCode.QuotesUnbalanced)]
    [InlineData("o1,2,credit\"card,1,5.00", OlistCode.QuotesUnbalanced)]
    [InlineData("o1,2,\"credit\"card,1,5.00", OlistCode.QuotesUnbalanced)]
    [InlineData("o1,two,credit_card,1,5.00", OlistCode.NumberUnreadable)]
    [InlineData("o1,99999999999,credit_card,1,5.00", OlistCode.NumberUnreadable)]
    [InlineData("o1,2,credit_card,1,5e3", OlistCode.AmountUnreadable)]
    [InlineData("o1,2,credit_card,1,5.", OlistCode.AmountUnreadable)]
    [InlineData("o1,2,credit_card,1,-", OlistCode.AmountUnreadable)]
    [InlineData("o1,2,credit_card,1,1.000.00", OlistCode.AmountUnreadable)]
    public void Says_which_row_of_which_file_is_malformed_and_reads_the_others(string row, string code)
    {
        var history = Good.With(OlistFile.Payments, row, "o1,3,voucher,1,1.00").Read();
        var fault = Assert.Single(history.Faults);
        Assert.Equal((code, OlistFile.Payments.Name, 3), (fault.Code, fault.File, fault.Line));
        Assert.Equal(new(3, 1), history.Counts[OlistFile.Payments.Name]);
        Assert.Equal([1, 3], history.Payments.Select(p => p.Number!.Value));
        Assert.True(Plan(history).Tally.IsEven);
    }

    [Theory]
    [InlineData("1999-12-31 20:00:00", OlistCode.DateOutOfRange)]
    [InlineData("2100-01-01 00:00:00", OlistCode.DateOutOfRange)]
    [InlineData("2018-02-30 00:00:00", OlistCode.DateUnreadable)]
    [InlineData("2018-02-03", OlistCode.DateUnreadable)]
    [InlineData("03/02/2018 10:00", OlistCode.DateUnreadable)]
    public void Takes_no_impossible_date(string date, string code)
    {
        var history = Good.Only(OlistFile.Orders, Order("o1", approved: date)).Read();
        Assert.Equal((code, 2), (history.Faults[0].Code, history.Faults[0].Line));
        Assert.Empty(history.Orders);
        Assert.True(Plan(history).Tally.IsEven);
    }

    [Fact]
    public void Finds_the_row_that_is_not_in_UTF_8_behind_a_quoted_line_break()
    {
        var files = Good.With(OlistFile.Reviews, "r2,o1,4,,§,2018-01-16 00:00:00,2018-01-17 08:00:00").Files;
        files[OlistFile.Reviews.Name] =
            Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(files[OlistFile.Reviews.Name]));
        var fault = Assert.Single(OlistHistory.Read(files).Faults);
        Assert.Equal((OlistCode.EncodingWrong, 4), (fault.Code, fault.Line));
    }

    [Fact]
    public void Takes_a_quote_that_never_closes_for_one_row_and_no_more()
    {
        var history = Good.With(OlistFile.Reviews,
            "r2,o1,4,,\"never closed,2018-01-16 00:00:00,2018-01-17 08:00:00",
            "r3,o1,4,,\"closed\r\nwell\",2018-01-16 00:00:00,2018-01-17 08:00:00").Read();
        Assert.Equal((OlistCode.QuotesUnbalanced, 4), (Assert.Single(history.Faults).Code, history.Faults[0].Line));
        Assert.Equal(["r1", "r3"], history.Reviews.Select(r => r.Id));
    }

    [Fact]
    public void Takes_a_row_that_is_endless_for_a_fault() =>
        Assert.Equal(OlistCode.RowTooLong, Assert.Single(Good.With(OlistFile.Sellers,
            $"s2,{new string('x', CsvLongest + 1)},a,SP").Read().Faults).Code);

    const int CsvLongest = 1 << 20;

    [Fact]
    public void Never_throws_whatever_the_bytes_and_every_row_is_somewhere() =>
        Gen.Select(OneOf([.. OlistFile.All]), Scraps, Gen.Bool).Sample((file, scraps, headed) =>
        {
            var files = Good.Files;
            var header = headed ? Encoding.UTF8.GetBytes(string.Join(',', file.Columns) + "\n") : [];
            files[file.Name] = [.. header, .. scraps.SelectMany(s => s)];
            var plan = Plan(OlistHistory.Read(files));
            Assert.True(plan.Tally.IsEven, string.Join('\n', plan.Tally.Files));
            _ = OlistReplay.Of(OlistHistory.Read(files));
        }, iter: 3_000);

    [Fact]
    public void Loses_no_row_when_bytes_of_good_files_are_changed()
    {
        var good = Good.With(OlistFile.Orders, Order("o2")).With(OlistFile.Items, "o2,1,x1,s1,,1.00,1.00").Files;
        var change = Gen.Select(OneOf([.. OlistFile.All]), Gen.Double.Unit, Gen.Int[0, 3], Scraps);
        change.Array[1, 6].Sample(changes =>
        {
            var files = good.ToDictionary();
            foreach (var (file, where, gone, scraps) in changes)
            {
                var (bytes, at) = (files[file.Name], (int)(where * files[file.Name].Length));
                files[file.Name] =
                    [.. bytes.Take(at), .. scraps.Take(2).SelectMany(s => s), .. bytes.Skip(at + gone)];
            }
            var history = OlistHistory.Read(files);
            Assert.True(Plan(history).Tally.IsEven);
            _ = OlistReplay.Of(history);
        }, iter: 5_000);
    }

    // Bytes that matter to a reader, pieces of real rows, and any bytes at all.
    static readonly Gen<byte[][]> Scraps = Gen.OneOf(
        OneOf("\"", "\"\"", ",", "\n", "\r", "\r\n", "\0", "é", "-", ".", "o1", "x1", "s1", "r1", "1", "5.00",
            "2018-01-05 10:00:00", "2018-01-05 10:00:00,", "9999999999.99", "o1,1,x1,s1,", "credit_card,1,", "canceled")
            .Select(Encoding.UTF8.GetBytes),
        Gen.Byte.Array[0, 4]).Array[0, 60];

    [Fact]
    public void Reads_back_whatever_is_quoted_as_it_must_be() =>
        Gen.String.Array[2].Array[1, 8].Sample(rows =>
        {
            var history = Good.Only(OlistFile.Reviews, [.. rows.Select((r, i) =>
                $"r{i},o1,3,{Quoted(r[0])},{Quoted(r[1])},,")]).Read();
            Assert.Empty(history.Faults);
            Assert.Equal(rows.Select(r => (Utf8(r[0]), Utf8(r[1]))), history.Reviews.Select(r => (r.Title, r.Message)));
        }, iter: 1_000);

    static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    static string Utf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    static SmallHistory Pay(string amount) => Good.Only(OlistFile.Payments, $"o1,1,credit_card,1,{amount}");
}
