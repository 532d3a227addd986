using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An answer that says what went wrong and what to do (RFC 9457).</summary>
public sealed record Problem(int Status, params ImmutableArray<Refusal> Why) : IResult
{
    /// <summary>Seconds after which it may be tried again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What there is to look at nonetheless.</summary>
    public string? Location { get; init; }

    /// <summary>What was found in a basket, with what would settle it.</summary>
    public ImmutableArray<CheckoutFinding> Findings { get; init; } = [];

    /// <summary>Of what can't be had so, the rest is kept.</summary>
    internal bool IsPartial { get; init; }

    /// <summary>What was filled in, where the page of the problem shows it again; null: nothing.</summary>
    internal ImmutableDictionary<string, string>? Sent { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Location is not null) response.Headers.Location = Location;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Pages.IsWanted(httpContext)) return Pages.Tell(this, httpContext).ExecuteAsync(httpContext);
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        var body = Problems.Body(this, Languages.Of(httpContext.Request), httpContext);
        return JsonSerializer.SerializeAsync(response.Body, body, ApiJson.Of(httpContext), httpContext.RequestAborted);
    }
}

/// <summary>A problem as it is written.</summary>
/// <param name="Code">The first refusal's code.</param>
/// <param name="Title">What kind of problem, in a few words.</param>
/// <param name="Detail">What is wrong and what to do, in the reader's language.</param>
/// <param name="Field">Which field of the request is at fault.</param>
/// <param name="WayOut">What can be done.</param>
/// <param name="Refusals">Everything that stands in the way.</param>
/// <param name="Findings">Of a basket: all that was found, each with what would settle it; else empty.</param>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Code, string Detail, string? Field, Hint WayOut,
    ImmutableArray<RefusalBody> Refusals, string TraceId, ImmutableArray<CheckoutFinding> Findings);

/// <summary>One thing that stands in the way.</summary>
public sealed record RefusalBody(
    string Code, string Detail, string? Field, Hint WayOut, ImmutableArray<FactBody> Facts);

/// <summary>Something to do: a code and its words.</summary>
public sealed record Hint(string Code, string Text);

/// <summary>The one place where outcomes become statuses.</summary>
public static class Problems
{
    const int RetrySoon = 1;
    static readonly Remedy Mend = new("api.mend"), GetKey = new("api.get-key"), AskOperator = new("api.ask-operator"),
        Again = new("api.repeat-with-same-key"), Later = new("api.try-later"), ReadDocs = new("api.read-docs");

    internal static readonly Problem NoKey = new(401, new Refusal("api.no-key", GetKey));
    internal static readonly Problem Forbidden = new(403, new Refusal("api.not-for-this-key", AskOperator));
    internal static readonly Problem TooManyRequests = new(429, new Refusal("api.too-many-requests", Later));
    internal static readonly Problem NoSuchPath = new(404, new Refusal("api.no-such-path", ReadDocs));
    internal static readonly Problem NotFound = new(404, Refusal.NotFound);

    static readonly ImmutableArray<string> Unprocessable = ["kernel.key-reused", "kernel.too-much-at-once"];

    /// <summary>What kept an ask from being done.</summary>
    public static Problem Of(Outcome outcome) => outcome switch
    {
        Outcome.Refused o => Of(o.Why),
        Outcome.Unknown   => Unknown,
        Outcome.Busy o    => new(429, new Refusal("kernel.busy", Later)) { RetryAfter = o.RetryAfterSeconds },
        Outcome.Fault     => Fault,
        Outcome.Done      => throw new InvalidOperationException("Done is no problem."),
    };

    /// <summary>It may have been recorded.</summary>
    internal static Problem Unknown => new(503, new Refusal("kernel.unknown", Again)) { RetryAfter = RetrySoon };

    /// <summary>A bug of ours.</summary>
    internal static Problem Fault => new(500, new Refusal("kernel.fault", AskOperator));

    /// <summary>Refusals of a decider or of the edge.</summary>
    public static Problem Of(ImmutableArray<Refusal> why)
    {
        var status = why switch
        {
            _ when why.Any(no => no.Code == Refusal.NotFound.Code) && why.Length == 1 => 404,
            _ when why.Any(no => no.Code == "kernel.version-changed") => 412,
            _ when why.All(no => no.Field is not null || Unprocessable.Contains(no.Code)) => 422,
            _ => 409,
        };
        return new(status, why);
    }

    /// <summary>A request that can't be read.</summary>
    public static Problem Bad(string code, string? field = null, params ImmutableArray<Named> facts) =>
        new(400, new Refusal(code, Mend, facts) { Field = field });

    /// <summary>Several filters of which one can be had.</summary>
    internal static Problem OneOf(string field, string what) => Bad("api.one-of", field, ("what", what));

    /// <summary>A parameter of the address that can't be read.</summary>
    internal static Problem BadParameter(string? field, string what) =>
        Bad("api.bad-parameter", field, ("what", what));

    /// <summary>Something of the request has no right form: told with everything else that is wrong.</summary>
    public static Refusal BadField(string code, string field, params ImmutableArray<Named> facts) =>
        new(code, Mend, facts) { Field = field };

    /// <summary>More was sent than is taken.</summary>
    internal static Problem TooLong(long most) => new(413, new Refusal("api.body-too-long", Mend, ("most", most)));

    /// <summary>What the server says by itself.</summary>
    internal static Problem OfStatus(int status) => status switch
    {
        401 => NoKey,
        403 => Forbidden,
        404 => NoSuchPath,
        405 => new(405, new Refusal("api.method-not-allowed", ReadDocs)),
        408 => new(408, new Refusal("api.too-slow", Later)),
        413 => TooLong(Settings.LargestBody),
        415 => new(415, new Refusal("api.not-json", Mend)),
        429 => TooManyRequests,
        431 => new(431, new Refusal("api.headers-too-long", Mend)),
        >= 500 => Fault with { Status = status },
        _ => new(status, new Refusal("api.bad-request", ReadDocs)),
    };

    internal static ProblemBody Body(Problem problem, Texts texts, HttpContext http)
    {
        var first = problem.Why[0];
        return new(
            $"/problems/{first.Code}", texts.Tell($"problem.{problem.Status}"), problem.Status, first.Code,
            string.Join(' ', problem.Why.Take(5).Select(texts.Tell)), first.Field, Words.Of(first.WayOut, texts),
            [.. problem.Why.Select(no => Words.Of(no, texts))],
            Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, problem.Findings);
    }
}
