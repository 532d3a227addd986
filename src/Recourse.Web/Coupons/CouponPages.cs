using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Catalog;
using Recourse.Coupons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>
/// A seller's coupons, or the platform's for all shops: what they promise, how often they are used, and a form for
/// another.
/// </summary>
static class CouponPages
{
    public const string Path = "/coupons";
    const int PerPage = 50;
    const Party Issuers = Party.Seller | Party.Operator;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, List).AsPage(Issuers);
        pages.MapPost(Path, Issue).AsPage(Issuers);
        pages.MapGet($"{Path}/{{code}}", Get).AsPage(Issuers);
        pages.MapPost($"{Path}/{{code}}/end", End).AsPage(Issuers);
    }

    static SellerId IssuerOf(Caller caller) => caller.Who is Actor.Seller seller ? seller.Id : CouponId.AllShops;

    static Task<IResult> List(Caller caller, IPlatform platform, string? after, string? done) =>
        Show(caller, platform, after, null, null, done is "issued");

    static async Task<IResult> Show(
        Caller caller, IPlatform platform, string? after, Problem? refused, FormWrite? form, bool done)
    {
        var rows = await CouponEndpoints.List(caller, platform, null, after, PerPage);
        if (rows.Body is not { } body) return rows;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<CouponsPage>(reader, new()
        {
            ["Rows"] = body, ["Sent"] = form?.Sent, ["Done"] = done, ["After"] = after,
            ["Faults"] = FaultsOf(refused, reader),
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static ImmutableArray<RefusalBody> FaultsOf(Problem? refused, Reader reader) => refused is null ? []
        : [.. refused.Why.Where(no => no.Field is not null).Select(no => Words.Of(no, reader.Texts))];

    static async Task<IResult> Issue(FormWrite form, IPlatform platform)
    {
        var (body, faults) = Read(form, IssuerOf(form.By), platform.Now);
        if (!faults.IsEmpty) return await Show(form.By, platform, null, Problems.Of(faults), form, false);
        var answer = await CouponEndpoints.IssueFor(form, body, platform);
        return answer.Problem is { } problem ? await Show(form.By, platform, null, problem, form, false)
            : Results.LocalRedirect($"{Path}?done=issued");
    }

    /// <summary>What was filled in, and all that can't be read.</summary>
    static (CouponRequest Body, ImmutableArray<Refusal> Faults) Read(FormWrite form, SellerId seller, Instant now)
    {
        List<Refusal> faults = [];
        var known = Currency.TryParse(form["currency"].ToUpperInvariant(), out var currency);
        if (!known) faults.Add(Problems.BadField("coupons.unknown-currency", "currency"));
        var listings = form["listings"].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(code => ListingId.TryParse(
                seller == CouponId.AllShops ? $"listing/{code}" : $"listing/{seller.Code}/{code}", out var id)
                ? id : (ListingId?)null)
            .ToList();
        if (listings.Any(l => l is null)) faults.Add(Problems.BadField("coupons.unknown-listing", "listings"));
        var body = new CouponRequest(
            form["code"].ToLowerInvariant(), DayAfter("until") ?? now, Number("uses") ?? 0, AmountOf("amountOff"),
            Number("percentOff"), known ? currency.Code : null, AmountOf("leastSpend"), Day("from"),
            Number("usesPerPerson") ?? 1)
        {
            Listings = [.. listings.OfType<ListingId>()],
        };
        return (body, [.. faults]);

        int? Number(string field)
        {
            if (form[field] is "") return null;
            if (int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return n;
            faults.Add(Problems.BadField("coupons.no-number", field));
            return null;
        }

        Money? AmountOf(string field)
        {
            if (form[field] is "" || !known) return null;
            var (amount, fault) = MoneyField.Read(form[field], currency, field);
            if (fault is not null) faults.Add(fault);
            return fault is null ? amount : null;
        }

        Instant? Day(string field) => DayOf(field)?.AtMidnight().InUtc().ToInstant();
        Instant? DayAfter(string field) => DayOf(field)?.PlusDays(1).AtMidnight().InUtc().ToInstant();

        LocalDate? DayOf(string field)
        {
            if (form[field] is "") return null;
            if (LocalDatePattern.Iso.Parse(form[field]).TryGetValue(default, out var day)) return day;
            faults.Add(Problems.BadField("coupons.no-day", field));
            return null;
        }
    }

    static Task<IResult> Get(string code, Caller caller, IPlatform platform, string? done) =>
        Show(code, caller, platform, null, done is "ended");

    static async Task<IResult> Show(string code, Caller caller, IPlatform platform, Problem? refused, bool done)
    {
        var file = await CouponEndpoints.Get(IssuerOf(caller).Code, code, caller, platform);
        if (file.Body is not { } body) return file;
        var reader = Reader.Of(caller.Http);
        return Pages.Show<CouponPage>(reader, new()
        {
            ["File"] = body, ["Done"] = done,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? 200);
    }

    static async Task<IResult> End(string code, FormWrite form, IPlatform platform)
    {
        if (!CouponId.TryParse($"coupon/{IssuerOf(form.By).Code}/{code}", out var id))
            return Problems.NotFound;
        var answer = await CouponEndpoints.Ask(id, form, new Coupon.Command.End(), platform);
        return answer.Problem is { } problem ? await Show(code, form.By, platform, problem, false)
            : Results.LocalRedirect($"{Path}/{code}?done=ended");
    }
}
