using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>All that the pages before a payment show: what is in the basket, at what, and where it goes.</summary>
/// <param name="Items">Those of one currency: one payment is in one.</param>
/// <param name="Others">What is paid apart.</param>
/// <param name="Address">Null: it isn't known yet.</param>
/// <param name="Quote">What it costs there, and what stands in its way.</param>
public sealed record CheckoutSheet(
    ImmutableArray<BasketItem> Items, ImmutableArray<BasketItem> Others, AddressBody? Address, QuoteBody Quote)
{
    /// <summary>Whether it can be paid as it stands.</summary>
    public bool IsReady => Address is not null && Quote.Refusals.IsEmpty && Quote.Total is not null;

    /// <summary>Changes with anything that the buyer has been shown: nobody pays for what they haven't seen.</summary>
    public string Seen => $"{Platform.Hash(Encoding.UTF8.GetBytes(
        $"{string.Join('\n', Items)}\n{JsonSerializer.Serialize(Address)}\n{Quote.Total}")):x16}";

    /// <summary>All that stands in the way, the line that it is about, and what is put in instead.</summary>
    public IEnumerable<(RefusalBody Why, BasketItem? Item, BasketItem? Instead)> Findings =>
        from no in Quote.Refusals
        let line = LineOf(no)
        select (no, line is { } n ? Items[n] : null, line is { } at ? Instead(no, Items[at], Quote.Lines[at]) : null);

    int? LineOf(RefusalBody no) =>
        no.Field is { } field && Regex.Match(field, @"^lines\[(\d{1,3})\]") is { Success: true } at
        && int.Parse(at.Groups[1].Value, null) is var n && n < Items.Length && n < Quote.Lines.Length ? n : null;

    /// <summary>The nearest thing that can be had: it at today's price, fewer of it; null: it is left out.</summary>
    static BasketItem? Instead(RefusalBody no, BasketItem item, QuotedLine now) => no.Code switch
    {
        "checkout.price-differs" when now.UnitPrice is { } price => item with { Price = price },
        "stock.not-enough" when now.Left is > 0 and var left && left < item.Quantity => item with { Quantity = left },
        _ => null,
    };
}
