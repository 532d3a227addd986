using Recourse.Disputes;
using Recourse.Exchange;
using Recourse.Ways;
namespace Recourse.Catalog;

/// <summary>What a seller offers, in one or more variants.</summary>
public readonly record struct ListingId(SellerId Seller, string Code) : IId<ListingId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out ListingId id)
    {
        var ok = Derived.Split(text, "listing", 3) is [_, var s, var c] && Derived.IsCode(s) && Derived.IsCode(c);
        id = ok && text!.Split('/') is [_, var seller, var code] ? new(new(seller), code) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"listing/{Seller.Code}/{Code}";
}

/// <summary>A seller's stock keeping unit: one variant of one listing.</summary>
public readonly record struct Sku(string Code)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>A variant and its price for one unit.</summary>
/// <param name="Peg">What the price follows; null: nothing, it is as its seller says.</param>
public sealed record Variant(Sku Sku, string Title, Money Price, Peg? Peg = null);

/// <summary>A price that moved with its rate.</summary>
/// <param name="Rate">By which it was made.</param>
public sealed record PriceMove(Sku Sku, Money Was, Money Now, RateMark Rate);

/// <summary>What a way to send costs, moved with its rate.</summary>
/// <param name="Rate">By which it was made.</param>
public sealed record WayMove(string Country, string Service, Money Was, Money Now, RateMark Rate);

/// <summary>A country (ISO 3166 alpha-2) that it ships to, and what shipping one unit there costs.</summary>
/// <param name="ShippingPerUnit">Of options, the cheapest.</param>
/// <param name="Options">The ways to send it there; null or none: the seller's own, of which no more is known.</param>
public sealed record Destination(
    string Country, Money ShippingPerUnit, ImmutableArray<ShippingOption>? Options = null)
{
    /// <summary>The ways to send it there that are named.</summary>
    public ImmutableArray<ShippingOption> Named => Options ?? [];

    /// <summary>Whether both say the same.</summary>
    public bool IsSame(Destination other) => (Country, ShippingPerUnit) == (other.Country, other.ShippingPerUnit)
        && Named.SequenceEqual(other.Named);
}

/// <summary>What is offered. All prices are in one currency.</summary>
/// <param name="Title">As buyers read it; 1 to 200 characters.</param>
/// <param name="Category">The marketplace's category code, or empty.</param>
/// <param name="Variants">1 to 100, each sku once.</param>
/// <param name="ShipsFrom">ISO 3166 alpha-2.</param>
/// <param name="ShipsTo">At least one country, each once.</param>
/// <param name="Unit">What one unit weighs, packed; null: its seller doesn't say.</param>
/// <param name="Goods">Classes of goods with rules of their own that are in it; null or none: ordinary goods.</param>
/// <param name="Description">More of it, in its seller's words; null: nothing.</param>
/// <param name="Specs">What can be said of it in few words; null: nothing.</param>
/// <param name="Pictures">The first stands for it in lists; null: none, or as they are where a change is asked for.
/// </param>
public sealed record Offer(
    string Title, string Category, ImmutableArray<Variant> Variants, string ShipsFrom,
    ImmutableArray<Destination> ShipsTo, Measures? Unit = null, ImmutableArray<string>? Goods = null,
    string? Description = null, ImmutableArray<Spec>? Specs = null, ImmutableArray<Picture>? Pictures = null)
{
    /// <summary>Classes of goods with rules of their own that are in it.</summary>
    public ImmutableArray<string> Classes => Goods ?? [];

    /// <summary>Whether a price of it, or what a way to send it costs, follows an exchange rate.</summary>
    public bool FollowsRates => !Variants.IsDefault && Variants.Any(v => v.Peg is not null)
        || !ShipsTo.IsDefault && ShipsTo.Any(d => !d.Named.IsDefault && d.Named.Any(o => o.Peg is not null));

    /// <summary>What can be said of it in few words.</summary>
    public ImmutableArray<Spec> Said => Specs ?? [];

    /// <summary>Its pictures; the first stands for it in lists.</summary>
    public ImmutableArray<Picture> Seen => Pictures ?? [];
}

/// <summary>A seller's offer: its price is what an order is placed at, or the order isn't placed.</summary>
public static partial class Listing
{
    /// <summary>What can be asked of a listing.</summary>
    public closed record Command : ICommand<ListingId>
    {
        /// <summary>
        /// Shows it to buyers, or changes what is shown; a price that looks wrong waits for its seller first.
        /// </summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        /// <param name="Rates">Exchange rates, for prices that follow them; null: nobody knows.</param>
        public sealed record Publish(
            Offer Offer, Fact<PeerPrices>? Peers = null, Fact<RateTable>? Rates = null) : Command;

        /// <summary>Rates have come: prices that follow them move where those moved beyond their buffer.</summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        public sealed record FollowRates(Fact<RateTable> Rates, Fact<PeerPrices>? Peers = null) : Command;

        /// <summary>The prices that wait are right.</summary>
        public sealed record ConfirmPrice : Command;

        /// <summary>The prices that wait are wrong, and these are right.</summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        /// <param name="Ways">What sending it costs instead; null: as it is.</param>
        public sealed record CorrectPrice(
            ImmutableArray<SkuPrice> Prices, Fact<PeerPrices>? Peers = null, ImmutableArray<WayPrice>? Ways = null)
            : Command;

        /// <summary>What is shown already is judged by what is known now, as if it were new.</summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        public sealed record LookAgain(Fact<PeerPrices>? Peers = null) : Command;

        /// <summary>Which of the goods that its title names are in it; none: it only sounds so.</summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        public sealed record AnswerGoods(ImmutableArray<string> Goods, Fact<PeerPrices>? Peers = null) : Command;

        /// <summary>Said by an appeal that was right: what is held may be shown.</summary>
        /// <param name="Code">Of the statement that is undone.</param>
        /// <param name="IssuedAt">When it was issued.</param>
        public sealed record Overturn(AppealId Appeal, string Code, Instant IssuedAt) : Command;

        /// <summary>Shows one picture more, after the others.</summary>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        public sealed record AddPicture(Picture Picture, Fact<PeerPrices>? Peers = null) : Command;

        /// <summary>Shows a picture no longer.</summary>
        /// <param name="Name">Of the picture.</param>
        /// <param name="Peers">What others of its category ask; null: nobody knows.</param>
        public sealed record DropPicture(string Name, Fact<PeerPrices>? Peers = null) : Command;

        /// <summary>Takes it out of the shop window; orders that stand are not touched.</summary>
        public sealed record Pause : Command;

        /// <summary>Puts it back.</summary>
        public sealed record Resume : Command;

        /// <summary>Required by an order that is being placed: refused unless all of it is still offered so.</summary>
        /// <param name="Service">The way that was chosen; null: the seller's own.</param>
        public sealed record Honour(
            Sku Sku, Money UnitPrice, string Country, Money ShippingPerUnit, string? Service = null) : Command;

        /// <summary>Takes it over from a history, without showing it to anybody.</summary>
        public sealed record Import(ImmutableArray<Named> Facts) : Command;

        /// <summary>A stock item says whether anything is left of a variant.</summary>
        public sealed record HearStock(Sku Sku, bool IsGone) : Command;

        /// <summary>Time: a price that was neither confirmed nor corrected is dropped.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A listing as it stands.</summary>
    public closed record State
    {
        /// <summary>Its seller's to sell.</summary>
        /// <param name="Offer">All that may be shown: without variants while none has been.</param>
        /// <param name="Memory">What is remembered of its variants.</param>
        /// <param name="Doubt">What waits for its seller to confirm or correct it; null: nothing.</param>
        public closed record Live(Offer Offer, Memory Memory, Doubt? Doubt) : State;

        /// <summary>On offer.</summary>
        public closed record Offered(Offer Offer, Memory Memory, Doubt? Doubt)
            : Live(Offer, Memory, Doubt);

        /// <summary>Not on offer.</summary>
        public closed record Paused(Offer Offer, Memory Memory, Doubt? Doubt)
            : Live(Offer, Memory, Doubt);

        /// <summary>In the shop window.</summary>
        public sealed record InWindow(Offer Offer, Memory Memory, Doubt? Doubt)
            : Offered(Offer, Memory, Doubt);

        /// <summary>
        /// Out of the shop window by itself because nothing is left, and back by itself once something is: whoever has
        /// it in their basket hears that there are none, and nobody else is led to it.
        /// </summary>
        public sealed record SoldOut(Offer Offer, Memory Memory, Doubt? Doubt) : Offered(Offer, Memory, Doubt);

        /// <summary>Out of the shop window because its seller wants it so.</summary>
        public sealed record Away(Offer Offer, Memory Memory, Doubt? Doubt)
            : Paused(Offer, Memory, Doubt);

        /// <summary>Not shown, or no longer: its price waits for its seller.</summary>
        public sealed record Held(Offer Offer, Memory Memory, Doubt? Doubt)
            : Paused(Offer, Memory, Doubt);

        /// <summary>Not shown: its price was held, and nobody confirmed or corrected it.</summary>
        /// <param name="Draft">What was to be shown.</param>
        /// <param name="Why">Why it was held; null in what is older than this.</param>
        /// <param name="Goods">What its words name, if it was held for that; null: it wasn't.</param>
        public sealed record Unconfirmed(
            Offer Offer, Memory Memory, Offer Draft, Statement? Why = null, ImmutableArray<GoodsNamed>? Goods = null)
            : Paused(Offer, Memory, Doubt: null);

        /// <summary>Not shown, because nobody may offer such goods here.</summary>
        /// <param name="Draft">What was to be shown.</param>
        public sealed record Barred(Offer Offer, Memory Memory, Offer Draft, Statement Why)
            : Paused(Offer, Memory, Doubt: null);

        /// <summary>Known from a history only.</summary>
        public sealed record Imported(ImmutableArray<Named> Facts) : State;
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>First shown.</summary>
        public sealed record Published(Offer Offer) : Event;

        /// <summary>Changed; orders keep what they were placed at.</summary>
        /// <param name="Before">What it cost before; null: the same, or it wasn't noted yet.</param>
        /// <param name="Moves">Prices that the platform moved with their rates; null: its seller changed it.</param>
        /// <param name="Ways">What ways to send cost, moved with their rates; null: none did.</param>
        /// <param name="Sent">What it was sent for before; null: the same, or it wasn't noted yet.</param>
        public sealed record Revised(
            Offer Offer, PricedBefore? Before = null, ImmutableArray<PriceMove>? Moves = null,
            ImmutableArray<WayMove>? Ways = null, SentBefore? Sent = null) : Event;

        /// <summary>
        /// Prices that look wrong are kept from buyers until the seller has confirmed or corrected them; what was
        /// shown before goes on.
        /// </summary>
        /// <param name="Offer">What the seller wants to show.</param>
        /// <param name="Ways">What sending it costs, where that looks wrong; null: nowhere.</param>
        /// <param name="Meanwhile">What buyers see; null: what was shown before.</param>
        public sealed record PriceHeld(
            Offer Offer, ImmutableArray<PriceDoubt> Prices, Deadline Deadline, Statement Why,
            ImmutableArray<WayDoubt>? Ways = null, Meanwhile? Meanwhile = null) : Event, IAdverse;

        /// <summary>The seller says that the prices that waited are right.</summary>
        public sealed record PriceConfirmed : Event;

        /// <summary>Nobody confirmed or corrected the prices that waited: they are dropped.</summary>
        /// <param name="Out">What leaves the window with that; null: nothing does.</param>
        public sealed record HoldLapsed(Offer? Out = null) : Event;

        /// <summary>Its seller was told that what waits for them will soon be dropped.</summary>
        public sealed record HoldWarned(Deadline Deadline) : Event;

        /// <summary>Nothing is left of a variant.</summary>
        public sealed record RanOut(Sku Sku) : Event;

        /// <summary>Something is left of a variant again.</summary>
        public sealed record CameBack(Sku Sku) : Event;

        /// <summary>Nothing is left of any variant: it leaves the shop window by itself.</summary>
        public sealed record SoldOut : Event;

        /// <summary>Something is left again: it is back in the shop window by itself.</summary>
        public sealed record Restocked : Event;

        /// <summary>Taken out of the shop window.</summary>
        public sealed record Paused : Event;

        /// <summary>Put back.</summary>
        public sealed record Resumed : Event;

        /// <summary>Taken over from a history.</summary>
        public sealed record Imported(ImmutableArray<Named> Facts) : Event;

        /// <summary>
        /// Its words name goods with rules of their own, and its seller didn't say that they are in it: what they want
        /// to show is kept from buyers until they have said whether it is so.
        /// </summary>
        /// <param name="Meanwhile">What buyers see; null: what was shown before.</param>
        public sealed record GoodsHeld(
            Offer Offer, ImmutableArray<GoodsNamed> Goods, Deadline Deadline, Statement Why,
            Meanwhile? Meanwhile = null) : Event, IAdverse;

        /// <summary>The seller has said what is in it.</summary>
        /// <param name="Goods">What is.</param>
        /// <param name="Denied">What isn't, whatever this title says.</param>
        public sealed record GoodsAnswered(
            string Title, ImmutableArray<string> Goods, ImmutableArray<string> Denied) : Event;

        /// <summary>It is not shown, because nobody may offer such goods here.</summary>
        public sealed record Barred(Offer Offer, ImmutableArray<string> Goods, Statement Why) : Event, IAdverse;

        /// <summary>On appeal it was found that it should not have been held, or barred.</summary>
        /// <param name="Title">Of what was to be shown.</param>
        /// <param name="Denied">Goods that are not in it, whatever this title says.</param>
        public sealed record HoldOverturned(AppealId Appeal, string Title, ImmutableArray<string> Denied) : Event;
    }
}
