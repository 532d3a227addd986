using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>Gathers what is known of exchange rates: the newest sheet of each source that the rulebook has.</summary>
public static class RateBook
{
    const string Source = "partition/rates";
    static readonly Actor Itself = new Actor.Operator("rates");

    /// <summary>All that is known, good or stale: whoever uses it says which is which.</summary>
    public static async Task<Fact<RateTable>> Table(IPlatform platform, CancellationToken cancel) =>
        TableOf(await States(platform, cancel), platform);

    /// <summary>The same of what each source said last.</summary>
    public static Fact<RateTable> TableOf(ImmutableArray<RateSource.State> states, IPlatform platform) =>
        new(new([.. states.Select(s => s.Sheet)]), platform.Now, Source);

    /// <summary>Null: no price of that offer follows a rate.</summary>
    public static async Task<Fact<RateTable>?> For(Offer offer, IPlatform platform, CancellationToken cancel) =>
        offer.FollowsRates ? await Table(platform, cancel) : null;

    /// <summary>What each source said last, where it said anything.</summary>
    public static async Task<ImmutableArray<RateSource.State>> States(IPlatform platform, CancellationToken cancel)
    {
        var codes = platform.InForce.Of<RateRules>().Sources.Keys;
        var seen = await Task.WhenAll(codes.Select(c => platform.Read(new RateSourceId(c), Itself, cancel)));
        return [.. seen.Select(s => s?.State).OfType<RateSource.State>()];
    }
}
