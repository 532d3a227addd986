using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Reviews;
using static Recourse.Tests.Purchase;
namespace Recourse.Tests;

public sealed partial class BuyersLifecycles
{
    static readonly Func<Life, object>[] ToRefunds =
    [
        _ => OpenRefund,
        life => HearRefund(life, new ProviderAnswer.Done("re-1")),
        life => HearRefund(life, new ProviderAnswer.Pending($"re-{(life.State as Refund.State)?.Attempt}")),
        life => HearRefund(life, new ProviderAnswer.Declined(null, "x")),
        life => HearRefund(life, new ProviderAnswer.Unknown("y")),
        life => new Refund.Command.HearReport(new(
            "e", (life.State as Refund.State.Paid)?.Reference ?? "re-1", 0, ReportedStatus.RefundFailed, Eur(5_00),
            null)),
        _ => new Refund.Command.HearReport(new("e", "re-1", 0, ReportedStatus.RefundFailed, Eur(5_00), null)),
        _ => new Refund.Command.Retry(), life => new Refund.Command.Wake(life.Due),
        life => new Refund.Command.Wake(life.Due),
        _ => new Refund.Command.Open(new(Cups, 1, Eur(5_00), Why), ThePayment, "pi-1", "BR", Eur(5_00)),
        _ => new Refund.Command.TakeInWallet(), _ => new Refund.Command.Trace(),
        _ => new Refund.Command.CloseTrace("ARN-1"), life => Recompute(life, 0), life => Recompute(life, 1_00),
        _ => new Refund.Command.CloseTrace(null, Lost: true), _ => new Refund.Command.Review(new Step.Claim()),
        _ => new Refund.Command.Review(new Step.Release()), _ => new Refund.Command.Review(new Step.Confirm()),
        _ => new Refund.Command.Divert(true), _ => new Refund.Command.Divert(false),
        life => HearLook(life, new ProviderAnswer.Done(ReferenceOf(life))),
        life => HearLook(life, new ProviderAnswer.Done(ReferenceOf(life), "ARN-2")),
        life => HearLook(life, new ProviderAnswer.Declined(null, "x")),
        life => HearLook(life, new ProviderAnswer.Declined(ReferenceOf(life), "x")),
    ];

    /// <summary>Refunds of more than one decides alone, with what an agent wants done about them.</summary>
    static IEnumerable<Life> ToConfirm
    {
        get
        {
            var opened = NewRefund.When(OfPayment, new Refund.Command.Open(
                new(Cups, 1, Eur(2_000_00), Why), ThePayment, "pi-1", "BR"));
            var traced = opened.When(Provider, HearRefund(opened, new ProviderAnswer.Done("re-1")))
                .When(Buyer, new Refund.Command.Trace());
            yield return opened.When(Provider, HearRefund(opened, new ProviderAnswer.Declined(null, "x")))
                .When(Agent, new Refund.Command.Retry());
            yield return traced.When(Agent, new Refund.Command.CloseTrace(null, Lost: true));
        }
    }

    static string ReferenceOf(Life life) => life.State switch
    {
        Refund.State.Paid s    => s.Reference,
        Refund.State.Tracing s => s.Reference,
        _                      => "re-1",
    };

    static Refund.Command HearLook(Life life, ProviderAnswer answer)
    {
        var attempt = (life.State as Refund.State)?.Attempt;
        var key = life.State is Refund.State.Paid s ? $"{TheRefund}/{attempt}/look/{s.Looks}"
            : $"{TheRefund}/{attempt}/trace";
        return new Refund.Command.HearAnswer(
            new ProviderCall.LookAtRefund(key, ReferenceOf(life), "pi-1"), answer);
    }

    static Refund.Command Recompute(Life life, long more) => new Refund.Command.Recompute(new Fact<Kernel.Money>(
        Eur(5_00 + ((life.State as Refund.State)?.Corrected?.Minor ?? 0) + more), Wednesday, "journal"));

    static Refund.Command HearRefund(Life life, ProviderAnswer answer) => new Refund.Command.HearAnswer(
        new ProviderCall.Void($"{TheRefund}/{(life.State as Refund.State)?.Attempt}/refund", "pi-1"), answer);
}
