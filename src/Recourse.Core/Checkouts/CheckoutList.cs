using Recourse.Orders;
namespace Recourse.Checkouts;

/// <summary>A checkout in a list.</summary>
/// <param name="Checkout">Its id's text.</param>
/// <param name="State">The name of its state.</param>
/// <param name="Totals">What was asked of each order; a seller that keeps its part keeps it at that.</param>
/// <param name="Gone">Orders that were refused or have ended.</param>
/// <param name="Total">What the others add up to.</param>
/// <param name="Method">The kind of what it is to be paid with.</param>
/// <param name="Country">Where it goes, ISO 3166 alpha-2; null: it was never opened.</param>
/// <param name="Lapses">It is given up when that time is up.</param>
/// <param name="Lapsed">It was given up because it was.</param>
/// <param name="WaitsUntil">When the time of whoever is waited for is up (UTC).</param>
public sealed record CheckoutRow(
    string Checkout, string Buyer, Instant OpenedAt, long Position, string State, ImmutableArray<string> Orders,
    ImmutableArray<Money> Totals, ImmutableArray<string> Gone, Money Total, Instant? WaitsUntil,
    string Method = Deal.Card, string? Country = null, bool Lapses = false, bool Lapsed = false);

/// <summary>Checkouts by buyer, and for staff.</summary>
public static class CheckoutList
{
    /// <summary>The index of those that wait for a person to look at them, by state; the oldest first.</summary>
    public const string ByState = "state";

    /// <summary>The index of those that screening or whoever looked turned down, by buyer; the newest first.</summary>
    public const string TurnedDown = "turned-down";

    /// <summary>The index of those that are given up when their time is up, the next first.</summary>
    public const string ByDue = "due";

    /// <summary>The index of those that were, the newest first.</summary>
    public const string ByLapse = "lapsed";

    /// <summary>The view; by key a checkout, and its payment, is found by its code.</summary>
    public static readonly View<CheckoutRow> View = new()
    {
        Name = "checkouts", Version = 6, Hears = [typeof(Checkout.Event)],
        Begins = e => e is Checkout.Event.Opened or Checkout.Event.NotOpened,
        Keys = r => r is { Id: CheckoutId id, Event: Checkout.Event } ? [Key(id)] : [],
        Fold = (_, row, r) => r is { Id: CheckoutId id, Event: Checkout.Event e } ? Apply(row, id, e, r) : row,
        Index = Index,
    };

    /// <summary>A row's key: the code, which people quote, comes first.</summary>
    public static string Key(CheckoutId id) => $"{id.Code}/{id.Buyer.Code}";

    static List<Found> Index(string key, CheckoutRow row)
    {
        var sort = $"{row.Position:D19}";
        List<Found> found = [new(Scope.Index, row.Buyer, sort), new(Scope.Index, Scope.All, sort)];
        if (row.State is nameof(Checkout.State.InReview))
            found.Add(new(ByState, row.State, $"{long.MaxValue - row.Position:D19}"));
        if (row.State is nameof(Checkout.State.TurnedDown)) found.Add(new(TurnedDown, row.Buyer, sort));
        if (row is { Lapses: true, WaitsUntil: { } due })
            found.Add(new(ByDue, Scope.All, $"{long.MaxValue - Math.Max(0, due.ToUnixTimeTicks()):D19}"));
        if (row.Lapsed) found.Add(new(ByLapse, Scope.All, sort));
        return found;
    }

    static CheckoutRow? Apply(CheckoutRow? row, CheckoutId id, Checkout.Event @event, Recorded r)
    {
        if (@event is Checkout.Event.Opened o) return Opened(id, o, r);
        if (@event is Checkout.Event.NotOpened n) return NotOpened(id, n, r);
        if (row is null) return null;
        return @event switch
        {
            Checkout.Event.Opened or Checkout.Event.NotOpened or Checkout.Event.Overturned => row,
            Checkout.Event.Reserved or Checkout.Event.SellersAsked or Checkout.Event.Reviewed => row,
            Checkout.Event.Refused e    => Without(row, $"{e.Order}"),
            Checkout.Event.Missed e     => Without(row, $"{e.Order}"),
            Checkout.Event.Dropped e    => Without(row, $"{e.Order}"),
            Checkout.Event.AskedAgain e => Again(row, e),
            Checkout.Event.AskedForLess e => Less(row, e.Request),
            Checkout.Event.Stopped e    => In(row, nameof(Checkout.State.Stopped), e.Deadline),
            Checkout.Event.PaymentAsked e => In(row, nameof(Checkout.State.Paying), e.Deadline) with
            {
                Method = e.Kind ?? Deal.Card,
            },
            Checkout.Event.Declined e   => In(row, nameof(Checkout.State.Declined), e.Deadline),
            Checkout.Event.VerificationAsked e => In(row, nameof(Checkout.State.Verifying), e.Deadline),
            Checkout.Event.ProofSent e  => In(row, row.State, e.Deadline),
            Checkout.Event.HeldForReview e => In(row, nameof(Checkout.State.InReview), e.Deadline),
            Checkout.Event.PutOff e     => In(row, row.State, e.Deadline),
            Checkout.Event.TurnedDown   => In(row, nameof(Checkout.State.TurnedDown), null),
            Checkout.Event.Warned e     => In(row, row.State, e.Deadline),
            Checkout.Event.Authorised   => In(row, nameof(Checkout.State.Authorised), null),
            Checkout.Event.Abandoned    => In(row, nameof(Checkout.State.Abandoned), null) with
            {
                Lapsed = row.Lapses && r.Who is Actor.Clock,
            },
        };
    }

    static CheckoutRow Opened(CheckoutId id, Checkout.Event.Opened e, Recorded r)
    {
        var totals = ImmutableArray.CreateRange(e.Requests, request => request.Total);
        return new(
            $"{id}", $"{id.Buyer}", r.At, r.Position, nameof(Checkout.State.Reserving),
            ImmutableArray.CreateRange(e.Requests, request => $"{OrderId.Of(request.Checkout, request.Seller)}"),
            totals, [], totals.Sum(e.Currency), e.Deadline.Due, e.Basket.MethodKind ?? Deal.Card, e.Basket.Country);
    }

    static CheckoutRow NotOpened(CheckoutId id, Checkout.Event.NotOpened e, Recorded r) => new(
        $"{id}", $"{id.Buyer}", r.At, r.Position, nameof(Checkout.State.TurnedDown), [], [], [],
        Money.Zero(e.Currency), null, Country: e.Basket.Country);

    static CheckoutRow In(CheckoutRow row, string state, Deadline? next) => row with
    {
        State = state, WaitsUntil = next?.Due, Lapses = next?.Then is Checkout.GivenUp,
    };

    static CheckoutRow Again(CheckoutRow row, Checkout.Event.AskedAgain e)
    {
        foreach (var request in e.Requests)
        {
            var order = $"{OrderId.Of(request.Checkout, request.Seller)}";
            if (row.Orders.IndexOf(order) is not (>= 0 and var i) || !row.Gone.Contains(order)) continue;
            row = row with
            {
                Totals = row.Totals.SetItem(i, request.Total), Gone = row.Gone.Remove(order),
                Total = row.Total + request.Total,
            };
        }
        return In(row, nameof(Checkout.State.Reserving), e.Deadline);
    }

    static CheckoutRow Less(CheckoutRow row, Request asked)
    {
        var i = row.Orders.IndexOf($"{OrderId.Of(asked.Checkout, asked.Seller)}");
        return i < 0 ? row
            : row with { Totals = row.Totals.SetItem(i, asked.Total), Total = row.Total - row.Totals[i] + asked.Total };
    }

    static CheckoutRow Without(CheckoutRow row, string order)
    {
        var i = row.Orders.IndexOf(order);
        if (i < 0 || row.Gone.Contains(order)) return row;
        return row with { Gone = row.Gone.Add(order), Total = row.Total - row.Totals[i] };
    }
}
