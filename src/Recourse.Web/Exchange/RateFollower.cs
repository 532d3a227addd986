using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// Tells each listing whose prices follow exchange rates of newer ones. It looks when rates were brought and once a
/// minute, and from the beginning after a start: a listing that has followed already changes nothing.
/// </summary>
public sealed partial class RateFollower(IPlatform platform, ILogger<RateFollower> log) : BackgroundService
{
    const int Page = 200;
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    static readonly Actor Itself = new Actor.Operator("rates");

    readonly SemaphoreSlim _wanted = new(0, 1);
    string _followed = "";

    /// <summary>What each source said last, as of the last look.</summary>
    public ImmutableArray<RateSource.State> Known { get; private set; } = [];

    /// <summary>What of it is good now.</summary>
    public RateTable Good() => RateRules.GoodOf(
        RateBook.TableOf(Known, platform).Value, platform.Now, platform.InForce);

    /// <summary>Rates may have come.</summary>
    public void Look()
    {
        try { _wanted.Release(); }
        catch (SemaphoreFullException) { }                                  // it is going to look anyway
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try { Known = await RateBook.States(platform, stoppingToken); }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException)) { LogFailure(log, e); }
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wanted.WaitAsync(Rest, stoppingToken);
                await Follow(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (Exception e) when (e is not OutOfMemoryException) { LogFailure(log, e); }
        }
    }

    /// <summary>Every listing that follows rates, if any of these is new; how many have moved.</summary>
    public async Task<int> Follow(CancellationToken cancel)
    {
        Known = await RateBook.States(platform, cancel);
        var rates = RateBook.TableOf(Known, platform);
        // A sheet that was put right is of the same day, and has as many rates.
        var newest = string.Join(' ', rates.Value.Sheets.SelectMany(
            s => s.Rates.Select(r => $"{r.From}{r.To} {r.Per.Numerator}/{r.Per.Denominator}").Prepend($"{s.Date}")));
        if (newest == _followed) return 0;
        await Positions.AreShown(platform, cancel);                         // who was published a moment ago, too
        var (moved, refused) = (0, 0);
        for (string? after = null; ;)
        {
            var page = platform.Views.List(PeggedListings.View, Scope.Index, Scope.All, after, Page);
            foreach (var row in page.Rows)
                if (ListingId.TryParse(row.Id, out var id)) Count(await One(id, rates, cancel));
            if ((after = page.Next) is null) break;
        }
        // What couldn't be told now is told at the next look.
        if (refused == 0) _followed = newest;
        return moved;

        void Count(bool? done)
        {
            if (done is null) refused++;
            else if (done is true) moved++;
        }
    }

    /// <summary>Whether its prices moved; null: it could not be told.</summary>
    async Task<bool?> One(ListingId id, Fact<RateTable> rates, CancellationToken cancel)
    {
        if (await platform.Read(id, Itself, cancel) is not { State: Listing.State.Live { Offer: var offer } } seen)
            return false;
        var outcome = await platform.Ask(new(id, new Listing.Command.FollowRates(
            rates, HeldPrices.PeersOf(offer, platform)), Itself), cancel);
        return outcome switch
        {
            Outcome.Done done => done.Version != seen.Version,
            _                 => null,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Listings could not be told of exchange rates.")]
    static partial void LogFailure(ILogger log, Exception e);
}
