using NodaTime.Text;
using Recourse.Buyers;
using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.People;
using Recourse.Payments;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Reviews;
using Recourse.Rulebooks;
using Recourse.Payouts;
using Recourse.Runtime;
using Recourse.Sellers;
using Recourse.Tracking;
using Recourse.Verifying;
using Recourse.Wallets;
using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What an event says to a reader: chosen facts, each with who may know it; never the event itself.</summary>
static partial class Telling
{
    const Party All = Party.Everyone, Seller = Party.Seller | Party.Staff, Buyer = Party.Buyer | Party.Staff,
        Staff = Party.Staff, Trade = Party.Buyer | Party.Seller | Party.Staff | Party.Integration;

    /// <summary>Whether it is a reader's at all: what staff weigh among themselves is none of anybody else's.</summary>
    public static bool IsFor(object @event, Party reader) => (reader & Party.Staff) != 0
        || @event is not (Order.Event.Reviewed or Earnings.Event.Reviewed or Refund.Event.Reviewed)
        && (@event is not Conversation.Event.Written e || e.What.IsFor(reader));

    /// <summary>An event, told.</summary>
    public static TimelineItem Of(Recorded r, Party reader, Texts texts)
    {
        ImmutableArray<Named> facts = [.. FactsOf(r.Event).Select(f => f.For(reader))];
        var code = CodeOf(r);
        return new(
            AtOf(r), r.Position, $"{r.Id}", code, ByOf(r), texts.Fill($"event.{code}", facts),
            [.. facts.Select(f => Words.Of(f, texts))],
            (r.Event as IAdverse)?.Why is { } why && OrderView.SeesMoney(reader) ? Words.Of(why, reader, texts) : null);
    }

    /// <summary>What a person decided a moment ago, and the clock brings, is theirs.</summary>
    static string ByOf(Recorded r) => r is { Who: Actor.Clock, Event: IAdverse { Why.By: DecidedBy.Person person } }
        ? Words.Of(person.Role) : Words.Of(r.Who);

    /// <summary>What happened, as <c>order.funded</c>.</summary>
    public static string CodeOf(Recorded r)
    {
        var id = $"{r.Id}";
        return $"{id[..id.IndexOf('/', StringComparison.Ordinal)]}.{Closed.NameOf(r.Event.GetType().Name)}";
    }

    /// <summary>Carriers tell of what happened earlier.</summary>
    static Instant AtOf(Recorded r) => r.Event is Parcel.Event.Reported e ? e.Tracking.At : r.At;

    static StatedFact[] FactsOf(object @event) => @event switch
    {
        Order.Event e         => Of(e),
        Checkout.Event e      => Of(e),
        Payment.Event e       => Of(e),
        Refund.Event e        => Of(e),
        Parcel.Event e        => Of(e),
        Listing.Event e       => Of(e),
        StockItem.Event e     => Of(e),
        SupplyPlan.Event e    => Of(e),
        ReasonCase.Event e    => Of(e),
        Brake.Event e         => Of(e),
        Coupon.Event e        => Of(e),
        RulebookLog.Event e   => Of(e),
        RateSource.Event e    => Of(e),
        BuyerAccount.Event e  => Of(e),
        Verification.Event e  => Of(e),
        SellerAccount.Event e => Of(e),
        PersonAccount.Event or Conversation.Event or Macro.Event => [],
        Appeal.Event e        => Of(e),
        Wallet.Event e        => Of(e),
        Payout.Event e        => Of(e),
        Earnings.Event e      => Of(e),
        _ => throw new InvalidOperationException($"Nobody has said how to tell {@event.GetType()}."),
    };

    static StatedFact[] Of(Deadline d, Party reader = All) => [new("due", d.Due, reader)];

    static StatedFact[] Of(RulebookLog.Event @event) => @event switch
    {
        RulebookLog.Event.Published e => [new("version", e.Edition.Version, All), new("from", e.Edition.From, All)],
    };

    static StatedFact[] Of(RateSource.Event @event) => @event switch
    {
        RateSource.Event.Taken e     => [DayOf(e.Sheet.Date), new("due", e.Due, All)],
        RateSource.Event.Held e      => [DayOf(e.Doubt.Sheet.Date), new("due", e.Doubt.Due, All)],
        RateSource.Event.Dismissed e => [DayOf(e.Date)],
        RateSource.Event.WentStale   => [],
    };

    static StatedFact DayOf(LocalDate date) => new("date", LocalDatePattern.Iso.Format(date), All);

    static StatedFact[] Of(BuyerAccount.Event @event) => @event switch
    {
        BuyerAccount.Event.Imported e => [new("source", e.Record.Source, All)],
        BuyerAccount.Event.NotificationsChosen => [],
        BuyerAccount.Event.SpokenFor e => [new("appeal", e.Appeal, Buyer), new("until", e.Until, Buyer)],
        BuyerAccount.Event.MethodsBlocked e =>
            [new("which", e.Card is null ? "methods-all" : "methods-one", Buyer), new("until", e.Until, Buyer)],
        BuyerAccount.Event.BlockLifted e => OfMethods(e.Card),
        BuyerAccount.Event.BlockEnded e  => OfMethods(e.Card),
        BuyerAccount.Event.GivenUpCounted e => [new("checkout", e.What.Checkout, Buyer)],
        BuyerAccount.Event.EndedWellHeard e => [new("count", e.Count, Buyer)],
        BuyerAccount.Event.Cautioned e      => [new("count", e.Count, Buyer)],
        BuyerAccount.Event.BuyingPaused e   => [new("until", e.Until, Buyer)],
        BuyerAccount.Event.PauseEnded or BuyerAccount.Event.PauseOverturned
            or BuyerAccount.Event.ConductCleared or BuyerAccount.Event.BusinessSaid => [],
    };

    static StatedFact[] OfMethods(string? card) => [new("which", card is null ? "methods-all" : "methods-one", Buyer)];

    static StatedFact[] StepOf(Handled what) => [new("step", what.Word, All)];

    static StatedFact[] Of(Appeal.Event @event) => @event switch
    {
        Appeal.Event.Lodged e => Of(e.Deadline, Buyer),
        Appeal.Event.Warned e => Of(e.Deadline, Staff),
        Appeal.Event.Upheld or Appeal.Event.Reversed or Appeal.Event.Withdrawn or Appeal.Event.Claimed
            or Appeal.Event.Released or Appeal.Event.Answered or Appeal.Event.Unheard => [],
        Appeal.Event.Reviewed e => StepOf(e.What),
    };

    static StatedFact[] Of(Verification.Event @event) => @event switch
    {
        Verification.Event.Asked e         =>
            [.. Maybe("checkout", e.For?.ToString(), Buyer), .. Of(e.Deadline, Buyer)],
        Verification.Event.AlsoFor e       => [new("checkout", $"{e.For}", Buyer)],
        Verification.Event.DocumentShown e => [new("document", e.Document.Kind, Buyer), .. Of(e.Deadline, Buyer)],
        Verification.Event.Reviewed e      => StepOf(e.What),
        Verification.Event.AmountAsked e   => Of(e.Deadline, Buyer),
        Verification.Event.Unanswered e    => [new("reason", e.Why, Staff), .. Of(e.Deadline, Buyer)],
        Verification.Event.AskedAgain e    => Of(e.Deadline, Buyer),
        Verification.Event.AmountHeld e    => [new("reference", e.Intent, Staff), .. Of(e.Deadline, Buyer)],
        Verification.Event.AmountRefused e => Of(e.Deadline, Buyer),
        Verification.Event.AmountMissed e  => [new("left", e.Left, Buyer)],
        Verification.Event.AmountUsedUp e  => Of(e.Deadline, Buyer),
        Verification.Event.Escalated e     => Of(e.Deadline, Staff),
        Verification.Event.Warned e        => Of(e.Deadline, Buyer),
        Verification.Event.Verified e      => [new("until", e.Until, Buyer)],
        Verification.Event.ChallengeAsked e  => Of(e.Deadline, Buyer),
        Verification.Event.ChallengeOpened e =>
            [new("reference", e.Reference, Staff), .. Of(e.Deadline, Buyer)],
        Verification.Event.ChallengeLooked e => Of(e.Deadline, Buyer),
        Verification.Event.ChallengePassed e =>
            [new("liability", e.ShiftsLiability ? "liability-bank" : "liability-ours", Staff)],
        Verification.Event.ChallengeFailed e    => Of(e.Deadline, Buyer),
        Verification.Event.ChallengeMissed e => Of(e.Deadline, Buyer),
        Verification.Event.Rejected or Verification.Event.Lapsed => [],
    };

    static StatedFact[] Of(SellerAccount.Event @event) => @event switch
    {
        SellerAccount.Event.Imported e => [new("source", e.Record.Source, All)],
        SellerAccount.Event.NotificationsChosen => [],
        SellerAccount.Event.Named e => [new("name", e.Name, All)],
        SellerAccount.Event.TermsDeclared e => [new("number", e.Terms.Number, All)],
    };

    static StatedFact[] Of(Listing.Event @event) => @event switch
    {
        Listing.Event.Published e => [new("title", e.Offer.Title, All), new("variants", e.Offer.Variants.Length, All)],
        Listing.Event.Revised e   => [new("title", e.Offer.Title, All), new("variants", e.Offer.Variants.Length, All)],
        Listing.Event.PriceHeld e =>
        [
            new("title", e.Offer.Title, Seller), new("held", e.Prices.Length + (e.Ways?.Length ?? 0), Seller),
            .. Of(e.Deadline, Seller),
        ],
        Listing.Event.GoodsHeld e =>
        [
            new("title", e.Offer.Title, Seller), new("goods", GoodsRules.WordOf(e.Goods[0].Goods), Seller),
            .. Of(e.Deadline, Seller),
        ],
        Listing.Event.HoldWarned e => [.. Of(e.Deadline, Seller)],
        Listing.Event.GoodsAnswered e => [new("title", e.Title, Seller)],
        Listing.Event.HoldOverturned e => [new("title", e.Title, Seller)],
        Listing.Event.Barred e   =>
            [new("title", e.Offer.Title, Seller), new("goods", GoodsRules.WordOf(e.Goods[0]), Seller)],
        Listing.Event.RanOut e   => [new("sku", e.Sku.Code, All)],
        Listing.Event.CameBack e => [new("sku", e.Sku.Code, All)],
        Listing.Event.SoldOut or Listing.Event.Restocked or Listing.Event.PriceConfirmed
            or Listing.Event.HoldLapsed or Listing.Event.Paused or Listing.Event.Resumed
            or Listing.Event.Imported => [],
    };

    static StatedFact[] Of(Parcel.Event @event) => @event switch
    {
        Parcel.Event.RecallAsked e    => [new("due", e.Due, All)],
        Parcel.Event.RecallAnswered e => [new("answer", e.IsStopped ? "recall-yes" : "recall-no", All)],
        Parcel.Event.Registered e =>
            [new("carrier", e.Handover.Carrier, All), new("number", e.Handover.TrackingNumber, All)],
        Parcel.Event.Reported e =>
        [
            new("status", $"{e.Tracking.Status}", All), .. Maybe("place", e.Tracking.Place),
            .. Maybe("note", e.Tracking.Note),
        ],
    };

    static StatedFact[] Maybe(string name, string? text, Party reader = All) =>
        text is null ? [] : [new(name, text, reader)];
}
