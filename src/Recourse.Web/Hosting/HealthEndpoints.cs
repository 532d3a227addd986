using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Whether this process can do its work.</summary>
/// <param name="Position">The newest durable turn.</param>
/// <param name="ViewsPosition">How far the views have come.</param>
/// <param name="NoticesPosition">How far people were told.</param>
/// <param name="MailWaiting">Letters that no mail server has yet.</param>
/// <param name="WebhooksWaiting">Events that endpoints don't have yet.</param>
/// <param name="Trouble">What is wrong; none: it is ready.</param>
public sealed record HealthBody(
    bool Ready, long Position, long ViewsPosition, int Waiting, long NoticesPosition, long MailWaiting,
    long WebhooksWaiting, ImmutableArray<string> Trouble);

/// <summary>For whoever watches the process.</summary>
static class HealthEndpoints
{
    const long MostBehind = 100_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("alive")).ForAnybody().WithTags("Health").WithName("getLive")
            .WithSummary("The process runs.");
        app.MapGet("/health/ready", Ready).ForAnybody().WithTags("Health").WithName("getReady")
            .WithSummary("The store takes writes, and views and follower keep up.").Produces<HealthBody>(503);
    }

    static Answer<HealthBody> Ready(
        Platform platform, Store store, NoticeFile notices, HookFile hooks, Herald herald)
    {
        ImmutableArray<string> trouble = [.. Trouble(platform, store, herald)];
        Answer<HealthBody> answer = new HealthBody(
            trouble.IsEmpty, platform.Position, store.Views.Position, platform.Asking, notices.Position,
            notices.Letters().Count, hooks.Waiting().Count, trouble);
        return trouble.IsEmpty ? answer : answer.With(503);
    }

    /// <summary>What is wrong; nothing: it is ready.</summary>
    public static IEnumerable<string> Trouble(Platform platform, Store store, Herald herald)
    {
        if (platform.Grains is null) yield return "The silo isn't running yet.";
        if (!IsWritable(store.Folder)) yield return "The data folder can't be written.";
        if (store.Journal.Failure is { } refusal) yield return $"The journal can't be written: {refusal}";
        if (store.Views.Failure is { } failure) yield return $"Views can't be written: {failure.GetType().Name}.";
        if (store.Follower.Failure is not null) yield return "The index can't be written.";
        if (platform.Position - store.Views.Position > MostBehind) yield return "Views are far behind.";
        if (herald.Failure is { } silent) yield return $"People can't be told: {silent.GetType().Name}.";
    }

    /// <summary>A full disk refuses this as it would refuse a turn.</summary>
    static bool IsWritable(string folder)
    {
        try
        {
            var probe = Path.Combine(folder, $"ready-{Guid.NewGuid():n}.probe");
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }
}
