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
    /// <summary>What of it the buyer's wallet can pay; null: nothing.</summary>
    public Money? Wallet { get; init; }

    /// <summary>Whether the wallet can pay all of it.</summary>
    public bool IsPaidByWallet => Wallet is { } wallet && wallet == Quote.Total;

    /// <summary>Whether it can be paid as it stands.</summary>
    public bool IsReady => Address is not null && Stopping == 0 && Quote.Total is not null;

    /// <summary>What can be bought though not all can; null: all can, or nothing.</summary>
    public QuoteRest? Rest => Address is not null && Quote.Rest is { Total: not null } rest ? rest : null;

    /// <summary>The items without what would be left out.</summary>
    public ImmutableArray<BasketItem> Good =>
        Rest is not { } rest ? Items : [.. Items.Where((_, n) => !rest.Without.Contains(n))];

    /// <summary>How many findings have to be settled first.</summary>
    public int Stopping => Quote.Findings.Count(f => f.Stops);

    /// <summary>Changes with anything that the buyer has been shown: nobody pays for what they haven't seen.</summary>
    public string Seen => MarkOf(Items, Quote.Total, Quote.Coupons);

    /// <summary>The same of what would be paid for without what is left out.</summary>
    public string RestSeen => Rest is not { } rest ? "" : MarkOf(Good, rest.Total, rest.WithoutCoupons);

    string MarkOf(ImmutableArray<BasketItem> items, Money? total, ImmutableArray<string> coupons) =>
        $"{Platform.Hash(Encoding.UTF8.GetBytes(string.Join('\n',
            [.. items.Select(i => $"{i}"), JsonSerializer.Serialize(Address), $"{total}", .. coupons]))):x16}";

    /// <summary>The line that a finding is about; null: none.</summary>
    public BasketItem? ItemOf(CheckoutFinding found) => found.Line is { } n && n < Items.Length ? Items[n] : null;

    /// <summary>As its listing has it now.</summary>
    public QuotedLine? NowOf(CheckoutFinding found) =>
        found.Line is { } n && n < Quote.Lines.Length ? Quote.Lines[n] : null;
}
