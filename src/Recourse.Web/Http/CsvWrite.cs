using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
namespace Recourse.Web;

/// <summary>A write with a table as its body.</summary>
public sealed class CsvWrite : Write, IEndpointParameterMetadataProvider
{
    /// <summary>So much is read before a sender is cut off: more than is taken, so that most hear why.</summary>
    public const long MostSent = 4L * FormUpload.MostKept;

    const string Type = "text/csv";

    /// <summary>The table, as it was sent.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Made for each request.</summary>
    public static async ValueTask<CsvWrite?> BindAsync(HttpContext context)
    {
        var write = new CsvWrite();
        var isCsv = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase);
        if (!isCsv) write.Fault = new(415, new Refusal("api.not-csv", new("api.mend")));
        else if (await write.Read(context, FormUpload.MostKept) is { } bytes) write.Bytes = bytes;
        return write;
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(
        ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([Type], typeof(Stream)));
}
