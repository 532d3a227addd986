using PdfSharp.Drawing;
using PdfSharp.Pdf;
namespace Recourse.Adapters.Documents;

/// <summary>A column of a document's table.</summary>
/// <param name="Width">In points.</param>
/// <param name="IsAmount">Its cells end under each other.</param>
public sealed record TableColumn(string Title, double Width, bool IsAmount = false);

/// <summary>
/// A document of a title, some lines and a table, on as many pages (A4) as it needs, each with the table's head and its
/// number; in any script that there are letters for, also from right to left.
/// </summary>
public sealed class TableDocument
{
    const double Margin = 42, Size = 8.5, TitleSize = 15, Leading = 11.5, Gap = 3.5;
    const char Unknown = '\u25A1', Substitute = '\u00A4';
    static readonly XSolidBrush Ink = new(XColor.FromArgb(0x1A, 0x1C, 0x19)),
        Faint = new(XColor.FromArgb(0x4F, 0x52, 0x4A));
    static readonly XPen Line = new(XColor.FromArgb(0xC8, 0xC8, 0xC0), 0.6);

    readonly List<(bool Bold, ImmutableArray<string> Cells)> _rows = [];
    readonly List<(string Family, string Text)> _runs = [];
    PdfDocument _document = new();
    XGraphics? _page;
    double _at;
    bool _isIncomplete;

    /// <summary>What it is called, on its first page and in its properties.</summary>
    public required string Title { get; init; }

    /// <summary>Of its words: a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>It is read from right to left: so are its columns.</summary>
    public bool IsRightToLeft { get; init; }

    /// <summary>Lines under the title.</summary>
    public ImmutableArray<string> Lead { get; init; } = [];

    /// <summary>From where reading begins.</summary>
    public required ImmutableArray<TableColumn> Columns { get; init; }

    /// <summary>The words at the foot of a page: its number, and how many there are.</summary>
    public required Func<int, int, string> PageOf { get; init; }

    /// <summary>What is said under the table where there are no letters for something in it.</summary>
    public required string Incomplete { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column; those that are left out are empty.</param>
    public void Row(bool bold, params ImmutableArray<string> cells) => _rows.Add((bold, cells));

    /// <summary>The whole of it, as PDF.</summary>
    public byte[] ToBytes()
    {
        _ = DocumentFonts.All;                                          // made known before the first font is asked for
        _document = new() { Language = Language };
        _document.Info.Title = Title;
        NewPage();
        Text(Title, TitleSize, bold: true, Ink, 0, Width, fromEnd: false);
        _at += TitleSize + Gap;
        foreach (var line in Lead) Whole(line);
        _at += Leading;
        Head();
        foreach (var (bold, cells) in _rows) Draw(bold, cells);
        if (_isIncomplete) { _at += Leading; Whole(Incomplete); }
        Foot();
        using var stream = new MemoryStream();
        _document.Save(stream, false);
        return stream.ToArray();
    }

    XGraphics Page => _page!;
    double Width => _document.Pages[^1].Width.Point - 2 * Margin;
    double Bottom => _document.Pages[^1].Height.Point - Margin - 2 * Leading;

    void NewPage()
    {
        _page?.Dispose();
        var page = _document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        (_page, _at) = (XGraphics.FromPdfPage(page), Margin);
    }

    // Only once all are there is it known how many they are.
    void Foot()
    {
        Page.Dispose();
        for (var i = 0; i < _document.PageCount; i++)
        {
            _page = XGraphics.FromPdfPage(_document.Pages[i]);
            _at = _document.Pages[i].Height.Point - Margin;
            Text(PageOf(i + 1, _document.PageCount), Size, bold: false, Faint, 0, Width, fromEnd: true);
            Page.Dispose();
        }
    }

    void Whole(string line)
    {
        foreach (var part in Wrapped(line, Size, bold: false, Width))
        {
            Text(part, Size, bold: false, Faint, 0, Width, fromEnd: false);
            _at += Leading;
        }
    }

    void Head()
    {
        Cells(bold: true, [.. Columns.Select(c => c.Title)]);
        Rule();
    }

    void Rule()
    {
        Page.DrawLine(Line, Margin, _at, Margin + Width, _at);
        _at += Gap;
    }

    void Draw(bool bold, ImmutableArray<string> cells)
    {
        if (_at + Leading * LinesOf(bold, cells) > Bottom) { NewPage(); Head(); }
        Cells(bold, cells);
        if (bold) Rule();
    }

    int LinesOf(bool bold, ImmutableArray<string> cells) =>
        cells.Zip(Columns, (cell, c) => Wrapped(cell, Size, bold, c.Width - Gap).Length).DefaultIfEmpty(1).Max();

    void Cells(bool bold, ImmutableArray<string> cells)
    {
        var (top, x, most) = (_at, 0.0, 1);
        foreach (var (cell, column) in cells.Zip(Columns))
        {
            var parts = Wrapped(cell, Size, bold, column.Width - Gap);
            foreach (var (nth, part) in parts.Index())
            {
                _at = top + nth * Leading;
                // Also from right to left, digits stand under digits of the same worth.
                Text(part, Size, bold, Ink, x, column.Width - Gap, column.IsAmount && !IsRightToLeft);
            }
            most = Math.Max(most, parts.Length);
            x += column.Width;
        }
        _at = top + most * Leading + Gap;
    }

    /// <summary>Words that fit beside each other; a word that is too long for a line is broken.</summary>
    ImmutableArray<string> Wrapped(string text, double size, bool bold, double width)
    {
        if (text is "" || Measured(text, size, bold) <= width) return [text];
        var lines = ImmutableArray.CreateBuilder<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line is "" ? word : $"{line} {word}";
            if (Measured(longer, size, bold) <= width) { line = longer; continue; }
            if (line is not "") lines.Add(line);
            line = word;
            while (Measured(line, size, bold) > width && line.Length > 1)
            {
                var fits = 1;
                while (fits + 1 < line.Length && Measured(line[..(fits + 1)], size, bold) <= width) fits++;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }
        lines.Add(line);
        return lines.ToImmutable();
    }

    double Measured(string text, double size, bool bold)
    {
        var width = 0.0;
        foreach (var (family, run) in RunsOf(text)) width += Page.MeasureString(run, FontOf(family, size, bold)).Width;
        return width;
    }

    static XFont FontOf(string family, double size, bool bold) =>
        new(family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);

    /// <param name="x">From where reading begins, in points.</param>
    /// <param name="fromEnd">It ends where the room ends.</param>
    void Text(string text, double size, bool bold, XBrush ink, double x, double room, bool fromEnd)
    {
        var width = Measured(text, size, bold);
        var left = IsRightToLeft
            ? Margin + Width - x - (fromEnd ? room : width) : Margin + x + (fromEnd ? room - width : 0);
        foreach (var (family, run) in RunsOf(text))
        {
            var font = FontOf(family, size, bold);
            Page.DrawString(run, font, ink, left, _at + size);
            left += Page.MeasureString(run, font).Width;
        }
    }

    /// <summary>As it is drawn, by the letters that it needs.</summary>
    List<(string Family, string Text)> RunsOf(string text)
    {
        var fonts = DocumentFonts.All;
        _runs.Clear();
        foreach (var sign in Script.Drawn(text, IsRightToLeft))
        {
            var c = sign;
            if (fonts.FamilyOf(c) is null)
                (c, _isIncomplete) = (fonts.FamilyOf(Unknown) is null ? Substitute : Unknown, true);
            // A blank or a digit stays with the letters before it.
            var family = _runs is [.., var last] && fonts.Has(last.Family, c) ? last.Family : fonts.FamilyOf(c)!;
            if (_runs is [.., var same] && same.Family == family) _runs[^1] = (family, same.Text + c);
            else _runs.Add((family, $"{c}"));
        }
        return [.. _runs];
    }
}
