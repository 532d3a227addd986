using Recourse.Ways;
namespace Recourse.Web;

/// <summary>What is offered. All prices are in one currency.</summary>
/// <param name="Category">The marketplace's category code; left out: none.</param>
/// <param name="ShipsFrom">ISO 3166 alpha-2.</param>
/// <param name="Unit">What one unit weighs, packed; left out: nobody says.</param>
public sealed record OfferBody(
    string Title, ImmutableArray<VariantBody> Variants, string ShipsFrom, ImmutableArray<DestinationBody> ShipsTo,
    string Category = "", Measures? Unit = null)
{
    /// <summary>Classes of goods with rules of their own that are in it; none: ordinary goods.</summary>
    public ImmutableArray<string> Goods { get; init; } = [];

    /// <summary>More of it, in its seller's words; to 4,000 characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>What can be said of it in few words.</summary>
    public ImmutableArray<SpecBody> Specs { get; init; } = [];

    /// <summary>The first stands for it in lists; left out in a request: they stay as they are.</summary>
    public ImmutableArray<PictureBody>? Pictures { get; init; }
}

/// <summary>Something that is said of a thing in few words.</summary>
/// <param name="Name">Such as <c>material</c> or <c>dimensions</c>, or words of the seller's own.</param>
public sealed record SpecBody(string Name, string Value);

/// <summary>A variant and its price for one unit.</summary>
/// <param name="Price">Of one with a peg only its currency is read: the rate makes the amount.</param>
/// <param name="Peg">What the price follows; left out: it is as it is given.</param>
public sealed record VariantBody(string Sku, Money Price, string Title = "", PegBody? Peg = null);

/// <summary>A price that follows an exchange rate.</summary>
/// <param name="Base">What its seller wants for one unit, in another currency.</param>
/// <param name="Buffer">So far the rate may move until the price does, in hundredths of a percent; to 5000.</param>
/// <param name="Step">From one possible price to the next, in minor units: 100 with 99 for …,99; 5 with 0.</param>
/// <param name="At">The least possible price, in minor units.</param>
/// <param name="Rate">By which it was made; left out in a request.</param>
public sealed record PegBody(Money Base, int Buffer = 0, int Step = 1, int At = 0, PegRateBody? Rate = null);

/// <summary>The rate that a price was made of, exactly: the numerator over the denominator.</summary>
/// <param name="Date">The day of the oldest rate in it, as <c>2026-11-25</c>.</param>
/// <param name="Sources">Whose rates they are, joined by a plus.</param>
public sealed record PegRateBody(long Numerator, long Denominator, string Date, string Sources);

/// <summary>A country that it ships to, and what shipping one unit there costs.</summary>
/// <param name="ShippingPerUnit">Of options, the cheapest, whatever is sent.</param>
public sealed record DestinationBody(string Country, Money ShippingPerUnit)
{
    /// <summary>The ways to send it there; none: the seller's own, of which no more is known.</summary>
    public ImmutableArray<OptionBody> Options { get; init; } = [];
}

/// <summary>One way in which a seller sends to a country.</summary>
/// <param name="Service">The code of a carrier's service in the rulebook.</param>
/// <param name="FromDays">Business days from hand-over to the door, at best.</param>
/// <param name="Peg">What its cost for one unit follows; left out: it is as it is given.</param>
public sealed record OptionBody(string Service, Money PerUnit, int FromDays, int ToDays, PegBody? Peg = null);
