using Microsoft.Extensions.DependencyInjection;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>Browsers of people who sit at a desk.</summary>
static class Desks
{
    /// <summary>Signed in.</summary>
    public static async Task<Browser> Browse(this Market market, Party role, string of)
    {
        var browser = Browser.At(market.App);
        await browser.SignIn(market.App.Services.GetRequiredService<AccessKeys>().Create(role, of));
        return browser;
    }

    /// <summary>Waits until the views show all that has happened.</summary>
    public static Task Shown(this Market market) => Market.Until(() =>
    {
        var platform = market.App.Services.GetRequiredService<Runtime.IPlatform>();
        return Task.FromResult(platform.Views.Position >= platform.Position);
    }, "views");

    /// <summary>The last part of an address or id.</summary>
    public static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];
}
