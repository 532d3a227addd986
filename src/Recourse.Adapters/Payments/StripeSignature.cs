using System.Globalization;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Payments;

/// <summary>How reports are signed: <c>t=seconds,v1=HMAC-SHA256 of "seconds.body"</c>.</summary>
public static class StripeSignature
{
    /// <summary>The header's value.</summary>
    public static string Sign(string body, string secret, Instant at) =>
        $"t={at.ToUnixTimeSeconds()},v1={Convert.ToHexStringLower(Mac(body, secret, at.ToUnixTimeSeconds()))}";

    /// <summary>When it was signed, if with that secret. There may be several signatures.</summary>
    public static Instant? SignedAt(string body, string? header, string secret)
    {
        long? seconds = null;
        var signatures = new List<byte[]>();
        foreach (var part in (header ?? "").Split(',', StringSplitOptions.TrimEntries).Take(16))
        {
            if (part.StartsWith("t=") && IsSeconds(part[2..], out var value)) seconds = value;
            if (part.StartsWith("v1=") && part.Length is 3 + 64 && part[3..].All(char.IsAsciiHexDigit))
                signatures.Add(Convert.FromHexString(part[3..]));
        }
        if (seconds is not { } at || signatures is []) return null;
        var expected = Mac(body, secret, at);
        return signatures.Exists(s => CryptographicOperations.FixedTimeEquals(s, expected))
            ? Instant.FromUnixTimeSeconds(at) : null;
    }

    static bool IsSeconds(string text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
        && seconds <= Instant.MaxValue.ToUnixTimeSeconds();

    static byte[] Mac(string body, string secret, long seconds) => HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
}
