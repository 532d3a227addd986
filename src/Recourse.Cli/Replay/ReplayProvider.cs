using Recourse.Olist;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
namespace Recourse.Cli;

/// <summary>The provider of a history: it authorises when it did then, and is otherwise prompt and honest.</summary>
public sealed class ReplayProvider(
    ReplayScript script, Func<Instant> now, Action<Instant, Action> at, Action<IId, object, Actor> ask)
{
    /// <summary>How it is asked to pay: the history names kinds of payment, no tokens.</summary>
    public const string Method = "pm_history";

    /// <summary>The history doesn't tell when money was back: five days is what card refunds usually take.</summary>
    public static readonly Duration RefundTakes = Duration.FromDays(5);

    /// <summary>A payment that was never approved lapses at the provider after as long as a slip is valid.</summary>
    public static readonly Duration SlipLapses = Duration.FromDays(3);

    static readonly Actor Provider = new Actor.Outside("provider");

    readonly HashSet<PaymentId> _approvable =
        [.. script.Steps.OfType<ReplayStep.AnswerPayment>().Select(s => s.Payment)];
    readonly HashSet<PaymentId> _approved = [];
    readonly Dictionary<PaymentId, Instant> _asked = [];

    /// <summary>The instant has come at which it authorised.</summary>
    public void Approve(PaymentId payment)
    {
        _approved.Add(payment);
        if (_asked.ContainsKey(payment)) Report(payment, _waiting[payment], ReportedStatus.Authorised, null);
    }

    readonly Dictionary<PaymentId, ProviderCall.Authorise> _waiting = [];

    /// <summary>Answers a call.</summary>
    public void Call(Outside outside, Action<object?> reply)
    {
        var call = (ProviderCall)outside.Request;
        var answer = call switch
        {
            ProviderCall.Authorise c => Authorise((PaymentId)outside.From, c),
            ProviderCall.Capture c   => new ProviderAnswer.Done(c.Intent),
            ProviderCall.Void c      => new ProviderAnswer.Done(c.Intent),
            ProviderCall.Refund c    => Refund((RefundId)outside.From, c),
            ProviderCall.LookAtRefund c => new ProviderAnswer.Done(c.Reference),
        };
        at(now(), () => reply(outside.From is RefundId
            ? new Refunds.Refund.Command.HearAnswer(call, answer) : new Payment.Command.HearAnswer(call, answer)));
    }

    ProviderAnswer Authorise(PaymentId payment, ProviderCall.Authorise call)
    {
        if (_approved.Contains(payment)) return new ProviderAnswer.Done(IntentOf(payment));
        if (!_asked.TryAdd(payment, now()))
            return !_approvable.Contains(payment) && _asked[payment] + SlipLapses <= now()
                ? new ProviderAnswer.Declined(IntentOf(payment), "expired_slip")
                : new ProviderAnswer.Pending(IntentOf(payment));
        _waiting[payment] = call;
        return new ProviderAnswer.Pending(IntentOf(payment));
    }

    ProviderAnswer Refund(RefundId refund, ProviderCall.Refund call)
    {
        var reference = $"re_{refund.Code}";
        at(now() + RefundTakes, () => ask(refund, new Refunds.Refund.Command.HearReport(
            new($"ev_{refund.Code}", reference, 0, ReportedStatus.Refunded, call.Amount, null)), Provider));
        return new ProviderAnswer.Pending(reference);
    }

    void Report(PaymentId payment, ProviderCall.Authorise call, ReportedStatus status, string? code) =>
        ask(payment, new Payment.Command.HearReport(
            new($"ev_{payment.Code}", IntentOf(payment), call.Attempt, status, call.Amount, code)), Provider);

    static string IntentOf(PaymentId payment) => $"pi_{payment.Code}";
}
