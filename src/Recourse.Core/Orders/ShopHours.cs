namespace Recourse.Orders;

/// <summary>Days on which a seller sends nothing.</summary>
/// <param name="From">The first of them, where the goods lie.</param>
/// <param name="To">The last of them.</param>
/// <param name="Reason">In the seller's words, as buyers read it.</param>
public sealed record Absence(LocalDate From, LocalDate To, string Reason);

/// <summary>When a seller works, as it was when an order was placed.</summary>
/// <param name="DaysOff">Days of the week on which they send nothing.</param>
/// <param name="DaysNeeded">
/// How many business days they need for all that waits already and this order; null: they said no limit.
/// </param>
public sealed record ShopHours(
    ImmutableArray<Absence> Absences, ImmutableArray<IsoDayOfWeek> DaysOff, int? DaysNeeded = null)
{
    /// <summary>A country's calendar, without the days on which this seller sends nothing.</summary>
    public BusinessCalendar Within(BusinessCalendar calendar) => calendar with
    {
        Holidays =
        [
            .. calendar.Holidays, .. Absences.Select(a => (Holiday)new Holiday.Between(a.From, a.To)),
            .. DaysOff.Select(d => (Holiday)new Holiday.EachWeek(d)),
        ],
    };
}
