using System.Buffers.Binary;
using PdfSharp.Fonts;
namespace Recourse.Adapters.Documents;

/// <summary>
/// The letters that documents are written in: they stand in this assembly, so that a document is the same on every
/// machine. A letter that none of them has can't be shown.
/// </summary>
sealed class DocumentFonts : IFontResolver
{
    /// <summary>Latin, Greek and Cyrillic; then Arabic; then simplified Chinese (GB 2312) and Japanese kana.</summary>
    public static readonly ImmutableArray<string> Families = ["noto-sans", "noto-arabic", "noto-chinese"];

    const string Bold = "-bold";
    static readonly Lazy<DocumentFonts> Own = new(() => new());
    readonly Dictionary<string, byte[]> _files;
    readonly ImmutableArray<HashSet<char>> _letters;

    DocumentFonts()
    {
        _files = Families.SelectMany(f => (string[])[f, f + Bold]).Select(n => (n, Bytes: Load(n)))
            .Where(f => f.Bytes is not null).ToDictionary(f => f.n, f => f.Bytes!);
        _letters = [.. Families.Select(f => LettersOf(_files[f]))];
        GlobalFontSettings.FontResolver = this;
    }

    /// <summary>Made and made known once.</summary>
    public static DocumentFonts All => Own.Value;

    /// <summary>The first family that has the letter; null: none.</summary>
    public string? FamilyOf(char letter)
    {
        for (var i = 0; i < Families.Length; i++)
            if (_letters[i].Contains(letter)) return Families[i];
        return null;
    }

    /// <summary>Whether a family has the letter.</summary>
    public bool Has(string family, char letter) => _letters[Families.IndexOf(family)].Contains(letter);

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) =>
        !_files.ContainsKey(familyName) ? null
        : bold && _files.ContainsKey(familyName + Bold) ? new(familyName + Bold) : new(familyName, bold, italic);

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName) => _files.GetValueOrDefault(faceName);

    static byte[]? Load(string name)
    {
        using var stream = typeof(DocumentFonts).Assembly.GetManifestResourceStream($"documents/{name}.ttf");
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Which letters a font has glyphs for.</summary>
    /// <remarks>Source: OpenType 1.9, table <c>cmap</c>, subtable format 4.</remarks>
    static HashSet<char> LettersOf(ReadOnlySpan<byte> font)
    {
        var table = 0;
        for (var i = 0; i < Short(font, 4); i++)
            if (font.Slice(12 + 16 * i, 4).SequenceEqual("cmap"u8)) table = Long(font, 12 + 16 * i + 8);
        HashSet<char> letters = [];
        for (var i = 0; i < Short(font, table + 2); i++)
        {
            var at = table + Long(font, table + 4 + 8 * i + 4);
            if (Short(font, at) is 4) Read(font, at, letters);
        }
        return letters;
    }

    static void Read(ReadOnlySpan<byte> font, int at, HashSet<char> letters)
    {
        var twice = Short(font, at + 6);
        var (ends, starts) = (at + 14, at + 16 + twice);
        for (var i = 0; i < twice; i += 2)
        {
            var (first, last) = (Short(font, starts + i), Short(font, ends + i));
            var (delta, range) = (Short(font, starts + twice + i), starts + 2 * twice + i);
            for (var c = first; c <= last && c < 0xFFFF; c++)
            {
                var offset = Short(font, range);
                var glyph = offset == 0 ? c + delta : Short(font, range + offset + 2 * (c - first));
                if ((glyph & 0xFFFF) != 0) letters.Add((char)c);
            }
        }
    }

    static int Short(ReadOnlySpan<byte> font, int at) => BinaryPrimitives.ReadUInt16BigEndian(font[at..]);

    static int Long(ReadOnlySpan<byte> font, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(font[at..]);
}
