using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What happened after a position, as far as the reader may know.</summary>
/// <param name="Next">Say it as <c>after</c> to go on; it moves on though nothing was for the reader.</param>
public sealed record FeedBody(ImmutableArray<TimelineItem> Events, long Next);

/// <summary>A feed that can be resumed anywhere: long poll, or server-sent events.</summary>
static class FeedEndpoints
{
    const int MostTurns = 500, LongestWait = 30;
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/events", Get).For(Access.AnyKey).WithName("listEvents").WithTags("Events")
            .WithSummary("What happened after a position; waits for news, or streams with Accept: text/event-stream.")
            .Produces<FeedBody>(200, "application/json", "text/event-stream");

    static async Task<IResult> Get(
        Caller caller, IPlatform platform, Registry registry, IHostApplicationLifetime life, long? after, int? limit,
        int? wait)
    {
        var sight = new Sight(caller, platform, registry);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(caller.Cancel, life.ApplicationStopping);
        var from = after ?? LastEventId(caller.Http) ?? 0;
        if (from < 0) return Problems.BadParameter("after", "after < 0");
        if (caller.Http.Request.Headers.Accept.ToString()
            .Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await Stream(sight, from, caller, ends.Token);
            return Results.Empty;
        }
        return (Answer<FeedBody>)await Poll(
            sight, from, Positions.Limit(limit), Math.Clamp(wait ?? 0, 0, LongestWait), ends.Token);
    }

    /// <summary>How far a reader came whose connection broke.</summary>
    public static long? LastEventId(HttpContext http) =>
        long.TryParse(http.Request.Headers["Last-Event-ID"], out var id) ? id : null;

    static async Task<FeedBody> Poll(Sight sight, long from, int limit, int wait, CancellationToken ends)
    {
        var until = Environment.TickCount64 + wait * 1000L;
        while (true)
        {
            var batch = await sight.After(from, limit);
            var left = until - Environment.TickCount64;
            if (!batch.Events.IsEmpty || left <= 0 || ends.IsCancellationRequested) return batch;
            if (batch.Next == from) await Beyond(sight, from, TimeSpan.FromMilliseconds(left), ends);
            from = batch.Next;
        }
    }

    /// <summary>A process that stops lets nobody wait.</summary>
    static async Task Beyond(Sight sight, long from, TimeSpan limit, CancellationToken ends)
    {
        try { await sight.Platform.Beyond(from, limit, ends); }
        catch (OperationCanceledException) { }
    }

    static async Task Stream(Sight sight, long from, Caller caller, CancellationToken ends)
    {
        var response = caller.Http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        await response.Body.FlushAsync(caller.Cancel);
        while (!ends.IsCancellationRequested)
        {
            var batch = await sight.After(from, MostTurns);
            foreach (var e in batch.Events)
            {
                var json = JsonSerializer.Serialize(e, ApiJson.Of(caller.Http));
                await response.WriteAsync($"id: {e.Position}\nevent: {e.Event}\ndata: {json}\n\n", caller.Cancel);
            }
            if (batch.Next == from)
            {
                await response.WriteAsync($": {batch.Next}\n\n", caller.Cancel);
                await response.Body.FlushAsync(caller.Cancel);
                await Beyond(sight, from, Heartbeat, ends);
            }
            from = batch.Next;
        }
    }

    /// <summary>What one reader sees of the log, remembering for one request which aggregates are theirs.</summary>
    sealed class Sight(Caller caller, IPlatform platform, Registry registry)
    {
        readonly Dictionary<IId, Party?> _known = [];

        public IPlatform Platform => platform;

        /// <summary>Whole turns only, so that a position is never half read.</summary>
        public async Task<FeedBody> After(long from, int limit)
        {
            var newest = platform.Position;                                 // asked first: nothing slips in between
            var turns = await platform.Feed(from, limit, caller.Cancel);
            List<TimelineItem> seen = [];
            foreach (var r in turns)
                if (await As(r.Id) is { } party && Telling.IsFor(r.Event, party))
                    seen.Add(Telling.Of(r, party, caller.Texts));
            var read = newest - from > limit ? from + limit : Math.Max(from, newest);   // turns without events, too
            var next = turns.IsEmpty ? read : Math.Max(read, turns[^1].Position);
            return new([.. seen], next);
        }

        async Task<Party?> As(IId id)
        {
            if (IsSurelyNot(id, caller.Who, registry)) return null;
            if (_known.TryGetValue(id, out var known)) return known;
            if (_known.Count > 10_000) _known.Clear();
            return _known[id] = (await platform.Read(id, caller.Who, caller.Cancel))?.As;
        }

    }

    /// <summary>The id says whose it is: another buyer's, or another seller's, is none of theirs.</summary>
    public static bool IsSurelyNot(IId id, Actor who, Registry registry)
    {
        var owner = registry.Of(id).Owner;
        var code = id.ToString()!.Split('/')[1];
        return who switch
        {
            Actor.Buyer a     => owner is OwnedBy.Buyer && code != a.Id.Code,
            Actor.Seller a    => owner is OwnedBy.Buyer || owner is OwnedBy.Seller && code != a.Id.Code,
            Actor.Warehouse a => owner is OwnedBy.Buyer || owner is OwnedBy.Seller && code != a.Of.Code,
            Actor.Carrier     => owner is not OwnedBy.Seller,
            _                 => false,
        };
    }
}
