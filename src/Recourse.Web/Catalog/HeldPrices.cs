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
    /// <summary>Goods with rules of their own that its title names; none: it waits for its prices.</summary>
    public ImmutableArray<HeldGoodsBody> Goods { get; init; } = [];
}

/// <summary>Goods that a title names.</summary>
/// <param name="Goods">Their class.</param>
/// <param name="Text">What they are called.</param>
/// <param name="Word">The word that names them.</param>
/// <param name="Sold">False: nobody may offer them here.</param>
public sealed record HeldGoodsBody(string Goods, string Text, string Word, bool Sold);

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

/// <summary>The right prices.</summary>
public sealed record PriceCorrection(ImmutableArray<PriceBody> Prices);

/// <summary>A price for one unit of a variant.</summary>
public sealed record PriceBody(string Sku, Money Price);

/// <summary>Confirming and correcting prices that were held.</summary>
static class HeldPrices
{
    const string Source = "view/price-bands";
    const int MostCurrencies = 5;

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
        return await ListingEndpoints.Ask(seller, code, write, platform, await Correction(
            id, [.. prices.Select(p => new SkuPrice(new(p.Sku), p.Price))], write.By, platform));
    }

    /// <summary>The command, with what it must know.</summary>
    public static async Task<Listing.Command> Correction(
        ListingId id, ImmutableArray<SkuPrice> prices, Caller by, IPlatform platform) =>
        new Listing.Command.CorrectPrice(prices,
            (await platform.Read(id, by.Who, by.Cancel))?.State is Listing.State.Live { Doubt: { } waiting }
                ? PeersOf(waiting.Offer, platform) : null);

    /// <summary>What others ask in its category: in its currency, and in those that are used most.</summary>
    public static Fact<PeerPrices>? PeersOf(Offer offer, IPlatform platform)
    {
        if (offer.Category is null or "" || offer.Variants.IsDefaultOrEmpty
            || offer.Variants[0].Price.Currency == default) return null;
        var own = platform.Views.Find(PriceBands.View, $"{offer.Category}/{offer.Variants[0].Price.Currency}");
        var most = platform.Views.List(
            PriceBands.View, PriceBands.ByCategory, offer.Category, null, MostCurrencies).Rows;
        return new(PriceBands.Of(offer.Category, own is null ? most : [own, .. most]), platform.Now, Source);
    }

    /// <summary>What waits, told to whom it may concern.</summary>
    public static HeldPricesBody Of(
        ImmutableArray<PriceDoubt> prices, ImmutableArray<GoodsNamed>? goods, Instant due, OfferBody? offer,
        Statement? why, Texts texts, Subject? subject = null) => new(
        [
            .. prices.Select(p => new HeldPriceBody(
                p.Sku.Code, p.Title, p.Price, p.Code, texts.Fill($"held.{p.Code}",
                    [("usual", p.Low == p.High ? p.Low : texts.Fill("console.listing.from-to",
                        [("from", p.Low), ("to", p.High)]))]),
                p.Low, p.High, p.Peers, p.Suggested)),
        ], due, offer, why is null ? null : Words.Of(why, Party.Seller, texts, subject))
    {
        Goods =
        [
            .. (goods ?? []).Select(g => new HeldGoodsBody(
                g.Goods, texts.Show((Value)GoodsRules.WordOf(g.Goods)), g.Word, g.IsSold)),
        ],
    };
}
