using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Catalog;
using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A large order that is served in instalments.</summary>
/// <param name="Price">What one costs, in each instalment: less where the listing has become cheaper.</param>
/// <param name="First">The order that it began with.</param>
/// <param name="Asked">Units in all, those of the first order included.</param>
/// <param name="Taken">How many of them were ordered.</param>
/// <param name="Ahead">How many are still to come.</param>
/// <param name="Ready">How many can be ordered now, until the next step is due; 0: none.</param>
/// <param name="Next">Who must act; left out: nobody.</param>
/// <param name="Why">Why it went no further, was shortened or put off last; left out: it wasn't.</param>
/// <param name="Reasons">For its seller and staff: why it can be shortened or ended.</param>
/// <param name="Business">For which business its buyer buys; left out: they didn't say.</param>
public sealed record PlanBody(
    SupplyPlanId Id, string State, string StateText, BuyerId Buyer, SellerId Seller, ListingId Listing, string Sku,
    string Title, Money Price, OrderId First, int Asked, int Taken, int Ahead, int Ready,
    ImmutableArray<InstalmentBody> Instalments, NextStep? Next, StatementBody? Why, ImmutableArray<string> Reasons,
    ImmutableArray<ActionBody> Actions, BusinessBody? Business = null);

/// <summary>Units that can be bought from a day on.</summary>
/// <param name="Nth">From 1, which is the first order.</param>
/// <param name="From">When they are set aside for the buyer (UTC).</param>
/// <param name="State">
/// <c>planned</c>, <c>short</c> (there are not enough yet), <c>offered</c>, <c>taken</c>, <c>letGo</c> (not all of it
/// was ordered) or <c>dropped</c> (it doesn't come).
/// </param>
/// <param name="Taken">How many were ordered.</param>
/// <param name="Aside">How many were set aside, while it is under way.</param>
public sealed record InstalmentBody(int Nth, int Units, Instant From, string State, int? Taken, int? Aside);

/// <summary>A plan in a list.</summary>
public sealed record PlanItem(
    string Id, string State, string Buyer, string Seller, string Title, int Asked, int Taken, int Ahead,
    Instant? WaitsUntil);

/// <summary>Fewer units are still to come.</summary>
/// <param name="Left">Units that still come, after the instalment that is under way.</param>
/// <param name="Reason">By the rulebook's list, e.g. <c>plan.supply-fell-short</c>.</param>
public sealed record ShorteningRequest(int Left, string Reason);

/// <summary>What has not begun comes later.</summary>
/// <param name="From">When the next that has not begun comes then (UTC); the others keep their distance.</param>
public sealed record PlanMoveRequest(Instant From);

/// <summary>A plan goes no further.</summary>
/// <param name="Reason">By the rulebook's list; left out by its buyer, who needs none.</param>
public sealed record PlanEndRequest(string? Reason = null);

/// <summary>Large orders in instalments: looked at by both sides, brought forward, shortened and ended.</summary>
static class PlanEndpoints
{
    /// <summary>Whoever it concerns.</summary>
    public const Party Readers = Party.Buyer | Party.Seller | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var plans = v1.MapGroup("/plans").WithTags("Instalments");
        plans.MapGet("", List).For(Readers).WithName("listPlans")
            .WithSummary("Large orders that are served in instalments, the newest first.");
        plans.MapGet("/{seller}/{code}", Get).For(Readers).WithName("getPlan")
            .WithSummary("What was asked for, what comes when, and who must act. An instalment that is offered is "
                + "bought by an ordinary checkout of its listing.");
        plans.MapPost("/{seller}/{code}/bring-forward", BringForward).For(Party.Seller).WithName("bringPlanForward")
            .WithSummary("There is enough: the next instalment comes now.");
        plans.MapPost("/{seller}/{code}/shorten", Shorten).For(Party.Seller).WithName("shortenPlan")
            .WithSummary("Bring fewer units than planned; the buyer is told why.");
        plans.MapPost("/{seller}/{code}/move", Move).For(Party.Buyer).WithName("movePlan")
            .WithSummary("Put all that has not begun on later days.");
        plans.MapPost("/{seller}/{code}/end", End).For(Readers).WithName("endPlan")
            .WithSummary("Go no further; what was ordered stays ordered.");
    }

    /// <summary>Plans, the newest first.</summary>
    public static async Task<Answer<Rows<PlanItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit) => await Positions.Page(
        platform, caller, PlanList.View, Scope.Index, caller.Scope, after, limit, row => new PlanItem(
            row.Plan, Words.StateOf(row.State), row.Buyer, row.Seller, row.Title, row.Asked, row.Taken, row.Ahead,
            row.WaitsUntil));

    /// <summary>Null: it is none.</summary>
    public static SupplyPlanId? IdOf(string seller, string code) =>
        SupplyPlanId.TryParse($"plan/{seller}/{code}", out var id) ? id : null;

    /// <summary>One plan.</summary>
    public static async Task<Answer<PlanBody>> Get(
        string seller, string code, Caller caller, IPlatform platform, Store store)
    {
        if (IdOf(seller, code) is not { } id
            || await platform.Read(id, caller.Who, caller.Cancel) is not { } seen) return Problems.NotFound;
        var business = await BusinessEndpoints.Of(
            ((SupplyPlan.State)seen.State).Terms.Buyer, seen.As, platform, store.People, caller.Cancel);
        var last = (await platform.History(id, caller.Who, caller.Cancel))?.LastOrDefault(r => r.Event is IAdverse);
        return Answer<PlanBody>.Of(Of(seen, caller.Texts) with
        {
            Business = business,
            Why = last is null ? null : await AppealDesk.Told(Words.Of(
                ((IAdverse)last.Event).Why, seen.As, caller.Texts,
                last.Event is SupplyPlan.Event.PutOff ? null
                    : new Subject.Plan(id, ((SupplyPlan.State)seen.State).Terms.Buyer)), caller, platform),
        }, seen);
    }

    static Task<Answer<PlanBody>> BringForward(string seller, string code, BareWrite write, IPlatform platform) =>
        Ask(seller, code, write, new SupplyPlan.Command.BringForward(), platform);

    static Task<Answer<PlanBody>> Shorten(
        string seller, string code, WriteOf<ShorteningRequest> write, IPlatform platform) =>
        Ask(seller, code, write, new SupplyPlan.Command.Shorten(write.Body.Left, write.Body.Reason), platform);

    static Task<Answer<PlanBody>> Move(
        string seller, string code, WriteOf<PlanMoveRequest> write, IPlatform platform) =>
        Ask(seller, code, write, new SupplyPlan.Command.Move(write.Body.From), platform);

    static Task<Answer<PlanBody>> End(
        string seller, string code, WriteOf<PlanEndRequest> write, IPlatform platform) =>
        Ask(seller, code, write, new SupplyPlan.Command.End(write.Body.Reason), platform);

    /// <summary>Asks a plan for something.</summary>
    public static async Task<Answer<PlanBody>> Ask(
        string seller, string code, Write write, SupplyPlan.Command command, IPlatform platform)
    {
        if (IdOf(seller, code) is not { } id) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<PlanBody>.Of(Of(seen, write.By.Texts), done) : Problems.Unknown;
    }

    /// <summary>A state as a body.</summary>
    public static PlanBody Of(Seen seen, Texts texts)
    {
        var (id, state) = ((SupplyPlanId)seen.Id, (SupplyPlan.State)seen.State);
        var (terms, underWay) = (state.Terms, state as SupplyPlan.State.UnderWay);
        ImmutableArray<InstalmentBody> all = [.. state.Instalments.Select(i => Of(i, state))];
        var taken = state.Instalments.Sum(i => i.Taken ?? 0) + (underWay?.Ordered ?? 0);
        return new(
            id, Words.StateOf(state), texts.Tell($"plan.state.{state.GetType().Name}"), terms.Buyer, id.Seller,
            terms.Listing, terms.Sku.Code, terms.Title, terms.Price, terms.First, terms.Asked, taken,
            state is SupplyPlan.State.Open ? state.Instalments.Where(i => i.Taken is null).Sum(i => i.Units)
                - (underWay?.Ordered ?? 0) : 0,
            underWay is null ? 0 : underWay.Aside - underWay.Ordered, all,
            Words.Next(SupplyPlan.Kind.DeadlineOf(state), seen.As, texts),
            state is SupplyPlan.State.Ended { Why: var why } ? Words.Of(why, seen.As, texts) : null,
            (seen.As & Party.Buyer) != 0 ? [] : [.. seen.Asked.InForce.Of<BulkRules>().Reasons.Keys],
            ActionsOf(id, seen, texts));
    }

    static InstalmentBody Of(Instalment i, SupplyPlan.State state)
    {
        var now = state is SupplyPlan.State.UnderWay u && u.Current == i ? u : null;
        return new(i.Nth, i.Units, i.From, (i.Taken, state) switch
        {
            ({ } taken, _) => taken < i.Units ? "letGo" : "taken",
            (null, SupplyPlan.State.Ended) => "dropped",
            (null, SupplyPlan.State.Short) when now is not null => "short",
            (null, SupplyPlan.State.Offered) when now is not null => "offered",
            _ => "planned",
        }, i.Taken ?? now?.Ordered, now?.Aside);
    }

    // A minute after the next that has not begun.
    static Instant LaterThan(Seen seen) => Instant.Max(
        seen.Asked.At, SupplyPlan.NextAhead((SupplyPlan.State)seen.State)?.From ?? seen.Asked.At)
        + Duration.FromMinutes(1);

    static ImmutableArray<ActionBody> ActionsOf(SupplyPlanId id, Seen seen, Texts texts)
    {
        var (href, rules) = ($"/v1/plans/{id.Seller.Code}/{id.Code}", seen.Asked.InForce.Of<BulkRules>());
        var reason = rules.Reasons.Keys.FirstOrDefault();
        return
        [
            .. new[]
            {
                Try("plan.bring-forward", "bring-forward", new SupplyPlan.Command.BringForward(),
                    typeof(SupplyPlan.Event.StockAsked)),
                Try("plan.move", "move", new SupplyPlan.Command.Move(LaterThan(seen)), typeof(SupplyPlan.Event.Moved)),
                Try("plan.shorten", "shorten", new SupplyPlan.Command.Shorten(0, reason ?? ""),
                    typeof(SupplyPlan.Event.Shortened)),
                Try("plan.end", "end", new SupplyPlan.Command.End(reason), typeof(SupplyPlan.Event.Ended)),
            }.OfType<ActionBody>(),
        ];

        ActionBody? Try(string name, string path, SupplyPlan.Command command, Type outcome) =>
            Actions.Try(SupplyPlan.Kind, seen, name, $"{href}/{path}", command, outcome, texts);
    }
}
