using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.World.Inhabitants;

/// <summary>A clinic: at times it wants hundreds of one thing at once, now and in instalments.</summary>
public sealed class Clinic(IDoor door, Town town, BuyerId id) : Buyer(door, town, id)
{
    readonly Actor.Buyer _who = new(id);
    readonly Dictionary<SupplyPlanId, BasketLine> _planned = [];
    int _large;

    /// <inheritdoc/>
    public override void Shop()
    {
        var wares = Town.Window.Where(w => w.Key.Seller == Depot.Code).ToList();
        if (wares.Count == 0 || Luck(0.4)) base.Shop();
        else Order(Pick(wares));
    }

    void Order(KeyValuePair<ListingId, Offer> ware)
    {
        var (now, parts) = (Chance.Next(60, 300), Chance.Next(0, 4));
        var line = new BasketLine(
            ware.Key, Pick(ware.Value.Variants).Sku, now, null,
            Later: parts == 0 ? null : new(Chance.Next(parts, now * parts + 1), parts));
        var checkout = new CheckoutId(Id, Derived.Code($"{Id} large {++_large}"));
        _planned[SupplyPlanId.Of(OrderId.Of(checkout, Depot.Code), line.Sku)] = line;
        Open(checkout, line, ware.Value);
    }

    void Open(CheckoutId checkout, BasketLine line, Offer offer)
    {
        // Asked who they are or whether it is meant, they say yes.
        var all = line.Quantity + (line.Later?.Units ?? 0);
        var basket = new Basket(
            [line], Pick(offer.ShipsTo).Country, ShipTo: null, Method(), Confirmed:
            [
                $"{Checkout.WhoAsks}:lines[0].quantity@{all}-{line.Sku.Code}",
                $"{Checkout.OddQuantity}:lines[0].quantity@{line.Quantity}-{line.Sku.Code}",
            ]);
        Say(_who, checkout, new Checkout.Command.Open(basket, new(default)));
    }

    /// <summary>Something happened to a plan of theirs; some come too late, take less, or want no more.</summary>
    public void Hear(SupplyPlanId plan, News news)
    {
        if (!_planned.TryGetValue(plan, out var line) || line.Later is not { } later) return;
        if (news.What is "plan.opened" && Luck(0.05))
            Later(Duration.FromDays(30), () => Say(_who, plan, new SupplyPlan.Command.End()));
        if (news.What is not "plan.offered" || !Town.Window.TryGetValue(line.Listing, out var offer)) return;
        var units = Math.Max(1, Luck(0.8) ? later.Units / later.Parts : Chance.Next(1, 100));
        Later(Duration.FromHours(60), () => Open(
            new(Id, Derived.Code($"{Id} large {++_large}")), line with { Quantity = units, Later = null }, offer));
    }
}

/// <summary>A warehouse of things that are wanted in hundreds; often it has fewer than are wanted.</summary>
public sealed class Depot(IDoor door, Town town) : Seller(door, town, Code)
{
    /// <summary>There is one.</summary>
    public static readonly SellerId Code = new("depot");

    readonly Actor.Seller _who = new(Code);

    static readonly ImmutableArray<string> Reasons = ["plan.supply-fell-short", "plan.capacity-lost", "no-such-reason"];

    /// <inheritdoc/>
    protected override int Arriving => Chance.Next(1, 900);

    /// <summary>Something happened to a plan: sometimes they have more than they thought, sometimes less.</summary>
    public void Hear(SupplyPlanId plan, News news)
    {
        if (news.What is "plan.opened" && Luck(0.2)) Soon(new SupplyPlan.Command.BringForward());
        if (news.What is "plan.opened" && Luck(0.4))
            Soon(new SupplyPlan.Command.Shorten(Chance.Next(0, 200), Pick(Reasons)));
        if (news.What is "plan.opened" && Luck(0.5)) Later(Duration.FromDays(6), LoseMost);
        if (news.What is "plan.put-off" && Luck(0.1)) Soon(new SupplyPlan.Command.End(Pick(Reasons)));
        if (news.What is "plan.warned" && Luck(0.6))
            Later(Duration.FromHours(40), () => Say(_who, new StockItemId(Code, new("sku-1-1")),
                new StockItem.Command.Receive("main", Arriving)));

        // Counted, there are far fewer: what is promised has to come in first.
        void LoseMost()
        {
            foreach (var place in Places)
                Say(_who, new StockItemId(Code, new("sku-1-1")),
                    new StockItem.Command.Correct(place, Chance.Next(0, 40), "lost"));
        }

        void Soon(SupplyPlan.Command command) => Later(Duration.FromDays(6), () => Say(_who, plan, command));
    }
}
