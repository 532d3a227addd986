using System.Security.Cryptography;
using Recourse.Runtime;
namespace Recourse.Adapters.Evidence;

/// <summary>
/// What people hand in as proof: each file sealed under its person's key and named by what it contains, outside of the
/// log. Losing the key is erasing it.
/// </summary>
public sealed class EvidenceFolder(string path, KeyRing people)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int Largest = 4 << 20;

    /// <summary>The folder's name in a store's.</summary>
    public const string FolderName = "evidence";

    const int NameBytes = 20;

    /// <summary>Keeps a file; the name under which it is found again.</summary>
    /// <param name="person">Whose it is: the text of a buyer's or seller's id.</param>
    public string Keep(string person, ReadOnlySpan<byte> content)
    {
        var cipher = people.SealBytes(person, content);
        var name = Convert.ToHexStringLower(SHA256.HashData(cipher).AsSpan(0, NameBytes));
        var file = FileOf(name);
        if (File.Exists(file)) return name;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var next = $"{file}.{Guid.NewGuid():n}{Backup.Unfinished}";
        using (var stream = File.Create(next))
        {
            stream.Write(cipher);
            stream.Flush(flushToDisk: true);
        }
        File.Move(next, file, overwrite: true);
        return name;
    }

    /// <summary>A file of that person; null: there is none, it was changed, or they were erased.</summary>
    public byte[]? Open(string person, string name)
    {
        if (!IsName(name) || !File.Exists(FileOf(name))) return null;
        var cipher = File.ReadAllBytes(FileOf(name));
        return Convert.ToHexStringLower(SHA256.HashData(cipher).AsSpan(0, NameBytes)) == name
            ? people.OpenBytes(person, cipher) : null;
    }

    /// <summary>All that are kept.</summary>
    public IEnumerable<string> Names() => !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(f)).Where(IsName);

    /// <summary>Notes that a file is in use, or was just brought.</summary>
    public void Use(string name, Instant now)
    {
        if (!IsName(name)) return;
        try { File.SetLastWriteTimeUtc(FileOf(name), now.ToDateTimeUtc()); }
        catch (FileNotFoundException) { }                                   // it has just gone
    }

    /// <summary>When a file was last brought or in use; null: there is none.</summary>
    public Instant? LastUsed(string name) => IsName(name) && File.Exists(FileOf(name))
        ? Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(FileOf(name))) : null;

    /// <summary>Removes a file.</summary>
    public void Drop(string name)
    {
        if (IsName(name)) File.Delete(FileOf(name));
    }

    static bool IsName(string name) => name.Length == 2 * NameBytes && name.All(char.IsAsciiHexDigitLower);

    /// <summary>What a file is by its first bytes, whatever it is called; null: none that is taken.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? "image/png"
        : content.StartsWith("%PDF-"u8) ? "application/pdf"
        : content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;

    string FileOf(string name) => Path.Combine(path, name[..2], name);
}
