using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Something that waits, and for whom.</summary>
/// <param name="Kind">Of what: <c>order</c>, <c>payment</c>, <c>refund</c>, <c>checkout</c>, …</param>
/// <param name="At">When time acts next: it warns or decides (UTC).</param>
/// <param name="Owner">Who must act; left out: time acts by itself.</param>
/// <param name="Due">When the time of whoever must act is up (UTC).</param>
/// <param name="Effect">What happens then.</param>
/// <param name="IsWarning">At that instant its owner is warned; the time isn't up yet.</param>
/// <param name="IsOverdue">The instant has passed and time has not acted yet.</param>
public sealed record DeadlineItem(
    string Id, string Kind, string State, Instant At, string? Owner, Instant Due, string? Effect, bool IsWarning,
    bool IsOverdue, string? Href);

/// <summary>What time does next, whoever it waits for: the same index that the platform itself lives by.</summary>
static class DeadlineEndpoints
{
    const int MostRead = 400;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/deadlines", List).For(Party.Staff).WithName("listDeadlines").WithTags("Running")
            .WithSummary("What is due next, the soonest first; by kind and owner. A page may be short.");

    public static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapGet("/deadlines", Show).AsPage(Party.Staff);

    static async Task<Answer<Rows<DeadlineItem>>> List(
        Caller caller, IPlatform platform, Store store, Registry registry, string? kind, string? owner, string? after,
        int? limit)
    {
        (kind, owner) = (string.IsNullOrEmpty(kind) ? null : kind, string.IsNullOrEmpty(owner) ? null : owner);
        if (kind is not null && registry.Kinds.All(k => k.Name != kind)) return Problems.BadParameter("kind", kind);
        if (owner is not null && Words.PartyOf(owner) is null) return Problems.BadParameter("owner", owner);
        var (at, id) = Cursor(after);
        var wanted = Positions.Limit(limit);
        List<DeadlineItem> items = [];
        for (var read = 0; items.Count < wanted && read < MostRead;)
        {
            var batch = store.Follower.Wakes(at, id, wanted);
            foreach (var wake in batch)
            {
                (at, id) = (wake.At!.Value, $"{wake.Id}");
                read++;
                if (kind is not null && registry.Of(wake.Id).Name != kind) continue;
                if (await Of(wake, caller, platform, registry) is not { } item) continue;
                if (owner is null || item.Owner == owner) items.Add(item);
                if (items.Count == wanted) break;
            }
            if (batch.Length < wanted && items.Count < wanted) return new Rows<DeadlineItem>([.. items], null, false);
        }
        return new Rows<DeadlineItem>([.. items], Cursor(at, id), false);
    }

    static async Task<DeadlineItem?> Of(WakeAt wake, Caller caller, IPlatform platform, Registry registry)
    {
        if (await platform.Read(wake.Id, caller.Who, caller.Cancel) is not { } seen) return null;
        var (kind, at) = (registry.Of(wake.Id), wake.At!.Value);
        var deadline = kind.DeadlineOf(seen.State);
        var next = Words.Next(deadline, caller.Role, caller.Texts);
        return new(
            $"{wake.Id}", kind.Name, Words.StateOf(seen.State), at, next?.Owner, deadline?.Due ?? at, next?.Effect,
            deadline is not null && deadline.Due > at, at < platform.Now, StaffLinks.Of($"{wake.Id}"));
    }

    static string Cursor(Instant at, string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeTicks()}\n{id}")));

    /// <summary>A cursor that nobody wrote starts at the beginning.</summary>
    static (Instant At, string Id) Cursor(string? after)
    {
        Span<byte> bytes = stackalloc byte[512];
        return after is { Length: < 600 } && Convert.TryFromBase64String(after, bytes, out var n)
            && Encoding.UTF8.GetString(bytes[..n]).Split('\n') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            && at > Instant.MinValue.ToUnixTimeTicks() && at < Instant.MaxValue.ToUnixTimeTicks()
                ? (Instant.FromUnixTimeTicks(at), id) : (Instant.FromUnixTimeTicks(0), "");
    }

    static async Task<IResult> Show(
        Caller caller, IPlatform platform, Store store, Registry registry, string? kind, string? owner, string? after)
    {
        var rows = await List(caller, platform, store, registry, kind, owner, after, null);
        return rows.Body is not { } body ? rows : Pages.Show<DeadlinesPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["Kind"] = string.IsNullOrEmpty(kind) ? null : kind,
            ["Owner"] = string.IsNullOrEmpty(owner) ? null : owner, ["After"] = after,
        });
    }
}
