using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Whoever calls, as the door let them in: nothing in a request can claim to be someone.</summary>
public sealed class Caller(HttpContext http)
{
    Visitor? _visitor = http.Features.Get<Visitor>();

    /// <summary>Somebody who has shown who they are, and was not let in.</summary>
    internal static Caller AtTheDoor(HttpContext http, Visitor visitor) => new(http) { _visitor = visitor };

    /// <summary>Who; a stranger is nobody, and must not be asked.</summary>
    public Actor Who => _visitor?.Who ?? throw new InvalidOperationException("The endpoint is open to strangers.");

    internal Visitor Visitor =>
        _visitor ?? throw new InvalidOperationException("The endpoint is open to strangers.");

    /// <summary>As whom they buy; null: they are no buyer.</summary>
    public BuyerId? Buyer => _visitor?.Who is Actor.Buyer buyer ? buyer.Id : null;

    /// <summary>In which role; none: a stranger.</summary>
    public Party Role => _visitor?.Role ?? Party.None;

    /// <summary>The request, for headers.</summary>
    public HttpContext Http => http;

    /// <summary>Gone when the caller has hung up.</summary>
    public CancellationToken Cancel => http.RequestAborted;

    Texts? _texts;

    /// <summary>Their language, in UTC; on a page in the reader's own time zone.</summary>
    public Texts Texts => _texts ??= Choices.ZoneOf(http) is { } zone
        ? Languages.Of(http.Request, zone) : Languages.Of(http.Request);

    /// <summary>Their language, where the goods go; on a page in the reader's own time zone.</summary>
    public Texts TextsIn(string zone) => Languages.Of(http.Request, Choices.ZoneOf(http) ?? zone);

    /// <summary>Which rows of lists are theirs; null: none.</summary>
    public string? Scope => _visitor is null ? null : Recourse.Kernel.Scope.VisibleTo(Who);

    /// <summary>Whether they are the platform's people.</summary>
    public bool IsStaff => (Role & Party.Staff) != 0;

    /// <summary>Made for each request.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(new Caller(context));
}

/// <summary>A write as it came in: a body, a key that makes it safe to repeat, a version it insists on.</summary>
public abstract class Write
{
    internal const string KeyHeader = "Idempotency-Key";
    private protected const int LongestKey = 128;

    /// <summary>Why it can't be used; null: it can.</summary>
    internal Problem? Fault { get; private protected set; }

    /// <summary>Who writes.</summary>
    public Caller By { get; private protected set; } = null!;

    /// <summary>The idempotency key.</summary>
    public string Key { get; private protected set; } = "";

    /// <summary>Hash of method, path and body.</summary>
    public ulong Hash { get; private protected set; }

    /// <summary>The version that the writer has seen; null: any.</summary>
    public long? IfVersion { get; private protected set; }

    /// <summary>The ask that this becomes.</summary>
    public Ask To(IId target, object command, bool untilSettled = false) =>
        new(target, command, By.Who, Key, untilSettled, IfVersion, Hash);

    /// <summary>What is longer than it may be is left unread: the server drops the rest after answering.</summary>
    private protected async Task<byte[]?> Read(HttpContext http, int most = Settings.LargestBody)
    {
        By = new(http);
        var request = http.Request;
        Key = request.Headers[KeyHeader].ToString();
        if (Key is "") Fault = Problems.Bad("api.no-idempotency-key", KeyHeader);
        else if (Key.Length > LongestKey || Key.Any(c => c is <= ' ' or > '~'))
            Fault = Problems.Bad("api.bad-idempotency-key", KeyHeader, ("most", LongestKey));
        else if (!TryVersion(request.Headers.IfMatch.ToString())) Fault = Problems.Bad("api.bad-version", "If-Match");
        if (Fault is not null) return null;

        if (request.ContentLength > most) return TooLong();
        var body = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length > most) return TooLong();
        var said = System.Text.Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n");
        var hashed = new byte[said.Length + body.Length];
        said.CopyTo(hashed, 0);
        body.GetBuffer().AsSpan(0, (int)body.Length).CopyTo(hashed.AsSpan(said.Length));
        Hash = Platform.Hash(hashed);
        return hashed[said.Length..];

        byte[]? TooLong()
        {
            Fault = Problems.TooLong(most);
            return null;
        }
    }

    bool TryVersion(string header)
    {
        if (header is "" or "*") return true;
        var text = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        if (!long.TryParse(text.Trim('"'), System.Globalization.NumberStyles.None, null, out var version)) return false;
        IfVersion = version;
        return true;
    }
}

/// <summary>A write without a body.</summary>
public sealed class BareWrite : Write
{
    /// <summary>Made for each request.</summary>
    public static async ValueTask<BareWrite?> BindAsync(HttpContext context)
    {
        var write = new BareWrite();
        await write.Read(context);
        return write;
    }
}

/// <summary>A write with a body in JSON.</summary>
public sealed class WriteOf<T> : Write, IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>What was sent.</summary>
    public T Body { get; private set; } = null!;

    /// <summary>Made for each request.</summary>
    public static async ValueTask<WriteOf<T>?> BindAsync(HttpContext context)
    {
        var write = new WriteOf<T>();
        if (!context.Request.HasJsonContentType()) write.Fault = Problems.OfStatus(415);
        else if (await write.Read(context) is { } bytes) write.Parse(bytes, context);
        return write;
    }

    void Parse(byte[] bytes, HttpContext http)
    {
        try
        {
            Body = JsonSerializer.Deserialize<T>(bytes, ApiJson.Of(http))!;
            Fault = Body is null ? Problems.Bad("api.no-body") : Malformed.OfLists(bytes);
        }
        catch (JsonException e) { Fault = Malformed.Of(e); }
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(
        ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>What can't be used is answered before any endpoint sees it.</summary>
sealed class OnlyUsableWrites : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
            if (argument is Write { Fault: { } fault }) return new(fault);
        return next(context);
    }
}
