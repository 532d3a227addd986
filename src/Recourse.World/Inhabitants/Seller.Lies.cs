using Recourse.Conversations;
using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Seller
{
    /// <summary>What they say to be rid of an order: some of it is true.</summary>
    void Lie(OrderId order, News news)
    {
        if (!town.Plan.HasLiars) return;
        switch (news.What)
        {
            case "order.funded" when Whim(0.05): BlameTheBuyer(order); break;
            // A label was printed, and nothing was ever handed over.
            case "order.shipped" when Whim(0.05):
                Later(Duration.FromHours(30), () => Say(_who, order, new Order.Command.TakeIn()));
                break;
        }
    }

    /// <summary>Says that its buyer asked for the end: out of the air, or having offered it to them.</summary>
    void BlameTheBuyer(OrderId order)
    {
        if (Luck(0.7) && town.BuyerOf(order) is { } buyer)
            Write(_who, ConversationId.Of(order), buyer.Id, Luck(0.8) ? Conversation.EndOrder : "offer.send-later");
        Later(Duration.FromHours(40), () => Door.Look(order, _who, standing =>
            Cancel(_who, order, Reason.BuyerAsked, Luck(0.7) ? standing : [.. standing.Take(1)])));
    }
}
