using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>To whom and where a seller sells, and when they work: all of it, it takes the place of what was.</summary>
public sealed record SellerTermsRequest
{
    /// <summary>Where they don't send.</summary>
    public ImmutableArray<NotSentBody> NotSent { get; init; } = [];

    /// <summary>What they want to know of whoever buys for more than an amount.</summary>
    public ImmutableArray<RecordNeededBody> Records { get; init; } = [];

    /// <summary>How many units of all their goods they send to one buyer at a time; left out: as many as there are.
    /// </summary>
    public MostUnitsBody? Most { get; init; }

    /// <summary>When they send nothing.</summary>
    public ImmutableArray<AbsenceBody> Absences { get; init; } = [];

    /// <summary>Days of the week on which they send nothing, e.g. <c>friday</c>.</summary>
    public ImmutableArray<string> DaysOff { get; init; } = [];

    /// <summary>How many parcels they can send in a day; left out: they set no limit.</summary>
    public int? ParcelsADay { get; init; }
}

/// <summary>Countries that a seller doesn't send to.</summary>
/// <param name="Countries">ISO 3166 alpha-2.</param>
/// <param name="Reason">As buyers read it.</param>
public sealed record NotSentBody(ImmutableArray<string> Countries, string Reason)
{
    /// <summary>Classes of goods that it is about; none: all of them.</summary>
    public ImmutableArray<string> Goods { get; init; } = [];
}

/// <summary>What a seller wants to know of whoever buys for more than an amount.</summary>
/// <param name="HonestOrders">So many orders that ended well.</param>
/// <param name="Reason">As buyers read it.</param>
public sealed record RecordNeededBody(Money Above, int HonestOrders, string Reason);

/// <summary>How many units a seller sends to one buyer at a time.</summary>
/// <param name="Reason">As buyers read it.</param>
public sealed record MostUnitsBody(int Units, string Reason);

/// <summary>Days on which a seller sends nothing.</summary>
/// <param name="From">The first, e.g. <c>2027-02-06</c>.</param>
/// <param name="To">The last.</param>
/// <param name="Reason">As buyers read it.</param>
public sealed record AbsenceBody(string From, string To, string Reason);

/// <summary>What a seller has declared.</summary>
/// <param name="Number">Counts the changes; 0: nothing was declared.</param>
public sealed record SellerTermsBody(
    string Seller, int Number, ImmutableArray<NotSentBody> NotSent, ImmutableArray<RecordNeededBody> Records,
    MostUnitsBody? Most, ImmutableArray<AbsenceBody> Absences, ImmutableArray<string> DaysOff, int? ParcelsADay);

/// <summary>Sellers' own terms: they declare them, and buyers read in their basket what concerns them.</summary>
static class TermsEndpoints
{
    const string Path = "/sellers/{seller}/terms";
    static readonly Remedy Mend = new("sellerterms.mend");

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet(Path, Get).For(Party.Seller | Party.Staff).WithName("getSellerTerms").WithTags("Listings")
            .WithSummary("To whom and where a seller sells, and when they work.");
        v1.MapPut(Path, Put).For(Party.Seller).WithName("putSellerTerms").WithTags("Listings")
            .WithSummary("Declare to whom and where you sell, and when you work: for orders from now on.");
    }

    static async Task<Answer<SellerTermsBody>> Get(string seller, Caller caller, IPlatform platform)
    {
        if (!SellerId.TryParse($"seller/{seller}", out var id)
            || caller.Who is Actor.Seller own && own.Id != id) return Problems.NotFound;
        return Of(id, await Of(id, caller, platform));
    }

    /// <summary>What is declared now.</summary>
    public static async Task<SellerTerms> Of(SellerId id, Caller caller, IPlatform platform) =>
        await platform.Read(id, caller.Who, caller.Cancel) is { State: SellerAccount.State { Terms: { } terms } }
            ? terms : SellerTerms.None;

    static async Task<Answer<SellerTermsBody>> Put(
        string seller, WriteOf<SellerTermsRequest> write, IPlatform platform)
    {
        if (!SellerId.TryParse($"seller/{seller}", out var id)) return Problems.NotFound;
        var (terms, faults) = Read(write.Body);
        if (!faults.IsEmpty) return Problems.Of(faults);
        var outcome = await platform.Ask(
            write.To(id, new SellerAccount.Command.DeclareTerms(terms)), write.By.Cancel);
        return outcome is Outcome.Done { State: SellerAccount.State state } done
            ? Answer<SellerTermsBody>.Of(Of(id, state.Terms ?? SellerTerms.None), done) : Problems.Of(outcome);
    }

    /// <summary>As somebody sent them; what is no day is told.</summary>
    public static (SellerTerms Terms, ImmutableArray<Refusal> Faults) Read(SellerTermsRequest body)
    {
        List<Refusal> faults = [];
        var terms = new SellerTerms(
            0, [.. All(body.NotSent).Select(n => new NotSent(All(n.Countries), All(n.Goods), n.Reason))],
            [.. All(body.Records).Select(r => new RecordNeeded(r.Above, r.HonestOrders, r.Reason))],
            body.Most is { } most ? new(most.Units, most.Reason) : null,
            [.. All(body.Absences).Select((a, i) => new Absence(
                Day(a.From, $"absences[{i}].from"), Day(a.To, $"absences[{i}].to"), a.Reason))],
            [.. All(body.DaysOff).Select(WeekdayOf)], body.ParcelsADay);
        return (terms, [.. faults]);

        LocalDate Day(string text, string field)
        {
            var day = LocalDatePattern.Iso.Parse(text ?? "");
            if (!day.Success) faults.Add(new Refusal("sellerterms.no-day", Mend) { Field = field });
            return day.Success ? day.Value : new(2000, 1, 1);
        }

        IsoDayOfWeek WeekdayOf(string text)
        {
            if (Enum.TryParse<IsoDayOfWeek>(text, ignoreCase: true, out var day) && day is not IsoDayOfWeek.None
                && !char.IsAsciiDigit(text[0])) return day;
            faults.Add(new Refusal("sellerterms.no-weekday", Mend) { Field = "daysOff" });
            return IsoDayOfWeek.Sunday;
        }
    }

    static ImmutableArray<T> All<T>(ImmutableArray<T> some) => some.IsDefault ? [] : some;

    /// <summary>As they are answered.</summary>
    public static SellerTermsBody Of(SellerId id, SellerTerms t) => new(
        $"{id}", t.Number, [.. t.NotSent.Select(n => new NotSentBody(n.Countries, n.Reason) { Goods = n.Goods })],
        [.. t.Records.Select(r => new RecordNeededBody(r.Above, r.HonestOrders, r.Reason))],
        t.Most is { } most ? new(most.Units, most.Reason) : null,
        [.. t.Absences.Select(a => new AbsenceBody(
            LocalDatePattern.Iso.Format(a.From), LocalDatePattern.Iso.Format(a.To), a.Reason))],
        [.. t.DaysOff.Select(d => Words.StateOf($"{d}"))], t.ParcelsADay);
}
