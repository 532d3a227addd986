using System.Globalization;
namespace Recourse.World.Demo;

/// <summary>How large a demo's world is. The same seed is the same world.</summary>
/// <param name="OrdersADay">How many baskets are filled each day, on average.</param>
/// <param name="History">Days that are lived before anybody looks.</param>
/// <param name="MostBytes">The size of the store at which people begin nothing new.</param>
public sealed record DemoPlan(
    int Seed = 7, int Sellers = 40, int Listings = 1_500, int Buyers = 3_000, double OrdersADay = 18, int History = 91,
    long MostBytes = 1L << 30)
{
    /// <summary>A village, for tests.</summary>
    public static readonly DemoPlan Small = new(
        Seed: 3, Sellers: 8, Listings: 40, Buyers: 60, OrdersADay: 6, History: 21);

    /// <summary>What a store has to remember of it: opened again, it is the same world.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture,
        $"{Seed} {Sellers} {Listings} {Buyers} {OrdersADay}");

    /// <summary>The plan with what a store remembers.</summary>
    public DemoPlan With(string mark) =>
        mark.Split(' ') is [var seed, var sellers, var listings, var buyers, var orders] ? this with
        {
            Seed = Number(seed), Sellers = Number(sellers), Listings = Number(listings), Buyers = Number(buyers),
            OrdersADay = double.Parse(orders, CultureInfo.InvariantCulture),
        }
        : throw new FormatException($"\"{mark}\" is no demo's mark.");

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>How much goes wrong with people, compared with a simulation.</summary>
    public const double Temper = 0.12;

    /// <summary>How many days pass between coupons that the platform bears.</summary>
    public const double GiftEvery = 6;

    /// <summary>How many days pass between exchange rates.</summary>
    public const double RatesEvery = 2;

    /// <summary>How many days pass between sales of half a day.</summary>
    public const double FlashEvery = 5;

    /// <summary>How many days pass between orders of hundreds.</summary>
    public const double HundredsEvery = 4;
}
