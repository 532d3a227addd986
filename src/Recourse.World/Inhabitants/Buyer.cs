using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Orders;
using Recourse.Verifying;
namespace Recourse.World.Inhabitants;

/// <summary>Someone who buys: changes their mind, pays badly, forgets, and has two tabs open.</summary>
public partial class Buyer(IDoor door, Town town, BuyerId id) : Inhabitant(door, id.Code)
{
    // Their own reasons, and some that are not theirs to give.
    static readonly ImmutableArray<string> Reasons =
    [
        "cancel.changed-mind", "cancel.found-cheaper", "cancel.too-slow", "cancel.wrong-address", "cancel.out-of-stock",
        "cancel.never-dispatched", "no-such-reason",
    ];

    /// <summary>Where they live.</summary>
    protected Town Town => town;

    readonly Actor.Buyer _who = new(id);

    /// <summary>Orders, and mostly gives it up again.</summary>
    public bool IsFickle { get; init; }

    /// <summary>Who.</summary>
    public BuyerId Id => id;

    /// <summary>Something happened to one of their checkouts.</summary>
    public void Hear(CheckoutId checkout, News news)
    {
        switch (news.What)
        {
            case "checkout.opened" when Whim(0.03): Abandon(checkout, Duration.FromSeconds(3)); break;
            case "checkout.payment-asked" when Whim(0.05): Abandon(checkout, Duration.FromMinutes(5)); break;
            case "checkout.payment-asked" when Whim(0.03): Pay(checkout, Method()); break;
            case "checkout.authorised" when Whim(0.03): Abandon(checkout, Duration.FromMinutes(5)); break;
            case "checkout.stopped" when Luck(0.4):
                Later(Duration.FromHours(5), () => Say(_who, checkout, new Checkout.Command.LeaveDiscounts()));
                break;
            case "checkout.turned-down" or "checkout.not-opened" when Luck(0.5): Complain(checkout); break;
            case "checkout.held-for-review" when Whim(0.1): Complain(checkout); break;
            case "checkout.stopped": Later(Duration.FromHours(30), () => Decide(checkout)); break;
            case "checkout.verification-asked" when Luck(0.8): Later(Duration.FromHours(60), Show); break;
            case "checkout.held-for-review" when Whim(0.05): Abandon(checkout, Duration.FromHours(10)); break;
            case "checkout.declined": Later(Duration.FromHours(10), () => PayAgain(checkout)); break;
        }
    }

    /// <summary>Shows who they are, by a document or by a small amount that some guess.</summary>
    void Show()
    {
        var own = new VerificationId(id);
        if (Luck(0.6)) Say(_who, own, new Verification.Command.ShowDocument(
            new(Luck(0.95) ? "passport" : "library-card", Derived.Code($"{id} {Chance.Next()}"), "image/png", 1_000)));
        else if (Luck(0.4))
            Say(_who, own, new Verification.Command.BeginChallenge(BankCard, Home), untilSettled: Luck(0.5));
        else Say(_who, own, new Verification.Command.AskForAmount(Method(), Small), untilSettled: Luck(0.5));
    }

    // Its bank knows them without asking, where that is a stand-in's.
    const string BankCard = "pm_standin_bank-knows", Home = "https://market.example/verification/bank";

    static readonly Money Small = new(137, Currency.Eur);

    /// <summary>Something happened to their verification.</summary>
    public void Hear(VerificationId own, News news)
    {
        switch (news.What)
        {
            case "verification.amount-held" or "verification.amount-missed" when Luck(0.9):
                Later(Duration.FromHours(20), () =>
                    Say(_who, own, new Verification.Command.NameAmount(Luck(0.5) ? Small.Minor : Chance.Next(200))));
                break;
            case "verification.challenge-opened" when Luck(0.7):
                Later(Duration.FromMinutes(25), () => Say(_who, own, new Verification.Command.LookAgain()));
                break;
            case "verification.challenge-failed" or "verification.challenge-missed" or "verification.amount-refused"
                or "verification.amount-used-up" or "verification.warned" when Luck(0.6):
                Later(Duration.FromHours(20), Show);
                break;
            case "verification.rejected" or "verification.lapsed" when Luck(0.3):
                Later(Duration.FromHours(20), () => Say(_who, own, new Verification.Command.Start()));
                break;
        }
    }

    /// <summary>Something was decided about their account.</summary>
    public void Hear(News news)
    {
        if (news.What is "buyer.methods-blocked" or "buyer.buying-paused" && Luck(0.6)) Complain(id);
        if (news.What is "buyer.methods-blocked" && Luck(0.4)) Later(Duration.FromHours(60), Show);
    }

    void Complain(IId about) => Complain(_who, id, about);

    void Decide(CheckoutId checkout)
    {
        if (Luck(0.6)) Say(_who, checkout, new Checkout.Command.Proceed());
        if (Luck(0.2)) Say(_who, checkout, new Checkout.Command.Abandon()); // also both at once
    }

    void PayAgain(CheckoutId checkout)
    {
        if (Luck(0.7)) Pay(checkout, Luck(0.5) ? Good() : Method());
        else if (Luck(0.4)) Abandon(checkout, Duration.FromMinutes(1));
        if (Luck(0.05)) Pay(checkout, Luck(0.1) ? "" : Method());
    }

    void Pay(CheckoutId checkout, string method) =>
        Say(_who, checkout, new Checkout.Command.Pay(method, KindOf(method)), Luck(0.5));

    void Abandon(CheckoutId checkout, Duration within) =>
        Later(within, () => Say(_who, checkout, new Checkout.Command.Abandon()));

    /// <summary>Something happened to one of their orders.</summary>
    public void Hear(OrderId order, News news)
    {
        Wish(order, news);
        Lie(order, news);
        switch (news.What)
        {
            case "order.placed" when Whim(0.04): Cancel(order, Duration.FromMinutes(2)); break;
            case "order.funded" when IsFickle && Luck(0.85): Cancel(order, Duration.FromMinutes(50)); break;
            case "order.funded" when Whim(0.1): Cancel(order, Duration.FromMinutes(70)); break;
            case "order.funded" when Whim(0.2): Cancel(order, Duration.FromDays(3)); break;
            case "order.keeping-offered" when Luck(0.7): Choose(order); break;
            case "order.warned" or "order.shipped" when Luck(0.15):
                Write(_who, ConversationId.Of(order), Id, offer: null);
                break;
            case "order.reduced" when Luck(0.4): Cancel(order, Duration.FromDays(1)); break;
            case "order.shipped" when Whim(0.15): Cancel(order, Duration.FromDays(2)); break;
            case "order.shipped" when Whim(0.1): Receive(order, Duration.FromDays(6)); break;
            case "order.cancelled" or "order.lost" or "order.came-back" or "order.reduced" when Whim(0.1):
                Complain(order);
                break;
            case "order.delivered" when Luck(0.45): Receive(order, Duration.FromDays(16)); break;
        }
    }

    static readonly ImmutableArray<string?> Ways =
        ["restock", "part", "substitute", "other-carrier", "none", null, "no-such-way"];

    /// <summary>Something was written about an order: some answer, and accept what is offered, or what isn't.</summary>
    public void Hear(ConversationId talk, News news)
    {
        if (news.What is not "conversation.written") return;
        if (Luck(0.2)) Later(Duration.FromHours(9), () => Write(_who, talk, Id, offer: null));
        if (Luck(0.3))
            Later(Duration.FromHours(12), () =>
                Say(_who, talk, new Conversation.Command.Accept(Chance.Next(1, 5))));
    }

    /// <summary>Some choose twice, or what isn't offered.</summary>
    void Choose(OrderId order) => Later(Duration.FromHours(60), () =>
    {
        Say(_who, order, new Order.Command.ChooseWay(Pick(Ways)));
        Say(_who, order, new Order.Command.ChooseWay(Pick(Ways)));
    });

    void Receive(OrderId order, Duration within) =>
        Later(within, () => Say(_who, order, new Order.Command.ConfirmReceipt()));

    /// <summary>Tries to cancel all of it or some, with or without a good reason.</summary>
    public void Cancel(OrderId order, Duration within) => Later(within, () => Door.Look(order, _who, standing =>
    {
        var all = Luck(0.5);
        var portions = all ? standing : [.. standing.Where(_ => Luck(0.7)).Select(Some)];
        Cancel(_who, order, Luck(0.85) ? Reasons[0] : Pick(Reasons), portions);
    }));

    Portion Some(Portion p) =>
        p with { Quantity = Whim(0.03) ? Pick(Absurd) : Chance.Next(1, Math.Max(2, p.Quantity + 1)) };
}
