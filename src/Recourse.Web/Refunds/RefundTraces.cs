using Microsoft.Extensions.DependencyInjection;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>Where a refund is.</summary>
/// <param name="Where">A code: <c>wallet</c>, <c>on-its-way</c>, <c>late</c>, <c>failed</c>, <c>sent</c> (the provider
/// has paid it, and the bank has until the promised day), <c>back</c> or <c>traced</c>.</param>
/// <param name="Answer">The answer, in words.</param>
/// <param name="By">By when the next thing happens (UTC); left out: nothing is waited for.</param>
/// <param name="Steps">What happened, the oldest first, and what is to come.</param>
/// <param name="References">What the buyer can name to their bank.</param>
/// <param name="Owner">Who looks into it until then: <c>agent</c>, <c>operator</c> or <c>provider</c>; left out: nobody
/// has to.</param>
/// <param name="Said">What the provider says of it at this moment: <c>back</c>, <c>on-its-way</c>, <c>failed</c>,
/// <c>not-found</c>, or <c>not-known-now</c> if it didn't answer; left out: it was never there.</param>
public sealed record RefundTraceBody(
    RefundId Refund, string Where, string Answer, Instant? By, ImmutableArray<TraceStep> Steps,
    ImmutableArray<string> References, string? Owner = null, string? Said = null);

/// <summary>One step of a refund's way.</summary>
/// <param name="At">When (UTC); of what is to come, by when.</param>
/// <param name="Done">Whether it has happened.</param>
/// <param name="Amount">How much it was about; left out: the step says nothing of it.</param>
public sealed record TraceStep(
    string Code, string Text, Instant At, bool Done, Money? Amount = null, string? Reference = null);

/// <summary>Where a refund is, out of what is on record: the wallet first, then the provider.</summary>
static class RefundTraces
{
    public static async Task<Answer<RefundTraceBody>> Get(
        string buyer, string code, Caller caller, IPlatform platform) =>
        RefundId.TryParse($"refund/{buyer}/{code}", out var id)
        && await platform.Read(id, caller.Who, caller.Cancel) is { } seen
        && await platform.History(id, caller.Who, caller.Cancel) is { } history
            ? Answer<RefundTraceBody>.Of(
                Of(seen, history, platform.Now, caller.Texts,
                    await caller.Http.RequestServices.GetRequiredService<RefundLooks>().Of(
                        (Refund.State)seen.State, caller.Cancel)), seen)
            : Problems.NotFound;

    /// <summary>The way of a refund as it stands.</summary>
    /// <param name="said">What the provider says of it now; null: it was never there.</param>
    public static RefundTraceBody Of(
        Seen seen, IReadOnlyList<Recorded> history, Instant now, Texts texts, ProviderAnswer? said)
    {
        var (id, state) = ((RefundId)seen.Id, (Refund.State)seen.State);
        var owed = state.Owed;
        List<TraceStep> steps = [Step("ended", owed.Return.Why.IssuedAt, owed.Return.Amount)];
        foreach (var r in history)
            if (StepOf((Refund.Event)r.Event, r.At, owed) is { } step) steps.Add(step);
        if (SaidOf(said) is { } word)
            steps.Add(Step($"provider-{word}", now, reference: (said as ProviderAnswer.Done)?.Arn));
        if (Ahead(state) is { } ahead) steps.Add(ahead);
        if (owed.IsProvisional is true && steps[^1].Code is "promised")
            steps.Add(Step("provisional", owed.Promised, done: false));
        var where = WhereOf(state, now);
        var by = Refund.Kind.DeadlineOf(state) is { } deadline
            ? state is Refund.State.Requested or Refund.State.Pending ? Instant.Max(owed.Promised, deadline.Due)
            : state is Refund.State.Paid ? (Instant?)null : deadline.Due : null;
        return new(
            id, where, texts.Fill($"trace.answer-{where}",
                [("amount", owed.Return.Amount), ("promised", owed.Promised), ("by", by ?? owed.Promised)]),
            by, [.. steps], [.. References(state)],
            by is null ? null : Words.Of(Refund.Kind.DeadlineOf(state)!.Owner), SaidOf(said));

        TraceStep Step(string code, Instant at, Money? amount = null, string? reference = null, bool done = true) =>
            new(code, texts.Tell($"trace.{code}"), at, done, amount, reference);

        TraceStep? StepOf(Refund.Event happened, Instant at, Owed of) => happened switch
        {
            Refund.Event.Opened e when of.Amount.Minor > 0 => Step("asked", at, e.Owed.Amount),
            Refund.Event.Opened        => Step("wallet", at, of.Return.Amount),
            Refund.Event.Accepted e    => Step("taken-in", at, null, e.Reference),
            Refund.Event.Paid e        => Step("paid", e.At, of.Amount, e.Arn ?? e.Reference),
            Refund.Event.Failed e      => Step("failed", at, null, e.Reference),
            Refund.Event.Reversed e    => Step("came-back", at, of.Amount, e.Reference),
            Refund.Event.Retried       => Step("retried", at),
            Refund.Event.Escalated     => Step("escalated", at),
            Refund.Event.MovedToWallet e => e.Amount.Minor > 0 ? Step("wallet", e.At, e.Amount) : null,
            Refund.Event.LookedFor     => Step("looked-for", at),
            Refund.Event.Seen e        => Step("seen", at, null, e.Arn),
            Refund.Event.Compensated e => Step("compensated", at, e.What.Amount),
            Refund.Event.TraceOpened { Because: not null } => Step("investigated", at),
            Refund.Event.TraceOpened   => Step("tracing", at),
            Refund.Event.TraceLate     => Step("escalated", at),
            Refund.Event.TraceClosed e => Step("traced", at, null, e.Reference),
            Refund.Event.Corrected e   => Step("corrected", at, e.Missing),
            Refund.Event.Unanswered or Refund.Event.AskedAgain or Refund.Event.Confirmed
                or Refund.Event.Diverted or Refund.Event.Reviewed => null,
        };

        TraceStep? Ahead(Refund.State s) => s switch
        {
            Refund.State.Requested or Refund.State.Pending => Step("promised", owed.Promised, owed.Amount, null, false),
            Refund.State.Failed f  => Step("agent", f.Deadline.Due, null, null, false),
            Refund.State.Tracing t => Step("answer", t.Deadline.Due, null, null, false),
            Refund.State.Paid { Check: { } check } => Step("check", check.Due, null, null, false),
            Refund.State.Paid or Refund.State.InWallet => null,
        };
    }

    static string? SaidOf(ProviderAnswer? said) => said switch
    {
        null => null,
        ProviderAnswer.Done    => "back",
        ProviderAnswer.Pending => "on-its-way",
        ProviderAnswer.Declined { Reference: null } => "not-found",
        ProviderAnswer.Declined => "failed",
        ProviderAnswer.Unknown => "not-known-now",
    };

    static string WhereOf(Refund.State state, Instant now) => state switch
    {
        Refund.State.InWallet => "wallet",
        Refund.State.Paid { Check: { } check } when now < check.Due => "sent",
        Refund.State.Paid     => "back",
        Refund.State.Tracing  => "traced",
        Refund.State.Failed   => "failed",
        Refund.State.Requested or Refund.State.Pending => now > state.Owed.Promised ? "late" : "on-its-way",
    };

    static IEnumerable<string> References(Refund.State state)
    {
        var (reference, arn) = state switch
        {
            Refund.State.Pending s => (s.Reference, (string?)null),
            Refund.State.Paid s    => (s.Reference, s.Arn),
            Refund.State.Tracing s => (s.Reference, s.Arn),
            Refund.State.Requested or Refund.State.Failed or Refund.State.InWallet => (null, null),
        };
        if (reference is not null) yield return reference;
        if (arn is not null) yield return arn;
    }

    /// <summary>
    /// What the order's record says is to be given back for it, worked out anew line by line; null: there is no such
    /// refund. Of what no order gave back (it never took its funding) the whole share is due.
    /// </summary>
    public static async Task<Fact<Money>?> Due(string buyer, string code, Caller caller, IPlatform platform)
    {
        if (!RefundId.TryParse($"refund/{buyer}/{code}", out var id)
            || (await platform.Read(id, caller.Who, caller.Cancel))?.State is not Refund.State { Owed: var owed })
            return null;
        var history = await platform.History(owed.Return.Order, caller.Who, caller.Cancel);
        var due = history?.Select(r => r.Event).OfType<Order.Event.Settled>()
            .Select(e => e.Settlement.OwedBy(owed.Return.Nth)).FirstOrDefault(m => m is not null);
        return new(due ?? owed.Return.Amount, platform.Now, "journal");
    }
}
