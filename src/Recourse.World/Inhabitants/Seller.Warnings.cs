using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    static readonly ImmutableArray<string> MayBeWrong =
    [
        "cancel.seller-unresponsive", "cancel.policy-breach", "cancel.cannot-be-carried", Reason.StockDiscrepancy,
        "cancel.address-unusable",
    ];

    /// <summary>What they are warned of: some answer, some mend it, some let it pass.</summary>
    void PutRight(OrderId order, News news)
    {
        if (news.What is not "order.warnings-told") return;
        if (Luck(0.4))
            Later(Duration.FromHours(30), () => Say(
                _who, order, new Order.Command.AnswerWarning(Pick(MayBeWrong), Luck(0.95) ? "We are at it." : "")));
        if (Luck(0.2)) Pack(order, Duration.FromHours(30));
        if (Luck(0.2)) Ship(order, Duration.FromHours(40));
    }

    /// <summary>Counts fewer than are promised, and finds some of them later.</summary>
    void FindFewer(Sku sku)
    {
        var (item, place) = (new StockItemId(Id, sku), Pick(Places));
        Say(_who, item, new StockItem.Command.Correct(place, Chance.Next(0, 4), "lost", Short: true));
        if (Luck(0.4))
            Later(Duration.FromDays(1), () => Say(
                _who, item, new StockItem.Command.Correct(place, Chance.Next(0, 9), "counted", Short: true)));
        if (Luck(0.3)) Later(Duration.FromDays(1), () => Receive(sku));
    }
}
