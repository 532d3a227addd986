using System.Text.Json;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What is sent to an endpoint, as Standard Webhooks has it.</summary>
/// <param name="Type">What happened, e.g. <c>order.funded</c>.</param>
/// <param name="Timestamp">When (UTC).</param>
/// <param name="Data">As <c>/v1/events</c> tells it to the same reader.</param>
sealed record HookMessage(string Type, Instant Timestamp, TimelineItem Data);

/// <summary>Which events are for which endpoints: in the feed's own words for their owners, and nothing more.</summary>
sealed class HookQueue(HookFile file, IPlatform platform, Registry registry, ApiJson json)
{
    /// <summary>The platform's own endpoints belong to no person.</summary>
    public const string Platform = "platform";

    /// <summary>The code of what is sent to try an endpoint.</summary>
    public const string TestKind = "webhook.test";

    static readonly Texts English = Texts.In(Texts.Languages[0], DateTimeZone.Utc);

    /// <summary>There is something to send.</summary>
    public Action? Woken { get; set; }

    /// <summary>Whose endpoints somebody keeps; null: nobody's.</summary>
    public static string? OwnerOf(Actor who) => who switch
    {
        Actor.Seller a => a.Id.ToString(),
        Actor.Operator => Platform,
        Actor.Buyer or Actor.Warehouse or Actor.Agent or Actor.Carrier or Actor.Integration or Actor.Aggregate
            or Actor.Outside or Actor.Clock => null,
    };

    /// <summary>Through whose eyes an endpoint sees.</summary>
    public static Actor SightOf(string owner) =>
        SellerId.TryParse(owner, out var seller) ? new Actor.Seller(seller) : new Actor.Operator(Platform);

    /// <summary>Every event that an owner may hear of.</summary>
    public ImmutableArray<string> KindsFor(string owner) =>
    [
        .. from kind in registry.Kinds
           where owner == Platform || kind.Owner is OwnedBy.Seller
           from type in Closed.Cases(kind.Types.Event)
           let code = $"{kind.Name}.{Closed.NameOf(type.Name)}"
           orderby code
           select code,
    ];

    /// <summary>Somebody wants to be told of what happens.</summary>
    public bool IsWanted => !file.IsEmpty;

    /// <summary>Takes in what happened; said twice, it is kept once.</summary>
    public async Task Take(IEnumerable<Recorded> happened, CancellationToken stop)
    {
        if (file.IsEmpty) return;
        List<Delivery> all = [];
        foreach (var r in happened)
        {
            var kind = Telling.CodeOf(r);
            foreach (var hook in file.Hooks)
                if (r.At >= hook.CreatedAt && hook.Wants(kind) && await AsSeenBy(hook, r, stop) is { } item)
                    all.Add(Of(hook, $"{r.Position} {r.Nth} {r.At.ToUnixTimeTicks()}", r.Position, kind, r.At, item));
        }
        if (all.Count == 0) return;
        file.Add(all);
        Woken?.Invoke();
    }

    async Task<TimelineItem?> AsSeenBy(Hook hook, Recorded r, CancellationToken stop)
    {
        var who = SightOf(hook.Owner);
        if (FeedEndpoints.IsSurelyNot(r.Id, who, registry)) return null;
        return await platform.Read(r.Id, who, stop) is { } seen && Telling.IsFor(r.Event, seen.As)
            ? Telling.Of(r, seen.As, English) : null;
    }

    /// <summary>Something to try an endpoint with.</summary>
    public void Test(Hook hook, string key)
    {
        var now = platform.Now;
        var item = new TimelineItem(
            now, 0, $"webhook/{hook.Id}", TestKind, "platform", English.Tell("event.webhook.test"), [], null);
        file.Add([Of(hook, $"test {key}", 0, TestKind, now, item)]);
        Woken?.Invoke();
    }

    Delivery Of(Hook hook, string cause, long position, string kind, Instant at, TimelineItem item) => new(
        $"msg_{Derived.Code($"{hook.Id} {cause}")}", hook.Id, position, kind,
        JsonSerializer.SerializeToUtf8Bytes(new HookMessage(kind, at, item), json.Options), DeliveryState.Waiting, 0,
        platform.Now, platform.Now, null, 0, null, null);
}
