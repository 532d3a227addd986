using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Whatever goes wrong is answered as a problem, also what no endpoint has answered at all.</summary>
sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    const int ClientClosedRequest = 499;

    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null })
                await (Unread(http) ?? Problems.OfStatus(http.Response.StatusCode)).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !http.Response.HasStarted)
        {
            http.Response.Headers.Remove("Content-Type");
            await ProblemOf(e, http).ExecuteAsync(http);
        }
    }

    /// <summary>A number of the address that is none: handlers that are bound ahead of time only say 400.</summary>
    static Problem? Unread(HttpContext http) => http.Response.StatusCode is not 400 ? null
        : (from known in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? []
           where known.HasTryParse
           let text = http.Request.Query[known.Name].FirstOrDefault() ?? http.GetRouteValue(known.Name)?.ToString()
           where text is not (null or "") && !IsOne(known.ParameterInfo.ParameterType, text)
           select Problems.BadParameter(known.Name, $"{known.Name}={text}")).FirstOrDefault();

    static bool IsOne(Type type, string text) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int)  => int.TryParse(text, CultureInfo.InvariantCulture, out _),
        var t when t == typeof(long) => long.TryParse(text, CultureInfo.InvariantCulture, out _),
        var t when t == typeof(bool) => bool.TryParse(text, out _),
        _ => false,
    };

    Problem ProblemOf(Exception e, HttpContext http)
    {
        switch (e)
        {
            case BadHttpRequestException { StatusCode: 400 } bad:
                return Problems.BadParameter(null, bad.Message);
            case BadHttpRequestException bad: return Problems.OfStatus(bad.StatusCode);
            case StoreException { Code: "people.erased" } erased:
                return new(409, new Refusal(erased.Code, new("home.look")));
            case StoreException { Code: "store.unavailable" }: return Problems.Unknown;
            default:
                LogFault(log, http.Request.Method, http.Request.Path, e);
                return Problems.Fault;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    static partial void LogFault(ILogger log, string method, PathString path, Exception e);
}
