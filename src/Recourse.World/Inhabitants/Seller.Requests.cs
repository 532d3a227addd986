using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    /// <summary>What their buyers ask for, and what comes back: some answer, some send it all the same.</summary>
    void Answer(OrderId order, News news)
    {
        switch (news.What)
        {
            case "order.funded" when Luck(0.3): Pack(order, Duration.FromHours(20)); break;
            case "order.cancellation-asked" or "order.amendment-asked":
                if (Luck(0.4)) Later(Duration.FromHours(20), () => Say(_who, order, new Order.Command.Approve()));
                else if (Luck(0.5)) Later(Duration.FromHours(30), () => Say(_who, order, new Order.Command.Refuse(
                    Pick<string>(["refuse.packed-already", "refuse.made-to-order", "refuse.sent-meanwhile"]))));
                else if (Luck(0.3)) Ship(order, Duration.FromHours(10));
                break;
            case "order.recall-accepted" when Luck(0.7):
                Later(Duration.FromDays(20), () => Say(Luck(0.5) ? _hands : _who, order, new Order.Command.TakeIn()));
                break;
            case "order.shipped" when Whim(0.03):
                Later(Duration.FromDays(8), () => Say(_who, order, new Order.Command.TakeIn()));
                break;
        }
    }

    void Pack(OrderId order, Duration within) =>
        Later(within, () => Say(Luck(0.8) ? _hands : _who, order, new Order.Command.Pick()));
}
