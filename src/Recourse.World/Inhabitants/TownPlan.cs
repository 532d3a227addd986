namespace Recourse.World.Inhabitants;

/// <summary>Who lives there, and how they tend to behave. Each seed is another town.</summary>
/// <param name="Checkouts">Baskets in all.</param>
/// <param name="Listings">Of each seller.</param>
/// <param name="Currencies">One for each listing, in turn.</param>
/// <param name="SellersInBasket">At most so many.</param>
/// <param name="HotItem">Part of all baskets that want the same scarce item.</param>
/// <param name="Units">How much stock comes in at a time.</param>
/// <param name="Meddling">How often each day a script tries something.</param>
/// <param name="Trouble">Part of all payments with a method that misbehaves.</param>
/// <param name="Editions">How many rulebooks the operator publishes.</param>
/// <param name="Gifts">How many coupons the platform bears.</param>
/// <param name="HasFickle">Whether somebody orders and gives up again and again.</param>
public sealed record TownPlan(
    int Sellers, int Buyers, int Checkouts, int Listings, ImmutableArray<string> Currencies, int SellersInBasket,
    double HotItem, int Units, double Meddling, double Trouble, int Editions,
    int Gifts = 0, bool HasFickle = false)
{
    /// <summary>How many buyers want hundreds of a thing at times; none: nobody sells in such numbers either.</summary>
    public int Clinics { get; init; }

    /// <summary>
    /// Whether for some days nobody sends anything: a mass of orders would end by themselves, and an operator puts the
    /// brake on and decides.
    /// </summary>
    public bool StandsStill { get; init; }

    /// <summary>Whether some of them say what isn't so, to be rid of an order or to have money for nothing.</summary>
    public bool HasLiars { get; init; }

    static readonly ImmutableArray<string> Some = ["EUR", "USD", "BRL", "JPY", "KWD"];

    /// <summary>The town of a seed.</summary>
    /// <param name="size">1: 45 to 110 baskets.</param>
    public static TownPlan Of(int seed, double size = 1)
    {
        var chance = new Random(unchecked(seed * 7919 + 17));
        return new(
            Sellers: chance.Next(1, 5), Buyers: chance.Next(2, 7),
            Checkouts: Math.Max(1, (int)(chance.Next(45, 110) * size)), Listings: chance.Next(1, 4),
            Currencies: [.. Some.OrderBy(_ => chance.Next()).Take(chance.Next(1, 4))],
            SellersInBasket: chance.Next(1, 4), HotItem: chance.Next(3) == 0 ? 0.7 : 0.1,
            Units: chance.Next(3) == 0 ? chance.Next(1, 6) : chance.Next(10, 60),
            Meddling: chance.NextDouble() * 3, Trouble: 0.2 + chance.NextDouble() * 0.6, Editions: chance.Next(0, 4),
            Gifts: chance.Next(0, 5), HasFickle: chance.Next(3) == 0)
        {
            Clinics = chance.Next(3) == 0 ? chance.Next(1, 4) : 0, StandsStill = chance.Next(3) == 0,
            HasLiars = chance.Next(2) == 0,
        };
    }

    /// <summary>The same town with fewer in it: smaller histories are easier to read.</summary>
    public IEnumerable<TownPlan> Smaller()
    {
        if (Checkouts > 1) yield return this with { Checkouts = Math.Max(1, Checkouts / 4) };
        if (Checkouts > 1) yield return this with { Checkouts = Checkouts / 2 };
        if (HasLiars) yield return this with { HasLiars = false };
        if (StandsStill) yield return this with { StandsStill = false };
        if (Clinics > 0) yield return this with { Clinics = 0 };
        if (Meddling > 0) yield return this with { Meddling = 0 };
        if (Buyers > 1) yield return this with { Buyers = Math.Max(1, Buyers / 2) };
        if (Sellers > 1) yield return this with { Sellers = 1 };
        if (Editions > 0) yield return this with { Editions = 0 };
        if (Gifts > 0) yield return this with { Gifts = 0 };
        if (HasFickle) yield return this with { HasFickle = false };
        if (Listings > 1) yield return this with { Listings = 1 };
    }
}
