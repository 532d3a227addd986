using Recourse.Catalog;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.People;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Payouts;
using Recourse.Wallets;
using Recourse.Runtime;
using Order = Recourse.Orders.Order;
namespace Recourse.Web;

/// <summary>Something that its reader is told.</summary>
/// <param name="Id">Stable; it is the cursor of the list too.</param>
/// <param name="Code">What it is; the words may change, this doesn't.</param>
/// <param name="Topic">By which it can be chosen.</param>
/// <param name="Title">In a few words, in the reader's language.</param>
/// <param name="Text">All of it.</param>
/// <param name="About">The id of what it is about.</param>
/// <param name="Goods">What was bought; left out where it is about no order.</param>
/// <param name="Href">The page of it; left out: there is none.</param>
/// <param name="Statement">What was decided, with its reasons; left out: nothing was.</param>
public sealed record NoticeBody(
    string Id, long Position, Instant At, string Code, Matter Topic, string Title, string Text, string About,
    string? Goods, string? Href, bool Read, StatementBody? Statement)
{
    /// <summary>The language of its words, a BCP 47 tag: statements of reasons have more than pages.</summary>
    public string? Language { get; init; }
}

/// <summary>An inbox, the newest first.</summary>
/// <param name="Next">Say it as <c>after</c> to get older ones; left out: there are none.</param>
/// <param name="Unread">How many are unread; 100 stands for as many or more.</param>
/// <param name="ReadUpTo">Up to which position everything was read.</param>
/// <param name="CatchingUp">The newest may not be here yet.</param>
public sealed record InboxBody(
    ImmutableArray<NoticeBody> Items, string? Next, int Unread, long ReadUpTo, bool CatchingUp);

/// <summary>Tells notices anew, from the event and what it is about, to one reader in their language.</summary>
sealed class Inbox(IPlatform platform, Store store, Registry registry, NoticeFile file, Live live)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whose inbox somebody reads; null: they have none.</summary>
    public static string? PersonOf(Actor who) => who switch
    {
        Actor.Buyer a  => a.Id.ToString(),
        Actor.Seller a => a.Id.ToString(),
        Actor.Agent or Actor.Operator => Notice.Staff,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Aggregate or Actor.Outside or Actor.Clock =>
            null,
    };

    /// <summary>Somebody by whose id a notice is addressed; null: nobody in particular.</summary>
    public static Actor? ActorOf(string person) =>
        BuyerId.TryParse(person, out var buyer) ? new Actor.Buyer(buyer)
        : PersonId.TryParse(person, out var somebody) ? new Actor.Buyer(new(somebody.Code))
        : SellerId.TryParse(person, out var seller) ? new Actor.Seller(seller) : null;

    /// <summary>How much somebody has not read.</summary>
    public int UnreadOf(Actor who) => PersonOf(who) is { } person ? file.Unread(person, who.Name) : 0;

    /// <summary>A page of somebody's inbox.</summary>
    public async Task<InboxBody> Of(Caller caller, string? after, int? limit)
    {
        var isShown = await IsShown(caller);
        if (PersonOf(caller.Who) is not { } person) return new([], null, 0, 0, !isShown);
        var (places, next) = file.List(person, after, Positions.Limit(limit));
        var read = file.SeenBy(caller.Who.Name);
        var items = await Tell(places, caller.Who, caller.TextsIn, read, caller.Cancel);
        return new(items, next, file.Unread(person, caller.Who.Name), read, !isShown);
    }

    /// <summary>Whoever says a position waits until it was told.</summary>
    async Task<bool> IsShown(Caller caller)
    {
        if (Positions.Asked(caller) is not { } position) return true;
        for (var until = Environment.TickCount64 + Patience.TotalMilliseconds; file.Position < position;)
        {
            if (Environment.TickCount64 > until) return false;
            await Task.Delay(20, caller.Cancel);
        }
        return true;
    }

    /// <summary>Everything up to there was read.</summary>
    public InboxReadBody Read(Actor who, long upTo)
    {
        file.See(who.Name, upTo);
        if (PersonOf(who) is { } person) live.Tell(Topic.Inbox(person));
        return new(UnreadOf(who), file.SeenBy(who.Name));
    }

    /// <summary>Notices in words; what its reader may not see is left out.</summary>
    public async Task<ImmutableArray<NoticeBody>> Tell(
        ImmutableArray<NoticePlace> places, Actor who, Func<string, Texts> texts, long read, CancellationToken cancel)
    {
        var turns = store.Journal.At([.. places.Select(p => p.Position).Distinct()])
            .ToDictionary(t => t.Position, t => t.Turn);
        List<NoticeBody> all = [];
        foreach (var place in places)
        {
            if (!turns.TryGetValue(place.Position, out var turn)) continue;
            var recorded = Recordings.Of(place.Position, turn).ElementAtOrDefault(place.Nth);
            if (recorded is not null && await Tell(recorded, place, who, texts, read, cancel) is { } told)
                all.Add(told);
        }
        return [.. all];
    }

    async Task<NoticeBody?> Tell(
        Recorded r, NoticePlace place, Actor who, Func<string, Texts> textsIn, long read, CancellationToken cancel)
    {
        if (await platform.Read(r.Id, who, cancel) is not { } seen) return null;
        if (registry.Of(r.Id).Notices(r.Id, seen.State, r.Event).ElementAtOrDefault(place.Part) is not { } notice)
            return null;
        var order = notice.About is not OrderId id ? null
            : id.Equals(r.Id) ? seen : await platform.Read(id, who, cancel);
        var state = order?.State as Order.State;
        var texts = textsIn(state is null ? "UTC" : OrderView.ZoneOf(state, order!.Asked));
        // In the language of statements, of which it may be one, where it has words for it.
        var said = texts.Reasons.HasOwn($"notice.title.{notice.Code}") ? texts.Reasons : texts;
        return new(
            $"{place}", r.Position, r.At, notice.Code, notice.Topic,
            said.Fill($"notice.title.{notice.Code}", notice.Facts), TextOf(notice, said), $"{notice.About}",
            (state as Order.State.Dealt) is { } dealt ? GoodsOf(dealt.Deal, texts) : null,
            HrefOf(notice), r.Position <= read,
            notice.Why is { } why ? Words.Of(why, notice.As, texts) : null) { Language = said.Language };
    }

    static string TextOf(Notice notice, Texts texts)
    {
        var own = texts.Has($"notice.{notice.Code}") ? texts.Fill($"notice.{notice.Code}", notice.Facts) : null;
        var why = notice.Why is { } w ? texts.TellReason(w, notice.As) : null;
        return string.Join(' ', new[] { why, own }.OfType<string>());
    }

    static string GoodsOf(Deal deal, Texts texts) => deal.Lines switch
    {
        []              => deal.Order.Code,
        [var only]      => Of(only),
        [var a, var b]  => texts.Fill("console.order.two", [("first", Of(a)), ("second", Of(b))]),
        [var first, ..] => texts.Fill("console.order.more", [("first", Of(first)), ("n", deal.Lines.Length - 1)]),
    };

    static string Of(Line line) => line.Quantity > 1 ? $"{line.Quantity} × {line.Title}" : line.Title;

    /// <summary>Where what was decided is explained on a page of its own; null: the thing's own page does.</summary>
    public static string? WhyOf(NoticeBody notice) => notice is { Statement: not null, Href: { } href }
        && (href.StartsWith("/orders/", StringComparison.Ordinal)
            || href.StartsWith("/checkouts/", StringComparison.Ordinal)) ? $"{href}/why" : null;

    static bool IsStaffs(Notice notice) => (notice.As & Party.Staff) != 0;

    /// <summary>Where the page of something is; null: there is none.</summary>
    static string? HrefOf(Notice notice) => notice.About switch
    {
        PayoutId id when IsStaffs(notice)   => StaffLinks.Of($"{id.Owner}"),
        EarningsId id when IsStaffs(notice) => StaffLinks.Of($"{id.Seller}"),
        OrderId id    => OrderFile.HrefOf(id),
        CheckoutId id => CheckoutPages.HrefOf(id),
        ListingId id  => $"/listings/{id.Code}",
        AppealId id   => AppealPages.HrefOf(id),
        SupplyPlanId id => PlanPages.HrefOf(id),
        ReasonCaseId id => ReasonPages.HrefOf(id),
        Recourse.Monitoring.BrakeId id => $"{BrakeEndpoints.Path}/{id.Code}",
        BuyerId       => StandingEndpoints.Path,
        WalletId id   => $"{WalletPages.Path}/{id.Code}",
        RefundId id   => WalletPages.HrefOf(id),
        PayoutId id   => id.Buyer is null ? PayoutPages.OfSeller : WalletPages.Path,
        EarningsId    => PayoutPages.OfSeller,
        StockItemId id => $"/stock/items/{id.Sku.Code}",
        _             => null,
    };
}
