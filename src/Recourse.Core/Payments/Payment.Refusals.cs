using Recourse.Orders;
namespace Recourse.Payments;

public static partial class Payment
{
    /// <summary>In the place of the provider's reference, where the wallet pays alone.</summary>
    public const string FromWallet = "wallet";

    static readonly Remedy Look = new("payment.look"), CancelOrders = new("order.cancel"), Ask = new("support.ask"),
        Ignore = new("provider.ignore");

    static string NameOf(State? state) => state is null ? "none" : $"payment.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("payment.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal NothingToPay => new("payment.nothing-to-pay", Look);
    static Refusal TooLateToAbandon => new("payment.too-late-to-abandon", CancelOrders);

    static Refusal OtherAttempt(int running, int asked) =>
        new("payment.other-attempt", Ignore, ("running", running), ("asked", asked));

    static Refusal OtherIntent(string ours, string reported) =>
        new("payment.other-intent", Ignore, ("ours", ours), ("reported", reported));

    static Refusal AmountDiffers(Money ours, Money reported) =>
        new("payment.amount-differs", Ask, ("ours", ours), ("reported", reported));

    static Refusal DoesNotFit(State state, ReportedStatus status) =>
        new("payment.report-does-not-fit", Ask, ("state", NameOf(state)), ("status", $"report.{status}"));

    static Refusal NoShare(OrderId order) => new("payment.no-share", Look, ("order", $"{order}"));

    static Refusal GivesBackTooMuch(Stake stake, Money left, Money asked) => new(
        "payment.gives-back-too-much", Ask, ("order", $"{stake.Order}"), ("left", left), ("asked", asked));
}
