using System.Globalization;
using System.Text;
namespace Recourse.Adapters.Banking;

/// <summary>
/// A document of lines of text in columns, as PDF 1.4, in one of the fonts that every reader has. It knows the letters
/// of Western Europe (Latin 1 and the euro); others become a question mark, so it is for Latin script alone.
/// </summary>
/// <remarks>Source: ISO 32000-1, with the fourteen standard fonts of its Annex D.</remarks>
public sealed class PlainPdf
{
    const int Width = 595, Height = 842, Margin = 42, Leading = 13;                         // A4, in points

    readonly List<StringBuilder> _pages = [];
    int _at;

    /// <summary>Columns from the left margin, in points; what is below zero ends there instead of beginning.</summary>
    public ImmutableArray<int> Columns { get; init; } = [0];

    /// <summary>Adds a line; a page that is full is followed by another.</summary>
    /// <param name="cells">One for each column.</param>
    public void Line(bool bold, params ReadOnlySpan<string> cells)
    {
        if (_pages.Count == 0 || _at < Margin) (_at, var _) = (Height - Margin - Leading, Add());
        for (var i = 0; i < cells.Length && i < Columns.Length; i++)
        {
            var text = Known(cells[i]);
            if (text is "") continue;
            var x = Columns[i] >= 0 ? Margin + Columns[i] : Margin - Columns[i] - WidthOf(text);
            _pages[^1].Append(CultureInfo.InvariantCulture,
                $"BT /{(bold ? "F2" : "F1")} 8.5 Tf {x:0.#} {_at} Td ({Escaped(text)}) Tj ET\n");
        }
        _at -= Leading;
    }

    StringBuilder Add()
    {
        _pages.Add(new());
        return _pages[^1];
    }

    // Courier: every letter has the same width, so that amounts stand under each other.
    static double WidthOf(string text) => text.Length * 8.5 * 0.6;

    static string Known(string text) => string.Concat(text.Select(c => c switch
    {
        '\u2212' or '\u2013' or '\u2014' => '-',
        '\u00a0' or '\u202f' or '\u2009' => ' ',
        < ' '                            => ' ',
        <= '\u00ff'                      => c,
        _                                => c == '\u20ac' ? c : '?',
    }));

    static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal)
            .Replace(")", @"\)", StringComparison.Ordinal);

    /// <summary>The whole of it.</summary>
    public byte[] ToBytes()
    {
        if (_pages.Count == 0) Add();
        using var file = new MemoryStream();
        List<long> offsets = [];
        Put("%PDF-1.4\n");
        Put(Object("<< /Type /Catalog /Pages 2 0 R >>"));
        var kids = string.Join(' ', _pages.Select((_, i) => $"{5 + 2 * i} 0 R"));
        Put(Object($"<< /Type /Pages /Count {_pages.Count} /Kids [{kids}] >>"));
        Put(Object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"));
        Put(Object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>"));
        foreach (var page in _pages)
        {
            Put(Object($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] "
                + $"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {offsets.Count + 2} 0 R >>"));
            var text = page.ToString();
            Put(Object($"<< /Length {text.Length} >>\nstream\n{text}endstream"));
        }
        var start = file.Position;
        Put($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Put($"{offset:D10} 00000 n \n");
        Put($"trailer << /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();

        string Object(string body)
        {
            offsets.Add(file.Position);
            return $"{offsets.Count} 0 obj\n{body}\nendobj\n";
        }

        // Code page 1252 is Latin 1 here, but for the euro.
        void Put(string text) => file.Write([.. text.Select(c => c == '\u20ac' ? (byte)0x80 : (byte)c)]);
    }
}
