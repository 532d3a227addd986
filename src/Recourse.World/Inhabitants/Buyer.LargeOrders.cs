using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Buyer
{
    int _large;

    /// <summary>Of whom they want hundreds of a thing at times, now and in instalments; null: of nobody.</summary>
    public SellerId? Supplier { get; init; }

    /// <summary>Orders hundreds of one thing; false: there is nothing of that kind.</summary>
    public bool OrderHundreds()
    {
        var wares = town.Window.Where(w => w.Key.Seller == Supplier).ToList();
        if (wares.Count == 0) return false;
        var ware = Pick(wares);
        var (now, parts) = (Chance.Next(60, 300), Chance.Next(0, 4));
        var line = new BasketLine(
            ware.Key, Pick(ware.Value.Variants).Sku, now, null,
            Later: parts == 0 ? null : new(Chance.Next(parts, now * parts + 1), parts));
        OrderHundreds(line, ware.Value);
        return true;
    }

    void OrderHundreds(BasketLine line, Offer offer)
    {
        // Asked who they are or whether it is meant, they say yes.
        var all = line.Quantity + (line.Later?.Units ?? 0);
        var country = CountryOf(offer);
        var basket = new Basket(
            [line], country, ShipTo: null, Method(), Confirmed:
            [
                $"{Checkout.WhoAsks}:lines[0].quantity@{all}-{line.Sku.Code}",
                $"{Checkout.OddQuantity}:lines[0].quantity@{line.Quantity}-{line.Sku.Code}",
            ]);
        Say(_who, new CheckoutId(id, Derived.Code($"{id} large {++_large}")),
            new Purchase(basket, HomeIn(country)));
    }

    /// <summary>Where they want it.</summary>
    protected virtual string CountryOf(Offer offer) => Pick(offer.ShipsTo).Country;

    /// <summary>Something happened to a plan of theirs; some come too late, take less, or want no more.</summary>
    public void Hear(SupplyPlanId plan, News news)
    {
        if (news.What is "plan.opened" && Whim(0.05))
            Later(Duration.FromDays(30), () => Say(_who, plan, new SupplyPlan.Command.End()));
        if (news.What is "plan.opened" or "plan.put-off" && Whim(0.15))
            Later(Duration.FromDays(5), () => Say(_who, plan, new SupplyPlan.Command.Move(
                Door.Now + Duration.FromDays(Chance.Next(1, 120)))));
        if (news.What is not "plan.offered" || news.Line is not { } line
            || !town.Window.TryGetValue(line.Listing, out var offer)) return;
        var units = Whim(0.2) ? Chance.Next(1, 100) : Math.Max(1, line.Quantity);
        Later(Duration.FromHours(60), () =>
        {
            if (!town.IsClosing) OrderHundreds(line with { Quantity = units }, offer);
        });
    }
}
