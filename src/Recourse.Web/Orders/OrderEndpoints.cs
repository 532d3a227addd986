using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Conversations;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Orders, as buyer, seller, warehouse and staff see them.</summary>
static class OrderEndpoints
{
    public const Party Readers = Party.Buyer | Party.Seller | Party.Warehouse | Party.Staff | Party.Integration;
    public const Party Cancellers = Party.Buyer | Party.Seller | Party.Staff;
    public const Party Shippers = Party.Seller | Party.Warehouse;

    /// <summary>Who packs needs neither prices nor reasons.</summary>
    public const Party ReadersOfMoney = Readers & ~Party.Warehouse;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var orders = v1.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("", ListRead).For(Readers).WithName("listOrders").WithSummary("Orders, the newest first.");
        orders.MapGet("/{seller}/{code}", GetRead).For(Readers).WithName("getOrder")
            .WithSummary("One order: state, next step, and what you may do now.");
        orders.MapGet("/{seller}/{code}/timeline", Timeline).For(Readers).WithName("getTimeline")
            .WithSummary("What happened, with payment, refunds and parcel.");
        orders.MapGet("/{seller}/{code}/money", Money).For(ReadersOfMoney).WithName("getMoneyTrail")
            .WithSummary("Where the money went, and when a refund is back.");
        orders.MapGet("/{seller}/{code}/why", Why).For(ReadersOfMoney).WithName("getWhy")
            .WithSummary("The statements of reasons, in your language or in that of lang: en, zh-Hans, es, pt-BR, fr "
                + "or ar. Of an order that isn't paid, those of its checkout too.");
        orders.MapGet("/{seller}/{code}/ripple", Ripple).For(ReadersOfMoney).WithName("getRipple")
            .WithSummary("What an early end causes: stock, carrier, coupon, figures, a forecast of what it costs, and "
                + "what to order instead.");
        orders.MapPost("/{seller}/{code}/cancellation", Cancel).For(Cancellers).Needing(Right.Support)
            .WithName("cancelOrder")
            .WithSummary("End it, or some units of it, before dispatch.");
        orders.MapPost("/{seller}/{code}/cancellation/undo", TakeBack).For(Cancellers).Needing(Right.Support)
            .WithName("takeCancellationBack")
            .WithSummary("Take a cancellation back that you asked for undoably.");
        orders.MapPost("/{seller}/{code}/keeping", ChooseWay).For(Party.Buyer).WithName("chooseWay")
            .WithSummary("What the seller wants to give up is kept in one of the ways that they offer, or let go.");
        orders.MapPost("/{seller}/{code}/keeping/withdrawal", WithdrawWays).For(Party.Seller).Needing(Right.Support)
            .WithName("withdrawWays")
            .WithSummary("Send it after all: the buyer isn't asked any more.");
        orders.MapPost("/{seller}/{code}/dispatch", Dispatch).For(Shippers).WithName("dispatchOrder")
            .WithSummary("The parcel is handed over.");
        orders.MapPost("/{seller}/{code}/receipt", Confirm).For(Party.Buyer).WithName("confirmReceipt")
            .WithSummary("The buyer has it and is content: the seller is paid now.");
    }

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<Rows<OrderItem>>> ListRead(
        Caller caller, IPlatform platform, string? state, string? after, int? limit, string? of = null,
        string? dueBefore = null, string? inferred = null, string? readIn = null) => Readings.In(
        readIn, caller, () => List(caller, platform, state, after, limit, of, dueBefore, inferred), Readings.Of);

    /// <param name="readIn">A currency (ISO 4217) to tell amounts in too, for information.</param>
    static Task<Answer<OrderBody>> GetRead(
        string seller, string code, Caller caller, IPlatform platform, Store store, string? readIn = null) =>
        Readings.In(readIn, caller, () => Get(seller, code, caller, platform, store), Readings.Of);

    /// <summary>Orders: the newest first, or by deadline where it is said by when.</summary>
    /// <param name="of">A buyer's or seller's id, for staff.</param>
    /// <param name="dueBefore">Only what waits for the reader, for staff for anybody, and is due by then.</param>
    /// <param name="inferred">Only what ended early in a history, most probably for the reason of this code.</param>
    public static async Task<Answer<Rows<OrderItem>>> List(
        Caller caller, IPlatform platform, string? state, string? after, int? limit, string? of = null,
        string? dueBefore = null, string? inferred = null)
    {
        var known = state is null ? null : States.FirstOrDefault(s => Words.StateOf(s) == state);
        if (state is not null && known is null)
            return Problems.Bad("api.no-such-state", "state",
                ("known", string.Join(", ", States.Select(Words.StateOf))));
        if (inferred is not null && (known ?? dueBefore) is not null)
            return Problems.OneOf("inferred", "inferred, state, dueBefore");
        if (inferred is not null && !InferredEnd.Codes.Contains(inferred))
            return Problems.Bad("order.no-such-inference", "inferred",
                ("known", string.Join(", ", InferredEnd.Codes)));
        if (dueBefore is not null && (known ?? of) is not null)
            return Problems.OneOf("dueBefore", "dueBefore, state, of");
        if (dueBefore is not null && Positions.InstantIn(dueBefore) is null)
            return Problems.BadParameter("dueBefore", dueBefore);
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null) return Problems.NotFound;
        var (index, value, least) = (known, dueBefore) switch
        {
            _ when inferred is not null => (OrderList.ByInferred,
                scope is null ? null : OrderList.StateOf(scope, inferred), null),
            (_, { } due)   => (OrderList.ByDue, scope is null ? null : OrderList.DueFor(scope, OwnerOf(caller)),
                OrderList.DueBy(Positions.InstantIn(due)!.Value)),
            ({ } named, _) => (OrderList.ByState, scope is null ? null : OrderList.StateOf(scope, named), null),
            _              => (Scope.Index, scope, (string?)null),
        };
        return await Positions.Page(
            platform, caller, OrderList.View, index, value, after, limit, row => Of(row, caller), least);
    }

    /// <summary>The deadline of who packs is their seller's.</summary>
    public static Party OwnerOf(Caller caller) => caller.Role is Party.Warehouse ? Party.Seller : caller.Role;

    /// <summary>A row as its reader may know it.</summary>
    public static OrderItem Of(OrderRow row, Caller caller) => new(
        row.Id, Words.StateOf(row.State), row.Buyer, row.Seller,
        OrderView.SeesMoney(caller.Role) && row is not { IsImported: true, Units: 0 } ? row.Total : null,
        row.Units, row.PlacedAt, Words.Next(row.Next, caller.Role, caller.Texts), row.Statement, row.IsImported,
        row.Findings, row.Title, row.Lines, row.Meant?.Due)
    {
        Inferred = OrderView.SeesMoney(caller.Role) ? row.Inferred : null,
    };

    /// <summary>Every state, by the name of its type.</summary>
    public static readonly ImmutableArray<string> States =
        [.. Closed.Cases(typeof(Order.State)).Select(t => t.Name).Order(StringComparer.Ordinal)];

    static async Task<Answer<OrderBody>> Get(
        string seller, string code, Caller caller, IPlatform platform, Store store) =>
        await Find(seller, code, caller, platform) is { } seen
            ? Answer<OrderBody>.Of(
                await Screenings.With(OrderView.Of(seen, caller, store.People), caller, platform), seen)
            : Problems.NotFound;

    /// <summary>Null if there is none, or none of the caller's business.</summary>
    public static async Task<Seen?> Find(string seller, string code, Caller caller, IPlatform platform) =>
        OrderId.TryParse($"order/{seller}/{code}", out var id)
            ? await platform.Read(id, caller.Who, caller.Cancel) : null;

    static async Task<Answer<TimelineBody>> Timeline(string seller, string code, Caller caller, IPlatform platform) =>
        await Find(seller, code, caller, platform) is { } seen
            ? Answer<TimelineBody>.Of(await OrderTimeline.Of(seen, caller, platform), seen) : Problems.NotFound;

    static async Task<Answer<MoneyBody>> Money(string seller, string code, Caller caller, IPlatform platform) =>
        await Find(seller, code, caller, platform) is { } seen
            ? Answer<MoneyBody>.Of(await MoneyTrail.Of(seen, caller, platform), seen) : Problems.NotFound;

    static async Task<Answer<WhyBody>> Why(string seller, string code, Caller caller, IPlatform platform)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (await Find(seller, code, caller, platform) is not { } seen) return Problems.NotFound;
        var texts = caller.TextsIn(OrderView.ZoneOf((Order.State)seen.State, seen.Asked));
        var happened = await OrderWhy.Happened(seen, caller, platform);
        var why = OrderWhy.Of(
            (OrderId)seen.Id, (Order.State)seen.State, happened.Select(r => r.Event), seen.As, texts,
            e => OrderWhy.SubjectOf(e, seen.As, seen));
        var told = await Task.WhenAll(why.Statements.Select(s => AppealDesk.Told(s, caller, platform)));
        return Answer<WhyBody>.Of(why with { Statements = [.. told] }, seen);
    }

    static async Task<Answer<RippleBody>> Ripple(string seller, string code, Caller caller, IPlatform platform) =>
        await Find(seller, code, caller, platform) is { } seen
            ? Answer<RippleBody>.Of(await OrderRipple.Of(seen, caller, platform), seen) : Problems.NotFound;

    static async Task<Answer<OrderBody>> Cancel(
        string seller, string code, WriteOf<CancellationRequest> write, IPlatform platform, Store store,
        Exhibits exhibits) =>
        KeepingBodies.FaultOf(write.Body.Case) is { } fault ? fault
            : write.Body.Case?.Evidence?.File is { } file
                && exhibits.Fault(write.By.Who, [file], "case.evidence.file") is { } no ? Problems.Of([no])
            : await Find(seller, code, write.By, platform) is { } seen
            ? await Ask(write, seen.Id, await Cancelling(seen, write.Body, write.By, platform), platform, store)
            : Problems.NotFound;

    static Task<Answer<OrderBody>> ChooseWay(
        string seller, string code, WriteOf<KeepingChoice> write, IPlatform platform, Store store) =>
        Ask(seller, code, write, new Order.Command.ChooseWay(write.Body.Way), platform, store);

    static Task<Answer<OrderBody>> WithdrawWays(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        Ask(seller, code, write, new Order.Command.WithdrawWays(), platform, store);

    /// <summary>The command of a request; where no units are named, all that stand.</summary>
    public static async Task<Order.Command> Cancelling(
        Seen seen, CancellationRequest request, Caller by, IPlatform platform) => new Order.Command.Cancel(
        request.Reason, request.Portions is { } some ? [.. some.Select(p => new Portion(p.Line, p.Quantity))]
            : seen.State is Order.State.Dealt { Deal: var deal } ? deal.Everything : [],
        request.Undoable ? true : null,
        request.Because is { } b ? new(b.Kind, b.Since, b.Source?.Trim() ?? "") : null,
        KeepingBodies.CaseOf(request.Case),
        seen.As is Party.Seller && await platform.Read(ConversationId.Of((OrderId)seen.Id), by.Who, by.Cancel)
            is { State: Conversation.State { EndWantedAt: { } at } }
            ? new(at, platform.Now, "partition/conversation") : null);

    static Task<Answer<OrderBody>> TakeBack(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        Ask(seller, code, write, new Order.Command.TakeBack(), platform, store);

    static async Task<Answer<OrderBody>> Dispatch(
        string seller, string code, WriteOf<DispatchRequest> write, IPlatform platform, Store store)
    {
        if (await Find(seller, code, write.By, platform) is not { } seen) return Problems.NotFound;
        var (carrier, number) = (write.Body.Carrier, write.Body.TrackingNumber);
        return await Ask(write, seen.Id,
            await Dispatching.Command(seen, carrier, number, platform, write.By.Cancel), platform, store);
    }

    static Task<Answer<OrderBody>> Confirm(
        string seller, string code, BareWrite write, IPlatform platform, Store store) =>
        Ask(seller, code, write, new Order.Command.ConfirmReceipt(), platform, store);

    /// <summary>Asks an order for something.</summary>
    public static async Task<Answer<OrderBody>> Ask(
        string seller, string code, Write write, Order.Command command, IPlatform platform, Store store) =>
        OrderId.TryParse($"order/{seller}/{code}", out var id)
            ? await Ask(write, id, command, platform, store) : Problems.NotFound;

    /// <summary>The same of an order that was found.</summary>
    public static async Task<Answer<OrderBody>> Ask(
        Write write, IId id, Order.Command command, IPlatform platform, Store store)
    {
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<OrderBody>.Of(OrderView.Of(seen, write.By, store.People), done) : Problems.Unknown;
    }
}
