namespace Recourse.World.Demo;

/// <summary>How large a demo's world is. The same seed is the same world.</summary>
/// <param name="OrdersADay">How many baskets are filled each day, on average.</param>
/// <param name="History">Days that are lived before anybody looks.</param>
/// <param name="MostBytes">The size of the store at which people begin nothing new.</param>
public sealed record DemoPlan(
    int Seed = 7, int Sellers = 40, int Listings = 1_500, int Buyers = 3_000, double OrdersADay = 24, int History = 91,
    long MostBytes = 1L << 30)
{
    /// <summary>A village, for tests.</summary>
    public static readonly DemoPlan Small = new(
        Seed: 3, Sellers: 8, Listings: 40, Buyers: 60, OrdersADay: 6, History: 21);

    /// <summary>How much goes wrong with people, compared with a simulation.</summary>
    public const double Temper = 0.12;
}
