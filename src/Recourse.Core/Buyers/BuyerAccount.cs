namespace Recourse.Buyers;

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

        /// <summary>Said by one of their checkouts: an appeal showed that it should have gone on.</summary>
        public sealed record SpeakFor(string Appeal) : Command;

        /// <summary>Time; nothing waits here.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>Taken-over records, by their numbers, and what was chosen.</summary>
    /// <param name="Notifications">Null: nothing was chosen, so they are told everything.</param>
    /// <param name="ClearedUntil">Until when an appeal that was right speaks for them (UTC); null: none does.</param>
    public sealed record State(
        ImmutableArray<ImportedRecord> Records, Notifications? Notifications = null, Instant? ClearedUntil = null);

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>A record of a history is this person's.</summary>
        public sealed record Imported(ImportedRecord Record) : Event;

        /// <summary>They chose what they are told by which way.</summary>
        public sealed record NotificationsChosen(Notifications Choice) : Event;

        /// <summary>An appeal that was right speaks for them until then.</summary>
        public sealed record SpokenFor(string Appeal, Instant Until) : Event;
    }
}
