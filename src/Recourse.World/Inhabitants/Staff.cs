using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Rulebooks;
using Recourse.Verifying;
namespace Recourse.World.Inhabitants;

/// <summary>The platform's support: tries failed refunds again, and sometimes ends orders.</summary>
public sealed class Agent(IDoor door, string code) : Inhabitant(door, code)
{
    readonly Actor.Agent _who = new(code);

    /// <summary>Something happened to a refund.</summary>
    public void Hear(RefundId refund, News news)
    {
        if (news.What is "refund.failed" && Luck(0.8)) Retry(refund, Duration.FromHours(30));
        if (news.What is "refund.escalated") Retry(refund, Duration.FromHours(20));
        if (news.What is "refund.opened" && Whim(0.05)) Retry(refund, Duration.FromHours(20));
    }

    void Retry(RefundId refund, Duration within) => Later(within, () => Say(_who, refund, new Refund.Command.Retry()));

    /// <summary>Something happened to a checkout: what is held is looked at, mostly in time.</summary>
    public void Hear(CheckoutId checkout, News news)
    {
        if (news.What is not "checkout.held-for-review") return;
        Later(Duration.FromHours(30), () => Say(_who, checkout, Luck(0.7)
            ? new Checkout.Command.Clear() : new Checkout.Command.TurnDown()));
    }

    /// <summary>Something happened to a verification: documents are looked at, mostly in time.</summary>
    public void Hear(VerificationId verification, News news)
    {
        if (news.What is not ("verification.document-shown" or "verification.escalated")) return;
        Later(Duration.FromHours(30), () => Say(_who, verification, Luck(0.7)
            ? new Verification.Command.Accept()
            : new Verification.Command.Reject(Luck(0.9) ? "verification.unreadable" : "no-such-reason")));
    }

    /// <summary>Something happened to an order.</summary>
    public void Hear(OrderId order, News news)
    {
        if (news.What is not ("order.funded" or "order.shipped") || !Whim(0.03)) return;
        Later(Duration.FromDays(3), () => Door.Look(order, _who, standing =>
            Cancel(_who, order, "cancel.policy-breach", standing)));
    }
}

/// <summary>The platform's operations: publishes rulebooks while everything goes on.</summary>
public sealed class Operator(IDoor door, string code, string shipped) : Inhabitant(door, code)
{
    // Each edition changes what the one before said.
    static readonly ImmutableArray<(string From, string To)> Changes =
    [
        ("dispatchWithin: 3 business days", "dispatchWithin: 30 hours"),
        ("fee: 8 %", "fee: 12.5 %"),
        ("gracePeriod: 60 minutes", "gracePeriod: 5 minutes"),
        ("objectWithin: 14 days", "objectWithin: 2 days"),
        ("warnBefore: 24 hours", "warnBefore: 36 hours"),
        ("payWithin: 24 hours", "payWithin: 12 hours"),
        ("promise: 10 business days", "promise: 2 business days"),
        ("mostAttempts: 10", "mostAttempts: 2"),
    ];

    readonly Actor.Operator _who = new(code);
    string _text = shipped;

    /// <summary>Publishes an edition that differs from the last one.</summary>
    public void Publish()
    {
        var (from, to) = Pick(Changes);
        _text = _text.Contains(from, StringComparison.Ordinal) ? _text.Replace(from, to, StringComparison.Ordinal)
            : _text.Replace(to, from, StringComparison.Ordinal);
        var at = Door.Now + Duration.FromSeconds(Luck(0.2) ? Chance.Next(0, 90) : Chance.Next(120, 500_000));
        Say(_who, default(RulebookId), new RulebookLog.Command.Publish(_text, at));
    }
}
