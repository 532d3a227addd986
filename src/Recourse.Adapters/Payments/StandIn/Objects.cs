namespace Recourse.Adapters.Payments.StandIn;

using Metadata = ImmutableSortedDictionary<string, string>;

/// <summary>One wish to be paid, in the provider's units.</summary>
/// <param name="Authorised">What was ever held.</param>
internal sealed record Intent(
    string Id, long Amount, string Currency, string Status, bool IsManual, Metadata Metadata, long Created,
    string? PaymentMethod = null, long Authorised = 0, long Capturable = 0, long Received = 0, string? Charge = null,
    string? ErrorCode = null, string? DeclineCode = null, long? CanceledAt = null, string? CancellationReason = null);

/// <summary>One giving back.</summary>
/// <param name="Fate">What becomes of it while it is pending.</param>
/// <param name="Arn">By which the bank finds it, once it is done.</param>
/// <param name="IsLost">Nobody here knows of it any more.</param>
internal sealed record Repayment(
    string Id, string Intent, string Charge, long Amount, string Currency, string Status, Metadata Metadata,
    long Created, string? Reason = null, string? FailureReason = null, string? Fate = null,
    string? Arn = null, bool IsLost = false);

/// <summary>One line of our account with the provider.</summary>
internal sealed record BalanceLine(
    string Id, string Type, long Amount, string Currency, string Source, long Created, string Description);

/// <summary>Something to tell the platform.</summary>
/// <param name="Copies">How often it is told, besides repeats after failures.</param>
internal sealed record Report(string Id, string Body, int Copies = 1, bool IsForged = false, bool IsLate = false);

/// <summary>What is answered over HTTP.</summary>
internal sealed record Answer(int Status, string Body);

/// <summary>What came of a request: the answer, what is told of it, and what is settled by itself later.</summary>
internal sealed record Outcome(Answer Answer, ImmutableArray<Report> Reports, string? Unsettled = null)
{
    public static implicit operator Outcome(Answer answer) => new(answer, []);
}
