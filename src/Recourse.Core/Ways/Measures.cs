using Recourse.Exchange;
namespace Recourse.Ways;

/// <summary>The sides of a box, in millimetres.</summary>
public sealed record Sides(int Length, int Width, int Height)
{
    /// <summary>The longest side.</summary>
    public int Longest => Math.Max(Length, Math.Max(Width, Height));

    /// <summary>The longest side and what goes round the other two, as carriers measure.</summary>
    public int WithGirth => Longest + 2 * (Length + Width + Height - Longest);
}

/// <summary>What one packed unit weighs and how large it is.</summary>
/// <param name="Grams">1 or more.</param>
/// <param name="Sides">Null: its seller doesn't say.</param>
public sealed record Measures(int Grams, Sides? Sides = null);

/// <summary>One way in which a seller sends to a country.</summary>
/// <param name="Service">The code of a carrier's service in the rulebook.</param>
/// <param name="PerUnit">What it costs for one unit.</param>
/// <param name="FromDays">Business days from hand-over to the door, at best.</param>
/// <param name="ToDays">And at the most.</param>
/// <param name="Peg">What its cost follows; null: nothing, it is as its seller says.</param>
public sealed record ShippingOption(string Service, Money PerUnit, int FromDays, int ToDays, Peg? Peg = null);

/// <summary>A parcel, as far as it matters to whoever is to carry it.</summary>
/// <param name="From">ISO 3166 alpha-2; null: nobody knows.</param>
/// <param name="To">ISO 3166 alpha-2.</param>
/// <param name="Goods">Classes of goods that are in it.</param>
/// <param name="Grams">What all of it weighs; 0: nobody knows.</param>
/// <param name="Largest">The largest thing in it; null: nobody knows.</param>
public sealed record ParcelPlan(
    string? From, string To, ImmutableArray<string> Goods, long Grams, Sides? Largest);

/// <summary>How something is sent, and what that costs.</summary>
/// <param name="Service">Null: its seller's own way, of which no more is known.</param>
/// <param name="Cost">For one unit, without the surcharge.</param>
/// <param name="Surcharge">More for one unit, because it goes far out.</param>
/// <param name="FromDays">Business days from hand-over to the door, at best; null: nobody says.</param>
/// <param name="ToDays">And at the most.</param>
public sealed record Way(string? Service, Money Cost, Money Surcharge, int? FromDays, int? ToDays)
{
    /// <summary>For one unit, with all.</summary>
    public Money PerUnit => Cost + Surcharge;

    /// <summary>When it arrives at best, if it is handed over then; null: nobody says.</summary>
    public Instant? ArrivesFrom(Instant handover, BusinessCalendar there) =>
        FromDays is { } days ? there.CloseOf(handover, days) : null;

    /// <summary>When it has arrived, if it is handed over then; null: nobody says.</summary>
    public Instant? ArrivesBy(Instant handover, BusinessCalendar there) =>
        ToDays is { } days ? there.CloseOf(handover, days) : null;
}

/// <summary>Why a service can't carry a parcel.</summary>
public enum Obstacle
{
    /// <summary>It weighs more than the service takes.</summary>
    TooHeavy,

    /// <summary>It is larger than the service takes.</summary>
    TooLarge,

    /// <summary>The carrier doesn't go there at this time.</summary>
    Closed,

    /// <summary>The carrier doesn't take such goods.</summary>
    GoodsNotTaken,
}
