using NodaTime.Text;
namespace Recourse.Orders;

/// <summary>An order as lists show it.</summary>
/// <param name="Id">Text of the order's id.</param>
/// <param name="Buyer">Text of the buyer's id.</param>
/// <param name="Seller">Text of the seller's id.</param>
/// <param name="State">Name of the state's type.</param>
/// <param name="Total">What stands; for what ended early, what stood last.</param>
/// <param name="Units">How many things.</param>
/// <param name="PlacedAt">When it was placed (UTC); for a history, when it was bought there.</param>
/// <param name="Awaited">Whom everybody waits for; null: nobody.</param>
/// <param name="Statement">Code of the last statement of reasons; null: none was needed.</param>
/// <param name="Findings">How much in taken-over data contradicts itself.</param>
/// <param name="Title">Of its first line.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Country">Where it goes, ISO 3166 alpha-2; null: a history doesn't tell.</param>
/// <param name="Marks">What its early endings count against the seller.</param>
/// <param name="Meant">A cancellation that comes in a moment; null: none does.</param>
/// <param name="Warnings">What is wrong with it; null: nothing.</param>
/// <param name="Method">The kind of what it was to be paid with; null: a history doesn't tell.</param>
/// <param name="Asked">By when somebody answers what its buyer has asked for; null: nothing is asked.</param>
/// <param name="Inferred">Code of what most probably ended it in its history; null: nothing is inferred.</param>
public sealed record OrderRow(
    string Id, string Buyer, string Seller, string State, Money Total, int Units, Instant PlacedAt, Deadline? Awaited,
    string? Statement, bool IsImported, int Findings, string? Country = null, long Marks = 0, string Title = "",
    int Lines = 0, Meant? Meant = null, Deadline? Asked = null, string? Inferred = null,
    ImmutableArray<Warning>? Warnings = null, string? Method = null)
{
    /// <summary>Whom everybody waits for first; null: nobody.</summary>
    public Deadline? Next => Order.Next(
        Warnings?.Any(w => w.Holds) is true && Awaited?.Owner is Party.Seller ? null : Awaited, Asked, Warnings);
}

/// <summary>Every order, for whoever may see it.</summary>
public static class OrderList
{
    /// <summary>The index by state: <c>Funded</c> for staff, <c>seller/x|Funded</c> for everybody else.</summary>
    public const string ByState = "state";

    /// <summary>
    /// Open orders, the next deadline first: under <c>seller/x|Seller</c> what waits for that seller, for staff
    /// everything under <c>all</c>.
    /// </summary>
    public const string ByDue = "due";

    /// <summary>What ended early in a history, by the code of what is inferred: as <see cref="ByState"/>.</summary>
    public const string ByInferred = "inferred";

    const int Scopes = 3, Indexes = 4;

    // Of equal length, and later is greater.
    static readonly InstantPattern Sorted =
        InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffff'Z'");

    /// <summary>The view. How many orders are in a state is kept; by key an order is found by its code.</summary>
    public static readonly View<OrderRow> View = new()
    {
        Name = "orders", Version = 10, Hears = [typeof(Order.Event)],
        Begins = e => e is Order.Event.Placed or Order.Event.Imported,
        Keys = recorded => recorded is { Id: OrderId id, Event: Order.Event } ? [Key(id)] : [],
        Fold = (_, row, recorded) => Fold(row, (OrderId)recorded.Id, (Order.Event)recorded.Event),
        Index = Index, Counted = f => f.Index is ByState && !f.Value.Contains('|'),
    };

    /// <summary>A row's key: the code, which people quote, comes first.</summary>
    public static string Key(OrderId id) => $"{id.Code}/{id.Seller.Code}";

    /// <summary>The value of <see cref="ByState"/> for one reader.</summary>
    public static string StateOf(string scope, string state) => scope == Scope.All ? state : $"{scope}|{state}";

    /// <summary>The value of <see cref="ByDue"/> for one reader.</summary>
    public static string DueFor(string scope, Party owner) => scope == Scope.All ? scope : $"{scope}|{owner}";

    /// <summary>The least sort key of <see cref="ByDue"/> of what is due by then.</summary>
    public static string DueBy(Instant due) => Sooner(due);

    static OrderRow Fold(OrderRow? row, OrderId id, Order.Event @event) => @event switch
    {
        Order.Event.Placed e    => new(
            $"{id}", $"{e.Deal.Buyer}", $"{id.Seller}", nameof(Order.State.Placed), e.Deal.Total, UnitsOf(e.Deal),
            e.Deal.PlacedAt, e.Deadline, Statement: null, IsImported: false, Findings: 0, e.Deal.Country,
            Title: e.Deal.Lines[0].Title, Lines: e.Deal.Lines.Length, Method: e.Deal.MethodKind ?? Deal.Card),
        Order.Event.Imported e  => new(
            $"{id}", $"{e.Facts.Buyer}", $"{id.Seller}", nameof(Order.State.Imported), TotalOf(e.Facts),
            e.Facts.Items.Length, e.Facts.Times.Purchased, Awaited: null, Statement: null, IsImported: true,
            e.Facts.Findings.Length, Title: e.Facts.Items.FirstOrDefault()?.Product ?? "", Lines: e.Facts.Items.Length,
            Inferred: InferredEnd.Of(e.Facts)?.Code),
        Order.Event.Funded e    => MovedOn(row.Was(@event), nameof(Order.State.Funded), e.Deadline),
        Order.Event.Shipped e   => MovedOn(row.Was(@event), nameof(Order.State.Shipped), e.Deadline),
        Order.Event.Delivered e => MovedOn(row.Was(@event), nameof(Order.State.Delivered), e.Deadline),
        Order.Event.Completed   => MovedOn(row.Was(@event), nameof(Order.State.Completed), null),
        Order.Event.Warned e    => row.Was(@event) with { Awaited = e.Deadline },
        Order.Event.Reduced e   => row.Was(@event) with
        {
            Total = e.Left.Total, Units = UnitsOf(e.Left), Statement = e.Why.Code, Marks = Marked(row, e.Why),
            Meant = row?.Meant?.After(e), Asked = null, Awaited = e.Deadline ?? row!.Awaited,
            Warnings = Standing(row, w => w.Reason != e.Why.Code),
        },
        Order.Event.Amended e   => row.Was(@event) with
        {
            Total = e.After.Total, Units = UnitsOf(e.After), Country = e.After.Country,
            Title = e.After.Lines[0].Title, Lines = e.After.Lines.Length, Asked = null,
            Meant = row?.Meant?.Within(e.After),
        },
        Order.Event.Picked            => row.Was(@event),
        Order.Event.CancellationAsked { Wish: var w } => row.Was(@event) with { Asked = w.Deadline },
        Order.Event.AmendmentAsked { Wish: var w }    => row.Was(@event) with { Asked = w.Deadline },
        Order.Event.AmendmentHeld { Wish: var w }     => row.Was(@event) with { Asked = w.Deadline },
        Order.Event.DifferenceAsked { Wish: var w }   => row.Was(@event) with { Asked = w.Deadline },
        Order.Event.WishRefused or Order.Event.WishEnded or Order.Event.RecallOver =>
            row.Was(@event) with { Asked = null },
        Order.Event.RecallAsked e     => row.Was(@event) with { Asked = e.Recall.Deadline },
        Order.Event.RecallAccepted e  => row.Was(@event) with { Asked = null, Awaited = e.Deadline },
        Order.Event.Extended e        => row.Was(@event) with { Awaited = e.Deadline },
        Order.Event.Postponed e       => row.Was(@event) with { Awaited = e.Deadline },
        Order.Event.Contested or Order.Event.Reviewed => row.Was(@event),
        Order.Event.Uncontested e     => row.Was(@event) with { Awaited = e.Deadline ?? row!.Awaited },
        Order.Event.Settled e   => MovedOn(row.Was(@event), nameof(Order.State.Cancelled), null) with
        {
            Statement = e.Why.Code, Marks = Marked(row, e.Why),
        },
        Order.Event.Overturned e => row.Was(@event) with { Marks = (row?.Marks ?? 0) - e.Marks },
        Order.Event.PutOff or Order.Event.WarningGiven or Order.Event.WarningsTold or Order.Event.WarningAnswered
            or Order.Event.WarningLifted => Warned(row.Was(@event), @event),
        Order.Event.KeepingOffered e      => row.Was(@event) with { Awaited = e.Deadline },
        Order.Event.Kept e                => row.Was(@event) with { Awaited = e.Deadline,
            Title = e.Deal.Lines[0].Title },
        Order.Event.KeepingWithdrawn e    => row.Was(@event) with { Awaited = e.Deadline },
        Order.Event.CancellationMeant e   => row.Was(@event) with { Meant = e.Meant },
        Order.Event.CancellationTakenBack => row.Was(@event) with { Meant = null },
    };

    static OrderRow Warned(OrderRow row, Order.Event @event) => @event switch
    {
        Order.Event.PutOff e              => row with
        {
            Awaited = e.Deadline, Warnings = e.Warnings ?? row.Warnings,
        },
        Order.Event.WarningGiven e        => row with { Warnings = [.. row.Warnings ?? [], e.Warning] },
        Order.Event.WarningsTold e        => row with
        {
            Warnings = e.Warnings, Awaited = e.Deadline ?? row.Awaited,
        },
        Order.Event.WarningAnswered e     => row with
        {
            Warnings = [.. (row.Warnings ?? []).Select(w => w.Reason == e.Reason
                ? w with { Deadline = e.Deadline } : w)],
        },
        Order.Event.WarningLifted e       => row with
        {
            Awaited = e.Deadline ?? row.Awaited, Warnings = Standing(row, w => w.Reason != e.Warning.Reason),
        },
        _ => row,
    };

    static OrderRow MovedOn(OrderRow row, string state, Deadline? awaited) =>
        row with { State = state, Awaited = awaited, Meant = null, Asked = null, Warnings = null };

    // Which units they are about, the order says.
    static ImmutableArray<Warning>? Standing(OrderRow? row, Func<Warning, bool> which) =>
        row?.Warnings is { } all && all.Any(which) ? [.. all.Where(which)] : null;

    static long Marked(OrderRow? row, Statement why) => (row?.Marks ?? 0)
        + (why.Facts.FirstOrDefault(f => f.Name is "marks")?.Value is Value.Count marks ? marks.Number : 0);

    static OrderRow Was(this OrderRow? row, Order.Event e) => row ?? throw new CorruptHistory(row, e);

    static int UnitsOf(Deal deal) => deal.Lines.Sum(l => l.Quantity);

    static Money TotalOf(ImportedOrder facts) => facts.Items.Select(i => i.Price + i.Freight).Sum(facts.Currency);

    static List<Found> Index(string key, OrderRow row)
    {
        List<Found> found = new(Scopes * Indexes);
        var sort = Sorted.Format(row.PlacedAt);
        var sooner = row.Next is { } awaited ? Sooner(awaited.Due) : null;
        foreach (var scope in (ReadOnlySpan<string>)[row.Buyer, row.Seller, Scope.All])
        {
            found.Add(new(Scope.Index, scope, sort));
            found.Add(new(ByState, StateOf(scope, row.State), sort));
            if (row.Inferred is { } why) found.Add(new(ByInferred, StateOf(scope, why), sort));
            if (sooner is not null) found.Add(new(ByDue, DueFor(scope, row.Next!.Owner), sooner));
        }
        return found;
    }

    // Lists show the greatest first, so what is due sooner must be greater.
    static string Sooner(Instant due) => $"{long.MaxValue - Math.Max(0, due.ToUnixTimeTicks()):D19}";
}
