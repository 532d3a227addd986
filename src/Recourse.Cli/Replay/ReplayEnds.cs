using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Cli;

/// <summary>What became of an order here.</summary>
public sealed class ReplayEnd
{
    /// <summary>The state's name; null: it was never placed.</summary>
    public string? State { get; set; }

    /// <summary>Why it ended early, if it did.</summary>
    public Statement? Why { get; set; }

    /// <summary>When it ended (UTC).</summary>
    public Instant? EndedAt { get; set; }

    /// <summary>When the buyer was first told how it ends: delivered, or ended with a statement (UTC).</summary>
    public Instant? BuyerKnewAt { get; set; }

    /// <summary>When the money was back: never captured, or refunded (UTC).</summary>
    public Instant? MoneyBackAt { get; set; }

    /// <summary>When whoever was waited for was warned, and who that was.</summary>
    public List<(Instant At, Party Owner)> Warned { get; } = [];

    /// <summary>Who was waited for when the clock ended it; null: people did, or it ended well.</summary>
    public Party? EndedByClockFor { get; set; }

    /// <summary>What the seller got, in minor units.</summary>
    public long ToSeller { get; set; }

    /// <summary>What the buyer got back, in minor units.</summary>
    public long ToBuyer { get; set; }
}

/// <summary>Reads off the log what became of each order.</summary>
public sealed class ReplayEnds
{
    readonly Dictionary<OrderId, ReplayEnd> _ends = [];
    readonly Dictionary<CheckoutId, List<OrderId>> _orders = [];

    /// <summary>Of one order; an empty end if nothing ever happened to it.</summary>
    public ReplayEnd Of(OrderId order)
    {
        if (!_ends.TryGetValue(order, out var end)) _ends[order] = end = new();
        return end;
    }

    /// <summary>One more turn.</summary>
    public void Follow(Turn turn, IReadOnlyDictionary<IId, object> states)
    {
        foreach (var (id, happened, _) in turn.Events)
            switch (happened)
            {
                case Order.Event e: Note((OrderId)id, e, (Order.State)states[id], turn); break;
                case Checkout.Event e: Note((CheckoutId)id, e, turn); break;
                case Payment.Event.Released e: Of(e.Order).MoneyBackAt = turn.At; break;
                case Payment.Event.Unfunded e: Of(e.Order).MoneyBackAt = turn.At; break;
                case Refund.Event.Paid e when states[id] is Refund.State s:
                    Of(s.Owed.Return.Order).MoneyBackAt = e.At;
                    break;
                case Refund.Event.Reversed when states[id] is Refund.State s:
                    Of(s.Owed.Return.Order).MoneyBackAt = null;
                    break;
                case Refund.Event.Escalated when states[id] is Refund.State s:
                    Of(s.Owed.Return.Order).Warned.Add((turn.At, Party.Operator));
                    break;
            }
    }

    void Note(OrderId id, Order.Event happened, Order.State after, Turn turn)
    {
        var end = Of(id);
        end.State = after.GetType().Name;
        switch (happened)
        {
            case Order.Event.Delivered: end.BuyerKnewAt ??= turn.At; break;
            case Order.Event.Warned e: end.Warned.Add((turn.At, e.Deadline.Owner)); break;
            case Order.Event.Completed e:
                (end.EndedAt, end.ToSeller) = (turn.At, e.ToSeller.Minor);
                end.BuyerKnewAt ??= turn.At;
                break;
            case Order.Event.Settled e:
                (end.Why, end.EndedAt, end.BuyerKnewAt) = (e.Why, turn.At, turn.At);
                end.ToBuyer += e.Settlement.ToBuyer.Minor;
                if (turn.Who is Actor.Clock) end.EndedByClockFor = OwnerOf(e);
                break;
            case Order.Event.Placed or Order.Event.Funded or Order.Event.Shipped or Order.Event.Imported: break;
        }
    }

    static Party OwnerOf(Order.Event.Settled happened) => happened switch
    {
        Order.Event.Lost => Party.Platform,
        Order.Event.Cancelled or Order.Event.Reduced or Order.Event.CameBack => Party.Seller,
    };

    void Note(CheckoutId id, Checkout.Event happened, Turn turn)
    {
        switch (happened)
        {
            case Checkout.Event.Opened e:
                _orders[id] = [.. e.Requests.Select(r => OrderId.Of(id, r.Seller))];
                break;
            case Checkout.Event.Warned e:
                foreach (var order in _orders[id]) Of(order).Warned.Add((turn.At, e.Deadline.Owner));
                break;
            case Checkout.Event.Abandoned e:
                foreach (var order in _orders[id])
                {
                    var end = Of(order);
                    end.Why ??= e.Why;
                    end.BuyerKnewAt ??= turn.At;
                    if (turn.Who is Actor.Clock) end.EndedByClockFor = Party.Buyer;
                }
                break;
            case Checkout.Event.Reserved or Checkout.Event.Refused or Checkout.Event.Missed or Checkout.Event.Stopped
                or Checkout.Event.PaymentAsked or Checkout.Event.Declined or Checkout.Event.Authorised
                or Checkout.Event.Dropped or Checkout.Event.AskedAgain or Checkout.Event.AskedForLess: break;
        }
    }
}
