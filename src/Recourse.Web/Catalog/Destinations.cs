using Microsoft.AspNetCore.Http;
using Recourse.Catalog;
namespace Recourse.Web;

/// <summary>What a reader of the shop wants to see.</summary>
/// <param name="Country">Where their things go, ISO 3166 alpha-2; null: nobody knows.</param>
/// <param name="Everything">Also what isn't sent there.</param>
public sealed record SentTo(string? Country, bool Everything)
{
    /// <summary>To which country all that is shown must be sent; null: to any.</summary>
    public string? Only => Everything ? null : Country;

    /// <summary>Whether something that goes to these countries doesn't go to the reader's.</summary>
    public bool Misses(OfferBody offer) => Country is not null && offer.ShipsTo.All(d => d.Country != Country);
}

/// <summary>
/// Where a reader's things go: what they chose in the shop, else where their basket or their last order goes.
/// </summary>
sealed class Destinations(OwnCookies cookies, AddressDrafts drafts)
{
    /// <summary>The cookie's name, before whose it is.</summary>
    public const string Cookie = "recourse-to";

    /// <summary>What stands in an address for everything.</summary>
    public const string All = "all";

    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>As they chose, now or before.</summary>
    /// <param name="asked">A country or <see cref="All"/>, out of the address; null: they ask for nothing.</param>
    public async Task<SentTo> Of(HttpContext http, string? asked)
    {
        var kept = (cookies.Read(http, Cookie) ?? cookies.ReadLeft(http, Cookie))?.Split(' ') ?? [];
        var isChoice = asked is All || Countries.Has(asked);
        var country = Countries.Has(asked) ? asked : kept.FirstOrDefault(Countries.Has);
        var everything = isChoice ? asked is All : kept.Contains(All);
        if (isChoice) cookies.Write(http, Cookie, everything ? $"{country} {All}" : country!, Year);
        if (country is null && new Caller(http).Role is Party.None or Party.Buyer)
            country = (await drafts.Of(http))?.Address.Country is { } home && Countries.Has(home) ? home : null;
        return new(country, everything);
    }
}
