using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A refund, as its buyer and staff may know it.</summary>
/// <param name="Promised">By when the money is back (UTC).</param>
/// <param name="Reference">The provider's, once it has taken it in.</param>
/// <param name="PaidAt">When the provider said that it is back; left out: it isn't yet.</param>
/// <param name="Reason">Why it is given back.</param>
/// <param name="Why">Why it could not be given back this way; left out: it could.</param>
public sealed record RefundBody(
    RefundId Id, OrderId Order, string State, string StateText, Money Amount, Instant Promised, int Attempt,
    string? Reference, Instant? PaidAt, NextStep? Next, StatementBody Reason, StatementBody? Why,
    ImmutableArray<ActionBody> Actions);

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
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, new Refund.Command.Retry()), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        return await platform.Read(id, write.By.Who, write.By.Cancel) is { } seen
            ? Answer<RefundBody>.Of(Of(seen, write.By.Texts), done) : Problems.Unknown;
    }

    /// <summary>A refund's state as a body.</summary>
    public static RefundBody Of(Seen seen, Texts texts)
    {
        var (id, state) = ((RefundId)seen.Id, (Refund.State)seen.State);
        var reference = state switch
        {
            Refund.State.Pending s => s.Reference,
            Refund.State.Paid s    => s.Reference,
            Refund.State.Requested or Refund.State.Failed => null,
        };
        var retry = Actions.Try(
            Refund.Kind, seen, "refund.retry", $"/v1/refunds/{id.Buyer.Code}/{id.Code}/retry",
            new Refund.Command.Retry(), typeof(Refund.Event.Retried), texts);
        return new(
            id, state.Owed.Return.Order, Words.StateOf(state), texts.Tell($"refund.state.{state.GetType().Name}"),
            state.Owed.Amount, state.Owed.Promised, state.Attempt, reference, (state as Refund.State.Paid)?.At,
            Words.Next(Refund.Kind.DeadlineOf(state), seen.As, texts), Words.Of(
                state.Owed.Return.Why, seen.As, texts, state.Owed.Return.Nth == 0 ? null
                    : new Disputes.Subject.Order(state.Owed.Return.Order, id.Buyer)),
            state is Refund.State.Failed { Why: var why } ? Words.Of(why, seen.As, texts) : null,
            retry is null ? [] : [retry]);
    }
}
