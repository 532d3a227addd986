using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Verifying;
namespace Recourse.World.Invariants;

/// <summary>Invariant 7: every call to the provider has one outcome in the books.</summary>
public sealed class OneOutcome : Invariant
{
    readonly Dictionary<string, IId> _asked = [];
    readonly HashSet<string> _outcomes = [];

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var call in turn.Calls)
        {
            // A look does nothing.
            if (call.Request is ProviderCall asked and not ProviderCall.LookAtRefund) _asked[asked.Key] = call.From;
            if (call.Request is ChallengeCall.Begin check) _asked[check.Key] = call.From;
        }
    }

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        if (OutcomeOf(step) is not { } key) return;
        Must(_asked.ContainsKey(key), 7, $"{key} has an outcome and was never asked", step.Id);
        Must(_outcomes.Add(key), 7, $"{key} has a second outcome", step.Id);
    }

    /// <summary>The key of the call whose outcome an event is.</summary>
    static string? OutcomeOf(in Step step) => step switch
    {
        // What the wallet pays alone is asked of nobody.
        { Before: Payment.State.Authorising { ByMethod.Minor: 0 } or Payment.State.Held { Intent: Payment.FromWallet } }
            => null,
        { Before: Payment.State.Capturing { Asked.Minor: 0 } s, Event: Payment.Event.Captured } =>
            $"{step.Id}/{s.Terms.Attempt}/void",
        { Before: Payment.State.Authorising s, Event: Payment.Event.Authorised or Payment.Event.Declined
            or Payment.Event.VoidAsked or Payment.Event.Voided } => $"{step.Id}/{s.Terms.Attempt}/authorise",
        { Before: Payment.State.Capturing s, Event: Payment.Event.Captured or Payment.Event.CaptureFailed } =>
            $"{step.Id}/{s.Terms.Attempt}/capture",
        { Before: Payment.State.Voiding s, Event: Payment.Event.Voided } => $"{step.Id}/{s.Terms.Attempt}/void",
        { Before: Verification.State.Holding s,
            Event: Verification.Event.AmountHeld or Verification.Event.AmountRefused } =>
            $"{step.Id}/{s.Calls}/authorise",
        // Who was verified by an appeal meanwhile needs no answer any more.
        { Before: Verification.State.Starting s,
            Event: Verification.Event.ChallengeOpened or Verification.Event.ChallengePassed
                or Verification.Event.ChallengeFailed or Verification.Event.Verified { By: ShownBy.Appeal } } =>
            $"{step.Id}/{s.Challenges}/challenge",
        { Before: Refund.State.Open s, Event: Refund.Event.Paid or Refund.Event.Failed } =>
            $"{step.Id}/{s.Attempt}/refund",
        _ => null,
    };

    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        foreach (var (key, from) in _asked)
            Must(_outcomes.Contains(key), 7, $"{key} was asked and has no outcome", from);
    }
}

/// <summary>What the provider says that it has of ours, for one payment.</summary>
/// <param name="Held">Authorised and neither taken nor let go.</param>
public sealed record ProviderStatement(PaymentId Payment, Money Taken, Money GivenBack, Money Held);

/// <summary>Invariant 8: our clearing account is the provider's own statement, payment by payment.</summary>
/// <param name="statement">The provider's books at the end.</param>
public sealed class ClearingEqualsStatement(Func<IEnumerable<ProviderStatement>> statement) : Invariant
{
    /// <inheritdoc/>
    public override void Finish()
    {
        if (!Known.IsAtRest) return;
        HashSet<(string, Currency)> told = [];
        foreach (var s in statement())
        {
            var currency = s.Taken.Currency;
            var (clearing, held) = (Payment.Clearing(s.Payment).Path, Payment.HeldAt(s.Payment).Path);
            told.Add((clearing, currency));
            told.Add((held, currency));
            Must(-Known.Balances.GetValueOrDefault((clearing, currency)) == (s.Taken - s.GivenBack).Minor, 8,
                $"{clearing} is {Known.Balances.GetValueOrDefault((clearing, currency))}; the provider took {s.Taken} "
                + $"and gave back {s.GivenBack}", s.Payment);
            Must(-Known.Balances.GetValueOrDefault((held, currency)) == s.Held.Minor, 8,
                $"{held} is {Known.Balances.GetValueOrDefault((held, currency))}; the provider holds {s.Held}",
                s.Payment);
        }
        foreach (var ((path, currency), balance) in Known.Balances)
            if (balance != 0 && path.StartsWith("provider/", StringComparison.Ordinal))
                Must(told.Contains((path, currency)), 8, $"{path} is {balance}, and the provider knows nothing of it");
    }
}
