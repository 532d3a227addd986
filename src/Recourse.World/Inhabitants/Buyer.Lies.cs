using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Buyer
{
    /// <summary>What they say to have both the goods and the money, in two tabs at times.</summary>
    void Lie(OrderId order, News news)
    {
        if (!town.Plan.HasLiars) return;
        switch (news.What)
        {
            case "order.shipped" when Whim(0.04): DenyTheParcel(order, Duration.FromHours(5)); break;
            case "order.delivered" when Whim(0.08): DenyTheParcel(order, Duration.FromDays(9)); break;
            case "order.completed" when Whim(0.05): DenyTheParcel(order, Duration.FromDays(30)); break;
            case "order.lost" or "order.came-back" when Whim(0.1):
                Later(Duration.FromDays(3), () => Say(_who, order, new Order.Command.ConfirmReceipt()));
                DenyTheParcel(order, Duration.FromDays(3));
                break;
        }
    }

    /// <summary>It was never sent, it never came, they need more time: whatever ends it with everything back.</summary>
    void DenyTheParcel(OrderId order, Duration within) => Later(within, () =>
    {
        Cancel(order, Duration.Zero);
        Say(_who, order, new Order.Command.Recall());
        if (Luck(0.5)) Say(_who, order, new Order.Command.Extend());
        if (Luck(0.5)) Say(_who, order, new Order.Command.Extend());
        if (Luck(0.5)) Complain(order);
    });
}
