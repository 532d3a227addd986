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
public sealed record Variant(Sku Sku, string Title, Money Price);

/// <summary>A country (ISO 3166 alpha-2) that it ships to, and what shipping one unit there costs.</summary>
public sealed record Destination(string Country, Money ShippingPerUnit);

/// <summary>What is offered. All prices are in one currency.</summary>
/// <param name="Title">As buyers read it; 1 to 200 characters.</param>
/// <param name="Category">The marketplace's category code, or empty.</param>
/// <param name="Variants">1 to 100, each sku once.</param>
/// <param name="ShipsFrom">ISO 3166 alpha-2.</param>
/// <param name="ShipsTo">At least one country, each once.</param>
public sealed record Offer(
    string Title, string Category, ImmutableArray<Variant> Variants, string ShipsFrom,
    ImmutableArray<Destination> ShipsTo);

/// <summary>A seller's offer: its price is what an order is placed at, or the order isn't placed.</summary>
public static partial class Listing
{
    /// <summary>What can be asked of a listing.</summary>
    public closed record Command : ICommand<ListingId>
    {
        /// <summary>Shows it to buyers, or changes what is shown.</summary>
        public sealed record Publish(Offer Offer) : Command;

        /// <summary>Takes it out of the shop window; orders that stand are not touched.</summary>
        public sealed record Pause : Command;

        /// <summary>Puts it back.</summary>
        public sealed record Resume : Command;

        /// <summary>Required by an order that is being placed: refused unless all of it is still offered so.</summary>
        public sealed record Honour(Sku Sku, Money UnitPrice, string Country, Money ShippingPerUnit) : Command;

        /// <summary>Takes it over from a history, without showing it to anybody.</summary>
        public sealed record Import(ImmutableArray<Named> Facts) : Command;

        /// <summary>Time; a listing waits for nobody.</summary>
        public sealed record Wake(Instant Due) : Command;
    }

    /// <summary>A listing as it stands.</summary>
    public closed record State
    {
        /// <summary>In the shop window.</summary>
        public sealed record Offered(Offer Offer) : State;

        /// <summary>Out of the shop window for a while.</summary>
        public sealed record Paused(Offer Offer) : State;

        /// <summary>Known from a history only.</summary>
        public sealed record Imported(ImmutableArray<Named> Facts) : State;
    }

    /// <summary>Stored for ever: add cases and optional fields, never rename or remove.</summary>
    public closed record Event
    {
        /// <summary>First shown.</summary>
        public sealed record Published(Offer Offer) : Event;

        /// <summary>Changed; orders keep what they were placed at.</summary>
        public sealed record Revised(Offer Offer) : Event;

        /// <summary>Taken out of the shop window.</summary>
        public sealed record Paused : Event;

        /// <summary>Put back.</summary>
        public sealed record Resumed : Event;

        /// <summary>Taken over from a history.</summary>
        public sealed record Imported(ImmutableArray<Named> Facts) : Event;
    }
}
