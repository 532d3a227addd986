using Microsoft.AspNetCore.Http;
namespace Recourse.Web;

/// <summary>Puts together what stands in the basket, where it goes, and what it costs there now.</summary>
sealed class CheckoutSheets(Baskets baskets, AddressDrafts drafts, CheckoutQuotes quotes)
{
    /// <param name="currency">Of what is to be paid now; null: of what was put in first.</param>
    public async Task<CheckoutSheet> Of(HttpContext http, string? currency)
    {
        var all = baskets.Of(http).Items;
        var now = all.Any(i => i.Price.Currency.Code == currency) ? currency
            : all.FirstOrDefault()?.Price.Currency.Code;
        ImmutableArray<BasketItem> items = [.. all.Where(i => i.Price.Currency.Code == now)];
        var address = items.IsEmpty ? null : await drafts.Of(http);
        var quote = await quotes.Of(
            new([.. items.Select(i => i.ToLine())], address?.Country), Languages.Of(http.Request), http.RequestAborted);
        return new(items, [.. all.Where(i => i.Price.Currency.Code != now)], address, quote);
    }
}
