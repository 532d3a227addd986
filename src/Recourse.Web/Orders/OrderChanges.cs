using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
namespace Recourse.Web;

/// <summary>
/// Tells an open page which of its parts changed, and at which position; the page fetches those parts and is let in
/// anew for each, so nothing secret is said here.
/// </summary>
static class OrderChanges
{
    const int MostTurns = 500, FarBehind = 5_000;

    // A stream ends now and then, and comes back through the door: a session that was ended hears no more.
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(15), EndsAfter = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<SseItem<string>> Of(
        Seen seen, Caller caller, IPlatform platform, long from, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken gone = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(caller.Cancel, stopping, gone);
        ends.CancelAfter(EndsAfter);
        var ids = OrderTimeline.Neighbours(seen).ToHashSet();
        yield return Item("beat", "", from);
        while (!ends.IsCancellationRequested)
        {
            var newest = platform.Position;
            if (newest - from > FarBehind)
            {
                yield return Item("changed", string.Join(' ', OrderPart.Names), from = newest);
                continue;
            }
            var turns = await platform.Feed(from, MostTurns, caller.Cancel);
            var next = Math.Max(Math.Min(newest, from + MostTurns), turns.IsEmpty ? from : turns[^1].Position);
            var parts = turns.Where(r => ids.Contains(r.Id)).SelectMany(r => PartsOf(r.Id)).Distinct().ToList();
            if (parts.Count > 0) yield return Item("changed", string.Join(' ', parts), next);
            if (turns.Any(r => r.Id.Equals(seen.Id))
                && await platform.Read(seen.Id, caller.Who, caller.Cancel) is { } now)
                ids = OrderTimeline.Neighbours(now).ToHashSet();            // it may have refunds that it hadn't
            if (next == from)
            {
                yield return Item("beat", "", from);
                await Beyond(platform, from, ends.Token);
            }
            from = next;
        }
    }

    static async Task Beyond(IPlatform platform, long from, CancellationToken ends)
    {
        try { await platform.Beyond(from, Beat, ends); }
        catch (OperationCanceledException) { }
    }

    static SseItem<string> Item(string name, string parts, long position) =>
        new(parts, name) { EventId = position.ToString(CultureInfo.InvariantCulture) };

    static IEnumerable<string> PartsOf(IId id) => id switch
    {
        OrderId              => OrderPart.Names,
        PaymentId or RefundId => ["next", "money", "timeline", "record"],
        ParcelId             => ["next", "timeline", "record"],
        _                    => [],
    };
}
