namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>What an event means in money. Only the seller's accounts move; what crosses is in transit.</summary>
    public static IEnumerable<Transfer> Transfers(OrderId order, State after, Event @event)
    {
        Account escrow = new($"escrow/{order}"), funding = new($"transit/{order}/funding");
        Account payable = new($"{order.Seller}/payable"), fees = new($"{order.Seller}/fees");
        Account claims = new($"{order.Seller}/claims");

        Transfer[] all = @event switch
        {
            Event.Funded e    => [new(funding, escrow, e.Held)],
            Event.Completed e =>
                [new(escrow, payable, e.ToSeller), new(escrow, fees, e.Fee), .. MakeGood(e)],
            Event.Settled e   =>
                [.. Return(e.Settlement), .. Bear(e.Settlement), .. Keep(e.Settlement), .. Pay(e.Settlement.Paid)],
            Event.Amended e   =>
                [new(funding, escrow, e.Payment is null ? Money.Zero(e.After.Currency) : e.What.More), .. Back(e.From)],
            Event.Overturned e =>
                [.. e.MadeGood is { } good ? [new Transfer(claims, payable, good)] : (ReadOnlySpan<Transfer>)[],
                    .. Pay(e.Paid)],
            Event.Imported e  => Imported(order, e.Facts),
            Event.Placed or Event.Shipped or Event.Delivered or Event.Warned or Event.CancellationMeant
                or Event.CancellationTakenBack or Event.Picked or Event.CancellationAsked
                or Event.AmendmentAsked or Event.AmendmentHeld
                or Event.DifferenceAsked or Event.WishRefused or Event.WishEnded or Event.RecallAsked
                or Event.RecallAccepted or Event.RecallOver or Event.Extended or Event.Contested
                or Event.Uncontested or Event.Postponed or Event.KeepingOffered or Event.Kept
                or Event.KeepingWithdrawn or Event.PutOff or Event.WarningGiven or Event.WarningsTold
                or Event.WarningAnswered or Event.WarningLifted
                or Event.Reviewed => [],
        };
        return all.Where(t => t.Amount.Minor != 0);

        Transfer[] Return(Settlement s) => s.From is { } parts ? Back(parts)
            : [new(escrow, new($"transit/{order}/return-{s.Nth}"), s.ToBuyer)];

        Transfer[] Back(ImmutableArray<PaidBack>? parts) =>
            [.. (parts ?? []).Select(p => new Transfer(escrow, new($"transit/{order}/return-{p.Nth}"), p.Amount))];

        Transfer[] MakeGood(Event.Completed e) => e.Borne is { } borne ? [new(claims, payable, borne)] : [];

        Transfer[] Keep(Settlement s) => s.Fee is { } fee ? [new(payable, fees, fee)] : [];

        Transfer[] Pay(Compensation? c) => c is null ? []
            : [new(CompensationRules.SourceOf(c, order), CompensationRules.DueOf(order), c.Amount)];

        Transfer[] Bear(Settlement s) => s.ShippingBorneBy switch
        {
            Bearer.Buyer    => [new(escrow, payable, s.Shipping)],
            Bearer.Seller   => [],
            Bearer.Platform => [new(claims, payable, s.Shipping)],
        };
    }

    /// <summary>A history's money stands in books of its own, never among what we hold or owe.</summary>
    static Transfer[] Imported(OrderId order, ImportedOrder facts)
    {
        Account paid = new($"import/{facts.Source}/paid/{order}"), held = new($"import/{facts.Source}/held/{order}");
        Account seller = new($"import/{facts.Source}/seller/{order}");
        var goods = facts.Items.Select(i => i.Price + i.Freight).Sum(facts.Currency);
        return
        [
            new(paid, held, facts.Payments.Select(p => p.Amount).Sum(facts.Currency)),
            .. facts.Times.Delivered is null ? (ReadOnlySpan<Transfer>)[] : [new Transfer(held, seller, goods)],
        ];
    }
}
