using Recourse.Checkouts;
namespace Recourse.Buyers;

/// <summary>A business that somebody buys for, in their own words; only ever stored sealed.</summary>
/// <param name="TaxId">By which its country's tax office knows it.</param>
/// <param name="Purpose">What it needs so much for.</param>
public sealed record Business(string Name, string TaxId, string Purpose);

/// <summary>A person who buys, as far as this platform knows them.</summary>
public static partial class BuyerAccount
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<BuyerId>
    {
        /// <summary>Takes over one record of a history: the same person may have several.</summary>
        /// <param name="Record">The record's own number there.</param>
        public sealed record Import(string Source, string Record, Sealed<ImportedPlace> Place) : Command;

        /// <summary>Chooses what they are told by which way.</summary>
        public sealed record ChooseNotifications(Notifications Choice) : Command;

        /// <summary>Says for which business they buy; what was said before no longer counts.</summary>
        public sealed record SayBusiness(Sealed<Business> Business) : Command;

        /// <summary>Said by their verification: they have shown who they are.</summary>
        /// <param name="Card">With that card alone, by its fingerprint; null: with whatever they pay.</param>
        public sealed record HearVerified(string? Card = null) : Command;

        /// <summary>Said by one of their checkouts: an appeal showed that it should have gone on.</summary>
        public sealed record SpeakFor(string Appeal) : Command;

        /// <summary>Time.</summary>
        public sealed record Wake(Instant Due) : Command;

        /// <summary>Staff block payment methods for a while.</summary>
        /// <param name="Card">Only methods with that fingerprint; null: all of them.</param>
        /// <param name="Reason">One of the rulebook's.</param>
        /// <param name="Until">When it lifts by itself (UTC).</param>
        /// <param name="Paid">The checkout that was paid with what is meant; null: none in particular.</param>
        public sealed record BlockMethods(string? Card, string Reason, Instant Until, CheckoutId? Paid = null)
            : Command;

        /// <summary>Staff lift a block.</summary>
        /// <param name="Card">Its fingerprint; null: the one of all methods.</param>
        public sealed record LiftBlock(string? Card) : Command;

        /// <summary>Asked by an appeal: what a statement decided is undone, as if it had not been.</summary>
        /// <param name="Code">Of the statement.</param>
        /// <param name="IssuedAt">Of the statement (UTC).</param>
        public sealed record Overturn(string Appeal, string Code, Instant IssuedAt) : Command;

        /// <summary>Said by an order or a checkout that its buyer gave up.</summary>
        /// <param name="Checkout">However many orders it has, it is one purchase.</param>
        /// <param name="Reason">Why: the rulebook says what counts.</param>
        public sealed record CountGivenUp(CheckoutId Checkout, string Reason) : Command;

        /// <summary>Said by a checkout of somebody who gave up before: how many of their orders ended well.</summary>
        public sealed record HearEndedWell(int Count) : Command;
    }

    /// <summary>Taken-over records, by their numbers, what was chosen, and what stands against them.</summary>
    /// <param name="Notifications">Null: nothing was chosen, so they are told everything.</param>
    /// <param name="Standing">Null: nothing ever stood against them.</param>
    /// <param name="ClearedUntil">Until when an appeal that was right speaks for them (UTC); null: none does.</param>
    /// <param name="Business">For which business they buy; null: they didn't say.</param>
    public sealed record State(
        ImmutableArray<ImportedRecord> Records, Notifications? Notifications = null, Standing? Standing = null,
        Instant? ClearedUntil = null, Sealed<Business>? Business = null);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>A record of a history is this person's.</summary>
        public sealed record Imported(ImportedRecord Record) : Event;

        /// <summary>They chose what they are told by which way.</summary>
        public sealed record NotificationsChosen(Notifications Choice) : Event;

        /// <summary>They said for which business they buy.</summary>
        public sealed record BusinessSaid(Sealed<Business> Business) : Event;

        /// <summary>An appeal that was right speaks for them until then.</summary>
        public sealed record SpokenFor(string Appeal, Instant Until) : Event;

        /// <summary>They can't pay with these methods for a while.</summary>
        /// <param name="Card">Only those with that fingerprint; null: all.</param>
        /// <param name="Until">When it lifts by itself (UTC).</param>
        public sealed record MethodsBlocked(string? Card, Instant Until, Statement Why) : Event, IAdverse;

        /// <summary>They can again.</summary>
        /// <param name="Appeal">The appeal that undid it; null: somebody lifted it.</param>
        public sealed record BlockLifted(string? Card, string? Appeal = null) : Event;

        /// <summary>They can again: its time is over.</summary>
        public sealed record BlockEnded(string? Card) : Event;

        /// <summary>They gave up a purchase, and nobody else was at fault.</summary>
        /// <param name="LapsesAt">When all that they gave up is forgotten, if nothing is added (UTC).</param>
        public sealed record GivenUpCounted(GivenUp What, Instant LapsesAt) : Event;

        /// <summary>So many of their orders had ended well.</summary>
        public sealed record EndedWellHeard(int Count) : Event;

        /// <summary>They were told where they stand, and what comes next.</summary>
        /// <param name="Count">How many count.</param>
        /// <param name="Next">How many bring what comes next; null: nothing does.</param>
        public sealed record Cautioned(Caution Caution, int Count, int? Next) : Event;

        /// <summary>They can't buy for a while.</summary>
        /// <param name="Until">When it ends by itself (UTC).</param>
        public sealed record BuyingPaused(Instant Until, Statement Why) : Event, IAdverse;

        /// <summary>They can buy again: its time is over.</summary>
        public sealed record PauseEnded : Event;

        /// <summary>They can buy again, as if there had been no pause.</summary>
        public sealed record PauseOverturned(string Appeal) : Event;

        /// <summary>What they gave up is forgotten: by time, or made good by orders that ended well.</summary>
        public sealed record ConductCleared : Event;
    }
}
