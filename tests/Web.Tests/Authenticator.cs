using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
namespace Recourse.Tests;

/// <summary>A device with a passkey, as WebAuthn has it: it signs what a site asks, for that site only.</summary>
sealed class Authenticator(string origin)
{
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    string _user = "";
    uint _count;

    /// <summary>Makes its passkey; what a browser would send.</summary>
    public string Create(JsonNode options)
    {
        _user = options["user"]!["id"]!.ToString();
        var client = Client("webauthn.create", options);
        var key = _key.ExportParameters(false).Q;
        byte[] cose =
            [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. key.X!, 0x22, 0x58, 0x20, .. key.Y!];
        byte[] data =
            [.. Head(options["rp"]!["id"]!.ToString(), 0x45), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation =
        [
            0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58,
            (byte)data.Length, .. data,
        ];
        return Told(new JsonObject
        {
            ["clientDataJSON"] = Coded(client), ["attestationObject"] = Coded(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Signs what is asked.</summary>
    public string Get(JsonNode options)
    {
        var client = Client("webauthn.get", options);
        _count++;
        var data = Head(options["rpId"]!.ToString(), 0x05);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
        return Told(new JsonObject
        {
            ["clientDataJSON"] = Coded(client), ["authenticatorData"] = Coded(data), ["signature"] = Coded(signature),
            ["userHandle"] = _user,
        });
    }

    byte[] Client(string type, JsonNode options) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type, challenge = options["challenge"]!.ToString(), origin, crossOrigin = false }));

    byte[] Head(string site, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, _count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site)), flags, .. count];
    }

    string Told(JsonObject response) => new JsonObject
    {
        ["id"] = Coded(_id), ["rawId"] = Coded(_id), ["type"] = "public-key", ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(), ["authenticatorAttachment"] = "platform",
    }.ToJsonString();

    static string Coded(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
