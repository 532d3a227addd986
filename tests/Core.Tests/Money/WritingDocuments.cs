using System.Globalization;
using System.Text;
using Recourse.Adapters.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using Xunit;
namespace Recourse.Tests;

/// <summary>Documents are read back as a reader of ours would.</summary>
[Trait("Capability", "PAY-4")]
public sealed class WritingDocuments
{
    const string Box = "A box stands for letters that can't be shown.";

    static TableDocument Empty(string title, string seller, bool fromRight = false) => new()
    {
        Title = title, Language = fromRight ? "ar" : "en", IsRightToLeft = fromRight, Lead = [seller],
        Columns =
        [
            new("When", 100), new("What", 200), new("Net", 100, IsAmount: true), new("Balance", 100, IsAmount: true),
        ],
        PageOf = (page, all) => $"Page {page} of {all}", Incomplete = Box,
    };

    static (PdfDocument Pdf, ImmutableArray<string> Lines) Read(TableDocument document)
    {
        var pdf = PdfDocument.Open(document.ToBytes());
        return (pdf, [.. pdf.GetPages().SelectMany(Lines)]);
    }

    /// <summary>From top to bottom, each from left to right.</summary>
    static IEnumerable<string> Lines(Page page) => page.Letters
        .GroupBy(l => Math.Round(l.StartBaseLine.Y, 0)).OrderByDescending(g => g.Key)
        .Select(g => string.Concat(g.OrderBy(l => l.StartBaseLine.X).Select(l => l.Value)));

    [Fact]
    public void Have_every_line_its_sums_and_the_number_of_each_page()
    {
        const int rows = 120;
        var document = Empty("Statement of 2026-03", "Façade & Söhne 2 – 10 €");
        var balance = 0L;
        for (var i = 1; i <= rows; i++)
            document.Row(
                bold: false, $"2026-03-{i % 28 + 1:00}", $"Order no{i:000}", Plain(100 + i), Plain(balance += 100 + i));
        document.Row(bold: true, "Closing", "", "", Plain(balance));
        var (pdf, lines) = Read(document);

        Assert.Equal("Statement of 2026-03", pdf.Information.Title);
        Assert.Equal("Statement of 2026-03", lines[0]);
        Assert.Contains("Façade & Söhne 2 – 10 €", lines);
        Assert.DoesNotContain(Box, lines);
        Assert.True(pdf.NumberOfPages > 1);
        for (var page = 1; page <= pdf.NumberOfPages; page++)
        {
            Assert.Contains($"Page {page} of {pdf.NumberOfPages}", lines);
            Assert.Contains("WhenWhatNetBalance", Lines(pdf.GetPage(page)));
        }
        var net = 0L;
        for (var i = 1; i <= rows; i++)
        {
            net += 100 + i;
            Assert.Contains($"2026-03-{i % 28 + 1:00}Order no{i:000}{Plain(100 + i)}{Plain(net)}", lines);
        }
        Assert.Contains($"Closing{Plain(net)}", lines);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Have_amounts_that_end_under_each_other_within_the_page(bool fromRight)
    {
        var document = Empty("Statement", "Ana", fromRight);
        foreach (var minor in (long[])[1, -12_345_678, 100])
            document.Row(bold: false, "", "", Plain(minor), Plain(minor));
        var page = Read(document).Pdf.GetPage(1);
        double[] ends =
        [
            .. page.Letters.Where(l => l.Value is "1" or "8" or "0" && l.StartBaseLine.Y > 100)
                .GroupBy(l => Math.Round(l.StartBaseLine.Y, 0)).Select(g => g.Max(l => l.EndBaseLine.X)),
        ];
        Assert.Equal(3, ends.Length);
        Assert.All(ends, end => Assert.Equal(ends[0], end, 0.6));
        Assert.All(page.Letters, l => Assert.InRange(l.EndBaseLine.X, 0, page.Width));
    }

    [Fact]
    public void Break_words_that_are_too_long_and_lose_no_letter()
    {
        var word = string.Concat(Enumerable.Range(0, 90).Select(i => (char)('a' + i % 26)));
        var document = Empty("Statement", "Ana");
        document.Row(bold: false, "1", $"short {word}", "1.00", "1.00");
        var read = string.Concat(Read(document).Pdf.GetPage(1).Letters
            .Where(l => l.StartBaseLine.X is > 140 and < 340).Select(l => l.Value));
        Assert.Contains(word, read.Replace("1.00", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Are_read_from_right_to_left_in_arabic_with_numbers_as_they_are()
    {
        var document = Empty("كشف 2026-03", "متجر الأزهار (Blumen 24)", fromRight: true);
        document.Row(bold: false, "2026-03-02", "اكتمل طلب", "\u221212.50", "1,234.50");
        var (pdf, lines) = Read(document);
        var page = pdf.GetPage(1);
        // The letters are met from left to right, so the last of a word is met first.
        Assert.Equal("2026-03 فشك", Letters(lines[0]));
        Assert.Contains("راهزلأا رجتم", Letters(lines[1]), StringComparison.Ordinal);
        Assert.Contains("(Blumen 24)", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Box, lines);
        // The first column is at the right edge.
        Assert.True(page.Letters.First(l => l.Value is "6").StartBaseLine.X > page.Width / 2);
        Assert.True(page.Letters.Last(l => l.Value is "W").StartBaseLine.X > page.Width / 2);
        Assert.Contains("1,234.50", string.Concat(lines), StringComparison.Ordinal);
        Assert.Contains("\u221212.50", string.Concat(lines), StringComparison.Ordinal);
    }

    static string Letters(string line) => line.Normalize(NormalizationForm.FormKC);
    static string Turned(string line) => new([.. line.Reverse()]);

    [Theory, InlineData("سلام", "\uFEB3\uFEFC\uFEE1"), InlineData("دار", "\uFEA9\uFE8D\uFEAD"),
        InlineData("بيت", "\uFE91\uFEF4\uFE96"), InlineData("لا", "\uFEFB"), InlineData("حُدّد", "\uFEA3\uFEAA\uFEA9")]
    public void Join_arabic_letters(string text, string forms) => Assert.Equal(Turned(forms), Script.Drawn(text, true));

    [Theory, InlineData("abc", false, "abc"), InlineData("كتب", false, "\uFE90\uFE98\uFEDB"),
        InlineData("12 كتب", true, "\uFE90\uFE98\uFEDB 12"), InlineData("a (كتب) b", false, "a (\uFE90\uFE98\uFEDB) b"),
        InlineData("كتب -12.50 EUR", true, "EUR -12.50 \uFE90\uFE98\uFEDB"), InlineData("", true, "")]
    public void Order_what_is_read_from_both_sides(string text, bool fromRight, string drawn) =>
        Assert.Equal(drawn, Script.Drawn(text, fromRight));

    [Fact]
    public void Show_chinese_and_say_in_words_what_they_have_no_letters_for()
    {
        var lines = Read(Empty("Statement", "北京茶叶店 かな Ωμέγα Чай")).Lines;
        Assert.Contains("北京茶叶店 かな Ωμέγα Чай", lines);
        Assert.DoesNotContain(Box, lines);
        lines = Read(Empty("Statement", "ร้านค้า")).Lines;
        Assert.Contains(Box, lines);
    }

    static string Plain(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
