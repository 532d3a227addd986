using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Runtime;
using Recourse.Ways;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>Prices that look wrong, and wait for their seller.</summary>
/// <param name="ConfirmBy">After that they are dropped, and what is shown stays as it is (UTC).</param>
/// <param name="Offer">What is to be shown; left out in lists.</param>
/// <param name="Statement">Why; left out in lists.</param>
public sealed record HeldPricesBody(
    ImmutableArray<HeldPriceBody> Prices, Instant ConfirmBy, OfferBody? Offer, StatementBody? Statement)
{
    /// <summary>Goods with rules of their own that its words name; none: it waits for its prices.</summary>
    public ImmutableArray<HeldGoodsBody> Goods { get; init; } = [];

    /// <summary>What sending it costs, where that looks wrong; none: it waits for something else.</summary>
    public ImmutableArray<HeldWayBody> Ways { get; init; } = [];

    /// <summary>
    /// What buyers see until then: <c>goesOn</c>, what was shown before; <c>inPart</c>, the rest of it; <c>hidden</c>,
    /// nothing any more; <c>untilDue</c>, all of it, until the deadline. Of what was never shown, <c>goesOn</c>.
    /// </summary>
    public string Meanwhile { get; init; } = "goesOn";
}

/// <summary>What sending one unit costs, where it looks wrong, and beside what.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Service">The way that is named; left out: the seller's own.</param>
/// <param name="Code">What it looks like.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Low">The usual goes from here …</param>
/// <param name="High">… to there.</param>
/// <param name="Peers">The median of those who send such goods there; left out: too little is known.</param>
/// <param name="Suggested">What was probably meant; left out: nobody can tell.</param>
public sealed record HeldWayBody(
    string Country, string? Service, Money Price, string Code, string Text, Money Low, Money High, Money? Peers,
    Money? Suggested);

/// <summary>Goods that the words of a listing name.</summary>
/// <param name="Goods">Their class.</param>
/// <param name="Text">What they are called.</param>
/// <param name="Word">The word that names them.</param>
/// <param name="Sold">False: nobody may offer them here.</param>
/// <param name="Passage">The sentence that it stands in; left out: the title.</param>
public sealed record HeldGoodsBody(string Goods, string Text, string Word, bool Sold, string? Passage = null);

/// <summary>What is in a listing of what its title names.</summary>
/// <param name="Goods">Classes of goods; none: it only sounds so.</param>
public sealed record GoodsAnswer(ImmutableArray<string> Goods);

/// <summary>A price that looks wrong, and beside what.</summary>
/// <param name="Code">What it looks like.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Low">The usual goes from here …</param>
/// <param name="High">… to there.</param>
/// <param name="Peers">The median of its category; left out: too little is known.</param>
/// <param name="Suggested">What was probably meant; left out: nobody can tell.</param>
public sealed record HeldPriceBody(
    string Sku, string Title, Money Price, string Code, string Text, Money Low, Money High, Money? Peers,
    Money? Suggested);

/// <summary>The right prices; what isn't named stays as it is.</summary>
public sealed record PriceCorrection
{
    /// <summary>What one unit costs instead, by variant.</summary>
    public ImmutableArray<PriceBody> Prices { get; init; } = [];

    /// <summary>What sending it costs instead.</summary>
    public ImmutableArray<WayPriceBody> Ways { get; init; } = [];
}

/// <summary>What sending one unit to a country costs.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Service">The way that is named; left out: the seller's own.</param>
public sealed record WayPriceBody(string Country, Money Price, string? Service = null);

/// <summary>A price for one unit of a variant.</summary>
public sealed record PriceBody(string Sku, Money Price);

/// <summary>Confirming and correcting prices that were held.</summary>
static class HeldPrices
{
    const string Source = "view/price-bands", LaneSource = "view/lane-costs";
    const int MostCurrencies = 5, MostOnLane = 100;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var price = v1.MapGroup("/listings/{seller}/{code}/price").WithTags("Listings");
        v1.MapPost("/listings/{seller}/{code}/goods", AnswerGoods).WithTags("Listings").For(Party.Seller)
            .WithName("answerGoods")
            .WithSummary("Say which of the goods that its title names are in it: it is shown, or may not be sold.");
        price.MapPost("/confirmation", Confirm).For(Party.Seller).WithName("confirmPrice")
            .WithSummary("The prices that wait are right: they are shown.");
        price.MapPost("/correction", Correct).For(Party.Seller).WithName("correctPrice")
            .WithSummary("The prices that wait are wrong: these are shown instead.");
    }

    static Task<Answer<ListingBody>> Confirm(string seller, string code, BareWrite write, IPlatform platform) =>
        ListingEndpoints.Ask(seller, code, write, platform, new Listing.Command.ConfirmPrice());

    static async Task<Answer<ListingBody>> AnswerGoods(
        string seller, string code, WriteOf<GoodsAnswer> write, IPlatform platform)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        return await ListingEndpoints.Ask(
            seller, code, write, platform, await AnswerOf(id, write.Body.Goods, write.By, platform));
    }

    /// <summary>The command, with what it must know.</summary>
    public static async Task<Listing.Command> AnswerOf(
        ListingId id, ImmutableArray<string> goods, Caller by, IPlatform platform) =>
        new Listing.Command.AnswerGoods(goods.IsDefault ? [] : goods,
            (await platform.Read(id, by.Who, by.Cancel))?.State is Listing.State.Live { Doubt: { } waiting }
                ? PeersOf(waiting.Offer, platform) : null);

    static async Task<Answer<ListingBody>> Correct(
        string seller, string code, WriteOf<PriceCorrection> write, IPlatform platform)
    {
        if (!ListingId.TryParse($"listing/{seller}/{code}", out var id)) return Problems.NotFound;
        ImmutableArray<PriceBody> prices = write.Body.Prices.IsDefault ? [] : write.Body.Prices;
        ImmutableArray<WayPriceBody> ways = write.Body.Ways.IsDefault ? [] : write.Body.Ways;
        return await ListingEndpoints.Ask(seller, code, write, platform, await Correction(
            id, [.. prices.Select(p => new SkuPrice(new(p.Sku), p.Price))],
            [.. ways.Select(w => new WayPrice(w.Country, w.Service is "" ? null : w.Service, w.Price))], write.By,
            platform));
    }

    /// <summary>The command, with what it must know.</summary>
    public static async Task<Listing.Command> Correction(
        ListingId id, ImmutableArray<SkuPrice> prices, ImmutableArray<WayPrice> ways, Caller by,
        IPlatform platform) =>
        new Listing.Command.CorrectPrice(prices,
            (await platform.Read(id, by.Who, by.Cancel))?.State is Listing.State.Live { Doubt: { } waiting }
                ? PeersOf(waiting.Offer, platform) : null, ways.IsEmpty ? null : ways);

    /// <summary>
    /// What others ask in its category, in its currency and in those that are used most, and for sending such goods.
    /// </summary>
    public static Fact<PeerPrices>? PeersOf(Offer offer, IPlatform platform)
    {
        if (offer.Variants.IsDefaultOrEmpty || offer.Variants[0].Price.Currency == default) return null;
        var lanes = LanesOf(offer, platform);
        if (offer.Category is null or "")
            return lanes.IsEmpty ? null : new(new("", [], lanes), platform.Now, LaneSource);
        var own = platform.Views.Find(PriceBands.View, $"{offer.Category}/{offer.Variants[0].Price.Currency}");
        var most = platform.Views.List(
            PriceBands.View, PriceBands.ByCategory, offer.Category, null, MostCurrencies).Rows;
        return new(PriceBands.Of(offer.Category, own is null ? most : [own, .. most]) with
        {
            Lanes = lanes.IsEmpty ? null : lanes,
        }, platform.Now, Source);
    }

    static ImmutableArray<LanePeers> LanesOf(Offer offer, IPlatform platform)
    {
        if (offer.ShipsTo.IsDefaultOrEmpty || platform.InForce.Of<ListingRules>().ShippingGuard is not { } rules)
            return [];
        ImmutableArray<string> goods = [.. offer.Classes.Distinct().Order(StringComparer.Ordinal)];
        return
        [
            .. ShippingGuard.WaysOf(offer).Where(w => w.Price.Minor > 0).GroupBy(w => w.Country)
                .SelectMany(to =>
                {
                    var rows = platform.Views.List(LaneCosts.View, LaneCosts.ByLane,
                        LaneCosts.LaneOf(offer.ShipsFrom, to.Key, goods), null, MostOnLane).Rows;
                    return rows.IsEmpty ? []
                        : to.Select(w => LaneCosts.Of(w, offer.Unit?.Grams, rows, rules.FewestPeers));
                }),
        ];
    }

    /// <summary>What waits, told to whom it may concern.</summary>
    public static HeldPricesBody Of(Doubt doubt, Texts texts, Subject subject) => Of(
        new HeldRow(doubt.Prices, false, default, doubt.Deadline.Due, doubt.Goods, doubt.Ways, doubt.Meanwhile),
        ListingEndpoints.Of(doubt.Offer), doubt.Why, texts, subject);

    /// <summary>What waits, told to whom it may concern.</summary>
    public static HeldPricesBody Of(
        HeldRow held, OfferBody? offer, Statement? why, Texts texts, Subject? subject = null) => new(
        [
            .. held.Prices.Select(p => new HeldPriceBody(
                p.Sku.Code, p.Title, p.Price, p.Code, Looks(p.Code, p.Low, p.High, texts), p.Low, p.High, p.Peers,
                p.Suggested)),
        ], held.Due, offer, why is null ? null : Words.Of(why, Party.Seller, texts, subject))
    {
        Goods =
        [
            .. (held.Goods ?? []).DistinctBy(g => g.Goods).Select(g => new HeldGoodsBody(
                g.Goods, texts.Show((Value)GoodsRules.WordOf(g.Goods)), g.Word, g.IsSold, g.Passage)),
        ],
        Ways =
        [
            .. (held.Ways ?? []).Select(w => new HeldWayBody(
                w.Country, w.Service, w.Price, w.Code, Looks(w.Code, w.Low, w.High, texts), w.Low, w.High, w.Peers,
                w.Suggested)),
        ],
        Meanwhile = held.Meanwhile switch
        {
            Meanwhile.InPart   => "inPart",
            Meanwhile.Hidden   => "hidden",
            Meanwhile.UntilDue => "untilDue",
            Meanwhile.GoesOn or null => "goesOn",
        },
    };

    static string Looks(string code, Money low, Money high, Texts texts) => texts.Fill($"held.{code}",
        [("usual", low == high ? low : texts.Fill("console.listing.from-to", [("from", low), ("to", high)]))]);
}
