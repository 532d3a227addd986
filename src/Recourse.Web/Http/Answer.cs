using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What every endpoint answers: a body with its version and position, or a problem.</summary>
public sealed class Answer<T> : IResult, IEndpointMetadataProvider where T : class
{
    readonly T? _body;
    readonly Problem? _problem;

    Answer(T? body, Problem? problem) => (_body, _problem) = (body, problem);

    /// <summary>What is answered; null: there is a problem.</summary>
    public T? Body => _body;

    /// <summary>Why there is no body; null: there is one.</summary>
    public Problem? Problem => _problem;

    /// <summary>The status; 200 where nothing else is said.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The aggregate's version, for <c>If-Match</c>.</summary>
    public long? Version { get; init; }

    /// <summary>Where in the log it was true: a later read can wait for it.</summary>
    public long? Position { get; init; }

    /// <summary>Where the thing is.</summary>
    public string? Location { get; init; }

    /// <summary>A body.</summary>
    public static implicit operator Answer<T>(T body) => new(body, null);

    /// <summary>A problem.</summary>
    public static implicit operator Answer<T>(Problem problem) => new(null, problem);

    /// <summary>A body of an aggregate as it was seen.</summary>
    public static Answer<T> Of(T body, Seen seen) =>
        new(body, null) { Version = seen.Version, Position = seen.Position };

    /// <summary>A body of an aggregate as it is now.</summary>
    public static Answer<T> Of(T body, Outcome.Done done) =>
        new(body, null) { Version = done.Version, Position = done.Position };

    /// <summary>The same, with another status and the place where the thing is.</summary>
    public Answer<T> With(int status, string? location = null) =>
        new(_body, _problem) { Status = status, Version = Version, Position = Position, Location = location };

    /// <summary>The same with more in its body.</summary>
    public Answer<T> Told(Func<T, T> more) => new(_body is null ? null : more(_body), _problem)
    {
        Status = Status, Version = Version, Position = Position, Location = Location,
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (_problem is not null) return _problem.ExecuteAsync(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (Version is { } version) response.Headers.ETag =
            string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        if (Position is { } position)
            response.Headers[Positions.Header] = position.ToString(CultureInfo.InvariantCulture);
        if (Location is not null) response.Headers.Location = Location;
        return JsonSerializer.SerializeAsync(
            response.Body, _body!, ApiJson.Of(httpContext), httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
}

/// <summary>Some rows, and where the next ones start.</summary>
/// <param name="Next">Say it as <c>after</c> to get the next ones; null: there are no more.</param>
/// <param name="CatchingUp">The rows don't show the position that was asked for yet.</param>
public sealed record Rows<T>(ImmutableArray<T> Items, string? Next, bool CatchingUp);

/// <summary>Reading what one just wrote: whoever says a position waits until the views show it.</summary>
static class Positions
{
    public const string Header = "Recourse-Position";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the views show what the reader has seen already; a position that is no number is none.
    /// </summary>
    public static async Task<bool> AreShown(IPlatform platform, Caller caller) =>
        Asked(caller) is not { } position || await AreShown(platform, position, caller.Cancel);

    /// <summary>Whether the views show what is at that position.</summary>
    public static Task<bool> AreShown(IPlatform platform, long position, CancellationToken cancel) =>
        platform.Views.CaughtUp(position, Patience, cancel);

    /// <summary>Whether the views show all that is durable now.</summary>
    public static Task<bool> AreShown(IPlatform platform, CancellationToken cancel) =>
        AreShown(platform, platform.Position, cancel);

    /// <summary>The position that a reader has seen already; null: they name none.</summary>
    public static long? Asked(Caller caller)
    {
        var request = caller.Http.Request;
        var text = request.Query["position"].FirstOrDefault() ?? request.Headers[Header].FirstOrDefault();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position : null;
    }

    /// <summary>A page of a view's rows, as bodies.</summary>
    public static async Task<Rows<TBody>> Page<TRow, TBody>(
        IPlatform platform, Caller caller, View<TRow> view, string index, string? value, string? after, int? limit,
        Func<TRow, TBody> body, string? least = null) where TRow : class
    {
        var shown = await AreShown(platform, caller);
        if (value is null) return new([], null, !shown);
        var page = platform.Views.List(view, index, value, after, Limit(limit), least);
        return new([.. page.Rows.Select(body)], page.Next, !shown);
    }

    /// <summary>
    /// Whose rows a list shows: one's own, or for staff those of a buyer or seller; null: nobody's that one may see.
    /// </summary>
    public static string? ScopeOf(Caller caller, string? of) => string.IsNullOrEmpty(of) ? caller.Scope
        : caller.IsStaff && (BuyerId.TryParse(of, out _) || SellerId.TryParse(of, out _)) ? of
        : caller.Scope == of ? of : null;

    /// <summary>An instant of an address, written as RFC 3339 has it; null: it is none.</summary>
    public static Instant? InstantIn(string text) =>
        NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(text).TryGetValue(default, out var at)
            ? at.ToInstant() : null;

    /// <summary>How many rows: 50 where nothing is said, never more than 200.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? 50, 1, 200);
}
