using Recourse.Rulebooks;
namespace Recourse.Payouts;

/// <summary>The rulebook's section on payouts.</summary>
/// <param name="Every">From one payout of a seller's earnings to the next.</param>
/// <param name="SendWithin">By when a payout stands in a file, or people are called.</param>
/// <param name="ConfirmWithin">By when the bank has said what became of it, or people are called.</param>
/// <param name="EscalateEvery">How often people are called after that.</param>
/// <param name="Reserve">What of earnings is kept back, for what may still be charged back.</param>
/// <param name="ReserveFor">For how long.</param>
/// <param name="AppealWithin">How long a hold can be appealed.</param>
/// <param name="From">The account that it is all paid from.</param>
/// <param name="Reasons">Why payouts may be held, each with what its seller can do next.</param>
public sealed record PayoutRules(
    Duration Every, Duration SendWithin, Duration ConfirmWithin, Duration EscalateEvery, Ratio Reserve,
    Duration ReserveFor, Window AppealWithin, BankAccount From,
    ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons) : IRules
{
    /// <summary>Editions from before there were payouts: as the shipped one had it first.</summary>
    public static readonly PayoutRules Before = new(
        Duration.FromDays(7), Duration.FromHours(24), Duration.FromDays(5), Duration.FromHours(24), new(10, 100),
        Duration.FromDays(14), new Window.Days(184), new("Recourse", "DE89370400440532013000"),
        ImmutableSortedDictionary<string, ImmutableArray<Remedy>>.Empty);

    /// <summary>Reads the section.</summary>
    public static PayoutRules Read(RuleReader r)
    {
        var rules = new PayoutRules(
            r.Elapsed("every"), r.Elapsed("sendWithin"), r.Elapsed("confirmWithin"), r.Elapsed("escalateEvery"),
            r.Percent("reserve"), r.Elapsed("reserveFor"), r.Stretch("appealWithin"),
            ReadFrom(r.Map("from")), r.Map("reasons").Reasons());
        r.Done();
        return rules;
    }

    static BankAccount ReadFrom(RuleReader r)
    {
        var from = new BankAccount(
            r.Text("holder"), Iban.Tidy(r.Text("iban")), r.Has("bic") ? r.Text("bic") : null);
        if (from.Iban is not "" && !Iban.IsRight(from.Iban))
            r.Fault("iban", "Must be an IBAN such as DE89370400440532013000.");
        r.Done();
        return from;
    }
}
