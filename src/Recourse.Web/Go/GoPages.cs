using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
namespace Recourse.Web;

/// <summary>All pages and all keys; the script shows the same lists in a dialog.</summary>
static class GoPages
{
    /// <summary>Where all pages are listed.</summary>
    public const string Path = "/go";

    /// <summary>Where all keys are listed.</summary>
    public const string ShortcutsPath = "/shortcuts";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http) => Pages.Show<GoPage>(Reader.Of(http), [])).AsPage(SignIn.People);
        pages.MapGet(ShortcutsPath, (HttpContext http) => Pages.Show<ShortcutsPage>(Reader.Of(http), [])).AsPage(SignIn.People);
    }

    /// <summary>Where what is sought is looked up: the widest search that lets the reader in.</summary>
    public static string SearchOf(Reader reader) =>
        Places.For(reader).Any(p => p.Path is "/search") ? "/search" : "/orders";
}
