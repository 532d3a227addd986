using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Monitoring;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A brake on automatic cancellations.</summary>
/// <param name="Trigger">What would happen to the orders, e.g. <c>cancel.never-dispatched</c>.</param>
/// <param name="Seller">Only of this seller; left out: of all.</param>
/// <param name="Country">Only what goes there; left out: anywhere.</param>
/// <param name="Method">Only what was to be paid with that kind of method; left out: with anything.</param>
/// <param name="Due">So many were about to be cancelled when it was put on.</param>
/// <param name="Usual">So many usually are within that time.</param>
/// <param name="Until">Nothing of it is cancelled before (UTC); left out: they take their course.</param>
public sealed record BrakeBody(
    string Id, string State, string Trigger, string TriggerText, string? Seller, string? Country, int Due, int Usual,
    Instant PulledAt, Instant? Until, DryRunBody? DryRun = null, string? Method = null);

/// <summary>What letting them take their course would do; nothing is recorded.</summary>
/// <param name="Count">How many orders or checkouts there are; the first 200 are listed.</param>
/// <param name="ToBuyers">What would go back, by currency.</param>
/// <param name="Marks">What it would count against sellers.</param>
public sealed record DryRunBody(
    int Count, ImmutableArray<Money> ToBuyers, long Marks, ImmutableArray<DryRunItem> Orders);

/// <summary>One order or checkout of it.</summary>
/// <param name="Order">The text of its id.</param>
/// <param name="Seller">The text of its seller's id; left out: it has several.</param>
/// <param name="Outcome">What it comes to, e.g. <c>order.cancelled</c>.</param>
public sealed record DryRunItem(string Order, string? Seller, Instant Due, string Outcome, Money? ToBuyer, long Marks);

/// <summary>An operator's decision for all orders of a brake.</summary>
/// <param name="Until">They are put off until then (UTC); left out: each takes its course.</param>
public sealed record BrakeDecisionRequest(Instant? Until = null);

/// <summary>The brake on automatic cancellations, at the API and as pages.</summary>
static class BrakeEndpoints
{
    public const string Path = "/brakes";
    const int MostListed = 200;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var brakes = v1.MapGroup("/brakes").WithTags("Brakes");
        brakes.MapGet("", List).For(Party.Staff).WithName("listBrakes")
            .WithSummary("When automatic cancellations were put off as unusually many, the newest first.");
        brakes.MapGet("/{code}", Get).For(Party.Staff).WithName("getBrake")
            .WithSummary("One brake, with a dry run of what letting the orders take their course would do.");
        brakes.MapPost("/{code}/decision", Decide).For(Party.Operator).WithName("decideBrake")
            .WithSummary("Decide for all orders: put them off until an instant, or let them take their course.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (Caller caller, IPlatform platform, string? after) =>
            await List(caller, platform, after, null) is { Body: { } rows } ? Pages.Show<BrakesPage>(
                Reader.Of(caller.Http), new() { ["Rows"] = rows }) : Problems.NotFound).AsPage(Party.Staff);
        pages.MapGet($"{Path}/{{code}}", (string code, Caller caller, IPlatform platform, string? done) =>
            Show(code, caller, platform, null, done)).AsPage(Party.Staff);
        pages.MapPost($"{Path}/{{code}}/decision", DecideOnPage).AsPage(Party.Operator);
    }

    static async Task<IResult> Show(string code, Caller caller, IPlatform platform, Problem? refused, string? done)
    {
        var found = await Get(code, caller, platform);
        if (found.Body is not { } body) return found;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<BrakePage>(reader, new()
        {
            ["Body"] = body, ["Done"] = done is not null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> DecideOnPage(string code, FormWrite form, IPlatform platform)
    {
        Instant? until = form["choice"] is "let-go" ? null
            : LocalDatePattern.Iso.Parse(form["until"]) is { Success: true, Value: var day }
                ? day.AtMidnight().InUtc().ToInstant() : Instant.MinValue;
        var answer = await End(code, form, until, platform);
        return answer.Problem is { } no ? await Show(code, form.By, platform, no, null)
            : Results.LocalRedirect($"{Path}/{code}?done=1");
    }

    /// <summary>Brakes, the newest first.</summary>
    public static async Task<Answer<Rows<BrakeBody>>> List(Caller caller, IPlatform platform, string? after,
        int? limit) =>
        await Positions.Page(platform, caller, BrakeList.View, Scope.Index, caller.Scope, after, limit, row => Of(
            row.Brake, row.State, row.What, row.PulledAt, row.Until, caller.Texts));

    static BrakeBody Of(string id, string state, Rush what, Instant at, Instant? until, Texts texts) => new(
        id, Words.StateOf(state), what.Scope.Trigger, texts.Tell($"console.reason.{what.Scope.Trigger}"),
        what.Scope.Seller, what.Scope.Country, what.Due, what.Usual, at, until, Method: what.Scope.Method);

    static async Task<Answer<BrakeBody>> Get(string code, Caller caller, IPlatform platform)
    {
        if (!BrakeId.TryParse($"brake/platform/{code}", out var id)
            || await platform.Read(id, caller.Who, caller.Cancel) is not { State: Brake.State state } seen)
            return Problems.NotFound;
        var history = await platform.History(id, caller.Who, caller.Cancel) ?? [];
        var until = state switch { Brake.State.On s => s.Until, Brake.State.Off s => s.Until };
        return Answer<BrakeBody>.Of(Of(
            $"{id}", state.GetType().Name, state.What, history[0].At, until, caller.Texts) with
        {
            DryRun = state is Brake.State.On on ? await DryRun(on, caller, platform) : null,
        }, seen);
    }

    /// <summary>Lets the clock pass on each order, and records nothing.</summary>
    static async Task<DryRunBody> DryRun(Brake.State.On brake, Caller caller, IPlatform platform)
    {
        await Positions.AreShown(platform, caller);
        var ends = EndsAhead.By(platform, brake.Until + platform.InForce.Of<BrakeRules>().Ahead)
            .Where(e => e.IsIn(brake.What.Scope)).ToList();
        List<DryRunItem> items = [];
        foreach (var end in ends.Take(MostListed))
            if (!OrderId.TryParse(end.Id, out var id))
                // Nothing was charged yet, so nothing goes back.
                items.Add(new(end.Id, null, end.Due, "checkout.abandoned", null, 0));
            else if (await platform.Read(id, caller.Who, caller.Cancel) is { } seen
                && OrderStakes.Of(seen) is { } stakes)
                items.Add(new(end.Id, end.Seller, end.Due, stakes.Outcome, stakes.ToBuyer, stakes.Marks));
        return new(ends.Count,
            [.. items.Select(i => i.ToBuyer).OfType<Money>().GroupBy(m => m.Currency)
                .Select(g => g.Sum(g.Key)).OrderBy(m => m.Currency.Code, StringComparer.Ordinal)],
            items.Sum(i => i.Marks), [.. items]);
    }

    static Task<Answer<BrakeBody>> Decide(string code, WriteOf<BrakeDecisionRequest> write, IPlatform platform) =>
        End(code, write, write.Body.Until, platform);

    static async Task<Answer<BrakeBody>> End(string code, Write write, Instant? until, IPlatform platform)
    {
        if (!BrakeId.TryParse($"brake/platform/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, new Brake.Command.Decide(until)), write.By.Cancel);
        return outcome is Outcome.Done ? await Get(code, write.By, platform) : Problems.Of(outcome);
    }
}
