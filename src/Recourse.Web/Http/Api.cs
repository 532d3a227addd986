using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Recourse.Adapters.Evidence;
using Recourse.Adapters.Gathering;
using Recourse.Adapters.Pictures;
using Recourse.Adapters.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The API: its services, the way of a request, and its endpoints; the console's come with it.</summary>
static class Api
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ApiJson>().AddSingleton<RateLimits>();
        services.AddOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>()
            .Configure<Registry>((o, registry) => ApiJson.Apply(registry, o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddOpenTelemetry().WithMetrics(m => m
            .AddMeter(Meters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime")
            .AddPrometheusExporter());
        OpenApi.Add(services);
        services.AddSingleton(s => new ModelShelf(
            Path.Combine(s.GetRequiredService<HostOptions>().DataFolder, ModelShelf.FolderName)));
        services.AddSingleton<Screens>().AddHostedService(s => s.GetRequiredService<Screens>());
        services.AddSingleton<Exhibits>();
        services.AddSingleton(s => new EvidenceFolder(
            Path.Combine(s.GetRequiredService<HostOptions>().DataFolder, EvidenceFolder.FolderName),
            s.GetRequiredService<Store>().People));
        services.AddSingleton(s => new LookBook(
                s.GetRequiredService<HostOptions>().DataFolder, s.GetRequiredService<IPlatform>()))
            .AddHostedService(s => s.GetRequiredService<LookBook>());
        services.AddSingleton<SecondLook>().AddHostedService(s => s.GetRequiredService<SecondLook>());
        services.AddSingleton<PictureSweep>().AddHostedService(s => s.GetRequiredService<PictureSweep>());
        services.AddSingleton<EvidenceSweep>().AddHostedService(s => s.GetRequiredService<EvidenceSweep>());
        services.AddSingleton(s => PictureFolder.In(s.GetRequiredService<HostOptions>().DataFolder));
        services.AddSingleton(s => new Fingerprints(s.GetRequiredService<Store>().People.Secret("fingerprints")));
        services.AddSingleton<BuyerChecks>().AddSingleton<AppealDesk>().AddSingleton<WorkDesk>()
            .AddSingleton<MacroDesk>()
            .AddSingleton<Standings>().AddSingleton<CheckoutGatherer>().AddSingleton<CheckoutLook>()
            .AddSingleton<AmendLook>().AddSingleton<Changing>()
            .AddSingleton<CheckoutQuotes>().AddSingleton<Shops>().AddSingleton<MethodLooks>()
            .AddSingleton<RefundLooks>();
        services.AddSingleton<CouponGatherer>().AddSingleton<CheckoutDoor>();
        services.AddSingleton<EarlierOrders>().AddSingleton<RatesOfABasket>().AddSingleton<TermsGatherer>();
        services.AddSingleton<RateFollower>().AddHostedService(s => s.GetRequiredService<RateFollower>());
        services.AddHostedService<PayoutRunner>();
        services.AddSingleton<ReasonAuditor>().AddHostedService(s => s.GetRequiredService<ReasonAuditor>());
        services.AddSingleton<BrakeWatch>().AddHostedService(s => s.GetRequiredService<BrakeWatch>());
        services.AddSingleton<RateDesk>().AddSingleton<RateFetcher>()
            .AddHostedService(s => s.GetRequiredService<RateFetcher>());
    }

    public static void Map(WebApplication app)
    {
        app.Use(Pages.Harden);
        app.UseResponseCompression();
        app.UseMiddleware<Failures>();
        app.Use(OpenApi.KeepToItself);
        app.UseRouting();
        app.UseMiddleware<Doorkeeper>();
        app.Use(Pages.Mark);
        var isDemo = app.Services.GetService<Demo>() is not null;
        if (isDemo) app.Use(DemoEndpoints.NoticeVisitors);
        var v1 = app.MapGroup("/v1").AddEndpointFilter<OnlyUsableWrites>();
        OpenApi.Describe(v1);
        MapCalls(v1);
        if (isDemo) DemoEndpoints.Map(v1);
        HealthEndpoints.Map(app);
        OpenApi.Map(app);
        Pages.Map(app);
        if (isDemo) Pages.MapDemo(app);
        app.MapPrometheusScrapingEndpoint("/metrics").ForAnybody();
        if (AccessDeclarations.Undeclared(app).ToList() is [var one, ..])
            throw new InvalidOperationException($"{one} doesn't say who may call it.");
    }

    static void MapCalls(RouteGroupBuilder v1)
    {
        CheckoutEndpoints.Map(v1);
        OrderEndpoints.Map(v1);
        RequestEndpoints.Map(v1);
        WarningEndpoints.Map(v1);
        DispatchEndpoints.Map(v1);
        ListingEndpoints.Map(v1);
        StockEndpoints.Map(v1);
        CouponEndpoints.Map(v1);
        PlanEndpoints.Map(v1);
        ReasonEndpoints.Map(v1);
        BrakeEndpoints.Map(v1);
        MacroEndpoints.Map(v1);
        BusinessEndpoints.Map(v1);
        ParcelEndpoints.Map(v1);
        RefundEndpoints.Map(v1);
        WalletEndpoints.Map(v1);
        PayoutEndpoints.Map(v1);
        SellerPayoutEndpoints.Map(v1);
        VerificationEndpoints.Map(v1);
        LedgerEndpoints.Map(v1);
        EarningsEndpoints.Map(v1);
        ShopNameEndpoints.Map(v1);
        ShippingEndpoints.Map(v1);
        TermsEndpoints.Map(v1);
        RulebookEndpoints.Map(v1);
        RateEndpoints.Map(v1);
        FeedEndpoints.Map(v1);
        WebhookEndpoints.Map(v1);
        PaymentEndpoints.Map(v1);
        HistoryEndpoints.Map(v1);
        SearchEndpoints.Map(v1);
        PartyEndpoints.Map(v1);
        StandingEndpoints.Map(v1);
        AppealEndpoints.Map(v1);
        Exhibits.Map(v1);
        WorkEndpoints.Map(v1);
        ServiceEndpoints.Map(v1);
        ConversationEndpoints.Map(v1);
        TrialBalance.Map(v1);
        ControlEndpoints.Map(v1);
        ModelEndpoints.Map(v1);
        DeadlineEndpoints.Map(v1);
        FindingEndpoints.Map(v1);
        RegisterEndpoints.Map(v1);
        RuntimeEndpoints.Map(v1);
        AccessRoom.MapApi(v1);
        TellingPeople.Map(v1);
    }
}
