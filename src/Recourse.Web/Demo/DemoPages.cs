using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>The banner's form. It leads back to the page that it was on.</summary>
static class DemoPages
{
    const string Pace = "pace-";

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost(DemoEndpoints.Page, Turn).AsPage(SignIn.People);

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
