using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Risk;

/// <summary>
/// Fingerprints of what a purchase is made over, under a key of the store's own: the same thing is known again, and
/// nobody without the key can find out what it was by trying.
/// </summary>
public sealed class Fingerprints(byte[] key)
{
    const int Bytes = 8;

    /// <summary>Of a device's mark.</summary>
    public string? OfDevice(string? text) => Of('d', text);

    /// <summary>Of an IP address.</summary>
    public string? OfIp(string? text) => Of('i', text);

    /// <summary>Of a card's fingerprint as the provider makes it; never of a number.</summary>
    public string? OfCard(string? text) => Of('c', text);

    /// <summary>Of a postal address, told by its letters and digits alone, so that commas and capitals don't count.
    /// </summary>
    public string? OfAddress(string? text) => text is null ? null : Of('a', string.Concat(
        text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsLetterOrDigit)));

    string? Of(char kind, string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Convert.ToHexStringLower(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind} {text.Trim()}")).AsSpan(0, Bytes));
}
