using Recourse.Payments;
namespace Recourse.Refunds;

public static partial class Refund
{
    /// <summary>What happens when a promised day passes.</summary>
    internal const string Late = "refund.escalate";

    static readonly Remedy Look = new("refund.look"), Ask = new("support.ask"), Ignore = new("provider.ignore"),
        Wait = new("refund.wait");

    static string NameOf(State? state) => state is null ? "none" : $"refund.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("refund.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal OtherReturn(RefundId id) => new("refund.other-return", Look, ("refund", $"{id}"));
    static Refusal StillUnclear => new("refund.still-unclear", Wait);

    static Refusal AmountDiffers(Money ours, Money reported) =>
        new("refund.amount-differs", Ask, ("ours", ours), ("reported", reported));

    static Refusal OtherReference(string ours, string reported) =>
        new("refund.other-reference", Ignore, ("ours", ours), ("reported", reported));

    static Refusal DoesNotFit(State state, ReportedStatus status) =>
        new("refund.report-does-not-fit", Ask, ("state", NameOf(state)), ("status", $"report.{status}"));
}
