using Recourse.Payments;
namespace Recourse.Adapters.Payments;

/// <summary>Whoever holds, takes and gives back money for us.</summary>
public interface IPaymentProvider
{
    /// <summary>Carries a call out, or finds out what became of it. Safe to repeat with the same key.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up; the outcome is unknown.</exception>
    Task<ProviderAnswer> Call(ProviderCall call, CancellationToken cancel);
}
