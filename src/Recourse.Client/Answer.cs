using System.Globalization;
namespace Recourse.Client;

/// <summary>What the server answered. Where only the body matters, an answer is its body.</summary>
public sealed class Answer<T>(int status, IReadOnlyDictionary<string, IEnumerable<string>> headers, T body)
{
    /// <summary>The HTTP status: 202 says that the outcome isn't known yet.</summary>
    public int Status => status;

    /// <summary>All headers.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers => headers;

    /// <summary>The body.</summary>
    public T Body => body;

    /// <summary>The version, to be said as <c>ifMatch</c> by who changes only what they have seen.</summary>
    public string? Version => Said("ETag");

    /// <summary>Where the thing is, for one that was made.</summary>
    public string? Location => Said("Location");

    /// <summary>The position at which it was written; null: nothing was.</summary>
    public long? Position => long.TryParse(
        Said("Recourse-Position"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    /// <summary>The body.</summary>
    public static implicit operator T(Answer<T> answer) => answer.Body;

    string? Said(string header) =>
        headers.FirstOrDefault(h => h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}
