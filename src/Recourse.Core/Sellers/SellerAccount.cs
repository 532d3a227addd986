using Recourse.Buyers;
namespace Recourse.Sellers;

/// <summary>A seller, as far as this platform knows them.</summary>
public static partial class SellerAccount
{
    /// <summary>What can be asked.</summary>
    public closed record Command : ICommand<SellerId>
    {
        /// <summary>Takes over a record of a history.</summary>
        public sealed record Import(string Source, string Record, Sealed<ImportedPlace> Place) : Command;

        /// <summary>Chooses what they are told by which way.</summary>
        public sealed record ChooseNotifications(Notifications Choice) : Command;

        /// <summary>Calls their shop so.</summary>
        /// <param name="TakenBy">Whose shop has that name, or one that looks like it; null: nobody's.</param>
        public sealed record TakeName(string Name, Fact<SellerId>? TakenBy = null) : Command;

        /// <summary>Declares to whom and where they sell, and when they work: for orders from then on.</summary>
        /// <param name="Terms">Its number is not looked at.</param>
        public sealed record DeclareTerms(SellerTerms Terms) : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Taken-over records, by their numbers, and what was chosen.</summary>
    /// <param name="Notifications">Null: nothing was chosen, so they are told everything.</param>
    /// <param name="Name">What their shop is called; null: by its code.</param>
    /// <param name="Terms">What they have declared; null: nothing.</param>
    public sealed record State(
        ImmutableArray<ImportedRecord> Records, Notifications? Notifications = null, string? Name = null,
        SellerTerms? Terms = null);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>A record of a history is this seller's.</summary>
        public sealed record Imported(ImportedRecord Record) : Event;

        /// <summary>They chose what they are told by which way.</summary>
        public sealed record NotificationsChosen(Notifications Choice) : Event;

        /// <summary>Their shop is called so from now on.</summary>
        public sealed record Named(string Name) : Event;

        /// <summary>They sell on these terms from now on; orders keep those that they were placed under.</summary>
        public sealed record TermsDeclared(SellerTerms Terms) : Event;
    }
}
