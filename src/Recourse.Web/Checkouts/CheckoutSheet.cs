using System.Text;
using System.Text.Json;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>All that the pages before a payment show: what is in the basket, at what, and where it goes.</summary>
/// <param name="Items">Those of one currency: one payment is in one.</param>
/// <param name="Others">What is paid apart.</param>
/// <param name="Address">Null: it isn't known yet.</param>
/// <param name="Quote">What it costs there, and what was found.</param>
public sealed record CheckoutSheet(
    ImmutableArray<BasketItem> Items, ImmutableArray<BasketItem> Others, AddressBody? Address, QuoteBody Quote)
{
    /// <summary>Whether it can be paid as it stands.</summary>
    public bool IsReady => Address is not null && Stopping == 0 && Quote.Total is not null;

    /// <summary>How many findings have to be settled first.</summary>
    public int Stopping => Quote.Findings.Count(f => f.Stops);

    /// <summary>Changes with anything that the buyer has been shown: nobody pays for what they haven't seen.</summary>
    public string Seen => $"{Platform.Hash(Encoding.UTF8.GetBytes(string.Join('\n',
        [.. Items.Select(i => $"{i}"), JsonSerializer.Serialize(Address), $"{Quote.Total}", .. Quote.Coupons]))):x16}";

    /// <summary>The line that a finding is about; null: none.</summary>
    public BasketItem? ItemOf(CheckoutFinding found) => found.Line is { } n && n < Items.Length ? Items[n] : null;

    /// <summary>As its listing has it now.</summary>
    public QuotedLine? NowOf(CheckoutFinding found) =>
        found.Line is { } n && n < Quote.Lines.Length ? Quote.Lines[n] : null;
}
