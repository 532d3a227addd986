using System.Globalization;
using System.Text.Json;
namespace Recourse.Client;

/// <summary>
/// It wasn't done. Where the server said why, <see cref="Problem"/> holds all it said (RFC 9457); decide by
/// <see cref="Code"/>, which is stable, and show people <see cref="Exception.Message"/>, which is in their language.
/// </summary>
public sealed class RecourseException : Exception
{
    /// <summary>What the generated client knows when it gives up.</summary>
    public RecourseException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers,
        Exception? innerException)
        : this(message, statusCode, response, headers, Read(response, headers), innerException) { }

    RecourseException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers,
        ProblemBody? problem, Exception? innerException)
        : base(problem?.Detail ?? message, innerException) =>
        (StatusCode, Response, Headers, Problem) = (statusCode, response, headers, problem);

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body as it came.</summary>
    public string? Response { get; }

    /// <summary>The headers of the answer.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; }

    /// <summary>What the server said; null: the answer didn't come from Recourse, or couldn't be read.</summary>
    public ProblemBody? Problem { get; }

    /// <summary>The stable code of what stands in the way first, e.g. <c>order.already-shipped</c>.</summary>
    public string? Code => Problem?.Code;

    /// <summary>Which field of the request is at fault; null: none.</summary>
    public string? Field => Problem?.Field;

    /// <summary>What can be done about it: a code, and words.</summary>
    public Hint? WayOut => Problem?.WayOut;

    /// <summary>Everything that stands in the way, each with its facts.</summary>
    public IEnumerable<RefusalBody> Refusals => Problem?.Refusals ?? [];

    /// <summary>When to try again, if the server said so.</summary>
    public TimeSpan? RetryAfter => Said("Retry-After") is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Whether the same call, with the same idempotency key, is worth repeating later.</summary>
    public bool PassesByItself => StatusCode is 408 or 429 or 502 or 503 or 504;

    string? Said(string header) =>
        Headers.FirstOrDefault(h => h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();

    static ProblemBody? Read(string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers)
    {
        if (response is null || !headers.TryGetValue("Content-Type", out var types)
            || types.FirstOrDefault()?.StartsWith("application/problem+json", StringComparison.Ordinal) is not true)
            return null;
        try { return JsonSerializer.Deserialize<ProblemBody>(response); }
        catch (JsonException) { return null; }
    }
}
