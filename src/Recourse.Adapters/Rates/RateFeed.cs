using System.Net;
using System.Net.Sockets;
using Recourse.Exchange;
namespace Recourse.Adapters.Rates;

/// <summary>What a source of rates answered.</summary>
public closed record RateAnswer
{
    /// <summary>The newest day of its file.</summary>
    public sealed record Read(RateSheet Sheet) : RateAnswer;

    /// <summary>Nothing that can be used.</summary>
    /// <param name="Why">In English: for those who run the platform.</param>
    public sealed record Failed(string Why) : RateAnswer;
}

/// <summary>Fetches files of rates from where their sources publish them: no redirects, no cookies, a file of limited
/// size within limited time.</summary>
public sealed class RateFeed : IDisposable
{
    const int LongestWhy = 300;
    readonly HttpClient _http;

    /// <summary>Ready to call.</summary>
    /// <param name="patience">How long a whole answer may take; null: 30 seconds.</param>
    /// <param name="most">Largest answer that is read, in bytes.</param>
    public RateFeed(TimeSpan? patience = null, int most = RateFiles.Largest)
    {
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30), MaxResponseHeadersLength = 16,
            AutomaticDecompression = DecompressionMethods.None,
        })
        { Timeout = patience ?? TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = most };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Recourse-Rates/1");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/xml, application/json, text/csv, */*;q=0.5");
    }

    /// <summary>Asks once; whatever goes wrong is an answer.</summary>
    public async Task<RateAnswer> Fetch(string source, Uri from, CancellationToken stop)
    {
        try
        {
            using var response = await _http.GetAsync(from, HttpCompletionOption.ResponseContentRead, stop);
            if (response.StatusCode is not HttpStatusCode.OK)
                return new RateAnswer.Failed($"It answered {(int)response.StatusCode} {response.ReasonPhrase}".Trim());
            var (sheet, fault) = RateFiles.Read(await response.Content.ReadAsByteArrayAsync(stop), source);
            return sheet is null ? Failed(fault!.Problem) : new RateAnswer.Read(sheet);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new RateAnswer.Failed($"No whole answer within {_http.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return Failed(e.InnerException?.Message ?? e.Message);
        }
    }

    static RateAnswer.Failed Failed(string why) => new(why.Length > LongestWhy ? why[..LongestWhy] : why);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
