using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
namespace Recourse.Benchmarks;

/// <summary>A basket as the bare servers read it: the same text that Recourse gets.</summary>
public sealed record Basket(BasketLine[] Lines, string Country, string Method, Home ShipTo);

/// <summary>Units of one variant.</summary>
public sealed record BasketLine(string Listing, string Sku, int Quantity);

/// <summary>Where it goes.</summary>
public sealed record Home(string Name, string[] Lines, string City, string Postcode, string Country);

/// <summary>What the conventional checkout answers.</summary>
public sealed record Bought(string Order, string State, long Total, string Currency);

/// <summary>JSON of the bare servers, by generated code: as fast as it gets.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Basket))]
[JsonSerializable(typeof(Home))]
[JsonSerializable(typeof(Bought))]
sealed partial class WireJson : JsonSerializerContext;

static class Wire
{
    public static async ValueTask<Basket> Read(HttpContext http) =>
        await JsonSerializer.DeserializeAsync(http.Request.BodyReader, WireJson.Default.Basket, http.RequestAborted)
            ?? throw new JsonException("No basket.");

    public static Task Write(HttpContext http, Basket basket)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.BodyWriter, basket, WireJson.Default.Basket);
    }

    public static Task Write(HttpContext http, Bought bought)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.BodyWriter, bought, WireJson.Default.Bought);
    }
}
