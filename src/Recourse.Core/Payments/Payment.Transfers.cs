using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Wallets;
namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>The negative of what the provider holds for us; zero once captured or voided.</summary>
    public static Account HeldAt(PaymentId id) => new($"provider/authorised/{id.Buyer.Code}/{id.Code}");

    /// <summary>The negative of what the provider has of ours: its own statement, with the sign turned.</summary>
    public static Account Clearing(PaymentId id) => new($"provider/clearing/{id.Buyer.Code}/{id.Code}");

    /// <summary>What the platform bears because the provider would not capture.</summary>
    public static Account Losses(PaymentId id) => new($"platform/losses/{id.Buyer.Code}/{id.Code}");

    /// <summary>What a buyer is owed until the provider has given it back.</summary>
    public static Account OwedBack(RefundId id) => new($"buyer/{id.Buyer.Code}/refunds/{id.Code}");

    /// <summary>On its way between the payment and an order; 0: the funding itself.</summary>
    static Account Transit(OrderId order, int nth) =>
        new($"transit/{order}/{(nth == 0 ? "funding" : $"return-{nth}")}");

    /// <summary>What of an amount that an order has just given back was paid from the wallet.</summary>
    static Money WalletsPart(State after, OrderId order, Money amount) =>
        StakeOf(after, order)?.WalletsPartOf(amount) ?? amount with { Minor = 0 };

    /// <summary>What an event means in money.</summary>
    public static IEnumerable<Transfer> Transfers(PaymentId id, State after, Event @event)
    {
        Transfer[] all = @event switch
        {
            Event.Authorised      => [.. after.Stakes.SelectMany(Fund)],
            Event.Unfunded e      => LetGo(e.Order, 0, e.Amount),
            Event.Released e      => LetGo(e.Order, e.Nth, e.Amount),
            Event.Captured e      => [new(Clearing(id), HeldAt(id), e.Amount)],
            Event.CaptureFailed e => [new(Losses(id), HeldAt(id), e.Amount)],
            Event.RefundOwed e    => [Owe(e.Return)],
            Event.Asked or Event.Unanswered or Event.AskedAgain or Event.Declined or Event.ReturnQueued
                or Event.CaptureAsked or Event.Abandoned or Event.VoidAsked or Event.Voided
                or Event.ReturnsChosen => [],
        };
        return all.Where(t => t.Amount.Minor != 0);

        // Once a capture has failed there is no hold to give it back to: it makes the platform's loss smaller.
        Account Source() => after is State.Failed ? Losses(id) : HeldAt(id);

        Transfer[] Fund(Stake s) =>
        [
            new(HeldAt(id), Transit(s.Order, 0), s.ByMethod),
            new(Wallet.Handover(id.Buyer, id.Code), Transit(s.Order, 0), s.Amount - s.ByMethod),
        ];

        Transfer[] LetGo(OrderId order, int nth, Money amount)
        {
            var wallet = WalletsPart(after, order, amount);
            return
            [
                new(Transit(order, nth), Source(), amount - wallet),
                new(Transit(order, nth), Wallet.Handover(id.Buyer, id.Code), wallet),
            ];
        }

        Transfer Owe(Return r) =>
            new(Transit(r.Order, r.Nth), OwedBack(RefundId.Of(id, r)), r.Amount);
    }
}
