using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
namespace Recourse.Web;

/// <summary>The API's description, and a page to read it on.</summary>
static class OpenApi
{
    const string KeyScheme = "key";

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Introduce);
        options.AddOperationTransformer(DescribeCall);
        options.AddSchemaTransformer(DescribeValue);
    });

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").ForAnybody();
        app.MapScalarApiReference("/docs", o => o.WithTitle("Recourse").DisableDefaultFonts().DisableTelemetry()
            .DisableAgent().DisableMcp().HideClientButton()).ForAnybody();
    }

    /// <summary>The page may ask this server, and nobody else.</summary>
    public static Task KeepToItself(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal))
            http.Response.Headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'";
        return next(http);
    }

    /// <summary>What every endpoint can answer besides its body.</summary>
    public static void Describe(RouteGroupBuilder group)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 429, 500, 503])
            group.WithMetadata(new ProducesResponseTypeMetadata(
                status, typeof(ProblemBody), ["application/problem+json"]));
    }

    static Task Introduce(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "Recourse", Version = "v1",
            Description = "Order assurance for marketplaces. Every write takes an Idempotency-Key and can be repeated "
                + "with it; every refusal says why and what to do.",
        };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key such as rk_….",
            },
        };
        return Task.CompletedTask;
    }

    static Task DescribeCall(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Access>().LastOrDefault() is not { } access) return Task.CompletedTask;
        operation.Description = access.IsOpen ? "Needs no key."
            : $"For {Names(access.Roles)}{(access.LetsStrangersIn ? ", and without a key" : "")}.";
        operation.Parameters ??= [];
        operation.Parameters.Add(Header("Accept-Language", required: false, "en, pt-BR or ar (what buyers read)."));
        if (access.IsOpen) return Task.CompletedTask;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
        if (access.LetsStrangersIn) operation.Security.Add([]);
        operation.Parameters.Add(Header(Positions.Header, required: false,
            "A position that was answered before: lists wait up to two seconds until they show it."));
        if (context.Description.HttpMethod is "GET") return Task.CompletedTask;
        operation.Parameters.Add(Header(Write.KeyHeader, required: true, "Repeats with the same key are done once."));
        operation.Parameters.Add(Header("If-Match", required: false, "The ETag that you have seen."));
        foreach (var (status, text) in OfWrites)
            operation.Responses![status] = new OpenApiResponse
            {
                Description = text, Content = ((OpenApiResponse)operation.Responses["404"]).Content,
            };
        return Task.CompletedTask;
    }

    static readonly ImmutableArray<(string Status, string Text)> OfWrites =
    [
        ("409", "Not possible now"), ("412", "It has changed"), ("413", "Too long"), ("415", "Not JSON"),
        ("422", "Something must be corrected"),
    ];

    static string Names(Party roles) =>
        string.Join(", ", AccessKeys.Roles.Where(r => (roles & r.Role) != 0).Select(r => r.Name));

    static OpenApiParameter Header(string name, bool required, string text) => new()
    {
        Name = name, In = ParameterLocation.Header, Required = required, Description = text,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>What our own converters write can't be seen from the types.</summary>
    static Task DescribeValue(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Money)) DescribeMoney(schema);
        else if (type == typeof(Instant)) Text(schema, "date-time", null);
        else if (type == typeof(Currency)) Text(schema, null, "EUR");
        else if (type.IsEnum) schema.Type = JsonSchemaType.String;
        else if (typeof(IId).IsAssignableFrom(type)) Text(schema, null, ExampleOf(type));
        else if (!type.Name.EndsWith("Request", StringComparison.Ordinal)) Loosen(schema, context.JsonTypeInfo);
        return Task.CompletedTask;
    }

    static void Text(OpenApiSchema schema, string? format, string? example)
    {
        (schema.Type, schema.Format) = (JsonSchemaType.String, format);
        (schema.Properties, schema.Required) = (null, null);
        if (example is not null) schema.Examples = [JsonValue.Create(example)];
    }

    /// <summary>What there isn't is left out, and more fields may come.</summary>
    static void Loosen(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.AdditionalPropertiesAllowed = true;
        foreach (var property in type.Properties.Where(p => p.IsGetNullable)) schema.Required?.Remove(property.Name);
    }

    static void DescribeMoney(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Description = "An exact amount in minor units (cents; yen; fils).";
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["minor"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "ISO 4217." },
        };
        schema.Required = new HashSet<string> { "minor", "currency" };
    }

    static string ExampleOf(Type id) => id.Name switch
    {
        "BuyerId" => "buyer/bea",
        "SellerId" => "seller/ana",
        "ListingId" => "listing/ana/mug",
        var name => $"{char.ToLowerInvariant(name[0])}{name[1..^2]}/ana/4x7zk2",
    };
}
