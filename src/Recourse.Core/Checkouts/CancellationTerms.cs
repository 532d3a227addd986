using Recourse.Orders;
using Recourse.Payments;
namespace Recourse.Checkouts;

/// <summary>Until when a buyer can give up what they buy, and at what cost, in one sentence.</summary>
/// <param name="Code">Of the sentence.</param>
/// <param name="UntilCharged">For so long nothing is charged at all.</param>
public sealed record CancellationTerms(string Code, Duration UntilCharged)
{
    /// <summary>As a rulebook has them for what is placed by it.</summary>
    public static CancellationTerms Of(Rulebook book)
    {
        var reason = book.Of<OrderRules>().Reasons.GetValueOrDefault(Reason.ChangedMind);
        return new(
            reason is null || !reason.By.HasFlag(Party.Buyer) ? "cancelling.by-asking"
                : reason.ShippingBorneBy is Bearer.Buyer ? "cancelling.without-shipping"
                : "cancelling.free",
            book.Of<PaymentRules>().GracePeriod);
    }

    /// <summary>The sentence.</summary>
    public string Say(Texts texts) => texts.Fill(Code, [("minutes", (long)UntilCharged.TotalMinutes)]);
}
