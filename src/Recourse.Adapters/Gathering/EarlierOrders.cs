using Recourse.Checkouts;
using Recourse.Runtime;
namespace Recourse.Adapters.Gathering;

/// <summary>
/// Gathers what was bought before that a basket should be seen beside: one row of the buyer, and of listings only those
/// that are wanted in large numbers, which hardly any basket has.
/// </summary>
public sealed class EarlierOrders(IPlatform platform)
{
    const string Source = "view/buyer-habits";
    const int MostListings = 20;

    /// <summary>Null: there is nothing of it that matters.</summary>
    public Fact<BoughtBefore>? Of(CheckoutDraft draft)
    {
        var (lines, buyer) = (draft.Lines, draft.Buyer);
        var rules = platform.InForce.Of<CheckoutRules>();
        if (rules.Quantities is not { } quantities || lines.IsDefaultOrEmpty || lines.Length > rules.MostLines)
            return null;
        var now = platform.Now;
        var habit = buyer is { } who ? platform.Views.Find(BuyerHabits.View, who.Code) : null;
        ImmutableArray<BoughtLine> own = habit is null ? []
            : [.. habit.Lines.Where(b => b.At + quantities.JustNow > now && b.Checkout != draft.Instead?.Code
                && lines.Any(l => l.Listing == b.Listing && l.Sku == b.Sku))];
        var alone = new BoughtBefore(own, habit?.MostUnits ?? 0, []);
        var many = lines.Where(l => Checkout.IsOdd(l, alone, quantities)).Select(l => l.Listing).Distinct().ToList();
        if (own.IsEmpty && many.Count == 0) return null;
        return new(alone with
        {
            Others =
            [
                .. many.Take(MostListings).Select(l => (Listing: l, Row: platform.Views.Find(LargeOrders.View, $"{l}")))
                    .Where(l => l.Row is not null).Select(l => new UsualUnits(l.Listing, l.Row!.Second)),
            ],
        }, now, Source);
    }
}
