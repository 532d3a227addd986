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
/// <param name="Choices">What a seller may choose instead; null: nothing.</param>
/// <param name="ArriveWithin">By when the bank shows what is paid within SEPA.</param>
/// <param name="ArriveAbroadWithin">The same of what is paid elsewhere.</param>
/// <param name="Reasons">Why payouts may be held, each with what its seller can do next.</param>
public sealed record PayoutRules(
    Duration Every, Duration SendWithin, Duration ConfirmWithin, Duration EscalateEvery, Ratio Reserve,
    Duration ReserveFor, Window AppealWithin, BankAccount From,
    ImmutableSortedDictionary<string, ImmutableArray<Remedy>> Reasons, PayoutChoices? Choices = null,
    Window? ArriveWithin = null, Window? ArriveAbroadWithin = null) : IRules
{
    /// <summary>Days on which our bank works, and one in that country.</summary>
    public BusinessCalendar BanksOf(Calendars calendars, string country) => From.Iban.Length < 2
        ? calendars.Of(country) : calendars.Of(From.Iban[..2]).And(calendars.Of(country));

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
            ReadFrom(r.Map("from")), r.Map("reasons").Reasons(),
            r.Has("choices") ? PayoutChoices.Read(r.Map("choices")) : null,
            r.Has("arriveWithin") ? r.Stretch("arriveWithin") : null,
            r.Has("arriveAbroadWithin") ? r.Stretch("arriveAbroadWithin") : null);
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

/// <summary>What a seller may choose of when they are paid.</summary>
/// <param name="Rhythms">Names of rhythms.</param>
/// <param name="AboveAtMost">How much they may let gather, by currency; none named: nothing.</param>
/// <param name="WaitAtMost">For how long less than their own amount may wait; then it is paid all the same.</param>
public sealed record PayoutChoices(
    ImmutableArray<string> Rhythms, ImmutableArray<Money> AboveAtMost, Duration WaitAtMost)
{
    /// <summary>Reads that part.</summary>
    internal static PayoutChoices Read(RuleReader r)
    {
        var choices = new PayoutChoices(
            r.Some("rhythms", [("daily", "daily"), ("weekly", "weekly"), ("monthly", "monthly")]),
            r.Amounts("aboveAtMost"), r.Elapsed("waitAtMost"));
        r.Done();
        return choices;
    }

    /// <summary>How much may gather in a currency; null: nothing.</summary>
    public Money? MostIn(Currency currency) =>
        AboveAtMost.FirstOrDefault(m => m.Currency == currency) is { Minor: > 0 } most ? most : null;
}
