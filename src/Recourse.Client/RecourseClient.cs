using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
namespace Recourse.Client;

/// <summary>
/// The API, one method a call. A write takes an idempotency key; left out, one is made for the call, so that a
/// resilience handler beneath the <see cref="HttpClient"/> repeats it safely. Give your own wherever you yourself may
/// have to repeat. Whatever isn't done is a <see cref="RecourseException"/>. Threads may share a client.
/// </summary>
/// <remarks>The address of the server is the <see cref="HttpClient.BaseAddress"/>.</remarks>
public partial class RecourseClient
{
    const string IdempotencyKey = "Idempotency-Key", PositionHeader = "Recourse-Position";

    // The server waits at most this long for news.
    const int LongestWait = 30;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly AuthenticationHeaderValue? _key;
    long _position;

    /// <summary>Speaks with a key such as <c>rk_…</c>.</summary>
    public RecourseClient(HttpClient httpClient, string key) : this(httpClient) => _key = new("Bearer", key);

    /// <summary>In which language texts are told: <c>en</c> or <c>pt-BR</c>; null: as the server is set up.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The newest position that a write was answered with. Lists that are read with this client wait until they show
    /// it. Set it to what another process wrote to see that too.
    /// </summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }

    /// <summary>
    /// What happens from a position on, page by page, without end. Keep <see cref="FeedBody.Next"/> once a page is
    /// dealt with, and start there again: nothing is missed, and at most one page comes twice. Lost connections, and a
    /// server that is busy or restarts, are waited for.
    /// </summary>
    public async IAsyncEnumerable<FeedBody> FollowEventsAsync(
        long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await Page(after, cancellationToken).ConfigureAwait(false) is not { } page || page.Next == after)
                continue;
            yield return page;
            after = page.Next;
        }
    }

    // Null: it couldn't be had, for a reason that passes.
    async Task<FeedBody?> Page(long after, CancellationToken cancel)
    {
        TimeSpan pause;
        try
        {
            return await ListEventsAsync(after, wait: LongestWait, cancellationToken: cancel).ConfigureAwait(false);
        }
        catch (RecourseException e) when (e.PassesByItself) { pause = e.RetryAfter ?? Pause; }
        // Who answers and is gone at that moment is told of by the socket itself.
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException) { pause = Pause; }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { pause = Pause; }
        await Task.Delay(pause, cancel).ConfigureAwait(false);
        return null;
    }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) =>
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

    static async Task<ObjectResponseResult<byte[]>> ReadBytesAsync(
        HttpResponseMessage response, CancellationToken cancel) =>
        new(await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false), "");

    // A text such as CSV is no JSON either.
    static async Task<ObjectResponseResult<string>> ReadTextAsync(
        HttpResponseMessage response, CancellationToken cancel)
    {
        var text = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        return new(text, text);
    }

    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, StringBuilder urlBuilder)
    {
        request.Headers.Authorization = _key;
        if (Language is not null) request.Headers.AcceptLanguage.ParseAdd(Language);
        if (request.Method != HttpMethod.Get)
        {
            if (!request.Headers.Contains(IdempotencyKey)) request.Headers.Add(IdempotencyKey, $"{Guid.NewGuid():n}");
        }
        else if (Position is > 0 and var position)
        {
            request.Headers.Add(PositionHeader, $"{position}");
        }
    }

    partial void ProcessResponse(HttpClient client, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(PositionHeader, out var values)
            || !long.TryParse(values.FirstOrDefault(), out var said)) return;
        for (var known = Position; said > known; known = Position)
            if (Interlocked.CompareExchange(ref _position, said, known) == known) return;
    }
}
