using Recourse.Adapters.Risk;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Fingerprints of payment methods, under a key of the store's own: a token is no business of anybody's.
/// </summary>
sealed class CardMarks(Store store)
{
    readonly Lazy<Fingerprints> _marks = new(() => new(store.People.Secret("fingerprints")));

    /// <summary>Of the provider's token of a method; null: none is chosen.</summary>
    public string? Of(string? method) => _marks.Value.OfCard(method);
}

/// <summary>Gathers what a buyer's account says of what they are about to do; it is read once.</summary>
sealed class BuyerChecks(IPlatform platform, CardMarks cards)
{
    const int Most = 200;
    const string Source = "partition/buyer";
    static readonly Actor Itself = new Actor.Operator("gatherer");

    /// <summary>Null: nothing stands there, or nobody has signed in.</summary>
    /// <param name="method">The provider's token; null: it isn't chosen yet.</param>
    public async Task<Fact<BuyerCheck>?> Of(BuyerId? buyer, string? method, CancellationToken cancel)
    {
        if (buyer is not { } id || (await platform.Read(id, Itself, cancel))?.State
            is not BuyerAccount.State { Standing: { } standing }) return null;
        var now = platform.Now;
        var pause = standing.Conduct?.Pause;
        // Only whoever gave up before has their orders counted.
        int? endedWell = standing.Conduct is null ? null : platform.Views.CountFrom(
            OrderList.View, OrderList.ByState, OrderList.StateOf($"{id}", nameof(Order.State.Completed)), "", Most);
        return new(new(
            standing.BlockOf(cards.Of(method), now), pause?.Until > now ? pause : null, endedWell), now, Source);
    }
}
