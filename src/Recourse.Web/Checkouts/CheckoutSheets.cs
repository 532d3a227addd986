using Microsoft.AspNetCore.Http;
using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
using Recourse.Runtime;
using Recourse.Wallets;
namespace Recourse.Web;

/// <summary>Puts together what stands in the basket, where it goes, and what it costs there now.</summary>
sealed class CheckoutSheets(Baskets baskets, AddressDrafts drafts, CheckoutQuotes quotes, IPlatform platform)
{
    /// <param name="currency">Of what is to be paid now; null: of what was put in first.</param>
    public async Task<CheckoutSheet> Of(HttpContext http, string? currency) => (await Of(http, currency, [])).Sheet;

    /// <summary>What is to be said of a method before it is paid with, though it stops nothing.</summary>
    public async Task<ImmutableArray<CheckoutFinding>> AdviceOn(HttpContext http, string? currency, string method) =>
        [.. (await Of(http, currency, [], method)).Sheet.Quote.Findings.Where(
            f => f is { Field: "method", Gravity: "advice" })];

    /// <summary>Settles findings; answers what the basket had instead of what it has now.</summary>
    /// <param name="fixes">Their ids; what isn't found any more needs none.</param>
    /// <param name="method">The method that some are about; null: none is.</param>
    public async Task<ImmutableArray<string>> Apply(
        HttpContext http, string? currency, ImmutableArray<string> fixes, string? method)
    {
        var (before, draft) = await Of(http, currency, fixes, method);
        var (basket, was) = (baskets.Of(http), new List<string>());
        foreach (var item in before.Items)
        {
            var line = draft.Lines.FirstOrDefault(l => l.Listing == item.Listing && l.Sku.Code == item.Sku);
            var now = line is null ? null
                : item with
                {
                    Quantity = line.Quantity, Price = line.UnitPrice ?? item.Price, Service = line.Service,
                    Later = LaterBody.Of(line.Later),
                };
            if (now == item) continue;
            was.Add($"{item}");
            basket = basket.With(now ?? item, now?.Quantity ?? 0);
        }
        baskets.Keep(http, basket.WithCoupons(draft.Coupons) with { Fixed = draft.Fixed });
        if (draft.ShipTo is { } shipTo) drafts.Keep(http, new(AddressBody.Of(shipTo)!, draft.Confirmed));
        return [.. was];
    }

    /// <summary>The stopped checkout that is to give way; null: none is.</summary>
    public CheckoutId? InsteadOf(HttpContext http) =>
        baskets.Of(http).Instead is { } code && new Caller(http).Buyer is { } buyer
            ? new CheckoutId(buyer, code) : null;

    /// <summary>No more than it costs.</summary>
    async Task<Money?> WalletFor(Money? total, Caller caller)
    {
        if (total is not { } sum || caller.Buyer is not { } buyer) return null;
        var seen = await platform.Read(WalletId.Of(buyer, sum.Currency), caller.Who, caller.Cancel);
        return seen?.State is Wallet.State { Balance: { Minor: > 0 } balance }
            ? balance.Minor < sum.Minor ? balance : sum : null;
    }

    // The items are as they were; the draft and the quote are with the fixes.
    async Task<(CheckoutSheet Sheet, CheckoutDraft Draft)> Of(
        HttpContext http, string? currency, ImmutableArray<string> fixes, string? method = null)
    {
        var (all, coupons) = (baskets.Of(http).Items, baskets.Of(http).Coupons);
        var now = all.Any(i => i.Price.Currency.Code == currency) ? currency
            : all.FirstOrDefault()?.Price.Currency.Code;
        ImmutableArray<BasketItem> items = [.. all.Where(i => i.Price.Currency.Code == now)];
        var kept = items.IsEmpty ? null : await drafts.Of(http);
        var (draft, quote) = await quotes.Of(
            Drafts.Of([.. items.Select(i => i.ToLine())], kept?.Address.Country, kept?.Address,
                kept?.Confirmed ?? [], method).WithCoupons(coupons, new(http)) with
                {
                    Instead = InsteadOf(http), Fixed = baskets.Of(http).Fixed,
                },
            fixes, new(http));
        return (new(items, [.. all.Where(i => i.Price.Currency.Code != now)], kept?.Address, quote)
        {
            Wallet = await WalletFor(quote.Total, new(http)),
        }, draft);
    }
}
