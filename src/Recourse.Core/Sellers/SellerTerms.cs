using Recourse.Orders;
namespace Recourse.Sellers;

/// <summary>Countries that a seller doesn't send to.</summary>
/// <param name="Goods">Classes of goods that it is about; none: all of them.</param>
/// <param name="Reason">In the seller's words, as buyers read it.</param>
public sealed record NotSent(ImmutableArray<string> Countries, ImmutableArray<string> Goods, string Reason);

/// <summary>What a seller wants to know of whoever buys for more than an amount.</summary>
/// <param name="Above">For more than that, in its currency, goods and shipping.</param>
/// <param name="HonestOrders">So many orders that ended well.</param>
/// <param name="Reason">In the seller's words, as buyers read it.</param>
public sealed record RecordNeeded(Money Above, int HonestOrders, string Reason);

/// <summary>How many units of all their goods a seller sends to one buyer at a time.</summary>
/// <param name="Reason">In the seller's words, as buyers read it.</param>
public sealed record MostUnits(int Units, string Reason);

/// <summary>What a seller has declared: to whom and where they sell, and when they work.</summary>
/// <param name="Number">Counts from 1; every change is another.</param>
/// <param name="ParcelsADay">How many they can send in a day; null: they set no limit.</param>
public sealed record SellerTerms(
    int Number, ImmutableArray<NotSent> NotSent, ImmutableArray<RecordNeeded> Records, MostUnits? Most,
    ImmutableArray<Absence> Absences, ImmutableArray<IsoDayOfWeek> DaysOff, int? ParcelsADay)
{
    const int MostOfAKind = 50, LongestReason = 200, LongestAbsence = 366, MostHonest = 100, MostParcels = 100_000;
    static readonly Remedy Mend = new("sellerterms.mend");

    /// <summary>Nothing declared.</summary>
    public static readonly SellerTerms None = new(0, [], [], null, [], [], null);

    /// <summary>When they work.</summary>
    /// <param name="waiting">Orders that wait to be sent; null: nobody counted them.</param>
    public ShopHours? Hours(int? waiting)
    {
        var needed = ParcelsADay is { } most && waiting is { } n ? n / most + 1 : (int?)null;
        return Absences.IsEmpty && DaysOff.IsEmpty && needed is null ? null : new(Absences, DaysOff, needed);
    }

    /// <summary>Without what is over.</summary>
    public SellerTerms Tidied(LocalDate today) => this with
    {
        Absences = [.. Absences.Where(a => a.To >= today).OrderBy(a => a.From)],
        DaysOff = [.. DaysOff.Distinct().Order()],
    };

    /// <summary>Whether both declare the same.</summary>
    public bool IsSame(SellerTerms other) => (Most, ParcelsADay) == (other.Most, other.ParcelsADay)
        && NotSent.Length == other.NotSent.Length && NotSent.Zip(other.NotSent).All(p =>
            p.First.Reason == p.Second.Reason && p.First.Countries.SequenceEqual(p.Second.Countries)
            && p.First.Goods.SequenceEqual(p.Second.Goods))
        && Records.SequenceEqual(other.Records) && Absences.SequenceEqual(other.Absences)
        && DaysOff.SequenceEqual(other.DaysOff);

    /// <summary>All that is wrong with it.</summary>
    public IEnumerable<Refusal> Faults()
    {
        if (Math.Max(NotSent.Length, Math.Max(Records.Length, Absences.Length)) > MostOfAKind) yield return TooMany;
        foreach (var (i, n) in NotSent.Take(MostOfAKind).Index())
        {
            if (n.Countries.IsDefaultOrEmpty || n.Countries.Any(c => !Countries.Has(c)))
                yield return BadCountries($"notSent[{i}].countries");
            if (n.Goods.IsDefault || n.Goods.Any(g => !Derived.IsCode(g))) yield return BadGoods($"notSent[{i}].goods");
            if (!IsReason(n.Reason)) yield return BadReason($"notSent[{i}].reason");
        }
        foreach (var (i, r) in Records.Take(MostOfAKind).Index())
        {
            if (r.Above.Minor is < 0 or > Money.Most || r.Above.Currency == default)
                yield return BadAmount($"records[{i}].above");
            if (r.HonestOrders is < 1 or > MostHonest) yield return BadNumber($"records[{i}].honestOrders", MostHonest);
            if (!IsReason(r.Reason)) yield return BadReason($"records[{i}].reason");
        }
        if (Most is { Units: < 1 or > MostParcels }) yield return BadNumber("most.units", MostParcels);
        if (Most is { } most && !IsReason(most.Reason)) yield return BadReason("most.reason");
        if (ParcelsADay is < 1 or > MostParcels) yield return BadNumber("parcelsADay", MostParcels);
        foreach (var fault in HoursFaults()) yield return fault;
    }

    IEnumerable<Refusal> HoursFaults()
    {
        foreach (var (i, a) in Absences.Take(MostOfAKind).Index())
        {
            if (a.To < a.From || a.To > a.From.PlusDays(LongestAbsence)) yield return BadDates($"absences[{i}].to");
            if (!IsReason(a.Reason)) yield return BadReason($"absences[{i}].reason");
        }
        // On Saturdays and Sundays nobody is waited for anyway.
        var open = Enumerable.Range((int)IsoDayOfWeek.Monday, 5).Select(d => (IsoDayOfWeek)d);
        if (DaysOff.Any(d => d is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) || open.All(d => DaysOff.Contains(d)))
            yield return NoDayLeft;
    }

    static bool IsReason(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= LongestReason && !text.Any(char.IsControl);

    static Refusal TooMany => new("sellerterms.too-many", Mend, ("most", MostOfAKind));
    static Refusal NoDayLeft => new("sellerterms.no-day-left", Mend) { Field = "daysOff" };
    static Refusal BadCountries(string field) => new("sellerterms.bad-countries", Mend) { Field = field };
    static Refusal BadGoods(string field) => new("sellerterms.bad-goods", Mend) { Field = field };
    static Refusal BadAmount(string field) => new("sellerterms.bad-amount", Mend) { Field = field };

    static Refusal BadReason(string field) =>
        new("sellerterms.bad-reason", Mend, ("most", LongestReason)) { Field = field };

    static Refusal BadNumber(string field, int most) =>
        new("sellerterms.bad-number", Mend, ("most", most)) { Field = field };

    static Refusal BadDates(string field) =>
        new("sellerterms.bad-dates", Mend, ("most", LongestAbsence)) { Field = field };
}
