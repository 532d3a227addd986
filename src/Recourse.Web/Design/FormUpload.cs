using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
namespace Recourse.Web;

/// <summary>A file as somebody sent it.</summary>
/// <param name="Bytes">What is kept of it: all, unless it is larger than what is taken.</param>
/// <param name="Size">How large it is.</param>
public sealed record SentFile(string Name, byte[] Bytes, long Size);

/// <summary>
/// A form with a file. It is read as it comes in: what is more than is taken is let go by at once, so that a file of
/// any size ends on a page that says so, and never fills memory or disk.
/// </summary>
public sealed class FormUpload : FormWrite
{
    /// <summary>So much is read, and mostly dropped, before a sender is cut off.</summary>
    public const long MostSent = 8L << 30;

    /// <summary>The largest file that is kept whole.</summary>
    public const int MostKept = 4 << 20;

    const int MostParts = 20, HeaderBytes = 8 << 10;

    /// <summary>The file; null: none was chosen.</summary>
    public SentFile? File { get; private set; }

    /// <summary>Made for each request.</summary>
    public static new async ValueTask<FormUpload?> BindAsync(HttpContext context)
    {
        var upload = new FormUpload();
        try
        {
            if (BoundaryOf(context.Request) is { } boundary) await upload.ReadParts(context, boundary);
            await upload.ReadForm(context);
            if (upload.Fault is { } fault) upload.Fault = fault with { Sent = null };      // a file is nothing to read
        }
        catch (BadHttpRequestException e) { upload.Fault = Problems.OfStatus(e.StatusCode); }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            upload.Fault = Problems.Bad("page.form-is-broken");
        }
        return upload;
    }

    static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary ? $"{boundary}" : null;

    async Task ReadParts(HttpContext http, string boundary)
    {
        var reader = new MultipartReader(boundary, http.Request.Body) { HeadersLengthLimit = HeaderBytes };
        var fields = new Dictionary<string, StringValues>();
        for (var parts = 0; await reader.ReadNextSectionAsync(http.RequestAborted) is { } part; parts++)
        {
            if (parts == MostParts) throw new InvalidDataException("Too many parts.");
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var what)) continue;
            var (bytes, size) = await Keep(part.Body, http.RequestAborted);
            if (what.IsFileDisposition())
            {
                var name = what.FileNameStar.Length > 0
                    ? what.FileNameStar : HeaderUtilities.RemoveQuotes(what.FileName);
                if (name.Length > 0 || size > 0) File ??= new($"{name}", bytes, size);
            }
            else if (size > MostKept) throw new InvalidDataException("A field is too long.");
            else fields[$"{HeaderUtilities.RemoveQuotes(what.Name)}"] = Encoding.UTF8.GetString(bytes);
        }
        http.Request.Form = new FormCollection(fields);
    }

    static async Task<(byte[] Bytes, long Size)> Keep(Stream from, CancellationToken cancel)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        var size = 0L;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; size += read)
            if (kept.Length <= MostKept) kept.Write(buffer, 0, read);
        return (kept.ToArray(), size);
    }
}
