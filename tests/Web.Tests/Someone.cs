using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
namespace Recourse.Tests;

/// <summary>An answer, read.</summary>
public sealed record Reply(HttpStatusCode Status, HttpResponseHeaders Headers, string Text, string? Type)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>A text in the body.</summary>
    public string? this[string name] => Json[name]?.ToString();

    /// <summary>The problem's code.</summary>
    public string? Code => Type is "application/problem+json" ? this["code"] : null;

    /// <summary>What the reader may do.</summary>
    public JsonNode? Action(string name) =>
        Json["actions"]!.AsArray().SingleOrDefault(a => a!["name"]!.ToString() == name);

    /// <summary>Where there is more to look at.</summary>
    public string? Location => Headers.Location?.OriginalString;

    /// <summary>The version, as it is said in If-Match.</summary>
    public string? Version => Headers.ETag?.Tag;
}

/// <summary>Whoever speaks HTTP with a key.</summary>
public sealed class Someone(HttpClient http, string? key)
{
    /// <summary>The language that they read.</summary>
    public string? Language { get; init; }

    /// <summary>The same person, reading that language.</summary>
    public Someone Reading(string language) => new(http, key) { Language = language };

    /// <summary>Reads.</summary>
    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Writes.</summary>
    public Task<Reply> Post(string path, object? body = null, string? idempotency = null, string? ifMatch = null) =>
        Send(HttpMethod.Post, path, body is null ? null : Json(body), idempotency ?? $"{Guid.NewGuid():n}", ifMatch);

    /// <summary>Puts.</summary>
    public Task<Reply> Put(string path, object body, string? ifMatch = null) =>
        Send(HttpMethod.Put, path, Json(body), $"{Guid.NewGuid():n}", ifMatch);

    static StringContent Json(object body) => new(
        body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    /// <summary>Says anything.</summary>
    public async Task<Reply> Send(
        HttpMethod method, string path, HttpContent? body, string? idempotency = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (idempotency is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotency);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (Language is not null) request.Headers.AcceptLanguage.ParseAdd(Language);
        using var response = await http.SendAsync(request);
        var reply = await Read(response);
        if (reply.Code is { } code) reply["detail"]!.ShouldNotContain(code, Case.Sensitive, "it has no words");
        return reply;
    }

    static async Task<Reply> Read(HttpResponseMessage response) => new(
        response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType);
}
