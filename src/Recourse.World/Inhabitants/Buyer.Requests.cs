using Recourse.Orders;
namespace Recourse.World.Inhabitants;

public partial class Buyer
{
    /// <summary>What they ask for while an order of theirs is under way.</summary>
    void Wish(OrderId order, News news)
    {
        switch (news.What)
        {
            case "order.funded" when Whim(0.12): Change(order, Duration.FromHours(4)); break;
            case "order.warnings-told" when Luck(0.3):
                Later(Duration.FromHours(30), () => Say(
                    _who, order, new Order.Command.AnswerWarning("cancel.address-unusable", "It is right.")));
                break;
            case "order.warnings-told" when Luck(0.5): Change(order, Duration.FromHours(30)); break;
            case "order.picked" when Whim(0.2): Cancel(order, Duration.FromHours(10)); break;
            case "order.picked" when Whim(0.1): Change(order, Duration.FromHours(10)); break;
            case "order.cancellation-asked" or "order.amendment-asked" or "order.difference-asked" when Whim(0.12):
                Later(Duration.FromHours(4), () => Say(_who, order, new Order.Command.Withdraw()));
                break;
            case "order.wish-refused" when Whim(0.3): Complain(order); break;
            case "order.shipped" when Whim(0.1):
                Later(Duration.FromDays(3), () => Say(_who, order, new Order.Command.Recall()));
                break;
            case "order.delivered" when Whim(0.15):
                Later(Duration.FromDays(15), () => Say(_who, order, new Order.Command.Extend()));
                break;
        }
    }

    /// <summary>More or fewer of something, another variant of it, or all of it to somewhere else.</summary>
    void Change(OrderId order, Duration within) => Later(within, () => Door.LookClosely(order, _who, standing =>
    {
        if (standing.IsEmpty) return;
        var line = Pick(standing);
        var units = Whim(0.05) ? Pick(Absurd) : Math.Max(0, line.Quantity + Chance.Next(-2, 4));
        var method = Luck(0.97) ? Method() : null;
        Say(_who, order, Chance.Next(4) switch
        {
            0 when town.Window.TryGetValue(line.Listing, out var offer) => new Instead(new(
                [new(line.Line, line.Quantity, Pick(offer.Variants).Sku)], Method: method,
                Coupons: Luck(0.3) ? [] : null)),
            1 when Moved() is { } home => new Instead(new([], Method: method), home),
            _ => new Instead(new(
                [new(line.Line, units)], Luck(0.1) ? Pick<string>(["BR", "PT", "XX"]) : null, Method: method,
                Coupons: Luck(0.3) ? [] : null)),
        });
    }));

    /// <summary>Where they want it sent instead; null: they have nowhere else.</summary>
    protected virtual Address? Moved() => Slipped(HomeIn(Pick(Towns).Country) is { } home
        ? home with { Lines = [$"{home.Lines[0]}9"] } : null);
}
