using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where somebody's next basket goes: what they have filled in, else where the last one went.</summary>
sealed class AddressDrafts(OwnCookies cookies, IPlatform platform, Store store)
{
    /// <summary>The cookie's name, before whose it is.</summary>
    public const string Cookie = "recourse-address";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Null: nothing is known yet.</summary>
    public async Task<AddressBody?> Of(HttpContext http)
    {
        if (cookies.ReadLeft(http, Cookie) is { } left && Parse(left) is { } typed && Keep(http, typed)) return typed;
        if (cookies.Read(http, Cookie) is { } text) return Parse(text);
        var caller = new Caller(http);
        if (caller.Role is not Party.Buyer) return null;
        var last = platform.Views.List(CheckoutList.View, Scope.Index, caller.Scope!, null, 1).Rows.FirstOrDefault();
        return last is not null && CheckoutId.TryParse(last.Checkout, out var id)
            && await platform.Read(id, caller.Who, caller.Cancel) is { State: Checkout.State { Basket.ShipTo: { } to } }
                ? AddressBody.Of(store.People.Open(to)) : null;
    }

    /// <summary>False: it is too long to be kept.</summary>
    public bool Keep(HttpContext http, AddressBody address) =>
        cookies.Write(http, Cookie, JsonSerializer.Serialize(address, Json), age: null);

    static AddressBody? Parse(string text)
    {
        try { return JsonSerializer.Deserialize<AddressBody>(text, Json); }
        catch (JsonException) { return null; }
    }

    /// <summary>An address as a form has it.</summary>
    public static AddressBody Of(FormWrite form)
    {
        ImmutableArray<string> lines =
            [.. new[] { form["line1"], form["line2"] }.Where((l, nth) => nth == 0 || l is not "")];
        return new(
            form["name"], lines, form["city"], form["country"].ToUpperInvariant(), None(form["region"]),
            None(form["postcode"]), None(form["phone"]));
    }

    static string? None(string text) => text is "" ? null : text;

    /// <summary>Which fields can't stand so, by their names in the form.</summary>
    public static ImmutableArray<string> Faults(AddressBody address) =>
    [
        .. Addresses.Faults(address, address.Country).Select(no => no.Field!["shipTo.".Length..]),
        .. Countries.Has(address.Country) ? [] : (ReadOnlySpan<string>)["country"],
    ];
}
