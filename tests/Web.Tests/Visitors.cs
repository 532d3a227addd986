using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Recourse.Web;
namespace Recourse.Tests;

/// <summary>People at a browser, and what they do to get an account and to use it.</summary>
public static partial class Visitors
{
    /// <summary>What everybody here chooses.</summary>
    public const string Password = "seven green lamps";

    /// <summary>A browser that nobody has signed in with.</summary>
    public static Browser Stranger(this WebApplication app) => Browser.At(app);

    /// <summary>Fills in the page for registering.</summary>
    public static async Task<PageReply> Register(
        this Browser browser, string mail, string name = "Bea Muster", string password = Password, string? shop = null)
    {
        var path = shop is null ? "/register" : "/register/shop";
        (string, string)[] more = shop is null ? [] : [("shop", shop)];
        return await browser.Send(
            await browser.Open(path), path, [("name", name), ("mail", mail), ("password", password), .. more]);
    }

    /// <summary>Somebody who has registered, confirmed and come in.</summary>
    public static async Task<Browser> Person(
        this WebApplication app, Letterbox mail, string address, string name = "Bea Muster", string? shop = null)
    {
        var browser = app.Stranger();
        (await browser.Register(address, name, shop: shop)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Confirm(await mail.Link(address))).Location.ShouldBe("/");
        return browser;
    }

    /// <summary>Opens a link that confirms, and types the password.</summary>
    public static async Task<PageReply> Confirm(this Browser browser, string link, string password = Password)
    {
        var page = await browser.Open(link);
        return await browser.Send(page, "/confirm", ("of", page.Field("/confirm", "of")),
            ("code", page.Field("/confirm", "code")), ("password", password));
    }

    /// <summary>Signs in with mail and password.</summary>
    public static async Task<PageReply> Enter(
        this Browser browser, string mail, string password = Password, string then = "/") => await browser.Send(
        await browser.Open("/sign-in"), "/sign-in", ("mail", mail), ("password", password), ("then", then));

    /// <summary>Fills in a form of one's own page.</summary>
    public static async Task<PageReply> Does(
        this Browser browser, string page, string action, params (string, string)[] fields) =>
        await browser.Send(await browser.Open(page), action, fields);

    /// <summary>Sends a form that no page of theirs has.</summary>
    public static async Task<PageReply> Forces(
        this Browser browser, string action, params (string, string)[] fields)
    {
        var any = await browser.Open("/me");
        return await browser.Send(action,
            [(FormWrite.TokenField, any.Field("/sign-out", FormWrite.TokenField)),
             (FormWrite.KeyField, FormWrite.NewKey()), .. fields]);
    }

    /// <summary>The code of what they are here as, e.g. of their shop.</summary>
    public static async Task<string> CodeOfShop(this Browser browser) =>
        Shop().Match((await browser.Open("/me")).Html).Groups[1].Value;

    /// <summary>What an authenticator shows.</summary>
    public static string CodeNow(string secret, int ahead = 0)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(secret.Select(c => Convert.ToString(alphabet.IndexOf(c), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
        var step = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + ahead).Reverse().ToArray();
#pragma warning disable CA5350 // what authenticators do
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return $"{number % 1_000_000:D6}";
    }

    [GeneratedRegex("""<span class="small quiet">([a-z0-9-]+-[a-z0-9]{6})</span>""")]
    private static partial Regex Shop();
}
