using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Adapters.Gathering;

/// <summary>Gathers what sellers have declared, and what it takes to apply it. Reads, and nothing else.</summary>
public sealed class TermsGatherer(IPlatform platform)
{
    const string Source = "partition/seller";
    const int FullDays = 60;                                    // beyond that nobody needs to know how long it takes
    static readonly Actor Itself = new Actor.Operator("gatherer");

    /// <summary>Of each seller in a draft who has declared something; null: none has.</summary>
    public async Task<ImmutableArray<Fact<SellerFacts>>?> Of(CheckoutDraft draft, CancellationToken cancel)
    {
        var rules = platform.InForce.Of<CheckoutRules>();
        var sellers = draft.Lines.Select(l => l.Listing.Seller).Distinct().ToArray();
        if (sellers.Length > rules.MostSellers || draft.Lines.Length > rules.MostLines) return null;
        var found = await Task.WhenAll(sellers.Select(s => Of(s, draft.Buyer, cancel)));
        ImmutableArray<Fact<SellerFacts>> facts =
            [.. found.OfType<SellerFacts>().Select(f => new Fact<SellerFacts>(f, platform.Now, Source))];
        return facts.IsEmpty ? null : facts;
    }

    /// <summary>What a seller has declared; null: nothing.</summary>
    public async Task<SellerFacts?> Of(SellerId seller, BuyerId? buyer, CancellationToken cancel) =>
        await platform.Read(seller, Itself, cancel) is { State: SellerAccount.State { Terms: { } terms } }
            ? new(seller, terms, HonestOrders(buyer, terms), Waiting(seller, terms)) : null;

    /// <summary>By when a seller must hand over what is paid for now.</summary>
    public static Instant DispatchDue(IPlatform platform, string shipsFrom, SellerFacts? seller)
    {
        var rules = platform.InForce;
        return rules.Of<OrderRules>().DispatchDue(
            platform.Now, [rules.Of<Calendars>().Of(shipsFrom)], seller?.Terms.Hours(seller.Waiting)).Due;
    }

    int? HonestOrders(BuyerId? buyer, SellerTerms terms) => buyer is not { } id || terms.Records.IsEmpty ? null
        : Count($"{id}", nameof(Order.State.Completed), terms.Records.Max(r => r.HonestOrders));

    int? Waiting(SellerId seller, SellerTerms terms) => terms.ParcelsADay is not { } most ? null
        : Math.Min(most * FullDays, Count($"{seller}", nameof(Order.State.Funded), most * FullDays)
            + Count($"{seller}", nameof(Order.State.Placed), most * FullDays));

    int Count(string scope, string state, int most) => platform.Views.CountFrom(
        OrderList.View, OrderList.ByState, OrderList.StateOf(scope, state), least: "", most);
}
