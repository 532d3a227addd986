using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Endpoints as their owners see them: what the API does, with forms.</summary>
static class HookPages
{
    const string Home = "/webhooks";
    const int OnAPage = 30;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Home, (Caller c, Hooks hooks) => List(c, hooks)).AsPage(HookEndpoints.Owners);
        pages.MapPost(Home, Make).AsPage(HookEndpoints.Owners);
        var one = pages.MapGroup($"{Home}/{{id}}");
        one.MapGet("", Get).AsPage(HookEndpoints.Owners);
        one.MapGet("/deliveries/{delivery}", Delivery).AsPage(HookEndpoints.Owners);
        one.MapPost("", Change).AsPage(HookEndpoints.Owners);
        one.MapPost("/secret", Rotate).AsPage(HookEndpoints.Owners);
        one.MapPost("/deliveries/{delivery}/redelivery", Redeliver).AsPage(HookEndpoints.Owners);
        one.MapPost("/{act}", Act).AsPage(HookEndpoints.Owners);
    }

    static IResult List(Caller caller, Hooks hooks, Problem? refused = null, WebhookRequest? sent = null)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<HooksPage>(reader, new()
        {
            ["Body"] = hooks.Of(HookEndpoints.OwnerOf(caller), reader.Texts), ["Sent"] = sent,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static WebhookRequest RequestOf(FormWrite form) => new(form["url"],
        form["all"] is not "" ? ["*"] : [.. form.Sent.Keys.Where(k => k.StartsWith("event-", StringComparison.Ordinal))
            .Select(k => k["event-".Length..]).Order(StringComparer.Ordinal)], form["note"]);

    /// <summary>The secret is in this answer only, so it leads nowhere else.</summary>
    static IResult Make(FormWrite form, Hooks hooks, HookFile file)
    {
        var request = RequestOf(form);
        var (hook, secret, problem) = hooks.Make(HookEndpoints.OwnerOf(form.By), request, form.Key);
        return problem is not null ? List(form.By, hooks, problem, request)
            : Show(hook!, form.By, hooks, file, new(secret, "made"));
    }

    /// <summary>What a page shows besides the endpoint itself.</summary>
    sealed record Besides(string? Secret = null, string? Done = null, Problem? Refused = null, string? State = null,
        string? After = null);

    static IResult Show(Hook hook, Caller caller, Hooks hooks, HookFile file, Besides more)
    {
        // Also what was answered to a form stands at the endpoint's own address.
        var reader = Reader.Of(caller.Http) with { Path = $"{Home}/{hook.Id}" };
        var (items, next) = file.List(hook.Id, HookEndpoints.StateIn(more.State), more.After, OnAPage);
        return Pages.Show<HookPage>(reader, new()
        {
            ["Hook"] = hooks.Body(hook, reader.Texts, more.Secret),
            ["Kinds"] = hooks.Of(hook.Owner, reader.Texts).Kinds,
            ["Rows"] = new Rows<DeliveryBody>([.. items.Select(d => HookEndpoints.Of(d))], next, false),
            ["Done"] = more.Done is { } done && reader.Texts.Has($"console.webhooks.done-{done}")
                ? $"webhooks.done-{done}" : null,
            ["Refused"] = more.Refused is { } no ? Problems.Body(no, reader.Texts, caller.Http) : null,
        }, more.Refused?.Status ?? 200);
    }

    static IResult With(string id, Caller caller, Hooks hooks, Func<Hook, IResult> act) =>
        hooks.Find(HookEndpoints.OwnerOf(caller), id) is { } hook ? act(hook) : Problems.NotFound;

    static IResult Get(
        string id, Caller caller, Hooks hooks, HookFile file, string? done, string? state, string? after) =>
        With(id, caller, hooks, h => Show(h, caller, hooks, file, new(null, done, null, state, after)));

    static IResult Delivery(string id, string delivery, Caller caller, Hooks hooks, HookFile file) =>
        With(id, caller, hooks, hook => HookEndpoints.Find(hook, delivery, file) is not { } found ? Problems.NotFound
            : Pages.Show<DeliveryPage>(Reader.Of(caller.Http), new()
            {
                ["Hook"] = id, ["Url"] = hook.Url, ["Body"] = HookEndpoints.Of(found, whole: true),
            }));

    static IResult Change(string id, FormWrite form, Hooks hooks, HookFile file) =>
        With(id, form.By, hooks, hook =>
        {
            var (_, problem) = hooks.Change(hook, RequestOf(form));
            return problem is null ? Results.LocalRedirect($"{Home}/{id}?done=changed")
                : Show(hook, form.By, hooks, file, new(Refused: problem));
        });

    static IResult Rotate(string id, FormWrite form, Hooks hooks, HookFile file) =>
        With(id, form.By, hooks, hook =>
        {
            var (after, secret) = hooks.Rotate(hook, form.Key);
            return Show(after, form.By, hooks, file, new(secret, "rotated"));
        });

    static IResult Redeliver(
        string id, string delivery, FormWrite form, Hooks hooks, HookFile file, HookQueue queue, IPlatform platform) =>
        With(id, form.By, hooks, hook =>
        {
            if (HookEndpoints.Find(hook, delivery, file) is null) return Problems.NotFound;
            file.Again(delivery, platform.Now);
            queue.Woken?.Invoke();
            return Results.LocalRedirect($"{Home}/{id}?done=again");
        });

    static IResult Act(
        string id, string act, FormWrite form, Hooks hooks, HookFile file, HookQueue queue, IPlatform platform) =>
        With(id, form.By, hooks, hook =>
        {
            switch (act)
            {
                case "pause": hooks.Pause(hook); break;
                case "resume": hooks.Go(hook); break;
                case "test" when hooks.Test(hook, form.Key) is { } problem:
                    return Show(hook, form.By, hooks, file, new(Refused: problem));
                case "test": break;
                case "removal":
                    hooks.Remove(hook);
                    return Results.LocalRedirect(Home);
                case "redelivery":
                    file.AgainSince(hook.Id, Instant.MinValue, platform.Now);
                    queue.Woken?.Invoke();
                    break;
                default: return Problems.NotFound;
            }
            return Results.LocalRedirect($"{Home}/{id}?done={act}");
        });
}
