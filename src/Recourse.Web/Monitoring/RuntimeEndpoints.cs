using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What carries decisions out, seen from inside.</summary>
/// <param name="Position">The newest durable turn.</param>
/// <param name="Trouble">What is wrong; none: it is ready.</param>
/// <param name="Views">How far each view has come.</param>
/// <param name="Messages">Sent from partition to partition, and not acted on yet.</param>
/// <param name="OldestMessageAt">When the oldest of them was sent (UTC).</param>
/// <param name="Channels">The fullest channels.</param>
/// <param name="Calls">Of the outside, without an answer.</param>
/// <param name="OldestCallAt">When the oldest of them was made (UTC).</param>
/// <param name="PartitionsHere">Of 256, placed in this process.</param>
/// <param name="Files">What lies in the store's folder.</param>
public sealed record RuntimeBody(
    long Position, long UpSeconds, ImmutableArray<string> Trouble, ImmutableArray<ViewBody> Views, long Messages,
    Instant? OldestMessageAt, ImmutableArray<ChannelBody> Channels, int Calls, Instant? OldestCallAt,
    ProviderBody Provider, int PartitionsHere, ImmutableArray<FileBody> Files);

/// <summary>A view.</summary>
/// <param name="Behind">Turns that it doesn't show yet.</param>
public sealed record ViewBody(string Name, int Version, long Position, long Behind);

/// <summary>What one partition has sent to another.</summary>
public sealed record ChannelBody(int From, int To, int Messages, Instant? OldestAt);

/// <summary>The payment provider within the last five minutes, as this process met it.</summary>
/// <param name="Unknown">Calls whose outcome nobody knows yet.</param>
/// <param name="Failed">Calls that went wrong here.</param>
/// <param name="P95Milliseconds">What 95 of 100 calls stayed below.</param>
public sealed record ProviderBody(long Calls, long Unknown, long Failed, long P95Milliseconds);

/// <summary>A file of the store, with its log.</summary>
public sealed record FileBody(string Name, long Bytes);

/// <summary>Journal, outbox, views and provider, for those who run the platform.</summary>
static class RuntimeEndpoints
{
    const int MostChannels = 20;
    static readonly ImmutableArray<string> Files =
        ["journal.db", IndexFile.FolderName, ViewFile.FolderName, "people.db"];

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/runtime", (Caller caller, Platform platform, Store store, Pulse pulse, Herald herald) =>
                (Answer<RuntimeBody>)Of(platform, store, pulse, herald)).For(Party.Operator).WithName("getRuntime")
            .WithTags("Running").WithSummary("Journal, outbox, views and provider, as this process sees them.");

    public static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/runtime", (Caller caller, Platform platform, Store store, Pulse pulse, Herald herald) =>
            Pages.Show<RuntimePage>(Reader.Of(caller.Http), new() { ["Body"] = Of(platform, store, pulse, herald) }))
            .AsPage(Party.Operator);

    static RuntimeBody Of(Platform platform, Store store, Pulse pulse, Herald herald)
    {
        var (owed, position) = (store.Follower.Backlog(), platform.Position);
        var channels = store.Follower.Channels(MostChannels);
        var times = store.Journal.At([.. channels.Select(c => c.Oldest).Append(owed.OldestMessage ?? 0)
                .Append(owed.OldestCall ?? 0).Where(p => p > 0).Distinct().Order()])
            .ToDictionary(t => t.Position, t => (Instant?)t.Turn.At);
        return new(
            position, pulse.Seconds, [.. HealthEndpoints.Trouble(platform, store, herald)],
            [.. store.Views.Progress.Select(v => new ViewBody(
                v.View.Name, v.View.Version, v.Position, Math.Max(0, position - v.Position)))],
            owed.Messages, At(owed.OldestMessage),
            [.. channels.Select(c => new ChannelBody(c.From, c.To, c.Messages, At(c.Oldest)))],
            owed.Calls, At(owed.OldestCall),
            new(pulse.Calls.Last(Pulse.Recent), pulse.UnknownCalls.Last(Pulse.Recent),
                pulse.FailedCalls.Last(Pulse.Recent), pulse.CallSpans.P95(Pulse.Recent)),
            platform.Here.Count(), [.. Files.Select(f => new FileBody(f, Bytes(store.Folder, f)))]);

        Instant? At(long? p) => p is { } known ? times.GetValueOrDefault(known) : null;
    }

    static long Bytes(string folder, string name) => Directory.Exists(Path.Combine(folder, name))
        ? new DirectoryInfo(Path.Combine(folder, name)).EnumerateFiles().Sum(f => f.Exists ? f.Length : 0)
        : new[] { name, $"{name}-wal" }
            .Select(n => new FileInfo(Path.Combine(folder, n))).Where(f => f.Exists).Sum(f => f.Length);
}
