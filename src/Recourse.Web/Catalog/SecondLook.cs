using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Catalog;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Looks again at listings that are shown: after a start, when another edition of the rulebook is in force, and once a
/// day, since what is usual moves. Listings that were published before a rule, or before enough was known, are judged
/// like new ones; what was looked at already changes nothing.
/// </summary>
public sealed partial class SecondLook(IPlatform platform, ILogger<SecondLook> log) : BackgroundService
{
    const int Page = 200;
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Rest = TimeSpan.FromMilliseconds(50);
    static readonly Duration Every = Duration.FromDays(1);
    static readonly Actor Itself = new Actor.Operator("listings");

    int? _edition;
    Instant _next = Instant.MinValue;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, stoppingToken);
                if (_edition != platform.InForce.Version || platform.Now >= _next) await Look(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(log, e); }
        }
    }

    /// <summary>Every listing, at a pace that leaves room for people; how many are held for it.</summary>
    public async Task<int> Look(CancellationToken cancel)
    {
        var (edition, held, missed) = (platform.InForce.Version, 0, 0);
        await Positions.AreShown(platform, cancel);                         // who was published a moment ago, too
        for (string? after = null; ;)
        {
            var page = platform.Views.List(ShopWindow.View, Scope.Index, Scope.All, after, Page);
            foreach (var row in page.Rows.Where(r => r.Held is null && IsShown(r)))
                if (ListingId.TryParse(row.Id, out var id)) Count(await One(id, cancel));
            if ((after = page.Next) is null) break;
            await Task.Delay(Rest, cancel);
        }
        // What couldn't be looked at now is at the next beat.
        if (missed == 0) (_edition, _next) = (edition, platform.Now + Every);
        return held;

        void Count(bool? done)
        {
            if (done is null) missed++;
            else if (done is true) held++;
        }
    }

    static bool IsShown(ShopRow row) =>
        row.IsOffered || row.State is nameof(Listing.State.SoldOut) or nameof(Listing.State.Away);

    /// <summary>Whether something of it is held now; null: it could not be asked.</summary>
    async Task<bool?> One(ListingId id, CancellationToken cancel)
    {
        if (await platform.Read(id, Itself, cancel) is not { State: Listing.State.Live { Doubt: null } now } seen)
            return false;
        var command = new Listing.Command.LookAgain(HeldPrices.PeersOf(now.Offer, platform));
        // Most have nothing to be said: nobody is asked for that.
        if (Listing.Decide(id, now, command, seen.Asked).Events.IsDefaultOrEmpty) return false;
        return await platform.Ask(new(id, command, Itself), cancel) is Outcome.Done done
            ? done.Version != seen.Version : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Listings could not be looked at again.")]
    static partial void LogFailure(ILogger log, Exception e);
}
