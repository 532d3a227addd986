using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
namespace Recourse.Web;

/// <summary>A write with a picture or a document as its body.</summary>
public sealed class FileWrite : Write, IEndpointParameterMetadataProvider
{
    static readonly string[] Types = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

    /// <summary>The file, as it was sent.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Made for each request.</summary>
    public static async ValueTask<FileWrite?> BindAsync(HttpContext context)
    {
        var write = new FileWrite();
        if (await write.Read(context, FormUpload.MostKept) is { } bytes) write.Bytes = bytes;
        return write;
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(
        ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(Types, typeof(Stream)));
}
