using System.Collections.Concurrent;
using Recourse.Catalog;
using Recourse.Client;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Demo;

/// <summary>
/// The public API as a door: everybody asks with a key of their own, and hears of the world by its feed. Whoever lives
/// at it does one thing at a time; calls go on meanwhile.
/// </summary>
/// <param name="http">Has the server's address.</param>
/// <param name="now">What time it is there.</param>
/// <param name="keyOf">The key that someone acts with.</param>
/// <param name="life">Sets apart what is said in this life from what was said in earlier ones.</param>
public sealed class ClientDoor(
    HttpClient http, Registry registry, Func<Instant> now, Random chance, Func<Actor, string> keyOf,
    string life) : IDoor
{
    const int MostAtOnce = 16;
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    readonly PriorityQueue<Action, Instant> _agenda = new();
    readonly ConcurrentQueue<Action> _posted = [];
    readonly ConcurrentDictionary<string, RecourseClient> _clients = [];
    readonly Actor _ear = new Actor.Operator("demo-town");
    Action<News> _heard = _ => { };
    int _calling;

    /// <inheritdoc/>
    public Instant Now => now();

    /// <inheritdoc/>
    public Random Chance => chance;

    /// <summary>Calls that went wrong in a way that nobody could foresee.</summary>
    public Action<Exception> Wrong { get; init; } = _ => { };

    /// <inheritdoc/>
    public void At(Instant instant, Action then) => _agenda.Enqueue(then, instant);

    /// <inheritdoc/>
    public void Follow(Action<News> heard) => _heard += heard;

    /// <summary>Someone's client.</summary>
    public RecourseClient Client(Actor who) =>
        _clients.GetOrAdd(who.Name, _ => new RecourseClient(http, keyOf(who)) { Language = "en" });

    /// <summary>People live until they are told to stop.</summary>
    /// <param name="after">They hear of what happens after that position.</param>
    public async Task Live(long after, CancellationToken stop)
    {
        var hearing = Task.Run(() => Hear(after, stop), stop);
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                while (_posted.TryDequeue(out var act)) act();
                var time = Now;
                while (Volatile.Read(ref _calling) < MostAtOnce && _agenda.TryPeek(out var then, out var at)
                    && at <= time)
                {
                    _agenda.Dequeue();
                    then();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        await hearing.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    async Task Hear(long after, CancellationToken stop)
    {
        await foreach (var page in Client(_ear).FollowEventsAsync(after, stop))
            foreach (var item in page.Events)
                try
                {
                    if (await Told(item, stop) is { } news) _posted.Enqueue(() => _heard(news));
                }
                catch (Exception e) when (e is RecourseException or HttpRequestException) { Wrong(e); }
    }

    async Task<News?> Told(TimelineItem item, CancellationToken stop)
    {
        if (registry.Parse(item.Of) is not { } id) return null;
        var news = new News(id, item.Event);
        switch (item.Event)
        {
            case "order.placed":
                var order = (OrderId)id;
                OrderBody body = await Client(_ear).GetOrderAsync(
                    order.Seller.Code, order.Code, cancellationToken: stop);
                return BuyerId.TryParse(body.Buyer, out var buyer) ? news with { Buyer = buyer } : news;
            case "order.shipped":
                return news with { Carrier = item.Facts.First(f => f.Name == "carrier").Value?.ToString() };
            case "listing.published" or "listing.revised":
                var (owner, code) = Recourse.Client.Id.Split(item.Of);
                ListingBody listing = await Client(_ear).GetListingAsync(owner, code, cancellationToken: stop);
                return listing.Offer is { } offer ? news with { Offer = Offers.Of(offer) } : null;
            case "appeal.lodged":
                var (of, appeal) = Recourse.Client.Id.Split(item.Of);
                AppealBody lodged = await Client(_ear).GetAppealAsync(of, appeal, stop);
                return SellerId.TryParse(lodged.Hearing?.Of, out var other) ? news with { Seller = other } : news;
            default: return id is SupplyPlanId plan ? await UnderWay.Told(Client(_ear), plan, item.Event, stop) : news;
        }
    }

    /// <inheritdoc/>
    public void Look(OrderId order, Actor who, Action<ImmutableArray<Portion>> standing) => Run(async () =>
    {
        OrderBody body = await Client(who).GetOrderAsync(order.Seller.Code, order.Code);
        ImmutableArray<Portion> all = [.. body.Lines.Select(l => new Portion(l.Number, l.Quantity))];
        _posted.Enqueue(() => standing(all));
    }, () => { });

    /// <inheritdoc/>
    public void LookClosely(OrderId order, Actor who, Action<ImmutableArray<Standing>> standing) => Run(async () =>
    {
        OrderBody body = await Client(who).GetOrderAsync(order.Seller.Code, order.Code);
        ImmutableArray<Standing> all =
        [
            .. from l in body.Lines
               where ListingId.TryParse(l.Listing, out _)
               select new Standing(
                   l.Number, l.Quantity, ListingId.TryParse(l.Listing, out var id) ? id : default, new(l.Sku)),
        ];
        _posted.Enqueue(() => standing(all));
    }, () => { });

    /// <inheritdoc/>
    public void Look(BuyerId who, Purchase purchase, Action<Purchase, ImmutableArray<Finding>> found) => Run(async () =>
    {
        QuoteBody told = await Client(new Actor.Buyer(who)).QuoteCheckoutAsync(Calls.Question(purchase));
        ImmutableArray<Finding> all =
            [.. told.Findings.Select(f => new Finding(f.Id, f.Code, f.Stops, [.. f.Fixes.Select(x => x.Id)]))];
        var now = Calls.With(purchase, told);
        _posted.Enqueue(() => found(now, all));
    }, () => { });

    /// <inheritdoc/>
    public void Ask(Ask ask, Action<Outcome> reply) => Run(async () =>
    {
        var position = await Calls.Make(Client(ask.Who), ask, $"{life}-{ask.Key}");
        _posted.Enqueue(() => reply(new Outcome.Done(0, position ?? 0, ask.Command)));
    }, () => reply(new Outcome.Unknown()), () => reply(new Outcome.Refused([])));

    void Run(Func<Task> call, Action unknown, Action? refused = null)
    {
        Interlocked.Increment(ref _calling);
        _ = Task.Run(async () =>
        {
            try { await call(); }
            catch (RecourseException e) when (!e.PassesByItself && e.StatusCode < 500)
            {
                if (refused is not null) _posted.Enqueue(refused);          // they hear "no", as people do
            }
            catch (Exception e) when (e is RecourseException or HttpRequestException or TaskCanceledException)
            {
                _posted.Enqueue(unknown);
            }
            catch (Exception e) when (e is not OutOfMemoryException) { Wrong(e); }
            finally { Interlocked.Decrement(ref _calling); }
        });
    }
}
