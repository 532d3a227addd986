using Recourse.Adapters.Gathering;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Checkouts;
using Recourse.Exchange;
using Recourse.Orders;
using Recourse.Risk;
using Recourse.Runtime;
using Recourse.World;
using Recourse.World.Simulations;
using Finding = Recourse.World.Finding;
namespace Recourse.Cli;

/// <summary>The edge's own code for a made-up world: on a platform that never waits, so neither does this.</summary>
sealed class WorldEdge : IEdge
{
    readonly IPlatform _platform;
    readonly Fingerprints _prints;
    readonly BuyerChecks _buyers;
    readonly CheckoutLook _look;

    /// <summary>The edge of a platform.</summary>
    /// <param name="prints">Makes the fingerprints of cards, devices and addresses.</param>
    public WorldEdge(IPlatform platform, Fingerprints prints)
    {
        (_platform, _prints, _buyers) = (platform, prints, new(platform, prints));
        _look = new(platform, new(
            platform, _buyers, new(platform, prints), new(platform), new(platform), new(platform)));
    }

    /// <summary>Rulebooks as they are shipped and read, with such an edge.</summary>
    public static Editions Editions { get; } = new(
        RulebookFile.Shipped(), RulebookFile.ShippedText(),
        (version, from, text) => RulebookFile.Read(version, from, text).Rulebook,
        platform => new WorldEdge(platform, new("a simulated store's secret"u8.ToArray())));

    /// <inheritdoc/>
    public (Purchase Purchase, CheckoutFacts Facts) ToBuy(BuyerId buyer, Purchase purchase)
    {
        var (draft, facts) = Now(_look.ToBuy(DraftOf(buyer, purchase), purchase.Apply ?? [], buyer, default));
        return (As(purchase, draft), facts);
    }

    /// <inheritdoc/>
    public (Purchase Purchase, ImmutableArray<Finding> Findings) Look(BuyerId buyer, Purchase purchase)
    {
        var draft = DraftOf(buyer, purchase);
        (draft, var known) = Now(_look.Applied(
            draft, Now(_look.Know(draft, buyer, default)), purchase.Apply ?? [], default));
        var (basket, marks) = (draft.ToBasket(null), CheckoutLook.MarksOf(draft));
        return (As(purchase, draft),
        [
            .. _look.Findings(draft, known).Select(f => new Finding(
                f.Id, f.What.Code, f.Stops(basket),
                [.. CheckoutFix.For(f, draft, known, marks).Select(fix => fix.Id)])),
        ]);
    }

    /// <inheritdoc/>
    public Checkout.Command.Pay ToPay(BuyerId buyer, Checkout.Command.Pay pay)
    {
        var seen = SeenOf(pay.Method);
        var (trust, check) = Now(_buyers.Of(buyer, pay.Method, seen.Value.Card, default));
        return pay with { Buyer = check, Seen = seen, Trust = trust };
    }

    /// <inheritdoc/>
    public AmendFacts ToAmend(Deal deal, Changes changes)
    {
        var look = new AmendLook(_platform, _look);
        var draft = AmendLook.DraftOf(deal, changes, shipTo: null, []);
        return look.FactsOf(deal, changes, draft, Now(look.Know(deal, draft, default)));
    }

    /// <inheritdoc/>
    public Fact<RateTable> Rates() => Now(RateBook.Table(_platform, default));

    /// <inheritdoc/>
    public string? PrintOf(string method) => _prints.OfCard(method);

    static Purchase As(Purchase purchase, CheckoutDraft draft) =>
        purchase with { Basket = draft.ToBasket(null), ShipTo = draft.ShipTo, Apply = null };

    CheckoutDraft DraftOf(BuyerId buyer, Purchase p) => new(
        p.Basket.Lines.IsDefault ? [] : p.Basket.Lines, p.Basket.Country, p.ShipTo, p.Basket.Method,
        p.Basket.MethodKind, p.Basket.Confirmed ?? [])
    {
        Coupons = p.Basket.Coupons ?? [], Wallet = p.Basket.Wallet, Buyer = buyer, Device = p.Device,
        Seen = SeenOf(p.Basket.Method),
    };

    Fact<Payments.MethodSeen> SeenOf(string method) =>
        new(new("card", _prints.OfCard(method)), _platform.Now, "provider/method");

    static T Now<T>(Task<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("A simulated platform never waits.");
}
