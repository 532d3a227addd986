using System.Globalization;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Webhooks;

/// <summary>Signs as Standard Webhooks has it: HMAC-SHA256 of id, timestamp and body.</summary>
/// <remarks>Source: standardwebhooks.com, specification 1.0.0.</remarks>
public static class HookSignature
{
    /// <summary>What every secret starts with.</summary>
    public const string Mark = "whsec_";

    const int Bytes = 32;

    /// <summary>A new secret.</summary>
    public static string NewSecret() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The header's value: one signature for each secret, the newest first.</summary>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var signed = new byte[start.Length + body.Length];
        start.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(start.Length));
        return string.Join(' ', secrets.Select(s =>
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[Mark.Length..]), signed))}"));
    }
}
