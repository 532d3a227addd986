using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>The banner's form. It leads back to the page that it was on.</summary>
static class DemoPages
{
    const string Pace = "pace-";

    /// <summary>Where a persona's card leads who wants to buy something.</summary>
    public const string Basket = "/demo/basket";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(DemoEndpoints.Page, Turn).AsPage(SignIn.People);
        pages.MapGet(Basket, Fill).AsPage(Party.Buyer);
    }

    /// <summary>However often the card is pressed, that alone is in the basket.</summary>
    static IResult Fill(HttpContext http, Baskets baskets, string? item, string? coupon)
    {
        if (BasketItem.Parse(item) is not { } wanted) return Problems.NotFound;
        baskets.Keep(http, BasketContent.Empty.With(wanted, wanted.Quantity)
            .WithCoupons(coupon is null ? [] : [coupon]));
        return Results.LocalRedirect($"{CheckoutPages.Path}?currency={wanted.Price.Currency.Code}");
    }

    /// <summary>What the button of a pace says when it is pressed.</summary>
    public static string ActOf(double pace) => string.Create(CultureInfo.InvariantCulture, $"{Pace}{pace:R}");

    static IResult Turn(FormWrite form, Demo demo)
    {
        switch (form["act"])
        {
            case "pause": demo.Clock.Pause(); break;
            case "go-on": demo.Clock.GoOn(); break;
            case "step": demo.Clock.Step(); break;
            case var act when act.StartsWith(Pace, StringComparison.Ordinal)
                && double.TryParse(act[Pace.Length..], CultureInfo.InvariantCulture, out var pace)
                && DemoClock.IsPace(pace):
                demo.Clock.Pace = pace;
                break;
            default: return Problems.BadParameter("act", "pause, go-on, step, pace");
        }
        return Results.LocalRedirect(SignIn.Local(form["then"]) ?? "/");
    }
}
