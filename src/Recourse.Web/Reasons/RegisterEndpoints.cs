using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The public register of decisions, and its export for the DSA Transparency Database.</summary>
static class RegisterEndpoints
{
    const int MostExported = 100_000;

    public static void Map(IEndpointRouteBuilder v1)
    {
        var reasons = v1.MapGroup("/decisions").WithTags("Decisions");
        reasons.MapGet("", List).ForAlsoStrangers(SignIn.People | Party.Integration).WithName("listDecisions")
            .WithSummary("The public register: every decision that somebody can appeal, the newest first. Nothing in "
                + "it leads to anybody.");
        reasons.MapGet("/counts", Counts).ForAlsoStrangers(SignIn.People | Party.Integration).WithName("countDecisions")
            .WithSummary("How often each reason was given.");
        reasons.MapGet("/dsa", Dsa).For(Party.Operator).WithName("listDsaStatements")
            .WithSummary("The platform's own decisions in the form of the DSA Transparency Database, 100 at a time: "
                + "send each answer's statements to its POST /statements.");
        reasons.MapGet("/export", Export).For(Party.Operator).WithName("exportDecisions")
            .WithSummary("The same as one file, JSON or CSV, of the days from and until (both included).")
            .Produces<string>(200, "text/csv");
        reasons.MapGet("/{uid}", Get).ForAlsoStrangers(SignIn.People | Party.Integration).WithName("getDecision")
            .WithSummary("One decision of the register.");
    }

    /// <summary>Decisions as everybody may read them.</summary>
    /// <param name="code">Only of one reason.</param>
    /// <param name="about">Only of one kind of thing, as order or listing.</param>
    public static async Task<Answer<Rows<RegisteredBody>>> List(
        Caller caller, IPlatform platform, string? code, string? about, string? after, int? limit)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        if (!string.IsNullOrEmpty(code) && !string.IsNullOrEmpty(about)) return Problems.OneOf("code", "code, about");
        var (index, value) = !string.IsNullOrEmpty(code) ? (ReasonRegister.ByCode, code)
            : !string.IsNullOrEmpty(about) ? (ReasonRegister.ByKind, about)
            : (ReasonRegister.ByTime, ReasonRegister.All);
        var texts = caller.Texts.Reasons;
        return await Positions.Page(platform, caller, ReasonRegister.View, index, value, after, limit,
            row => RegisteredBody.From(row, texts, caller.IsStaff));
    }

    static Answer<RegisteredBody> Get(string uid, Caller caller, IPlatform platform)
    {
        if (Languages.Unknown(caller.Http.Request) is { } unknown) return unknown;
        return platform.Views.Find(ReasonRegister.View, uid) is { } row
            ? RegisteredBody.From(row, caller.Texts.Reasons, caller.IsStaff) : Problems.NotFound;
    }

    static Answer<Rows<ReasonCount>> Counts(IPlatform platform) =>
        new Rows<ReasonCount>(CountsOf(platform), null, false);

    /// <summary>How often each reason was given, the most often first.</summary>
    public static ImmutableArray<ReasonCount> CountsOf(IPlatform platform) =>
    [
        .. Texts.In("en", DateTimeZone.Utc).Codes.Select(c => c.Split('/')[0]).Distinct()
            .Select(c => new ReasonCount(c, platform.Views.Count(ReasonRegister.View, ReasonRegister.ByCode, c)))
            .Where(c => c.Count > 0).OrderByDescending(c => c.Count).ThenBy(c => c.Code, StringComparer.Ordinal),
    ];

    static async Task<Answer<DsaStatements>> Dsa(
        Caller caller, IPlatform platform, PublicAddress address, string? after)
    {
        await Positions.AreShown(platform, caller);
        var page = platform.Views.List(
            ReasonRegister.View, ReasonRegister.ByTime, ReasonRegister.Platform, after, DsaForm.Most);
        return new DsaStatements([.. Of(page.Rows, platform, address)], page.Next);
    }

    static IEnumerable<DsaRecord> Of(IEnumerable<DecisionRow> rows, IPlatform platform, PublicAddress address) =>
        rows.Select(row => DsaForm.Of(row, DsaForm.About.Of(row, platform.Views), new(address.Of("/"))))
            .OfType<DsaRecord>();

    /// <summary>A file to save.</summary>
    public static async Task<IResult> Export(
        Caller caller, IPlatform platform, PublicAddress address, string? format, string? from, string? until)
    {
        format = string.IsNullOrEmpty(format) ? "json" : format;
        if (format is not ("json" or "csv"))
            return Problems.Bad("reasons.no-such-format", "format", ("format", format), ("known", "json, csv"));
        if (!RegisterExport.TryDay(from, out var first)) return Problems.BadParameter("from", from!);
        if (!RegisterExport.TryDay(until, out var last)) return Problems.BadParameter("until", until!);
        if (first > last) return Problems.Bad("reasons.ends-before-it-starts", "until");
        await Positions.AreShown(platform, caller);
        var records = Of(RegisterExport.Between(platform.Views, first, last), platform, address)
            .Take(MostExported + 1).ToList();
        if (records.Count > MostExported) return Problems.Bad("reasons.too-many", "until", ("most", MostExported));
        var name = $"reasons-{first?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "all"}.{format}";
        return format is "csv" ? StockPages.Csv(DsaForm.Csv(records), name)
            : Results.File(Encoding.UTF8.GetBytes(DsaForm.Json(records)), "application/json", name);
    }
}
