using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
namespace Recourse.Adapters.Webhooks;

/// <summary>What is sent to an endpoint.</summary>
/// <param name="Id">The same for every try.</param>
/// <param name="Secrets">The newest first; two while a secret is changed.</param>
public sealed record HookCall(Uri Url, string Id, byte[] Body, ImmutableArray<string> Secrets);

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">Null: it did not answer.</param>
/// <param name="Said">How its answer starts, or why there is none.</param>
/// <param name="Took">Milliseconds.</param>
public sealed record HookAnswer(int? Status, string Said, int Took)
{
    /// <summary>It has it.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>It will never want anything again.</summary>
    public bool IsGone => Status is 410;
}

/// <summary>
/// Calls endpoints of other people: no redirects, no proxies, no cookies, and no address inside closed networks,
/// whatever a name resolves to at the moment.
/// </summary>
public sealed class HookClient : IDisposable
{
    const int MostRead = 2_000;
    readonly bool _local;
    readonly HttpClient _http;
    readonly TimeSpan _patience;

    /// <summary>Ready to call.</summary>
    /// <param name="local">This machine itself may be called too: in demos and tests.</param>
    /// <param name="patience">How long an endpoint may take; null: 15 seconds.</param>
    public HookClient(bool local, TimeSpan? patience = null)
    {
        (_local, _patience) = (local, patience ?? TimeSpan.FromSeconds(15));
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30), ConnectCallback = Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 16,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Recourse-Webhooks/1");
    }

    /// <summary>The name is resolved here, and what it resolves to is what is called: nothing can change between.
    /// </summary>
    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var end = context.DnsEndPoint;
        var found = IPAddress.TryParse(end.Host, out var literal) ? [literal]
            : await Dns.GetHostAddressesAsync(end.Host, stop);
        var open = found.Where(a => HookAddress.IsOpen(a, _local)).ToArray();
        if (open.Length < found.Length || open.Length == 0) throw new ClosedNetwork(end.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, end.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Calls once; whatever goes wrong is an answer.</summary>
    public async Task<HookAnswer> Send(HookCall call, CancellationToken stop)
    {
        var started = Environment.TickCount64;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        try
        {
            if (HookAddress.FaultOf(call.Url.OriginalString, _local) is not null) 
                throw new ClosedNetwork(call.Url.Host);
            using var request = Request(call);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new((int)response.StatusCode, await Start(response, limit.Token), Since(started));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(null, $"No answer within {_patience.TotalSeconds:0} s.", Since(started));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or ClosedNetwork)
        {
            var why = (e.InnerException as ClosedNetwork)?.Message ?? e.InnerException?.Message ?? e.Message;
            return new(null, why, Since(started));
        }
    }

    static HttpRequestMessage Request(HookCall call)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();                // of the wire, whatever day a demo has
        var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add("webhook-id", call.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(
            "webhook-signature", HookSignature.Of(call.Id, now, call.Body, call.Secrets));
        return request;
    }

    static async Task<string> Start(HttpResponseMessage response, CancellationToken stop)
    {
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[MostRead];
        var read = await body.ReadAtLeastAsync(bytes, MostRead, throwOnEndOfStream: false, stop);
        return string.Concat(Encoding.UTF8.GetString(bytes, 0, read).Where(c => c is '\n' || !char.IsControl(c)));
    }

    static int Since(long started) => (int)(Environment.TickCount64 - started);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>A name that leads into a network that is not open.</summary>
sealed class ClosedNetwork(string host) : Exception($"{host} leads to an address that is not open to the internet.");
