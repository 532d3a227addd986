using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Risk;
using Recourse.Runtime;
namespace Recourse.Adapters.Risk.Replay;

/// <summary>A purchase with what screening knew of it, and how it turned out.</summary>
/// <param name="KnownAt">When that was known.</param>
public sealed record JudgedPurchase(Instant At, Instant KnownAt, RiskFacts Facts, bool IsFraud);

/// <summary>
/// The platform's own outcomes, out of its log: each purchase by the very facts that were recorded with it. Honest is
/// what became an order that was completed. Fraud is what a person turned down, or an unpaid slip, or a card that its
/// bank calls lost or stolen; unless an appeal showed that it was wrong. What has no outcome yet, or was refused by
/// screening itself, is left out: nobody knows what it would have been.
/// </summary>
public sealed class PlatformOutcomes
{
    sealed record Purchase(Instant At, RiskFacts Facts, Instant? KnownAt, bool IsFraud);

    readonly Dictionary<CheckoutId, Purchase> _purchases = [];
    readonly Dictionary<OrderId, CheckoutId> _orders = [];

    /// <summary>All whose outcome is known, in the order in which they were tried.</summary>
    public ImmutableArray<JudgedPurchase> Known =>
    [
        .. from p in _purchases.Values
           where p.KnownAt is not null
           orderby p.At, p.KnownAt
           select new JudgedPurchase(p.At, p.KnownAt!.Value, p.Facts, p.IsFraud),
    ];

    /// <summary>How many purchases were screened, whatever became of them.</summary>
    public int Screened => _purchases.Count;

    /// <summary>All of a log.</summary>
    public static PlatformOutcomes In(IJournal journal)
    {
        const int atOnce = 1_000;
        var outcomes = new PlatformOutcomes();
        for (long from = 0, more = 1; more > 0;)
        {
            more = 0;
            foreach (var (position, turn) in journal.Read(from, atOnce))
            {
                foreach (var recorded in Recordings.Of(position, turn)) outcomes.Hear(recorded);
                (from, more) = (position, more + 1);
            }
        }
        return outcomes;
    }

    /// <summary>Hears what happened. To be told in the order of the log.</summary>
    public void Hear(Recorded r)
    {
        switch (r)
        {
            case { Id: CheckoutId id, Event: Checkout.Event.Opened { Facts.Risk.Value: { } risk } e }:
                _purchases[id] = new(r.At, risk, null, IsFraud: false);
                foreach (var request in e.Requests) _orders[OrderId.Of(id, request.Seller)] = id;
                break;
            case
            {
                Id: CheckoutId id,
                Event: Checkout.Event.TurnedDown { Why.By: DecidedBy.Person }
                    or Checkout.Event.Abandoned { Unpaid: true },
            }:
                TurnedOut(id, isFraud: true, r.At);
                break;
            case { Id: CheckoutId id, Event: Checkout.Event.Declined e } when IsHard(e.Why):
                TurnedOut(id, isFraud: true, r.At);
                break;
            case { Id: CheckoutId id, Event: Checkout.Event.Overturned }:
                TurnedOut(id, isFraud: false, r.At);
                break;
            case { Id: OrderId order, Event: Order.Event.Completed }
                when _orders.TryGetValue(order, out var of) && _purchases[of].KnownAt is null:
                TurnedOut(of, isFraud: false, r.At);
                break;
        }
    }

    /// <summary>Whether a bank called the card lost or stolen.</summary>
    public static bool IsHard(Statement why) => why.Facts.Any(f =>
        f is { Name: "decline", Value: Value.Word { Text: var code } } && DeclineCodes.AreHard(code));

    void TurnedOut(CheckoutId id, bool isFraud, Instant at)
    {
        if (_purchases.TryGetValue(id, out var purchase))
            _purchases[id] = purchase with { KnownAt = at, IsFraud = isFraud };
    }
}
