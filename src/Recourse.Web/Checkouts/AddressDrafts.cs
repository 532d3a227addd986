using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Recourse.Adapters.Addresses;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where a basket goes, and which findings its buyer says are right as they are.</summary>
sealed record AddressDraft(AddressBody Address, ImmutableArray<string> Confirmed);

/// <summary>A field that can't stand so.</summary>
/// <param name="Field">Its name in requests.</param>
/// <param name="Word">What is said of it: the end of a text's code.</param>
public sealed record FieldFault(string Field, string Word);

/// <summary>Where somebody's next basket goes: what they have filled in, else where the last one went.</summary>
sealed class AddressDrafts(OwnCookies cookies, IPlatform platform, Store store)
{
    /// <summary>The cookie's name, before whose it is.</summary>
    public const string Cookie = "recourse-address";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Null: nothing is known yet.</summary>
    public async Task<AddressDraft?> Of(HttpContext http)
    {
        if (cookies.ReadLeft(http, Cookie) is { } left && Parse(left) is { } typed && Keep(http, typed)) return typed;
        if (cookies.Read(http, Cookie) is { } text) return Parse(text);
        var caller = new Caller(http);
        if (caller.Role is not Party.Buyer) return null;
        var last = platform.Views.List(CheckoutList.View, Scope.Index, caller.Scope!, null, 1).Rows.FirstOrDefault();
        return last is not null && CheckoutId.TryParse(last.Checkout, out var id)
            && await platform.Read(id, caller.Who, caller.Cancel) is { State: Checkout.State { Basket: var basket } }
            && basket.ShipTo is { } to && AddressBody.Of(store.People.Open(to)) is { } address
                ? new(address, basket.Confirmed ?? []) : null;
    }

    /// <summary>False: it is too long to be kept.</summary>
    public bool Keep(HttpContext http, AddressDraft draft) =>
        cookies.Write(http, Cookie, JsonSerializer.Serialize(draft, Json), age: null);

    static AddressDraft? Parse(string text)
    {
        try { return JsonSerializer.Deserialize<AddressDraft>(text, Json) is { Address: not null } kept ? kept : null; }
        catch (JsonException) { return null; }
    }

    /// <summary>An address as a form has it.</summary>
    public static AddressBody Of(FormWrite form)
    {
        ImmutableArray<string> lines =
            [.. new[] { form["line1"], form["line2"] }.Where((l, nth) => nth == 0 || l is not "")];
        return new(
            form["name"], lines, form["city"], form["country"].ToUpperInvariant(), None(form["region"]),
            None(form["postcode"]), None(form["phone"]), None(form["district"]));
    }

    /// <summary>Two are the same if this is.</summary>
    public static string TextOf(AddressBody a) => string.Join(
        '\n', [a.Name, .. a.Lines.Where(l => l is not ""), a.City, a.Region ?? "", a.Postcode ?? "", a.Country,
            a.Phone ?? "", a.District ?? ""]);

    static string? None(string text) => text is "" ? null : text;

    /// <summary>Which fields can't stand so. What may be right as it is becomes a finding, later.</summary>
    public ImmutableArray<FieldFault> Faults(AddressBody address)
    {
        var rules = RulebookEndpoints.Current(platform).Of<CheckoutRules>();
        ImmutableArray<FieldFault> faults =
        [
            .. Countries.Has(address.Country) ? [] : (ReadOnlySpan<FieldFault>)[new("country", "country")],
            .. Addresses.Faults(address, address.Country).Select(no => new FieldFault(
                no.Field!["shipTo.".Length..], no.Code is "api.card-number" ? "card" : no.Field["shipTo.".Length..])),
        ];
        return
        [
            .. faults,
            .. AddressChecks.Of(address.ToAddress())
                .Where(m => rules.GravityOf(Checkout.CodeOf(m.Trouble)) is Gravity.Blocking)
                .Select(m => (Field: AddressChecks.FieldOf(m.Part), m.Trouble))
                .Where(m => faults.All(f => f.Field != m.Field))
                .Select(m => new FieldFault(m.Field, m.Trouble is AddressTrouble.Unprintable ? "signs" : m.Field)),
        ];
    }

    /// <summary>As it may be shown again: card numbers go no further.</summary>
    public static AddressBody Shown(AddressBody address, ImmutableArray<FieldFault> faults)
    {
        var shown = address.ToAddress();
        foreach (var part in Enum.GetValues<AddressPart>())
            if (faults.Any(f => f.Word is "card" && f.Field == AddressChecks.FieldOf(part)))
                shown = AddressChecks.With(shown, part, "");
        return AddressBody.Of(shown)!;
    }
}
