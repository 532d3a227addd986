using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Tracking;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>All that the page of an order shows to one reader, as the API tells it.</summary>
/// <param name="Why">What was decided against somebody, the newest first.</param>
/// <param name="WhyText">What there is to say in one or two sentences.</param>
/// <param name="Findings">What contradicts itself in an order of a history.</param>
/// <param name="Money">Null: none of the reader's business.</param>
/// <param name="Position">Nothing of it is older than this.</param>
/// <param name="Record">Event by event, the newest first; for staff.</param>
public sealed record OrderFile(
    OrderBody Order, ImmutableArray<Explained> Why, string? WhyText, ImmutableArray<FindingBody> Findings,
    MoneyBody? Money, ImmutableArray<TimelineItem> Timeline, long Position,
    ImmutableArray<RecordedBody> Record = default)
{
    const int MostRefunds = 40;

    /// <summary>What most probably ended it in its history; null: nothing is inferred.</summary>
    public InferredBody? Inferred { get; init; }

    /// <summary>What its early end causes; null: nothing, or nothing of the reader's business.</summary>
    public RippleBody? Ripple { get; init; }

    /// <summary>What parts of the page show: the order itself, its money, and all that belongs to it.</summary>
    public ImmutableArray<Topic> OnOrder { get; init; } = [];

    /// <summary>With its payment and every refund that it can have.</summary>
    public ImmutableArray<Topic> OnMoney { get; init; } = [];

    /// <summary>With its parcel as well.</summary>
    public ImmutableArray<Topic> OnAll { get; init; } = [];

    /// <summary>The page's address.</summary>
    public string Href => HrefOf(Order.Id);

    /// <summary>The address of an order's page.</summary>
    public static string HrefOf(OrderId id) => $"/orders/{id.Seller.Code}/{id.Code}";

    /// <summary>When it ended; null: it hasn't.</summary>
    public Instant? EndedAt => Timeline.LastOrDefault(
        i => i.Event is "order.cancelled" or "order.lost" or "order.came-back" or "order.completed")?.At;

    /// <summary>
    /// The acts that the page has a place for: taking back stands where the act waits, and what waits isn't offered
    /// again.
    /// </summary>
    public ImmutableArray<ActionBody> Offered => [.. Order.Actions.Where(
        a => a.Name is not ("order.take-back" or "order.choose-way" or "order.withdraw-ways" or "order.answer-warning"
                or "order.lift-warning" or "order.uphold-warning")
            && (Order.Meant is null || a.Name is not "order.cancel")
            && (a.Allowed || Fits(a.Name)))];

    /// <summary>Of what isn't possible now, what somebody could look for.</summary>
    bool Fits(string action) => action switch
    {
        "order.withdraw" or "order.approve" or "order.refuse" => Order.Request is not null,
        "order.pick"     => Order.State is "placed" or "funded",
        "order.recall" or "order.take-in" => Order.State is "shipped",
        "order.extend"   => Order.State is "delivered",
        "order.amend"    => Order.State is "placed" or "funded",
        _                => true,
    };

    /// <summary>A refund that is still on its way; null: there is none.</summary>
    public RefundBody? Awaited => Money?.Refunds.FirstOrDefault(r => r.PaidAt is null);

    /// <summary>The same answers as <see cref="OrderEndpoints"/> gives, on one page.</summary>
    internal static async Task<OrderFile?> Of(
        string seller, string code, Caller caller, IPlatform platform, Store store)
    {
        var position = platform.Position;                                   // asked first: nothing slips in between
        if (await OrderEndpoints.Find(seller, code, caller, platform) is not { } seen) return null;
        var order = await Screenings.With(OrderView.Of(seen, caller, store.People), caller, platform);
        var timeline = (await OrderTimeline.Of(seen, caller, platform)).Items;
        if ((OrderEndpoints.ReadersOfMoney & caller.Role) == 0)
            return Follow(new(order, [], null, [], null, timeline, position), seen);
        var texts = caller.TextsIn(OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        var history = await OrderWhy.Happened(seen, caller, platform);
        var why = OrderWhy.Of(
            (OrderId)seen.Id, (Order.State)seen.State, history.Select(r => r.Event), seen.As, texts);
        var said = await Task.WhenAll(history.Reverse().Where(r => r.Event is IAdverse)
            .Select(r => Explain(r, seen, caller, platform, texts)));
        return Follow(new(
            order, [.. said],
            why.Text, why.Findings, await MoneyTrail.Of(seen, caller, platform), timeline, position,
            caller.IsStaff ? await HistoryEndpoints.Of(Recorded(seen), caller, platform, texts) : default)
            {
                Inferred = why.Inferred, Ripple = await OrderRipple.Of(seen, caller, platform),
            }, seen);
    }

    static OrderFile Follow(OrderFile file, Seen seen)
    {
        var order = Topic.Of(file.Order.Id);
        if (seen.State is not Order.State.Dealt { Deal: var deal })
            return file with { OnOrder = [order], OnMoney = [order], OnAll = [order] };
        // Each ends with at least one thing less: there can't be more refunds than that.
        var refunds = Enumerable.Range(0, Math.Min(MostRefunds, deal.Settled + file.Order.Units + 1))
            .Select(nth => Topic.Of(RefundId.Of(deal.Buyer, file.Order.Id, nth)));
        ImmutableArray<Topic> money = [order, .. OrderTimeline.PaymentsOf(deal).Select(p => Topic.Of(p)), .. refunds];
        return file with
        {
            OnOrder = [order], OnMoney = money, OnAll = [.. money, Topic.Of(ParcelId.Of(file.Order.Id))],
        };
    }

    /// <summary>The order, what belongs to it, and the checkout that it was born of.</summary>
    static IEnumerable<IId> Recorded(Seen seen) => seen.State is Order.State.Dealt { Deal: var deal }
        ? [.. OrderTimeline.Neighbours(seen), deal.Checkout] : OrderTimeline.Neighbours(seen);

    /// <summary>Staff also see how each side reads it.</summary>
    static async Task<Explained> Explain(Recorded r, Seen seen, Caller caller, IPlatform platform, Texts texts)
    {
        var (why, reader) = (((IAdverse)r.Event).Why, seen.As);
        // What its checkout decided is none of a seller's business.
        ImmutableArray<Party> readers = (reader & Party.Staff) == 0 ? [reader]
            : r.Event is Order.Event ? [reader, Party.Buyer, Party.Seller] : [reader, Party.Buyer];
        var readings = await Task.WhenAll(readers.Select(async party =>
        {
            var reading = Reading.Of(why, party, texts, OrderWhy.SubjectOf(r.Event, party, seen));
            return reading with { Statement = await AppealDesk.Told(reading.Statement, caller, platform) };
        }));
        return new(r.Position, [.. readings]);
    }
}

/// <summary>A decision as each of its readers reads it; the first one is whoever looks.</summary>
/// <param name="Position">Of the turn that made it.</param>
public sealed record Explained(long Position, ImmutableArray<Reading> Readings)
{
    /// <summary>What it is headed with: beside others, each by what was decided and when.</summary>
    internal string TitleFor(Reader reader, bool isOnly)
    {
        var (said, read) = (Readings[0].Statement, reader.OfReasons);
        return isOnly ? read.Say($"why.title-{Words.StateOf(said.Outcome.Split('.')[^1])}", "why.title-decided")
            : $"{read.Texts.Tell(said.Outcome).TrimEnd('.', '。')} · {read.DayAndTime(said.IssuedAt)}";
    }
}

/// <summary>A statement of reasons as one reader reads it.</summary>
/// <param name="Reader">Which party.</param>
/// <param name="Lead">The decision and its reason in one or two sentences.</param>
/// <param name="SeenBy">For each fact, which sides may know it.</param>
public sealed record Reading(
    Party Reader, string Lead, StatementBody Statement, ImmutableArray<ImmutableArray<Party>> SeenBy)
{
    static readonly ImmutableArray<Party> Sides = [Party.Buyer, Party.Seller];

    internal static Reading Of(Statement why, Party reader, Texts texts, Subject? subject = null) => new(
        reader, texts.Reasons.Lead(why, reader), Words.Of(why, reader, texts, subject),
        [.. why.Facts.Select(f => Sides.Where(s => (f.SeenBy & s) != 0).ToImmutableArray())]);
}
