using Recourse.Instalments;
using Recourse.Inventory;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> WhyLess = ["plan.supply-fell-short", "plan.capacity-lost", "no-such-reason"];

    /// <summary>They have things that are wanted in hundreds; often fewer than are wanted.</summary>
    public bool IsDepot { get; init; }

    /// <summary>Something happened to a plan: sometimes they have more than they thought, sometimes less.</summary>
    public void Hear(SupplyPlanId plan, News news)
    {
        if (news.Line is not { } line) return;
        var item = new StockItemId(id, line.Sku);
        if (news.What is "plan.opened" && Luck(0.2)) Soon(new SupplyPlan.Command.BringForward());
        if (news.What is "plan.opened" && Whim(0.4))
            Soon(new SupplyPlan.Command.Shorten(Chance.Next(0, 200), Pick(WhyLess)));
        if (news.What is "plan.opened" && Whim(0.5)) Later(Duration.FromDays(6), LoseMost);
        if (news.What is "plan.put-off" && Whim(0.1)) Soon(new SupplyPlan.Command.End(Pick(WhyLess)));
        if (news.What is "plan.warned" && Luck(0.6))
            Later(Duration.FromHours(40), () => Say(_who, item, new StockItem.Command.Receive("main", Arriving)));

        // Counted, there are far fewer: what is promised has to come in first.
        void LoseMost()
        {
            foreach (var place in Places)
                Say(_who, item, new StockItem.Command.Correct(place, Chance.Next(0, 40), "lost"));
        }

        void Soon(SupplyPlan.Command command) => Later(Duration.FromDays(6), () => Say(_who, plan, command));
    }
}
