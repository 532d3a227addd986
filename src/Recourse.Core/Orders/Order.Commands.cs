using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Disputes;
using Recourse.Payments;
using Recourse.Reviews;
namespace Recourse.Orders;

public static partial class Order
{
    /// <summary>What can be asked of an order.</summary>
    public closed record Command : ICommand<OrderId>
    {
        /// <summary>Asked by a checkout: takes stock and price, or is refused for all that is in the way.</summary>
        public sealed record Place(Request Request) : Command;

        /// <summary>Asked by the payment that has the money.</summary>
        public sealed record Fund(Money Amount, PaymentId Payment) : Command;

        /// <summary>The parcel is handed over.</summary>
        /// <param name="Carrier">The carrier's code.</param>
        /// <param name="TrackingNumber">As printed on the label.</param>
        /// <param name="UsedBy">
        /// Somebody else's order whose parcel bears that number already, as it was found when it was asked; null: none.
        /// </param>
        public sealed record Ship(string Carrier, string TrackingNumber, Fact<OrderId>? UsedBy = null) : Command;

        /// <summary>Asked by the parcel: it was delivered at that instant.</summary>
        public sealed record ConfirmDelivery(Instant DeliveredAt) : Command;

        /// <summary>The buyer has it and is content: the seller is paid now.</summary>
        public sealed record ConfirmReceipt : Command;

        /// <summary>Ends it, or some units of it, before dispatch. The reasons are the rulebook's.</summary>
        /// <param name="Undoable">Not at once, but in a moment: until then it can be taken back. Null: at once.</param>
        /// <param name="Newer">What has come up since; null: nothing is named.</param>
        /// <param name="Case">What a seller shows, and the ways to keep it; null: nothing.</param>
        /// <param name="BuyersWord">
        /// When its buyer said in the messages about it that it is to end, as it was found when asked; null: no.
        /// </param>
        public sealed record Cancel(
            string Reason, ImmutableArray<Portion> Portions, bool? Undoable = null, NewerFact? Newer = null,
            SellersCase? Case = null, Fact<Instant>? BuyersWord = null) : Command;

        /// <summary>Said by the buyer of what the seller wants to give up: one of the ways that are offered.</summary>
        /// <param name="Way">Its name; null or <c>none</c>: they don't want it any more.</param>
        public sealed record ChooseWay(string? Way) : Command;

        /// <summary>The seller doesn't want to give it up after all.</summary>
        public sealed record WithdrawWays : Command;

        /// <summary>Asked by whoever meant to cancel: the order goes on as if they had not.</summary>
        public sealed record TakeBack : Command;

        /// <summary>The first of it is taken from its shelf: from here its buyer doesn't change it alone.</summary>
        public sealed record Pick : Command;

        /// <summary>Other variants, quantities, address or way to send it, instead of cancelling.</summary>
        public sealed record Amend(Changes Changes, AmendFacts Facts) : Command;

        /// <summary>Its seller agrees to what its buyer asked for.</summary>
        public sealed record Approve : Command;

        /// <summary>Its seller doesn't, for a reason of the rulebook.</summary>
        public sealed record Refuse(string Reason) : Command;

        /// <summary>Its buyer doesn't ask for it any more.</summary>
        public sealed record Withdraw : Command;

        /// <summary>Asked by the payment of a difference that its bank declined.</summary>
        public sealed record HearDecline(PaymentId Payment, string Code) : Command;

        /// <summary>Its buyer wants the parcel brought back by its carrier.</summary>
        public sealed record Recall : Command;

        /// <summary>Asked by the parcel: its carrier brings it back, or doesn't.</summary>
        public sealed record HearRecall(bool IsStopped) : Command;

        /// <summary>It has come back to its seller.</summary>
        /// <param name="NotTaken">
        /// When its carrier said that nobody took it in, as it was found when asked; null: they said nothing of it.
        /// </param>
        public sealed record TakeIn(Fact<Instant>? NotTaken = null) : Command;

        /// <summary>Its buyer needs more time to look at what was delivered.</summary>
        public sealed record Extend : Command;

        /// <summary>Asked by an appeal that is open: nobody is paid meanwhile.</summary>
        public sealed record Contest(AppealId Appeal) : Command;

        /// <summary>Asked by an appeal that is over.</summary>
        public sealed record Uncontest(AppealId Appeal) : Command;

        /// <summary>Said by an appeal that was right: what its buyer asked for should have been done.</summary>
        /// <param name="Why">The statement that is undone.</param>
        public sealed record Grant(AppealId Appeal, Statement Why, Wish.ToCancel Wish) : Command;

        /// <summary>Said by the brake on automatic cancellations: nothing ends by the clock before then.</summary>
        public sealed record PutOff(Instant Until) : Command;

        /// <summary>Asked by its stock: units that are kept for it were not there when they were counted.</summary>
        public sealed record Warn(string Reason, Sku Sku, int Units) : Command;

        /// <summary>Said by whoever was warned, in their words.</summary>
        public sealed record AnswerWarning(string? Reason, string? Word) : Command;

        /// <summary>Nothing is wrong, or not any more: said by staff, or by what found it.</summary>
        public sealed record LiftWarning(string? Reason) : Command;

        /// <summary>Said by staff once they have heard what was answered: it ends.</summary>
        public sealed record UpholdWarning(string? Reason) : Command;

        /// <summary>Somebody of the staff confirms what another has proposed, or sends it back.</summary>
        public sealed record Review(Step Step) : Command;

        /// <summary>Asked by the payment whose capture failed for good.</summary>
        public sealed record LosePayment(string Code) : Command;

        /// <summary>Said by an appeal that was right: it should not have ended so.</summary>
        /// <param name="Why">The statement that is undone.</param>
        /// <param name="Gone">What was given up by it.</param>
        public sealed record Overturn(AppealId Appeal, Statement Why, Settlement Gone) : Command;

        /// <summary>Takes it over from a history as it was, with no deadline or message of its own.</summary>
        public sealed record Import(ImportedOrder Facts) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }
}
