using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>One event for one endpoint.</summary>
/// <param name="Id">The message's id, the same at every try.</param>
/// <param name="Event">What happened.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>failed</c>.</param>
/// <param name="Due">When it is tried next (UTC); left out: it isn't.</param>
/// <param name="Status">The last answer's status; left out: none came.</param>
/// <param name="Said">How the last answer starts, or why there is none.</param>
/// <param name="Took">How long the last try took, in milliseconds.</param>
/// <param name="Sent">What is sent, as it is signed; left out in lists.</param>
public sealed record DeliveryBody(
    string Id, string Event, long Position, string State, int Tries, Instant At, Instant? TriedAt, Instant? Due,
    int? Status, string? Said, int Took, string? Sent);

/// <summary>Since when what failed is sent again.</summary>
public sealed record RedeliveryRequest(Instant Since);

/// <summary>Endpoints of sellers and of the platform, over the API.</summary>
static class HookEndpoints
{
    /// <summary>Who has endpoints.</summary>
    public const Party Owners = Party.Seller | Party.Operator;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var all = v1.MapGroup("/webhooks").WithTags("Webhooks");
        all.MapGet("", (Caller c, Hooks hooks) => (Answer<WebhooksBody>)hooks.Of(OwnerOf(c), c.Texts)).For(Owners)
            .WithName("listWebhooks").WithSummary("Your endpoints, and every event that can be sent to them.");
        all.MapPost("", Make).For(Owners).WithName("makeWebhook")
            .WithSummary("A new endpoint. Its secret is shown in this answer and never again.");
        all.MapGet("/{id}", (string id, Caller c, Hooks hooks) =>
                With(id, c, hooks, h => hooks.Body(h, c.Texts))).For(Owners)
            .WithName("getWebhook").WithSummary("One endpoint, and how it is doing.");
        all.MapPut("/{id}", Change).For(Owners).WithName("changeWebhook")
            .WithSummary("Change where it is and what it hears of.");
        all.MapDelete("/{id}", Remove).For(Owners).WithName("removeWebhook")
            .WithSummary("Take it away, with what waits for it.");
        all.MapPost("/{id}/secret", Rotate).For(Owners).WithName("rotateWebhookSecret")
            .WithSummary("A new secret, shown once. For 24 hours messages bear signatures of both.");
        all.MapPost("/{id}/pause", (string id, BareWrite w, Hooks hooks) =>
                With(id, w.By, hooks, h => hooks.Body(hooks.Pause(h), w.By.Texts))).For(Owners)
            .WithName("pauseWebhook").WithSummary("Call it no more; what happens meanwhile waits for it.");
        all.MapPost("/{id}/resume", (string id, BareWrite w, Hooks hooks) =>
                With(id, w.By, hooks, h => hooks.Body(hooks.Go(h), w.By.Texts))).For(Owners)
            .WithName("resumeWebhook").WithSummary("Call it again, beginning with what waits.");
        all.MapPost("/{id}/test", Test).For(Owners).WithName("testWebhook")
            .WithSummary("Send it an event of kind webhook.test.");
        MapDeliveries(all.MapGroup("/{id}/deliveries"));
    }

    static void MapDeliveries(RouteGroupBuilder deliveries)
    {
        deliveries.MapGet("", List).For(Owners).WithName("listDeliveries")
            .WithSummary("What was sent to it and what it answered, the newest first.");
        deliveries.MapGet("/{delivery}", Get).For(Owners).WithName("getDelivery")
            .WithSummary("One of them, with what was sent.");
        deliveries.MapPost("/{delivery}/redelivery", Redeliver).For(Owners).WithName("redeliver")
            .WithSummary("Send it again, under the same id.");
        deliveries.MapPost("/redelivery", RedeliverAll).For(Owners).WithName("redeliverFailed")
            .WithSummary("Send all again that failed since an instant, under their own ids.");
    }

    /// <summary>Whose endpoints the caller keeps.</summary>
    public static string OwnerOf(Caller caller) => HookQueue.OwnerOf(caller.Who)
        ?? throw new InvalidOperationException("Only sellers and operators have endpoints.");

    static Answer<T> With<T>(string id, Caller caller, Hooks hooks, Func<Hook, Answer<T>> act) where T : class =>
        hooks.Find(OwnerOf(caller), id) is { } hook ? act(hook) : Problems.NotFound;

    static Answer<WebhookBody> With(string id, Caller caller, Hooks hooks, Func<Hook, WebhookBody> act) =>
        With<WebhookBody>(id, caller, hooks, h => act(h));

    static Answer<WebhookBody> Make(WriteOf<WebhookRequest> write, Hooks hooks)
    {
        var (hook, secret, problem) = hooks.Make(OwnerOf(write.By), write.Body, write.Key);
        if (problem is not null) return problem;
        Answer<WebhookBody> answer = hooks.Body(hook!, write.By.Texts, secret);
        return answer.With(201, $"/v1/webhooks/{hook!.Id}");
    }

    static Answer<WebhookBody> Change(string id, WriteOf<WebhookRequest> write, Hooks hooks) =>
        With<WebhookBody>(id, write.By, hooks, hook =>
        {
            var (after, problem) = hooks.Change(hook, write.Body);
            if (problem is not null) return problem;
            return after is null ? Problems.NotFound : hooks.Body(after, write.By.Texts);
        });

    static Answer<WebhookBody> Remove(string id, BareWrite write, Hooks hooks) =>
        With(id, write.By, hooks, hook =>
        {
            var body = hooks.Body(hook, write.By.Texts);
            hooks.Remove(hook);
            return body;
        });

    static Answer<WebhookBody> Rotate(string id, BareWrite write, Hooks hooks) =>
        With(id, write.By, hooks, hook =>
        {
            var (after, secret) = hooks.Rotate(hook, write.Key);
            return hooks.Body(after, write.By.Texts, secret);
        });

    static Answer<WebhookBody> Test(string id, BareWrite write, Hooks hooks) =>
        With<WebhookBody>(id, write.By, hooks, hook =>
            hooks.Test(hook, write.Key) is { } problem ? problem : hooks.Body(hook, write.By.Texts));

    static Answer<Rows<DeliveryBody>> List(
        string id, Caller caller, Hooks hooks, HookFile file, string? state, string? after, int? limit)
    {
        var known = StateIn(state);
        if (state is not null && known is null)
            return Problems.BadParameter("state", "waiting, delivered or failed");
        return With<Rows<DeliveryBody>>(id, caller, hooks, hook =>
        {
            var (items, next) = file.List(hook.Id, known, after, Positions.Limit(limit));
            return new Rows<DeliveryBody>([.. items.Select(d => Of(d))], next, false);
        });
    }

    /// <summary>A state as it is written; null: there is none such.</summary>
    public static DeliveryState? StateIn(string? text) =>
        Enum.GetValues<DeliveryState>().Where(s => Words.StateOf($"{s}") == text).Select(s => (DeliveryState?)s)
            .FirstOrDefault();

    static Answer<DeliveryBody> Get(string id, string delivery, Caller caller, Hooks hooks, HookFile file) =>
        With<DeliveryBody>(id, caller, hooks, hook =>
            Find(hook, delivery, file) is { } found ? Of(found, whole: true) : Problems.NotFound);

    /// <summary>A delivery of that endpoint; null: there is none.</summary>
    public static Delivery? Find(Hook hook, string delivery, HookFile file) =>
        file.FindDelivery(delivery) is { } found && found.Hook == hook.Id ? found : null;

    static Answer<DeliveryBody> Redeliver(
        string id, string delivery, BareWrite write, Hooks hooks, HookFile file, HookQueue queue,
        IPlatform platform) =>
        With<DeliveryBody>(id, write.By, hooks, hook =>
        {
            if (Find(hook, delivery, file) is null) return Problems.NotFound;
            file.Again(delivery, platform.Now);
            queue.Woken?.Invoke();
            return Of(file.FindDelivery(delivery)!);
        });

    static Answer<WebhookBody> RedeliverAll(
        string id, WriteOf<RedeliveryRequest> write, Hooks hooks, HookFile file, HookQueue queue,
        IPlatform platform) =>
        With(id, write.By, hooks, hook =>
        {
            file.AgainSince(hook.Id, write.Body.Since, platform.Now);
            queue.Woken?.Invoke();
            return hooks.Body(hook, write.By.Texts);
        });

    /// <summary>A delivery as its owner reads it.</summary>
    public static DeliveryBody Of(Delivery d, bool whole = false) => new(
        d.Id, d.Kind, d.Position, Words.StateOf($"{d.State}"), d.Tries, d.At, d.TriedAt,
        d.State is DeliveryState.Waiting ? d.Due : null, d.Status, d.Said, d.Took,
        whole ? Encoding.UTF8.GetString(d.Body) : null);
}
