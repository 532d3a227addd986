using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Payments with all their tries.</summary>
static class PaymentEndpoints
{
    public const Party Readers = Party.Buyer | Party.Staff;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var payments = v1.MapGroup("/payments").WithTags("Payments");
        payments.MapGet("", List).For(Readers).WithName("listPayments").WithSummary("Payments, the newest first.");
        payments.MapGet("/{buyer}/{code}", Get).For(Readers).WithName("getPayment")
            .WithSummary("One payment: every try, the provider's references, each order's share.");
    }

    /// <summary>Payments: one's own, or for staff all or a buyer's.</summary>
    /// <param name="of">A buyer's id, for staff.</param>
    public static async Task<Answer<Rows<PaymentItem>>> List(
        Caller caller, IPlatform platform, string? after, int? limit, string? of = null) =>
        of is not null && Positions.ScopeOf(caller, of) is null ? Problems.NotFound
        : await Positions.Page(platform, caller, PaymentList.View, Scope.Index, Positions.ScopeOf(caller, of), after,
            limit, row => new PaymentItem(
                row.Payment, row.Buyer, Words.StateOf(row.State), row.Amount, row.Captured, row.GivenBack, row.Attempt,
                row.AskedAt, row.Orders, row.Intents, row.WaitsFor?.ToLowerInvariant()));

    /// <summary>One payment.</summary>
    public static async Task<Answer<PaymentBody>> Get(string buyer, string code, Caller caller, IPlatform platform) =>
        PaymentId.TryParse($"payment/{buyer}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
            ? Answer<PaymentBody>.Of(await Of(seen, caller, platform), seen) : Problems.NotFound;

    /// <summary>A payment's state and history as a body.</summary>
    public static async Task<PaymentBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var (id, state, texts) = ((PaymentId)seen.Id, (Payment.State)seen.State, caller.Texts);
        var history = await platform.History(id, caller.Who, caller.Cancel) ?? [];
        List<RefundBody> refunds = [];
        foreach (var owed in history.Select(r => (r.Event as Payment.Event.RefundOwed)?.Return).OfType<Return>())
            if (await platform.Read(RefundId.Of(id, owed), caller.Who, caller.Cancel) is { } back)
                refunds.Add(RefundEndpoints.Of(back, texts));
        var why = state switch
        {
            Payment.State.Declined s => s.Why,
            Payment.State.Failed s   => s.Why,
            Payment.State.Open or Payment.State.Captured or Payment.State.Voided => null,
        };
        return new(
            id, id.Checkout, Words.StateOf(state), texts.Tell($"payment.state.{state.GetType().Name}"), state.Amount,
            state.Wanted, (state as Payment.State.Captured)?.Taken, MoneyTrail.ReferenceOf(state),
            [.. state.Stakes.Select(s => new ShareBody(s.Order, s.Amount, s.Released, s.Refunded))],
            await WithCards(Tries(history, seen.As, texts), caller), [.. refunds],
            Words.Next(Payment.Kind.DeadlineOf(state), seen.As, texts),
            why is null ? null : Words.Of(why, seen.As, texts));
    }

    /// <summary>What a card is called is asked when it is read: no part of its number is recorded.</summary>
    static async Task<ImmutableArray<TryBody>> WithCards(ImmutableArray<TryBody> tries, Caller caller)
    {
        var methods = caller.Http.RequestServices.GetRequiredService<MethodLooks>();
        var looks = await Task.WhenAll(tries.Select(t => methods.Of(t.Method, caller.Cancel)));
        return [.. tries.Zip(looks, (t, look) => t with { Card = PaymentMethods.CardOf(look, caller.Texts) })];
    }

    /// <summary>Told from the events alone: what an attempt came to is what happened after it was asked for.</summary>
    static ImmutableArray<TryBody> Tries(ImmutableArray<Recorded> history, Party reader, Texts texts)
    {
        List<TryBody> tries = [];
        foreach (var r in history)
        {
            if (r.Event is Payment.Event.Asked asked)
                tries.Add(new(
                    asked.Attempt, asked.Method,
                    asked.Shares.Select(s => s.Amount).Sum(asked.Shares[0].Amount.Currency), r.At, "authorising", null,
                    0, null, null));
            else if (tries is [.., var last])
                tries[^1] = After(last, (Payment.Event)r.Event, r.At, reader, texts);
        }
        return [.. tries];
    }

    static TryBody After(TryBody t, Payment.Event happened, Instant at, Party reader, Texts texts) => happened switch
    {
        Payment.Event.AskedAgain      => t with { Repeats = t.Repeats + 1 },
        Payment.Event.Authorised e    => t with { Outcome = "authorised", Reference = e.Intent, ClearAt = at },
        Payment.Event.Declined e      => t with
        {
            Outcome = "declined", ClearAt = at, Why = Words.Of(e.Why, reader, texts),
        },
        Payment.Event.Captured        => t with { Outcome = "captured" },
        Payment.Event.CaptureFailed e => t with { Outcome = "failed", Why = Words.Of(e.Why, reader, texts) },
        Payment.Event.VoidAsked e     => t with { Reference = t.Reference ?? e.Intent },
        Payment.Event.Voided          => t with { Outcome = "voided", ClearAt = t.ClearAt ?? at },
        Payment.Event.Asked or Payment.Event.Unanswered or Payment.Event.Released or Payment.Event.Unfunded
            or Payment.Event.ReturnQueued or Payment.Event.RefundOwed or Payment.Event.CaptureAsked
            or Payment.Event.Abandoned or Payment.Event.ReturnsChosen => t,
    };
}
