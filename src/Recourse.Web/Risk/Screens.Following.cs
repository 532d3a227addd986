using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Buyers;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What screening remembers of the log.</summary>
sealed partial class Screens
{
    void Follow(Recorded r)
    {
        switch (r)
        {
            case { Id: CheckoutId id, Event: Checkout.Event.Opened e }: Remember(id, e.Facts, r.At); break;
            case { Id: CheckoutId id, Event: Checkout.Event.NotOpened e }: Remember(id, e.Facts, r.At); break;
            case { Id: CheckoutId id, Event: Checkout.Event e } when OtherCardIn(e) is { } card:
                _memory.RememberCard(id.Buyer.Code, card, r.At);
                break;
            case { Id: CheckoutId id, Event: Checkout.Event.Declined e }:
                _memory.HearDecline(id.Buyer.Code, e.Card, PlatformOutcomes.IsHard(e.Why), r.At);
                break;
            case { Id: CheckoutId id, Event: Checkout.Event.Abandoned { Unpaid: true } }:
                _memory.HearEnd(id.Buyer.Code, PurchaseEnd.NonPayment, default);
                break;
            case { Id: BuyerId buyer, Event: BuyerAccount.Event.GivenUpCounted }:
                _memory.HearEnd(buyer.Code, PurchaseEnd.PlacedThenCancelled, default);
                break;
            case { Id: OrderId id, Event: Order.Event e } when PlaceIn(e) is { } place && BuyerOf(id) is { } buyer:
                _memory.RememberAddress(buyer.Code, place, r.At);
                break;
            case { Id: OrderId id, Event: Order.Event.Completed e } when BuyerOf(id) is { } buyer:
                _memory.HearEnd(buyer.Code, PurchaseEnd.Honest, e.ToSeller + e.Fee);
                break;
        }
    }

    /// <summary>Where a change is to send it, in the event in which that was asked; also one that was turned down.
    /// </summary>
    static string? PlaceIn(Order.Event @event) => (@event switch
    {
        Order.Event.Amended e         => e.What,
        Order.Event.AmendmentAsked e  => e.Wish.What,
        Order.Event.AmendmentHeld e   => e.Wish.What,
        Order.Event.DifferenceAsked e => e.Wish.What,
        Order.Event.WishRefused { Wish: Wish.ToAmend w, Why.By: Recourse.Kernel.DecidedBy.Automated } => w.What,
        _ => null,
    })?.Place;

    static string? OtherCardIn(Checkout.Event @event) => (@event switch
    {
        Checkout.Event.PaymentAsked e      => e.Seen,
        Checkout.Event.VerificationAsked e => e.With?.Seen,
        Checkout.Event.HeldForReview e     => e.With?.Seen,
        Checkout.Event.TurnedDown e        => e.With?.Seen,
        _                                  => null,
    })?.Value.Card;

    // Money isn't needed to remember that somebody tried.
    void Remember(CheckoutId id, CheckoutFacts facts, Instant at)
    {
        var links = facts.Risk?.Value.Links;
        _memory.Remember(new(
            at, id.Buyer.Code, null, default, links?.Device, links?.Ip, links?.Card, links?.Address));
    }

    // An order's checkout, and so its buyer, never changes: whatever is known of it now will do.
    BuyerId? BuyerOf(OrderId id) =>
        _store.Follower.Load(id, _store.Journal).State is Order.State.Dealt s ? s.Deal.Buyer : null;
}
