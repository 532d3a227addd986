using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
namespace Recourse.Tests;

/// <summary>Something said, until it was answered.</summary>
/// <param name="Key">The access key of who says it.</param>
/// <param name="Idempotency">The same each time that it is said.</param>
public sealed record Write(string Key, string Path, string Body, string Idempotency);

/// <summary>What was answered.</summary>
public sealed record Answered(Write Write, HttpStatusCode Status, JsonNode? Body)
{
    /// <summary>A text in the body.</summary>
    public string? this[string name] => Body?[name]?.ToString();
}

/// <summary>A client that says everything again, with the same key, until it has an answer.</summary>
public sealed class Persistent(Uri address) : IDisposable
{
    const string Position = "Recourse-Position";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = address, Timeout = Patience };
    TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _tries, _answers, _position;

    /// <summary>How often something was said.</summary>
    public long Tries => Volatile.Read(ref _tries);

    /// <summary>How often there was an answer that counts.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>It can be reached, as far as is known.</summary>
    public void IsUp() => _up.TrySetResult();

    /// <summary>It is gone.</summary>
    public void IsDown() => _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says a write until it is answered for good.</summary>
    public async Task<Answered> Say(string key, string path, object body, string idempotency)
    {
        var write = new Write(key, path, JsonSerializer.Serialize(body), idempotency);
        return await Say(write);
    }

    /// <inheritdoc cref="Say(string, string, object, string)"/>
    public async Task<Answered> Say(Write write)
    {
        while (true)
        {
            var (status, body) = await Send(HttpMethod.Post, write.Key, write.Path, write.Body, write.Idempotency);
            if (status is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(50);
                continue;
            }
            Interlocked.Increment(ref _answers);
            return new(write, status, body);
        }
    }

    /// <summary>Reads until there is an answer.</summary>
    public async Task<JsonNode> Read(string key, string path)
    {
        while (true)
        {
            var (status, body) = await Send(HttpMethod.Get, key, path, null, null);
            var isBehind = body is JsonObject page && page["catchingUp"]?.GetValue<bool>() is true;
            if (status is HttpStatusCode.OK && !isBehind) return body!;
            if (!isBehind && status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                throw new InvalidOperationException($"{path}: {status} {body}");
            await Task.Delay(50);
        }
    }

    /// <summary>Every item of a list.</summary>
    public async Task<List<JsonNode>> ReadAll(string key, string path)
    {
        List<JsonNode> all = [];
        string? after = null;
        do
        {
            var from = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
            var page = await Read(key, $"{path}?limit=100{from}");
            all.AddRange(page["items"]!.AsArray().Select(i => i!));
            after = page["next"]?.ToString();
        } while (after is not null);
        return all;
    }

    async Task<(HttpStatusCode, JsonNode?)> Send(
        HttpMethod method, string key, string path, string? body, string? idempotency)
    {
        while (true)
        {
            await _up.Task;
            try
            {
                Interlocked.Increment(ref _tries);
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Authorization = new("Bearer", key);
                request.Headers.Add(Position, $"{Volatile.Read(ref _position)}");
                if (idempotency is not null) request.Headers.Add("Idempotency-Key", idempotency);
                if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await _http.SendAsync(request);
                if (response.Headers.TryGetValues(Position, out var said)) Seen(long.Parse(said.Single()));
                var text = await response.Content.ReadAsStringAsync();
                return (response.StatusCode, text is "" ? null : JsonNode.Parse(text));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException
                or SocketException or JsonException)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Lists that are read from now on show at least this.</summary>
    void Seen(long position)
    {
        for (var known = _position; known < position;)
        {
            var was = Interlocked.CompareExchange(ref _position, position, known);
            known = was == known ? position : was;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
