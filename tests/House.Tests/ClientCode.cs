using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
namespace Recourse.Tests;

/// <summary>Writes the client from the API's description.</summary>
static partial class ClientCode
{
    public const string Path = "src/Recourse.Client/Generated/RecourseClient.cs", From = "docs/generated/openapi.json";

    // Of no use to integrators: the payment provider's door, and what a load balancer asks.
    static readonly string[] Others = ["Provider", "Health"];

    // Said by hand-written code for every call alike.
    static readonly string[] OnEveryCall = ["Accept-Language", "Recourse-Position"];

    public static async Task<string> Write()
    {
        var description = JsonNode.Parse(House.Read(From))!;
        foreach (var path in description["paths"]!.AsObject())
            foreach (var (method, _) in path.Value!.AsObject().ToList()) Adapt(path.Value.AsObject(), method);
        foreach (var (_, schema) in description["components"]!["schemas"]!.AsObject()) Adapt(schema!.AsObject());
        var document = await OpenApiDocument.FromJsonAsync(description.ToJsonString());
        var code = new CSharpClientGenerator(document, Settings()).GenerateFile();
        code = FileAsJson().Replace(code.ReplaceLineEndings("\n"), m => $"{m.Groups["head"]}"
            + $"var content_ = new System.Net.Http.StreamContent(body.Data);{m.Groups["line"]}"
            + $"content_.Headers.ContentType = {m.Groups["parse"]}(body.ContentType ?? {m.Groups["type"]});");
        // Nor is a file that is answered a text in JSON.
        code = code.Replace("ReadObjectResponseAsync<byte[]>(response_, headers_,", "ReadBytesAsync(response_,",
                StringComparison.Ordinal)
            .Replace("ReadObjectResponseAsync<string>(response_, headers_,", "ReadTextAsync(response_,",
                StringComparison.Ordinal);
        return Trailing().Replace(Reminder().Replace(code, ""), "")
            .Replace("System.Runtime.Serialization.EnumMember(Value = ",
                "System.Text.Json.Serialization.JsonStringEnumMemberName(", StringComparison.Ordinal);
    }

    static CSharpClientGeneratorSettings Settings()
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "RecourseClient", ExceptionClass = "RecourseException", ResponseClass = "Answer",
            InjectHttpClient = true, UseBaseUrl = false, GenerateOptionalParameters = true, WrapResponses = true,
            GenerateExceptionClasses = false, GenerateResponseClasses = false,
            AdditionalNamespaceUsages = ["System.Text.Json.Nodes"],
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            ParameterNameGenerator = new InCamelCase(),
        };
        var types = settings.CSharpGeneratorSettings;
        (types.Namespace, types.JsonLibrary) = ("Recourse.Client", CSharpJsonLibrary.SystemTextJson);
        (types.ClassStyle, types.GenerateNativeRecords) = (CSharpClassStyle.Poco, true);
        types.GenerateNullableReferenceTypes = types.GenerateOptionalPropertiesAsNullable = true;
        (types.UseRequiredKeyword, types.GenerateDataAnnotations) = (true, false);
        types.ArrayType = types.ArrayInstanceType = types.ArrayBaseType = "System.Collections.Generic.List";
        types.ExcludedTypeNames = ["JsonNode", "HealthBody", "ReportBody"];
        return settings;
    }

    /// <summary>
    /// Problems all have one shape, so that one exception reads them; an idempotency key that is left out is made.
    /// </summary>
    static void Adapt(JsonObject path, string method)
    {
        var call = path[method]!;
        if (Others.Contains(call["tags"]![0]!.ToString()))
        {
            path.Remove(method);
            return;
        }
        var responses = call["responses"]!.AsObject();
        foreach (var (status, _) in responses.Where(r => r.Key[0] is not '2').ToList()) responses.Remove(status);
        var parameters = call["parameters"]!.AsArray();
        parameters.RemoveAll(p => OnEveryCall.Contains(p!["name"]!.ToString()));
        foreach (var header in parameters.Where(p => p!["in"]!.ToString() is "header")) header!["required"] = false;
    }

    /// <summary>The generator reads no words beside a reference, and would keep fields that nobody knows.</summary>
    static void Adapt(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties) return;
        schema["additionalProperties"] = false;
        foreach (var (_, property) in properties)
        {
            var value = property!.AsObject();
            var inner = value["oneOf"] is JsonArray either
                ? either.Select(e => e!.AsObject()).FirstOrDefault(e => e.ContainsKey("$ref"))
                : value;
            if (inner?["$ref"] is not { } reference || inner["description"] is not { } words) continue;
            inner.Remove("description");
            value["description"] = words.DeepClone();
            if (inner != value) continue;
            inner.Remove("$ref");
            value["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference.DeepClone() });
        }
    }

    // The generator would send a file's description instead of the file.
    [GeneratedRegex(@"(?<head>\bFileParameter body,(?:(?!public virtual).)*?)var json_ = [^;]*;(?<line>\s*)"
        + @"var content_ = [^;]*;\s*content_\.Headers\.ContentType = (?<parse>[^(]*)\((?<type>[^)]*)\);",
        RegexOptions.Singleline)]
    private static partial Regex FileAsJson();

    // The generator's own; each enumeration names its converter itself.
    [GeneratedRegex(@"^\s*// TO[D]O\(system\.text\.json\).*\n", RegexOptions.Multiline)]
    private static partial Regex Reminder();

    [GeneratedRegex(@"[ \t]+$", RegexOptions.Multiline)]
    private static partial Regex Trailing();

    sealed class InCamelCase : IParameterNameGenerator
    {
        public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> all)
        {
            var words = parameter.Name.Split('-').Select(w => $"{char.ToUpperInvariant(w[0])}{w[1..]}");
            var name = string.Concat(words);
            return $"{char.ToLowerInvariant(name[0])}{name[1..]}";
        }
    }
}
