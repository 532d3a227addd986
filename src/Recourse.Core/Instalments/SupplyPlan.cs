using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Orders;
namespace Recourse.Instalments;

/// <summary>What somebody who ordered much has yet to get; it belongs to whoever sells it.</summary>
public readonly record struct SupplyPlanId(SellerId Seller, string Code) : IId<SupplyPlanId>
{
    /// <summary>The plan that begins with a line of an order.</summary>
    public static SupplyPlanId Of(OrderId first, Sku sku) =>
        new(first.Seller, Derived.Code($"{first} {sku.Code}"));

    /// <summary>The plan by which a buyer has again what an appeal found to have been given up wrongly.</summary>
    public static SupplyPlanId Of(AppealId appeal, SellerId seller, Sku sku) =>
        new(seller, Derived.Code($"{appeal} {sku.Code}"));

    /// <inheritdoc/>
    public static bool TryParse(string? text, out SupplyPlanId id)
    {
        var ok = Derived.Split(text, "plan", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"plan/{Seller.Code}/{Code}";
}

/// <summary>What was agreed.</summary>
/// <param name="Price">What one costs, in each instalment.</param>
/// <param name="First">The order that it began with.</param>
/// <param name="Asked">Units in all, those of the first order included.</param>
/// <param name="Appeal">The appeal that brought it about; null: its first order did.</param>
/// <param name="Overturned">Appeals that undid what was decided of it; null: none.</param>
public sealed record SupplyTerms(
    BuyerId Buyer, ListingId Listing, Sku Sku, string Title, Money Price, OrderId First, int Asked,
    AppealId? Appeal = null, ImmutableArray<AppealId>? Overturned = null);

/// <summary>Units that can be bought from a day on.</summary>
/// <param name="Nth">From 1, which is the first order.</param>
/// <param name="From">When they are set aside (UTC).</param>
/// <param name="Taken">How many of them were ordered; null: it isn't over.</param>
public sealed record Instalment(int Nth, int Units, Instant From, int? Taken = null);

/// <summary>
/// A large order is served in instalments: before each, units are set aside for its buyer alone, who orders them at the
/// agreed price, or lets them go. Money moves by those orders only.
/// </summary>
public static partial class SupplyPlan
{
    /// <summary>What can be asked of a plan.</summary>
    public closed record Command : ICommand<SupplyPlanId>
    {
        /// <summary>Said by the first order once it is paid: there is more to come.</summary>
        /// <param name="Now">Units of that order.</param>
        /// <param name="Later">Units that are to follow.</param>
        /// <param name="Parts">In how many instalments.</param>
        /// <param name="Appeal">By which all of it is to be had at once; null: the first order has some.</param>
        public sealed record Open(
            OrderId First, BuyerId Buyer, ListingId Listing, Sku Sku, string Title, Money Price, int Now, int Later,
            int Parts, AppealId? Appeal = null) : Command;

        /// <summary>Said by the stock: how the instalment stands.</summary>
        /// <param name="Aside">Units set aside that nobody has ordered.</param>
        /// <param name="Ordered">Units that orders have taken.</param>
        /// <param name="Kept">Those of them that are paid for.</param>
        public sealed record HearStock(int Aside, int Ordered, int Kept) : Command;

        /// <summary>The seller has enough: the next instalment comes now.</summary>
        public sealed record BringForward : Command;

        /// <summary>The buyer wants all that has not begun so much later: the next of it on a day of theirs.</summary>
        /// <param name="From">When the next that has not begun comes then (UTC); others keep their distance.</param>
        public sealed record Move(Instant From) : Command;

        /// <summary>The seller can't bring all of it: fewer units are still to come.</summary>
        /// <param name="Left">Units that still come, after the instalment that is under way.</param>
        /// <param name="Reason">One of the rulebook's.</param>
        public sealed record Shorten(int Left, string Reason) : Command;

        /// <summary>It goes no further.</summary>
        /// <param name="Reason">One of the rulebook's; null where its buyer wants no more.</param>
        public sealed record End(string? Reason = null) : Command;

        /// <summary>Said by an appeal that was right: it should not have been cut short.</summary>
        /// <param name="Why">The statement that is undone.</param>
        public sealed record Overturn(AppealId Appeal, Statement Why) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A plan as it stands.</summary>
    public closed record State(SupplyTerms Terms, ImmutableArray<Instalment> Instalments)
    {
        /// <summary>Something is still to come.</summary>
        public closed record Open(SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline)
            : State(Terms, Instalments)
        {
            /// <summary>The instalment that is next, or under way.</summary>
            public Instalment Current => Instalments.First(i => i.Taken is null);
        }

        /// <summary>The next instalment's day has not come.</summary>
        public sealed record Planned(SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline)
            : Open(Terms, Instalments, Deadline);

        /// <summary>Units of an instalment are set aside, or to be.</summary>
        /// <param name="Aside">How many were set aside for it.</param>
        /// <param name="Ordered">How many of these were ordered.</param>
        public closed record UnderWay(
            SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline, int Aside, int Ordered)
            : Open(Terms, Instalments, Deadline);

        /// <summary>There are not enough units for it yet.</summary>
        /// <param name="Waits">How often it was put off.</param>
        public sealed record Short(
            SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline, int Aside, int Ordered,
            int Waits) : UnderWay(Terms, Instalments, Deadline, Aside, Ordered);

        /// <summary>Its buyer can order it.</summary>
        public sealed record Offered(
            SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline, int Aside, int Ordered)
            : UnderWay(Terms, Instalments, Deadline, Aside, Ordered);

        /// <summary>Nothing more is to come.</summary>
        public sealed record Fulfilled(SupplyTerms Terms, ImmutableArray<Instalment> Instalments)
            : State(Terms, Instalments);

        /// <summary>It went no further.</summary>
        public sealed record Ended(SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Statement Why)
            : State(Terms, Instalments);
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>More is to come, in instalments.</summary>
        public sealed record Opened(SupplyTerms Terms, ImmutableArray<Instalment> Instalments, Deadline Deadline)
            : Event;

        /// <summary>The stock is asked for an instalment.</summary>
        /// <param name="From">From when it counts (UTC).</param>
        public sealed record StockAsked(Instant From, Deadline Deadline) : Event;

        /// <summary>More of an instalment was set aside.</summary>
        /// <param name="Units">So many of it in all.</param>
        public sealed record SetAside(int Units) : Event;

        /// <summary>An instalment can be ordered.</summary>
        /// <param name="Units">So many of it.</param>
        public sealed record Offered(int Units, Deadline Deadline) : Event;

        /// <summary>Some of an instalment was ordered, or let go again.</summary>
        /// <param name="Units">So many of it in all.</param>
        public sealed record Ordered(int Units) : Event;

        /// <summary>Whoever is waited for was told what happens, and when.</summary>
        public sealed record Warned(Deadline Deadline) : Event;

        /// <summary>There was nothing for an instalment: it comes later.</summary>
        public sealed record PutOff(Statement Why, Deadline Deadline) : Event, IAdverse;

        /// <summary>An instalment is over, and another comes.</summary>
        /// <param name="Taken">How many of it were ordered.</param>
        /// <param name="Instalments">All of them as they stand now: what was missing comes at the end.</param>
        public sealed record Settled(int Taken, ImmutableArray<Instalment> Instalments, Deadline Deadline) : Event;

        /// <summary>The last instalment is over.</summary>
        public sealed record Completed(int Taken, ImmutableArray<Instalment> Instalments) : Event;

        /// <summary>Its buyer has put what has not begun on later days.</summary>
        /// <param name="Instalments">All of them as they stand now.</param>
        /// <param name="Deadline">Of the next; null: one is under way.</param>
        public sealed record Moved(ImmutableArray<Instalment> Instalments, Deadline? Deadline) : Event;

        /// <summary>Fewer units are still to come.</summary>
        public sealed record Shortened(ImmutableArray<Instalment> Instalments, Statement Why) : Event, IAdverse;

        /// <summary>It goes no further.</summary>
        public sealed record Ended(ImmutableArray<Instalment> Instalments, Statement Why) : Event, IAdverse;

        /// <summary>On appeal it was found that it should not have been cut short: a plan of its own brings the rest.
        /// </summary>
        /// <param name="Units">How many.</param>
        public sealed record Overturned(AppealId Appeal, int Units) : Event;
    }
}
