using System.Globalization;
using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Rulebooks;
using Recourse.Verifying;
namespace Recourse.World.Inhabitants;

/// <summary>
/// The platform's support: tries failed refunds again, looks at what is held or shown, blocks methods, decides appeals,
/// and sometimes ends orders.
/// </summary>
public sealed class Agent(IDoor door, string code) : Inhabitant(door, code)
{
    static readonly ImmutableArray<string> WhyBlocked =
        ["method.reported-stolen", "method.charged-back", "method.not-theirs", "method.unusual-use", "no-such-reason"];

    static readonly ImmutableArray<(Verdict Verdict, string Reason)> Verdicts =
    [
        (Verdict.Uphold, "appeal.facts-confirmed"), (Verdict.Uphold, "appeal.rule-applies"),
        (Verdict.Reverse, "appeal.facts-were-wrong"), (Verdict.Reverse, "appeal.too-harsh"),
        (Verdict.Reverse, "appeal.rule-applies"),                           // not a reason for that
    ];

    readonly Actor.Agent _who = new(code);

    /// <summary>Something happened to a refund.</summary>
    public void Hear(RefundId refund, News news)
    {
        if (news.What is "refund.failed" && Luck(0.8)) Retry(refund, Duration.FromHours(30));
        if (news.What is "refund.escalated") Retry(refund, Duration.FromHours(20));
        if (news.What is "refund.opened" && Whim(0.05)) Retry(refund, Duration.FromHours(20));
        if (news.What is "refund.trace-opened" or "refund.trace-late")
            Later(Duration.FromHours(30), () =>
                Say(_who, refund, new Refund.Command.CloseTrace(Luck(0.95) ? "74537600000000000000001" : "")));
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
        Later(Duration.FromHours(30), () =>
        {
            if (Luck(0.3)) Say(_who, verification, CommandOf(verification, new Step.Claim()));
            if (Luck(0.1)) Say(_who, verification, CommandOf(verification, new Step.Release()));
            Say(_who, verification, Luck(0.7) ? new Verification.Command.Accept()
                : new Verification.Command.Reject(Luck(0.9) ? "verification.unreadable" : "no-such-reason"));
        });
    }

    /// <summary>Something happened to an appeal: it is decided, mostly in time.</summary>
    public void Hear(AppealId appeal, News news)
    {
        if (news.What is not ("appeal.lodged" or "appeal.warned" or "appeal.answered" or "appeal.unheard")) return;
        Later(Duration.FromDays(5), () =>
        {
            if (Luck(0.3)) Say(_who, appeal, new Appeal.Command.Claim());
            if (Luck(0.1)) Say(_who, appeal, new Appeal.Command.Release());
            var (verdict, reason) = Pick(Verdicts);
            Say(_who, appeal, new Ruling(verdict, reason, Luck(0.4) ? Operator.LookedAgain : null));
        });
    }

    /// <summary>Something was proposed, or sent back: confirms it, or sends it back.</summary>
    /// <param name="odds">How often they get to it.</param>
    public void Review(IId id, double odds)
    {
        if (!Luck(odds)) return;
        Step step = Luck(0.2) ? new Step.SendBack(Luck(0.9) ? "review.facts-missing" : "no-such-reason")
            : new Step.Confirm();
        Later(Duration.FromHours(30), () =>
        {
            if (Luck(0.2)) Say(_who, id, CommandOf(id, Luck(0.7) ? new Step.Claim() : new Step.Release()));
            Say(_who, id, CommandOf(id, step));
        });
    }

    static object CommandOf(IId id, Step step) => id switch
    {
        CheckoutId   => new Checkout.Command.Review(step),
        VerificationId => new Verification.Command.Review(step),
        ReasonCaseId => new ReasonCase.Command.Review(step),
        OrderId      => new Order.Command.Review(step),
        EarningsId   => new Earnings.Command.Review(step),
        RefundId     => new Refund.Command.Review(step),
        _            => new Appeal.Command.Review(step),
    };

    /// <summary>Somebody wrote: support sometimes does so too, to both or to one alone.</summary>
    public void Hear(ConversationId talk, News news)
    {
        if (news is not { What: "conversation.written", Buyer: { } buyer } || !Whim(0.05)) return;
        Party? to = Luck(0.5) ? null : Luck(0.5) ? Party.Buyer : Party.Seller;
        Later(Duration.FromHours(20), () => Say(_who, talk, new Conversation.Command.Write(
            new(_who.Name, "c2VhbGVk"), new(buyer, Door.Now, "partition/order"), Luck(0.9) ? null : "offer.end-order",
            to, Luck(0.4) ? new(Operator.StillLooking, 1) : null)));
    }

    /// <summary>Something happened to a case against a seller's reason: it is decided, mostly in time.</summary>
    public void Hear(ReasonCaseId reason, News news)
    {
        if (news.What is "reason.answered" or "reason.raised" && Luck(0.3))
            Later(Duration.FromDays(8), () => Say(_who, reason, new ReasonCase.Command.Decide(Luck(0.5))));
    }

    /// <summary>Looks into a cancellation as the platform's own look does: what it says is gathered behind the door.
    /// </summary>
    public void Audit(OrderId order)
    {
        if (Luck(0.5)) Later(Duration.FromDays(12), () => Say(
            new Actor.Operator("reasons"), ReasonCaseId.Of(order), new ReasonCase.Command.Raise(new(
                new(order, new("nobody"), "", Door.Now, [], []), Door.Now, "journal"))));
    }

    /// <summary>Blocks the method that paid, or all of them, and perhaps lifts it again.</summary>
    void Block(BuyerId buyer, CheckoutId? paid)
    {
        var until = Door.Now + Duration.FromDays(Chance.Next(1, Whim(0.1) ? 400 : 60));
        Say(_who, buyer, new BuyerAccount.Command.BlockMethods(null, Pick(WhyBlocked), until, paid));
        if (Luck(0.4))
            Later(Duration.FromDays(10), () => Say(_who, buyer, new BuyerAccount.Command.LiftBlock(null)));
    }

    /// <summary>Something happened to a payment.</summary>
    public void Hear(PaymentId payment, News news)
    {
        if (news.What is "payment.declined" && Whim(0.05))
            Later(Duration.FromDays(1),
                () => Block(payment.Buyer, Luck(0.5) ? null : new(payment.Buyer, payment.Code)));
    }

    /// <summary>Something happened to an order.</summary>
    public void Hear(OrderId order, News news)
    {
        if (news.What is "order.warning-answered" || news.What is "order.warnings-told" && Luck(0.1))
            Later(Duration.FromHours(60), () => Say(_who, order, Luck(0.5)
                ? new Order.Command.UpholdWarning(Pick(Wrong)) : new Order.Command.LiftWarning(Pick(Wrong))));
        if (news.What is "order.amendment-held" && Luck(0.7))
            Later(Duration.FromHours(20), () => Say(_who, order, Luck(0.7) ? new Order.Command.Approve()
                : new Order.Command.Refuse(Luck(0.9) ? Order.NotSafe : "because")));
        // Some answer for a seller that takes long.
        if (news.What is "order.cancellation-asked" && Whim(0.1))
            Later(Duration.FromHours(20), () => Say(_who, order, Luck(0.6) ? new Order.Command.Approve()
                : new Order.Command.Refuse("refuse.packed-already")));
        if (news.What is not ("order.funded" or "order.shipped")) return;
        for (var found = 0; found < 3 && Whim(0.05); found++)
            Later(Duration.FromDays(2), () => Door.Look(order, _who, standing =>
                Cancel(_who, order, Pick(Wrong), standing)));
    }

    static readonly ImmutableArray<string> Wrong =
    [
        "cancel.policy-breach", "cancel.seller-unresponsive", "cancel.address-unusable", "cancel.cannot-be-carried",
        "cancel.fraud-confirmed",
    ];
}

/// <summary>The platform's operations: publishes rulebooks, brings rates, gives coupons while all goes on.</summary>
public sealed partial class Operator(IDoor door, string code, string shipped) : Inhabitant(door, code)
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
        ("peersTo: 500", "peersTo: 120"),
        ("- 1000 EUR", "- 40 EUR"),
    ];

    // So many for 10,000 euros.
    static readonly ImmutableArray<(string Code, long Mean)> Rates =
        [("USD", 10_800), ("JPY", 1_620_000), ("KWD", 3_300)];

    readonly Actor.Operator _who = new(code);
    string _text = shipped;
    int _gifts;

    /// <summary>Publishes an edition that differs from the last one.</summary>
    public void Publish()
    {
        var (from, to) = Pick(Changes);
        _text = _text.Contains(from, StringComparison.Ordinal) ? _text.Replace(from, to, StringComparison.Ordinal)
            : _text.Replace(to, from, StringComparison.Ordinal);
        var at = Door.Now + Duration.FromSeconds(Luck(0.2) ? Chance.Next(0, 90) : Chance.Next(120, 500_000));
        Say(_who, default(RulebookId), new RulebookLog.Command.Publish(_text, at));
    }

    /// <summary>Issues a coupon for the goods of a shop, or of all: the platform bears it.</summary>
    public void Treat(Seller seller)
    {
        if (seller.Anything is not { } some) return;
        var (whose, terms) = (seller.Id, seller.Promise(some.Id, some.Offer, Bearer.Platform));
        if (Luck(0.4)) (whose, terms) = (CouponId.AllShops, terms with { Listings = [] });
        Issue(new(whose, $"gift-{++_gifts}"), terms);
    }

    /// <summary>One for everybody, once, for all that a shop has; null: it sells nothing.</summary>
    public CouponId? Welcome(Seller seller, Duration lasting)
    {
        if (seller.Anything is not { } some) return null;
        var coupon = new CouponId(seller.Id, string.Create(
            CultureInfo.InvariantCulture, $"welcome-{Door.Now.InUtc().Date:MMdd}"));
        Issue(coupon, new(
            new CouponCut.PercentOff(10), some.Offer.Variants[0].Price.Currency, LeastSpend: null, Door.Now,
            Door.Now + lasting, [], Uses: 500, UsesPerPerson: 1, Bearer.Platform));
        return coupon;
    }

    void Issue(CouponId coupon, CouponTerms terms) => Say(_who, coupon, new Coupon.Command.Issue(terms));

    /// <summary>Has what is on offer looked at again.</summary>
    public void LookAgain(IEnumerable<ListingId> shown)
    {
        foreach (var listing in shown) Say(_who, listing, new Listing.Command.LookAgain());
    }

    /// <summary>Brings a day's rates, a little other than the last ones; what follows them is told.</summary>
    public void BringRates(IEnumerable<ListingId> follow)
    {
        var sheet = new RateSheet("ecb", Door.Now.InUtc().Date.PlusDays(-Chance.Next(0, 2)),
            [.. Rates.Select(r => new Rate(
                Currency.Eur, Currency.Of(r.Code), new(r.Mean + (long)(Chance.Next(-500, 500) * Temper), 10_000)))]);
        Say(_who, new RateSourceId("ecb"), new RateSource.Command.Take(sheet), then: _ =>
        {
            foreach (var listing in follow) Say(_who, listing, new Listing.Command.FollowRates(null!));
        });
    }
}
