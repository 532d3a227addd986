using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What sellers can choose from: services of carriers, and goods with rules of their own.</summary>
public sealed record ShippingBody(ImmutableArray<ServiceBody> Services, ImmutableArray<GoodsBody> Goods);

/// <summary>A carrier's service, and what it carries.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="MostLength">How long the longest side may be, in millimetres.</param>
/// <param name="MostGirth">And with what goes round the other two; left out: no such limit.</param>
/// <param name="MostSum">All three sides; left out: no such limit.</param>
/// <param name="Takes">Goods with rules of their own that it carries.</param>
public sealed record ServiceBody(
    string Service, string Text, string Carrier, bool Tracked, int MostGrams, int MostLength, int? MostGirth,
    int? MostSum, ImmutableArray<string> Takes);

/// <summary>Goods with rules of their own.</summary>
/// <param name="Text">What they are called.</param>
/// <param name="Un">Their UN numbers.</param>
/// <param name="Sold">False: nobody may offer them here.</param>
/// <param name="NotTo">Countries that don't let them in.</param>
/// <param name="Needs">What a sale needs; left out: nothing.</param>
public sealed record GoodsBody(
    string Goods, string Text, ImmutableArray<string> Un, bool Sold, ImmutableArray<string> NotTo, string? Needs);

/// <summary>Ways to send things, as the rulebook has them.</summary>
static class ShippingEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/shipping", (Caller caller, IPlatform platform) => Get(platform, caller.Texts)).WithTags("Listings")
            .ForAlsoStrangers(Access.AnyKey).WithName("getShipping")
            .WithSummary("Services of carriers with what they carry, and goods with rules of their own.");

    /// <summary>In the order of their names.</summary>
    public static Answer<ShippingBody> Get(IPlatform platform, Texts texts) => Of(platform, texts);

    /// <summary>As a body.</summary>
    public static ShippingBody Of(IPlatform platform, Texts texts)
    {
        var book = RulebookEndpoints.Current(platform);
        return new(
            [.. book.Of<ShippingRules>().Services.Values.Select(s => new ServiceBody(
                s.Code, texts.Show((Value)s.Code), s.Carrier.Code, s.IsTracked, s.MostGrams, s.MostLength, s.MostGirth,
                s.MostSum, s.Carrier.Takes))],
            [.. book.Of<GoodsRules>().Classes.Values.Select(g => new GoodsBody(
                g.Code, texts.Show((Value)GoodsRules.WordOf(g.Code)), g.Un, g.IsSold, g.NotTo, g.Needs))]);
    }

    /// <summary>How an offer can be sent, with the limits that each way has.</summary>
    public static ImmutableArray<WayBody> WaysOf(OfferBody offer, IPlatform platform, Texts texts)
    {
        var services = RulebookEndpoints.Current(platform).Of<ShippingRules>().Services;
        return
        [
            .. from to in offer.ShipsTo
               from option in to.Options
               let service = services.GetValueOrDefault(option.Service)
               select new WayBody(
                   to.Country, option.Service, texts.Show((Value)option.Service), service?.IsTracked ?? false,
                   option.PerUnit, option.FromDays, option.ToDays, service?.MostGrams,
                   service is null || offer.Unit is not { Grams: > 0 and var grams } ? null
                       : service.MostGrams / grams),
        ];
    }
}
