using Recourse.Adapters.Risk;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.Adapters.Gathering;

/// <summary>Gathers what a buyer's account says of what they are about to do.</summary>
public sealed class BuyerChecks(IPlatform platform, Fingerprints prints)
{
    const int Most = 200;
    const string Source = "partition/buyer";
    static readonly Actor Itself = new Actor.Operator("gatherer");

    /// <summary>What speaks for a buyer, and what stands against their buying; null: nothing does.</summary>
    /// <param name="method">The provider's token; null: it isn't chosen yet.</param>
    /// <param name="card">The card that it stands for, by its fingerprint; null: it is none, or isn't known.</param>
    public async Task<(Fact<Trust> Trust, Fact<BuyerCheck>? Check)> Of(
        BuyerId buyer, string? method, string? card, CancellationToken cancel)
    {
        var shown = platform.Read(new VerificationId(buyer), Itself, cancel);
        var account = (await platform.Read(buyer, Itself, cancel))?.State as BuyerAccount.State;
        var isVerified = (await shown)?.State is Verification.State path
            && (path.IsShownFor(card, platform.Now) || path.IsShownFor(prints.OfCard(method), platform.Now));
        return (new(new(isVerified, account?.ClearedUntil), platform.Now, Source),
            CheckOf(buyer, account, method, card));
    }

    Fact<BuyerCheck>? CheckOf(BuyerId buyer, BuyerAccount.State? account, string? method, string? card)
    {
        if (account?.Standing is not { } standing) return null;
        var now = platform.Now;
        var pause = standing.Conduct?.Pause;
        // Only whoever gave up before has their orders counted.
        int? endedWell = standing.Conduct is null ? null : platform.Views.CountFrom(
            OrderList.View, OrderList.ByState, OrderList.StateOf($"{buyer}", nameof(Order.State.Completed)), "", Most);
        // A card that nobody could tell was blocked by its token.
        var block = standing.BlockOf(card, now) ?? standing.BlockOf(prints.OfCard(method), now);
        return new(new(
            block, pause?.Until > now ? pause : null, endedWell), now, Source);
    }
}
