using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Orders as people see them; what a page shows and does is what the API shows and does.</summary>
static class OrderPages
{
    const int OnStart = 12;
    static readonly Duration RefundIsNews = Duration.FromDays(14);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Start).AsPage(SignIn.People);
        pages.MapGet("/orders", List).AsPage(SignIn.People);
        var order = pages.MapGroup("/orders/{seller}/{code}");
        order.MapGet("", Get).AsPage(SignIn.People);
        order.MapGet("/slip", Slip).AsPage(OrderEndpoints.Shippers);
        order.MapPost("/cancellation", Cancel).AsPage(OrderEndpoints.Cancellers).Needing(Right.Support);
        order.MapPost("/cancellation/undo", TakeBack).AsPage(OrderEndpoints.Cancellers).Needing(Right.Support);
        order.MapPost("/warnings/{reason}/answer", AnswerWarning).AsPage(Party.Buyer | Party.Seller)
            .Needing(Right.Support);
        order.MapPost("/warnings/{reason}/lifting", LiftWarning).AsPage(Party.Staff);
        order.MapPost("/warnings/{reason}/upholding", UpholdWarning).AsPage(Party.Staff);
        order.MapPost("/keeping", ChooseWay).AsPage(Party.Buyer);
        order.MapPost("/keeping/withdrawal", WithdrawWays).AsPage(Party.Seller).Needing(Right.Support);
        order.MapPost("/dispatch", Dispatch).AsPage(OrderEndpoints.Shippers);
        order.MapPost("/receipt", Confirm).AsPage(Party.Buyer);
        order.MapPost("/pick", Say<Order.Command.Pick>).AsPage(OrderEndpoints.Shippers);
        order.MapPost("/approval", Say<Order.Command.Approve>).AsPage(RequestEndpoints.Answerers);
        order.MapPost("/refusal", Refuse).AsPage(RequestEndpoints.Answerers);
        order.MapPost("/withdrawal", Say<Order.Command.Withdraw>).AsPage(Party.Buyer);
        order.MapPost("/recall", Say<Order.Command.Recall>).AsPage(Party.Buyer);
        order.MapPost("/return", TakeIn).AsPage(OrderEndpoints.Shippers);
        order.MapPost("/extension", Say<Order.Command.Extend>).AsPage(Party.Buyer);
        ChangePages.Map(pages);
    }

    /// <summary>What waits for the reader, the next deadline first; for staff, what waits for anybody.</summary>
    static async Task<IResult> Start(Caller caller, IPlatform platform, Store store, ControlRoom room, string? done)
    {
        if (caller.Role is Party.Operator) return ControlEndpoints.Show(caller, room, wall: null);
        if (caller.Role is Party.Warehouse) return await PackPages.Next(caller, platform, store, new());
        if (caller.Role is Party.Seller) return await SellerHome.Show(caller, platform, store, done);
        await Positions.AreShown(platform, caller);
        if (caller.Role is Party.Buyer) return StartOfBuyer(caller, platform);
        ImmutableArray<OrderItem> recent = caller.IsStaff || caller.Scope is not { } scope ? []
            : [.. platform.Views.List(OrderList.View, Scope.Index, scope, null, OnStart).Rows
                .Select(row => OrderEndpoints.Of(row, caller))];
        return Pages.Show<StartPage>(Reader.Of(caller.Http), new()
        {
            ["Waiting"] = Waiting(caller, platform, 50), ["Recent"] = recent, ["On"] = OnWaiting(caller),
            ["OnRecent"] = OnList(caller, null),
        });
    }

    /// <summary>What a list of what waits for the reader shows.</summary>
    public static Topic[] OnWaiting(Caller caller) => caller.Scope is not { } scope ? []
        : [Topic.Of(OrderList.View, OrderList.ByDue, OrderList.DueFor(scope, OrderEndpoints.OwnerOf(caller)))];

    static Topic[] OnList(Caller caller, string? state, string? of = null)
    {
        if (Positions.ScopeOf(caller, of) is not { } scope) return [];
        return OrderEndpoints.States.FirstOrDefault(s => Words.StateOf(s) == state) is { } known
            ? [Topic.Of(OrderList.View, OrderList.ByState, OrderList.StateOf(scope, known))]
            : [Topic.Of(OrderList.View, Scope.Index, scope)];
    }

    static IResult StartOfBuyer(Caller caller, IPlatform platform)
    {
        var (scope, now) = (caller.Scope!, platform.Now);
        return Pages.Show<BuyerStartPage>(Reader.Of(caller.Http), new()
        {
            ["Waiting"] = Waiting(caller, platform, OnStart),
            ["Recent"] = List(OrderList.View).Select(row => OrderEndpoints.Of(row, caller)).ToImmutableArray(),
            ["Checkouts"] = List(CheckoutList.View).Select(CheckoutEndpoints.Of)
                .Where(c => c.State is not ("authorised" or "abandoned" or "turnedDown")).ToImmutableArray(),
            ["Refunds"] = List(RefundList.View).Where(r => r.PaidAt is null || now - r.PaidAt < RefundIsNews)
                .Select(RefundEndpoints.Of).ToImmutableArray(),
            ["On"] = new[]
            {
                Topic.Of(OrderList.View, Scope.Index, scope), Topic.Of(CheckoutList.View, Scope.Index, scope),
                Topic.Of(RefundList.View, Scope.Index, scope),
            },
        });

        ImmutableArray<TRow> List<TRow>(View<TRow> view) where TRow : class =>
            platform.Views.List(view, Scope.Index, scope, null, OnStart).Rows;
    }

    static ImmutableArray<OrderItem> Waiting(Caller caller, IPlatform platform, int limit)
    {
        if (caller.Scope is not { } scope) return [];
        var due = OrderList.DueFor(scope, OrderEndpoints.OwnerOf(caller));
        return [.. platform.Views.List(OrderList.View, OrderList.ByDue, due, null, limit).Rows
            .Select(row => OrderEndpoints.Of(row, caller))];
    }

    static async Task<IResult> List(
        Caller caller, IPlatform platform, string? state, string? of, string? dueBefore, string? after, string? find)
    {
        if (string.IsNullOrEmpty(state)) state = null;
        if (string.IsNullOrEmpty(of)) of = null;
        if (string.IsNullOrEmpty(dueBefore)) dueBefore = null;
        if (find is { Length: > 0 } && IdIn(find) is { } found) return Results.LocalRedirect(OrderFile.HrefOf(found));
        var rows = await OrderEndpoints.List(caller, platform, state, after, null, of, dueBefore);
        if (rows.Body is not { } body) return rows;
        return Pages.Show<OrdersPage>(Reader.Of(caller.Http), new()
        {
            ["Rows"] = body, ["On"] = dueBefore is null ? OnList(caller, state, of) : OnWaiting(caller),
            ["Of"] = of, ["DueBefore"] = dueBefore,
        });
    }

    /// <summary>An order's id as people copy it: with or without its first word, or out of an address.</summary>
    static OrderId? IdIn(string text) =>
        text.Trim().Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var seller, var code]
        && OrderId.TryParse($"order/{seller}/{code}", out var id) ? id : null;

    static Task<IResult> Get(
        string seller, string code, Caller caller, IPlatform platform, Store store, MacroDesk macros, string? done,
        string? macro, string? to) =>
        Show(seller, code, caller, platform, store, null, null, done is null ? null : $"order.done-{done}",
            caller.IsStaff ? new(macros, macro, to) : null);

    static async Task<IResult> Show(
        string seller, string code, Caller caller, IPlatform platform, Store store, Problem? refused,
        FormWrite? form, string? done, Chosen? chosen = null)
    {
        if (await OrderFile.Of(seller, code, caller, platform, store) is not { } file) return Problems.NotFound;
        var reader = (await ReaderOf(file, caller, platform)) with { Path = file.Href };
        var (usable, filled) = chosen is null ? ([], null) : await MacrosOf(seller, code, chosen, caller, platform);
        if (filled?.Problem is { } no) refused = no;
        return Pages.Show<OrderPage>(reader, new()
        {
            ["File"] = file, ["IsJustMeant"] = done is "order.done-meant",
            ["Done"] = done is not null && reader.Texts.Has($"console.{done}") ? done : null,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
            ["Sent"] = form?.Sent, ["Queue"] = caller.IsStaff ? Waiting(caller, platform, OnStart) : [],
            ["Macros"] = usable, ["Filled"] = filled?.Body, ["To"] = chosen?.To,
            ["OnQueue"] = OnWaiting(caller), ["Who"] = caller.Who.Name,
            ["Work"] = caller.IsStaff ? (await new WorkDesk(platform).Read(file.Order.Id, caller))?.Body : null,
            ["Conversation"] = file.Order.Checkout is null || caller.Role is Party.Warehouse ? null
                : await ConversationEndpoints.Of(file.Order.Id, caller, platform, store.People),
            ["Since"] = form?.Seen is { } position ? file.Timeline.Where(i => i.Position > position).ToImmutableArray()
                : ImmutableArray<TimelineItem>.Empty,
        }, refused?.Status ?? 200);
    }

    /// <summary>What one of the staff wants to write: with which macro, and to whom alone.</summary>
    sealed record Chosen(MacroDesk Desk, string? Macro, string? To);

    static async Task<(ImmutableArray<string> Usable, Answer<FilledMacroBody>? Filled)> MacrosOf(
        string seller, string code, Chosen chosen, Caller caller, IPlatform platform)
    {
        Party? to = chosen.To is "buyer" or "seller" ? Words.PartyOf(chosen.To) : null;
        return await ConversationEndpoints.Case(seller, code, to, caller, platform) is not { } about ? ([], null)
            : (await chosen.Desk.Usable(about, caller), chosen.Macro is { Length: > 0 } macro
                ? await chosen.Desk.Fill(macro, about, caller) : null);
    }

    /// <summary>What goes into the parcel, to print.</summary>
    static async Task<IResult> Slip(string seller, string code, Caller caller, IPlatform platform, Store store)
    {
        if (await OrderEndpoints.Find(seller, code, caller, platform) is not { } seen) return Problems.NotFound;
        var order = OrderView.Of(seen, caller, store.People);
        return Pages.Show<PackingSlip>(
            Reader.Of(caller.Http, OrderView.ZoneOf((Order.State)seen.State, seen.Asked)), new() { ["Order"] = order });
    }

    static async Task<Reader> ReaderOf(OrderFile file, Caller caller, IPlatform platform) =>
        await platform.Read(file.Order.Id, caller.Who, caller.Cancel) is { } seen
            ? Reader.Of(caller.Http, OrderView.ZoneOf((Order.State)seen.State, seen.Asked)) : Reader.Of(caller.Http);

    /// <summary>What takes nothing to say.</summary>
    static Task<IResult> Say<TCommand>(
        string seller, string code, FormWrite form, IPlatform platform, Store store)
        where TCommand : Order.Command, new() => Act(
        seller, code, form, platform, store, DoneBy(typeof(TCommand).Name),
        _ => Task.FromResult<Order.Command>(new TCommand()));

    static string DoneBy(string command) => command switch
    {
        nameof(Order.Command.Pick)     => "picked",
        nameof(Order.Command.Approve)  => "approved",
        nameof(Order.Command.Withdraw) => "withdrawn",
        nameof(Order.Command.Recall)   => "recalled",
        _                              => "extended",
    };

    static Task<IResult> TakeIn(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "taken-in", seen => TakingIn.Command(seen, form.By, platform));

    static Task<IResult> Refuse(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "refused",
            _ => Task.FromResult<Order.Command>(new Order.Command.Refuse(form["reason"])));

    static async Task<IResult> Cancel(
        string seller, string code, FormUpload form, IPlatform platform, Store store, Exhibits exhibits)
    {
        if (exhibits.Kept(form, out var file) is { } no)
            return await Show(seller, code, form.By, platform, store, no, form, null);
        return await Act(seller, code, form, platform, store, "meant",
            seen => OrderEndpoints.Cancelling(seen, new(
                form["reason"], PortionsIn(form, seen), Undoable: true, Because: NewerIn(form, platform),
                Case: KeepingBodies.In(form, seen, platform.Now, file)), form.By, platform));
    }

    /// <summary>How many of each line; what isn't a number is none that there is. Null: the form doesn't say.</summary>
    static ImmutableArray<PortionBody>? PortionsIn(FormWrite form, Seen seen)
    {
        if (seen.State is not Order.State.Dealt { Deal: var deal }
            || deal.Lines.All(l => form[$"units.{l.Number}"] is "")) return null;
        return
        [
            .. from l in deal.Lines
               let units = int.TryParse(form[$"units.{l.Number}"], out var n) ? n
                   : form[$"units.{l.Number}"] is "" ? 0 : -1
               where units != 0
               select new PortionBody(l.Number, units),
        ];
    }

    static Task<IResult> ChooseWay(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "way-chosen",
            _ => Task.FromResult<Order.Command>(new Order.Command.ChooseWay(form["way"])));

    static Task<IResult> WithdrawWays(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "ways-withdrawn",
            _ => Task.FromResult<Order.Command>(new Order.Command.WithdrawWays()));

    static Task<IResult> AnswerWarning(
        string seller, string code, string reason, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "answered", _ => Task.FromResult<Order.Command>(
            new Order.Command.AnswerWarning(reason, form["word"].Trim())));

    static Task<IResult> LiftWarning(
        string seller, string code, string reason, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "lifted",
            _ => Task.FromResult<Order.Command>(new Order.Command.LiftWarning(reason)));

    static Task<IResult> UpholdWarning(
        string seller, string code, string reason, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "upheld",
            _ => Task.FromResult<Order.Command>(new Order.Command.UpholdWarning(reason)));

    /// <summary>What was filled in of what has come up since; a day is over by its end, or now.</summary>
    static NewerFactBody? NewerIn(FormWrite form, IPlatform platform) =>
        (form["because.source"], form["because.since"]) is ("", "") ? null : new(
            form["because.kind"],
            LocalDatePattern.Iso.Parse(form["because.since"]) is { Success: true, Value: var day }
                ? Instant.Min(platform.Now, day.PlusDays(1).AtMidnight().InUtc().ToInstant() - Duration.FromSeconds(1))
                : Instant.MinValue,
            form["because.source"]);

    static Task<IResult> TakeBack(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "taken-back",
            _ => Task.FromResult<Order.Command>(new Order.Command.TakeBack()));

    static Task<IResult> Dispatch(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "dispatched",
            seen => Dispatching.Command(seen, form["carrier"], form["number"], platform, form.By.Cancel));

    static Task<IResult> Confirm(string seller, string code, FormWrite form, IPlatform platform, Store store) =>
        Act(seller, code, form, platform, store, "confirmed",
            _ => Task.FromResult<Order.Command>(new Order.Command.ConfirmReceipt()));

    /// <summary>
    /// Done: back to the page, so that reloading it repeats nothing. Refused: the page as it is now says why, with what
    /// was filled in.
    /// </summary>
    static async Task<IResult> Act(
        string seller, string code, FormWrite form, IPlatform platform, Store store, string done,
        Func<Seen, Task<Order.Command>> command)
    {
        if (await OrderEndpoints.Find(seller, code, form.By, platform) is not { } seen) return Problems.NotFound;
        var outcome = await platform.Ask(form.To(seen.Id, await command(seen)), form.By.Cancel);
        if (outcome is Outcome.Done { State: Order.State.Funded { Wish: Wish.ToCancel } } && done is "meant")
            done = "asked";
        if (outcome is Outcome.Done { State: Order.State.Funded { Handling.Proposal: { } p } } && p.By == form.By.Who
            && done is "meant" or "upheld" or "approved")
            done = "proposed";
        if (outcome is Outcome.Done { State: Order.State.Funded { Meant: null, Warnings: not null } }
            && done is "meant") done = "warned";
        return outcome is Outcome.Done
            ? Results.LocalRedirect($"{OrderFile.HrefOf((OrderId)seen.Id)}?done={done}")
            : await Show(seller, code, form.By, platform, store, Problems.Of(outcome), form, null);
    }
}
