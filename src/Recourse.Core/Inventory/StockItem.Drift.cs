using Recourse.Orders;
namespace Recourse.Inventory;

/// <summary>What a seller's own system says lies somewhere, beside what the books here say.</summary>
/// <param name="Ours">Units here.</param>
/// <param name="Theirs">Units there.</param>
/// <param name="Explained">Units that they have booked out for orders that are under way here.</param>
/// <param name="Orders">Those orders.</param>
public sealed record Drift(int Ours, int Theirs, int Explained, ImmutableArray<OrderId> Orders)
{
    /// <summary>The books here once what isn't explained is taken over.</summary>
    public int Adopted => Theirs + Explained;

    /// <summary>Whether nothing is left to be explained.</summary>
    public bool IsExplained => Adopted == Ours;
}

public static partial class StockItem
{
    /// <summary>
    /// How far another count of a location is from the books. Units that are kept there for orders leave the books when
    /// they are dispatched, and other systems mostly when they are ordered: fewer by no more than these is explained.
    /// </summary>
    public static Drift DriftOf(State? state, string location, int theirs)
    {
        var stock = state ?? Nothing;
        var ours = At(stock.OnHand, location);
        var explained = Math.Clamp(ours - theirs, 0, At(stock.Claimed, location));
        return new(ours, theirs, explained, explained == 0 ? []
            : [.. stock.Reservations.Values.Where(r => At(r.From, location) > 0).Select(r => r.Order)]);
    }
}
