using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>
/// Styles, script, icons and fonts. They lie in the program itself, under an address that changes with them, so that
/// a browser fetches each of them once.
/// </summary>
static class Shipped
{
    const string Style = "console.css", Script = "console.js";

    /// <summary>The one style sheet and the one script: put together of these, in this order.</summary>
    static readonly ImmutableArray<string>
        Layers =
        [
            "tokens.css", "base.css", "parts.css", "lists.css", "order.css", "people.css", "telling.css", "seller.css",
            "staff.css", "control.css", "desks.css", "shop.css", "pack.css", "frame.css", "print.css",
        ],
        Modules = ["clock.js", "keys.js", "forms.js", "live.js"];

    static readonly ImmutableArray<string> Names =
        [
            "palette.js", "people.js", "control.js", "icons.svg", "mark.svg", "inter-latin.woff2",
            "inter-europe.woff2",
        ];

    sealed record Asset(string Type, byte[] Plain, byte[]? Brotli, byte[]? Gzip);

    static readonly FrozenDictionary<string, Asset> All = Names.Select(n => (Name: n, Bytes: Read(n)))
        .Append((Style, [.. Layers.SelectMany(Read)])).Append((Script, [.. Modules.SelectMany(Read)]))
        .ToFrozenDictionary(f => f.Item1, f => Make(f.Item1, f.Item2));

    static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(
        [.. All.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => a.Value.Plain)]))[..12];

    /// <summary>Where the style sheet is.</summary>
    public static string StyleHref => Href(Style);

    /// <summary>Where the script is.</summary>
    public static string ScriptHref => Href(Script);

    /// <summary>Where an asset is.</summary>
    public static string Href(string name) => $"/assets/{Version}/{name}";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/assets/{version}/{name}", Get).ForAnybody(limited: false).ExcludeFromDescription();

    static IResult Get(string version, string name, HttpContext http)
    {
        if (version != Version || !All.TryGetValue(name, out var asset)) return Problems.OfStatus(404);
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        var wanted = http.Request.Headers.AcceptEncoding.ToString();
        var (bytes, encoding) = wanted.Contains("br", StringComparison.Ordinal) && asset.Brotli is { } br ? (br, "br")
            : wanted.Contains("gzip", StringComparison.Ordinal) && asset.Gzip is { } gz ? (gz, "gzip")
            : (asset.Plain, null);
        if (encoding is not null) headers.ContentEncoding = encoding;
        return Results.Bytes(bytes, asset.Type);
    }

    static Asset Make(string name, byte[] plain)
    {
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js"  => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _      => "font/woff2",
        };
        return type is "font/woff2" ? new(type, plain, null, null)      // compressed as it is
            : new(type, plain, Squeeze(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)),
                Squeeze(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    static byte[] Squeeze(byte[] plain, Func<Stream, Stream> into)
    {
        using var squeezed = new MemoryStream();
        using (var stream = into(squeezed)) stream.Write(plain);
        return squeezed.ToArray();
    }

    static byte[] Read(string name)
    {
        using var file = typeof(Shipped).Assembly.GetManifestResourceStream($"files/{name}")
            ?? throw new InvalidOperationException($"{name} isn't in the program.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
