using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
namespace Recourse.Web;

/// <summary>The console: its services, its addresses, and how a page or a problem becomes HTML.</summary>
static class Pages
{
    // Everything that a page needs comes from here, and nothing in a page's text can become script or style.
    const string Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'";

    static readonly Problem NoSuchPage = new(404, new Refusal("page.not-here", new("page.go-elsewhere"))),
        NotForYou = new(403, new Refusal("page.not-for-you", new("page.go-elsewhere")));

    /// <summary>The cookie that shows, with a field of each form, that a form is ours.</summary>
    public const string FormCookie = "recourse-form";

    public static void Add(IServiceCollection services, string folder)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = FormCookie;
            o.FormFieldName = FormWrite.TokenField;
        });
        services.AddDataProtection().SetApplicationName("Recourse")
            .PersistKeysToFileSystem(new(Path.Combine(folder, "sessions")));
        services.AddSingleton<Sessions>().AddSingleton<OwnCookies>().AddSingleton<Baskets>()
            .AddSingleton<AddressDrafts>().AddSingleton<Destinations>().AddSingleton<CheckoutSheets>();
        services.AddSingleton<Live>().AddHostedService(s => s.GetRequiredService<Live>());
        services.AddResponseCompression(o =>
        {
            // Nothing in a page is both secret and the same twice: what guards forms is drawn anew for each answer, and
            // the session's cookie neither stands in a page nor comes along with other sites' requests.
            (o.EnableForHttps, o.MimeTypes) = (true, ["text/html"]);
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
    }

    /// <summary>A page begins to be read: what changes from here on is told to it.</summary>
    public static Task Mark(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsGet(http.Request.Method)
            && http.GetEndpoint()?.Metadata.GetMetadata<Access>() is { IsPage: true })
            http.Features.Set(new Since(http.RequestServices.GetRequiredService<Live>().Mark()));
        return next(http);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        Shipped.Map(app);
        var pages = app.MapGroup("").AddEndpointFilter<OnlyUsableWrites>().ExcludeFromDescription();
        LanguagePages.Map(pages);
        CurrencyPages.Map(pages);
        ShopPages.Map(pages);
        BasketPages.Map(pages);
        CheckoutPages.Map(pages);
        AccessRoom.Map(pages);
        OrderPages.Map(pages);
        TellingPeople.MapPages(pages, hasMailbox: app.ServiceProvider.GetService<Demo>() is not null);
        DispatchPages.Map(pages);
        PackPages.Map(pages);
        ListingPages.Map(pages);
        StockPages.Map(pages);
        CouponPages.Map(pages);
        PlanPages.Map(pages);
        ReasonPages.Map(pages);
        BrakeEndpoints.MapPages(pages);
        MacroEndpoints.MapPages(pages);
        BusinessEndpoints.MapPages(pages);
        StockImportPages.Map(pages);
        EarningsPages.Map(pages);
        WalletPages.Map(pages);
        PayoutPages.Map(pages);
        ShopNameEndpoints.MapPages(pages);
        TermsPages.Map(pages);
        SearchEndpoints.MapPages(pages);
        PartyEndpoints.MapPages(pages);
        StandingEndpoints.MapPages(pages);
        AppealPages.Map(pages);
        Exhibits.MapPages(pages);
        WorkPages.Map(pages);
        ServiceEndpoints.MapPages(pages);
        ConversationEndpoints.MapPages(pages);
        PaymentPages.Map(pages);
        RefundPages.Map(pages);
        WhyPages.Map(pages);
        RegisterPages.Map(pages);
        VerificationPages.Map(pages);
        ParcelPages.Map(pages);
        HistoryEndpoints.MapPages(pages);
        TrialBalance.MapPages(pages);
        RulebookPages.Map(pages);
        RatePages.Map(pages);
        ControlEndpoints.MapPages(pages);
        ModelEndpoints.MapPages(pages);
        DeadlineEndpoints.MapPages(pages);
        FindingEndpoints.MapPages(pages);
        RuntimeEndpoints.MapPages(pages);
        LiveEndpoints.Map(pages);
        GoPages.Map(pages);
        pages.MapGet("/design", (HttpContext http) => Show<DesignPage>(Reader.Of(http), [])).AsPage();
    }

    /// <summary>The pages of a demo's clock.</summary>
    public static void MapDemo(IEndpointRouteBuilder app) =>
        DemoPages.Map(app.MapGroup("").AddEndpointFilter<OnlyUsableWrites>().ExcludeFromDescription());

    /// <summary>The usual headers, for whatever is answered.</summary>
    public static Task Harden(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.ContentSecurityPolicy = Policy;
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }

    /// <summary>Whether an answer to this request is read by a person.</summary>
    public static bool IsWanted(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Access>() is { } access ? access.IsPage
        : !http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>A page or a part of one; it belongs to its reader, so nobody keeps a copy.</summary>
    public static IResult Show<TPage>(
        Reader reader, Dictionary<string, object?> with, int status = 200) where TPage : IComponent
    {
        with["Reader"] = reader;
        return new Uncached(new RazorComponentResult<TPage>(with)
        {
            StatusCode = status, PreventStreamingRendering = true,
        });
    }

    /// <summary>A problem, told as a page. Whoever has not signed in is asked to, and comes back.</summary>
    public static IResult Tell(Problem problem, HttpContext http)
    {
        // A stream that is over is told so without a page: 204 ends it (HTML Living Standard, 9.2.3).
        if (http.Request.Headers.Accept == "text/event-stream")
            return Results.StatusCode(problem.Status is 401 ? 204 : problem.Status);
        // The API speaks of addresses and keys; to people it is said of pages and roles.
        problem = problem == Problems.NoSuchPath ? NoSuchPage : problem == Problems.Forbidden ? NotForYou : problem;
        if (problem.Status is not 401)
        {
            var body = Problems.Body(problem, Languages.Of(http.Request), http);
            return Show<ProblemPage>(
                Reader.Of(http), new() { ["Problem"] = body, ["Sent"] = problem.Sent }, problem.Status);
        }
        var back = HttpMethods.IsGet(http.Request.Method)
            ? $"{http.Request.Path}{http.Request.QueryString}" : SignIn.PathOf(http.Request.Headers.Referer);
        return Results.LocalRedirect(back is "/" or null ? SignIn.Path
            : $"{SignIn.Path}?then={Uri.EscapeDataString(back)}");
    }

    sealed class Uncached(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return page.ExecuteAsync(httpContext);
        }
    }
}
