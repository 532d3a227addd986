using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A refund, as its buyer and staff may know it.</summary>
/// <param name="Promised">By when the money is back (UTC).</param>
/// <param name="Reference">The provider's, once it has taken it in.</param>
/// <param name="PaidAt">When the provider said that it is back; left out: it isn't yet.</param>
/// <param name="Reason">Why it is given back.</param>
/// <param name="Why">Why it could not be given back this way; left out: it could.</param>
/// <param name="Amount">In all.</param>
/// <param name="ToWallet">What of it is in the wallet; left out: nothing.</param>
/// <param name="ByMethod">What of it goes back to the method that paid.</param>
/// <param name="Items">What it is made of, line by line; left out: that isn't known.</param>
/// <param name="Arn">By which the buyer's bank finds it; left out: nobody has said.</param>
/// <param name="Corrected">What was found missing and paid since; left out: nothing was.</param>
/// <param name="Diverted">Whether it goes into the wallet by itself should it not go back as it was paid.</param>
public sealed record RefundBody(
    RefundId Id, OrderId Order, string State, string StateText, Money Amount, Instant Promised, int Attempt,
    string? Reference, Instant? PaidAt, NextStep? Next, StatementBody Reason, StatementBody? Why,
    ImmutableArray<ActionBody> Actions, Money? ToWallet = null, Money? ByMethod = null, ItemsBody? Items = null,
    string? Arn = null, Money? Corrected = null, bool Diverted = false);

/// <summary>What a refund is made of: goods less discount and coupon, with shipping, duties and compensation.</summary>
/// <param name="Tax">What of it is tax: contained in it, not added.</param>
/// <param name="ShippingKept">What of the shipping its buyer bears, and is not given back.</param>
/// <param name="ShippingBorneBy">Whose loss the shipping is: <c>buyer</c>, <c>seller</c> or <c>platform</c>.</param>
public sealed record ItemsBody(
    ImmutableArray<ItemisedLine> Lines, Money Goods, Money Discount, Money Coupon, Money Shipping, Money Tax,
    Money Duties, Money Compensation, Money Total, Money ShippingKept, string ShippingBorneBy)
{
    /// <param name="paid">What was paid besides, for being late; null: nothing.</param>
    internal static ItemsBody? Of(Itemised? items, Money? paid) => items is null ? null : new(
        items.Lines, items.Of(l => l.Goods), items.Of(l => l.Discount), items.Of(l => l.Coupon),
        items.Of(l => l.Shipping), items.Of(l => l.Tax), items.Duties,
        paid is { } late ? items.Compensation + late : items.Compensation,
        paid is { } more ? items.Total + more : items.Total,
        items.ShippingKept, Words.StateOf($"{items.ShippingBorneBy}"));
}

/// <summary>Where refunds of a payment go from now on.</summary>
/// <param name="ToWallet">Into the wallet; false: as it was paid.</param>
public sealed record ReturnsRequest(bool ToWallet);

/// <summary>That a refund was traced, or that it never went out.</summary>
/// <param name="Reference">By which the buyer's bank finds it, such as an acquirer reference number; left out: nothing
/// is to be found.</param>
/// <param name="Lost">The provider has said that it never went out: it is owed to the buyer again.</param>
public sealed record TraceReport(string? Reference = null, bool Lost = false);

/// <summary>A refund in a list.</summary>
public sealed record RefundItem(
    string Id, string Order, string State, Money Amount, Instant OpenedAt, Instant Promised, string? Reference,
    Instant? PaidAt, bool IsLate);

/// <summary>Money on its way back.</summary>
static class RefundEndpoints
{
    public const Party Readers = Party.Buyer | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var refunds = v1.MapGroup("/refunds").WithTags("Refunds");
        refunds.MapGet("", List).For(Readers).WithName("listRefunds").WithSummary("Refunds, the newest first.");
        refunds.MapGet("/{buyer}/{code}", Get).For(Readers).WithName("getRefund")
            .WithSummary("One refund: how much, and by when it is back.");
        refunds.MapPost("/{buyer}/{code}/retry", Retry).For(Party.Staff).WithName("retryRefund")
            .WithSummary("Have a refund tried again that failed.");
        refunds.MapPost("/{buyer}/{code}/wallet", TakeInWallet).For(Party.Buyer).WithName("takeRefundInWallet")
            .WithSummary("Take a refund that failed in the wallet instead: at once.");
        refunds.MapPost("/{buyer}/{code}/bank", SendToBank).For(Party.Buyer).WithName("takeRefundByBank")
            .WithSummary("Have a refund that failed paid to a bank account instead.").Produces<PayoutBody>(201);
        refunds.MapPost("/{buyer}/{code}/diversion", Divert).For(Party.Buyer).WithName("divertRefund")
            .WithSummary("Say beforehand that a refund goes into the wallet should it not go back as it was paid.");
        refunds.MapGet("/{buyer}/{code}/trace", RefundTraces.Get).For(Readers).WithName("traceRefund")
            .WithSummary("Where a refund is, step by step, with dates and references, and what to do next.");
        refunds.MapPost("/{buyer}/{code}/trace", Trace).For(Party.Buyer).WithName("askToTraceRefund")
            .WithSummary("Have a refund traced that is said to be back and isn't seen: an agent answers by a day.");
        refunds.MapPost("/{buyer}/{code}/trace/close", CloseTrace).For(Party.Staff).WithName("closeRefundTrace")
            .WithSummary("Say by which reference the buyer's bank finds a refund, or that it never went out.");
        refunds.MapPost("/{buyer}/{code}/recompute", Recompute).For(Party.Buyer).WithName("recomputeRefund")
            .WithSummary("Have a refund worked out again: what is missing is paid at once, into the wallet.");
        v1.MapPost("/payments/{buyer}/{code}/returns", ChooseReturns).For(Party.Buyer).WithName("chooseReturns")
            .WithTags("Payments").WithSummary("Say whether refunds of a payment go into the wallet from now on.");
    }

    static Task<Answer<RefundBody>> TakeInWallet(string buyer, string code, BareWrite write, IPlatform platform) =>
        Ask(buyer, code, write, new Refund.Command.TakeInWallet(), platform);

    static Task<Answer<RefundBody>> Divert(
        string buyer, string code, WriteOf<ReturnsRequest> write, IPlatform platform) =>
        Ask(buyer, code, write, new Refund.Command.Divert(write.Body.ToWallet), platform);

    static Task<Answer<RefundBody>> Trace(string buyer, string code, BareWrite write, IPlatform platform) =>
        Ask(buyer, code, write, new Refund.Command.Trace(), platform);

    static Task<Answer<RefundBody>> CloseTrace(
        string buyer, string code, WriteOf<TraceReport> write, IPlatform platform) =>
        Ask(buyer, code, write, new Refund.Command.CloseTrace(write.Body.Reference, write.Body.Lost), platform);

    static async Task<Answer<PayoutBody>> SendToBank(
        string buyer, string code, WriteOf<BankAccountBody> write, IPlatform platform, Store store) =>
        await TakeByBank(buyer, code, write, write.Body, platform, store);

    /// <summary>Into the wallet, and out of it in one go; where the second can't be, it waits in the wallet.</summary>
    public static async Task<Answer<PayoutBody>> TakeByBank(
        string buyer, string code, Write write, BankAccountBody account, IPlatform platform, Store store)
    {
        if (BankAccounts.Read(account).Faults is { IsEmpty: false } faults) return Problems.Of(faults);
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)) return Problems.NotFound;
        var taken = await platform.Ask(write.To(id, new Refund.Command.TakeInWallet()), write.By.Cancel);
        if (taken is not Outcome.Done { State: Refund.State state }) return Problems.Of(taken);
        return await WalletEndpoints.Withdraw(
            Wallets.WalletId.Of(id.Buyer, state.Owed.Amount.Currency), write, state.Owed.Amount, account, platform,
            store, $"{id}");
    }

    static async Task<Answer<RefundBody>> Recompute(
        string buyer, string code, BareWrite write, IPlatform platform) =>
        await RefundTraces.Due(buyer, code, write.By, platform) is { } due
            ? await Ask(buyer, code, write, new Refund.Command.Recompute(due), platform) : Problems.NotFound;

    /// <summary>Asks a refund for something.</summary>
    public static async Task<Answer<RefundBody>> Ask(
        string buyer, string code, Write write, Refund.Command command, IPlatform platform)
    {
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<RefundBody>.Of(Of(seen, write.By.Texts), done) : Problems.Unknown;
    }

    static async Task<Answer<PaymentBody>> ChooseReturns(
        string buyer, string code, WriteOf<ReturnsRequest> write, IPlatform platform)
    {
        if (!PaymentId.TryParse($"payment/{buyer}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(
            write.To(id, new Payment.Command.ChooseReturns(write.Body.ToWallet)), write.By.Cancel);
        if (outcome is not Outcome.Done) return Problems.Of(outcome);
        return await PaymentEndpoints.Get(buyer, code, write.By, platform);
    }

    /// <summary>Refunds: one's own, or for staff all, a buyer's, or those that wait for somebody.</summary>
    /// <param name="of">A buyer's id, for staff.</param>
    /// <param name="waits">For staff: a party such as <c>agent</c> or <c>provider</c>.</param>
    public static async Task<Answer<Rows<RefundItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null, string? waits = null)
    {
        var scope = Positions.ScopeOf(caller, of);
        if (of is not null && scope is null || waits is not null && !caller.IsStaff) return Problems.NotFound;
        if (of is not null && waits is not null) return Problems.OneOf("waits", "of, waits");
        if (waits is not null && Words.PartyOf(waits) is null) return Problems.BadParameter("waits", waits);
        var (index, value) = waits is null ? (Scope.Index, scope)
            : (RefundList.ByWaiting, $"{Words.PartyOf(waits)}");
        return await Positions.Page(platform, caller, RefundList.View, index, value, after, limit, Of);
    }

    /// <summary>A row of the list.</summary>
    public static RefundItem Of(RefundRow row) => new(
        row.Refund, row.Order, Words.StateOf(row.State), row.Amount, row.OpenedAt, row.Promised, row.Reference,
        row.PaidAt, row.IsLate);

    static async Task<Answer<RefundBody>> Get(string buyer, string code, Caller caller, IPlatform platform) =>
        RefundId.TryParse($"refund/{buyer}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<RefundBody>.Of(Of(seen, caller.Texts), seen) : Problems.NotFound;

    static async Task<Answer<RefundBody>> Retry(string buyer, string code, BareWrite write, IPlatform platform)
    {
        return await Ask(buyer, code, write, new Refund.Command.Retry(), platform);
    }

    /// <summary>A refund's state as a body.</summary>
    public static RefundBody Of(Seen seen, Texts texts)
    {
        var (id, state) = ((RefundId)seen.Id, (Refund.State)seen.State);
        var reference = state switch
        {
            Refund.State.Pending s => s.Reference,
            Refund.State.Paid s    => s.Reference,
            Refund.State.Tracing s => s.Reference,
            Refund.State.Requested or Refund.State.Failed or Refund.State.InWallet => null,
        };
        var retry = Actions.Try(
            Refund.Kind, seen, "refund.retry", $"/v1/refunds/{id.Buyer.Code}/{id.Code}/retry",
            new Refund.Command.Retry(), typeof(Refund.Event.Retried), texts);
        return new(
            id, state.Owed.Return.Order, Words.StateOf(state), texts.Tell($"refund.state.{state.GetType().Name}"),
            state.Owed.Return.Amount, state.Owed.Promised, state.Attempt, reference, PaidAt(state),
            // What is back waits for nobody, also while the provider is still to be asked once more.
            Words.Next(state is Refund.State.Paid ? null : Refund.Kind.DeadlineOf(state), seen.As, texts), Words.Of(
                state.Owed.Return.Why, seen.As, texts, state.Owed.Return.Nth == 0 ? null
                    : new Disputes.Subject.Order(state.Owed.Return.Order, id.Buyer)),
            state is Refund.State.Failed { Why: var why } ? Words.Of(why, seen.As, texts) : null,
            ActionsOf(id, seen, texts, retry), InWallet(state), state.Owed.Amount,
            ItemsBody.Of(state.Owed.Items, state.Compensated), ArnOf(state), state.Corrected, state.IsDiverted);
    }

    static ImmutableArray<ActionBody> ActionsOf(RefundId id, Seen seen, Texts texts, ActionBody? retry)
    {
        var href = $"/v1/refunds/{id.Buyer.Code}/{id.Code}";
        ActionBody?[] all =
        [
            retry,
            Actions.Try(Refund.Kind, seen, "refund.take-in-wallet", $"{href}/wallet",
                new Refund.Command.TakeInWallet(), typeof(Refund.Event.MovedToWallet), texts),
            Actions.Try(Refund.Kind, seen, "refund.divert", $"{href}/diversion",
                new Refund.Command.Divert(!((Refund.State)seen.State).IsDiverted), typeof(Refund.Event.Diverted),
                texts),
            Actions.Try(Refund.Kind, seen, "refund.trace", $"{href}/trace", new Refund.Command.Trace(),
                typeof(Refund.Event.TraceOpened), texts),
        ];
        return [.. all.OfType<ActionBody>()];
    }

    static Instant? PaidAt(Refund.State state) => state switch
    {
        Refund.State.Paid s     => s.At,
        Refund.State.Tracing s  => s.At,
        Refund.State.InWallet s => s.At,
        Refund.State.Requested or Refund.State.Pending or Refund.State.Failed => null,
    };

    static Money? InWallet(Refund.State state)
    {
        var refunded = state is Refund.State.InWallet ? state.Owed.Return.Amount : state.Owed.ToWallet;
        return refunded is { } some && state.Compensated is { } paid ? some + paid : refunded ?? state.Compensated;
    }

    static string? ArnOf(Refund.State state) => state switch
    {
        Refund.State.Paid s    => s.Arn,
        Refund.State.Tracing s => s.Arn,
        Refund.State.Requested or Refund.State.Pending or Refund.State.Failed or Refund.State.InWallet => null,
    };
}
