using Recourse.Orders;
using Recourse.Payouts;
namespace Recourse.World.Inhabitants;

/// <summary>Whoever sends money to banks for the platform, and notes what the banks say.</summary>
public sealed class Treasurer(IDoor door, string code) : Inhabitant(door, code)
{
    readonly Actor.Operator _who = new(code);
    readonly Dictionary<SellerId, OrderId> _newest = [];
    int _files, _disputes;
    bool _closed;

    /// <summary>Whose account the bank finds closed, the first time that they are paid; null: nobody's.</summary>
    public SellerId? Closing { get; init; }

    /// <summary>An order was completed: banks may still take back what was paid for it.</summary>
    public void Hear(OrderId order) => _newest[order.Seller] = order;

    /// <summary>Something happened to a payout.</summary>
    public void Hear(PayoutId payout, News news)
    {
        switch (news.What)
        {
            case "payout.opened" or "payout.escalated":
                Later(Duration.FromHours(30), () => Say(_who, payout, new Payout.Command.Send($"file-{++_files}")));
                if (news.What is "payout.escalated") Later(Duration.FromHours(40), () => Answer(payout));
                break;
            case "payout.sent": Later(Duration.FromDays(4), () => Answer(payout)); break;
            case "payout.paid" when Whim(0.05):
                Later(Duration.FromDays(3), () => Say(_who, payout, new Payout.Command.Return("AC04")));
                break;
        }
    }

    void Answer(PayoutId payout)
    {
        var closes = !_closed && Closing is { } closing && payout.Seller == closing;
        _closed |= closes;
        Say(_who, payout, closes ? new Payout.Command.Return("AC04") : Whim(0.15)
            ? new Payout.Command.Return(Luck(0.9) ? "AC04" : "closed")
            : new Payout.Command.Confirm($"bank-{payout.Code}"));
    }

    /// <summary>Something happened to a seller's earnings.</summary>
    public void Hear(EarningsId earnings, News news)
    {
        switch (news.What)
        {
            case "earnings.account-set" or "earnings.ran" or "earnings.nothing-due" or "earnings.lifted":
                Later(Duration.FromDays(9), () => Say(_who, earnings, new Earnings.Command.Run()));
                if (Whim(0.05)) Later(Duration.FromDays(6), () => Hold(earnings));
                // What was paid out was earned in that currency.
                if (news.What is "earnings.ran" && Whim(0.05))
                    Later(Duration.FromDays(6), () => ChargeBack(earnings));
                break;
            case "earnings.called":
                Later(Duration.FromHours(20), () => Say(_who, earnings, new Earnings.Command.Run()));
                break;
            case "earnings.withheld":
                Later(Duration.FromDays(9), () => Say(_who, earnings, new Earnings.Command.Lift()));
                break;
        }
    }

    void Hold(EarningsId earnings) => Say(_who, earnings,
        new Earnings.Command.Hold(Luck(0.9) ? "payout.disputes-open" : "no-such-reason"));

    void ChargeBack(EarningsId earnings)
    {
        if (earnings.Currency is not { } currency || !_newest.TryGetValue(earnings.Seller, out var order)) return;
        var reference = $"dp-{earnings.Seller.Code}-{++_disputes}";
        Say(_who, earnings, new Earnings.Command.ChargeBack(reference, order, new(Chance.Next(1, 9_000), currency)));
        // Some are booked twice, with another amount.
        if (Luck(0.2)) Later(Duration.FromDays(9), () => Say(_who, earnings, new Earnings.Command.ChargeBack(
            Luck(0.5) ? reference : $"{reference}-again", order, new(Chance.Next(1, 9_000), currency))));
        // Some banks change their minds, and some references are mistyped.
        if (Luck(0.3)) Later(Duration.FromDays(20), () => Say(_who, earnings,
            new Earnings.Command.Restore(Luck(0.9) ? reference : "dp-none")));
    }
}
