using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Risk;

/// <summary>
/// Mail domains that are made to be thrown away (npm: disposable-email-domains, MIT): a fact for screening, and for
/// nothing else. They are kept as hashes: there are more than a hundred thousand.
/// </summary>
public static class DisposableMail
{
    static readonly Lazy<HashSet<ulong>> Domains = new(Read);

    /// <summary>Whether an address is at one of them, or below one.</summary>
    public static bool Is(string mail)
    {
        var domain = mail.AsSpan(mail.LastIndexOf('@') + 1).Trim().ToString().ToLowerInvariant();
        for (; domain.Contains('.', StringComparison.Ordinal);
            domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
            if (Domains.Value.Contains(HashOf(domain))) return true;
        return false;
    }

    static ulong HashOf(string domain) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(domain)));

    static HashSet<ulong> Read()
    {
        using var packed = typeof(DisposableMail).Assembly.GetManifestResourceStream("risk/disposable-mail.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        HashSet<ulong> domains = [];
        while (reader.ReadLine() is { } line)
            if (line is not ("" or ['#', ..])) domains.Add(HashOf(line));
        return domains;
    }
}
