using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Recourse.Runtime;
using HostOptionsOfDotNet = Microsoft.Extensions.Hosting.HostOptions;
using IClock = Recourse.Runtime.IClock;
namespace Recourse.Web;

/// <summary>Puts one process of the platform together: store, silo, provider, API.</summary>
public static class RecourseHost
{
    static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(20);

    /// <summary>The application, not started yet. Once started, its <c>Urls</c> say where it listens.</summary>
    /// <exception cref="StoreException">The data folder is in use, unreadable or of a newer version.</exception>
    public static WebApplication Build(HostOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Whatever watches the content root must not see the store's files change.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(RecourseHost).Assembly.GetName().Name,
        });
        if (options.Configuration is { } more) builder.Configuration.AddConfiguration(more);
        var settings = Settings.Of(builder.Configuration, options);
        Listen(builder, options);
        builder.Services.Configure<HostOptionsOfDotNet>(o => o.ShutdownTimeout = StopsWithin);
        builder.Services.AddSingleton(options).AddSingleton(settings).AddSingleton(options.Clock);
        AddPlatform(builder.Services, options);
        builder.UseOrleans(silo => AddSilo(silo));
        builder.Services.AddHostedService<PlatformLife>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Provider>());
        TellingPeople.Add(builder.Services, options);
        AccessRoom.Add(builder.Services, options, settings);
        builder.Services.AddSingleton<ControlRoom>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ControlRoom>());
        Api.Add(builder.Services);
        Pages.Add(builder.Services, options.DataFolder);
        return Open(builder.Build());
    }

    static void Listen(WebApplicationBuilder builder, HostOptions options)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true)
            .SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Warning)
            .AddFilter("Orleans", options.Verbose ? LogLevel.Warning : LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // In a demo the provider lies on purpose, and that it is not believed is no news.
        if (options.Demo is not null && !options.Verbose)
            builder.Logging.AddFilter(typeof(Provider).FullName, LogLevel.Error);
        builder.WebHost.UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Settings.MostSent;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.MaxRequestLineSize = 128 << 10;                  // whoever searches may paste a letter
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        });
    }

    static void AddPlatform(IServiceCollection services, HostOptions options)
    {
        AddPlatform(services, options, s => s.GetRequiredService<Provider>().Call);
        if (options.Demo is { } demo)
            services.AddSingleton(demo).AddSingleton(s =>
                demo.Keys = new DemoKeys(options.DataFolder, s.GetRequiredService<AccessKeys>()));
        services.AddSingleton<Provider>();
        services.AddSingleton<FaultLog>().AddSingleton<ILoggerProvider>(s => s.GetRequiredService<FaultLog>());
        services.AddSingleton<Meters>().AddSingleton<Pulse>();
        services.AddSingleton(_ => new StoppedBook(options.DataFolder, options.Clock.Now));
        services.AddSingleton<IPlatform, MeasuredPlatform>();
    }

    /// <summary>Store and platform, whoever calls the outside.</summary>
    internal static void AddPlatform(
        IServiceCollection services, HostOptions options, Func<IServiceProvider, Func<Outside, Task<object?>>> outside)
    {
        services.AddSingleton(_ => new Registry(Modules.Kinds));
        services.AddSingleton(s => new Store(
            options.DataFolder, s.GetRequiredService<Registry>(), Modules.Views, options.DeadlinesAhead,
            options.StoreMegabytes));
        services.AddSingleton(s => new Platform(
            s.GetRequiredService<Registry>(), s.GetRequiredService<Store>(), options.Clock, outside(s),
            options.Limits, s.GetRequiredService<ILoggerFactory>()));
    }

    internal static void AddSilo(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0);
        silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromDays(365));
        silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = 1_024);    // partitions are 256; a million takes 19 MB
        silo.Configure<ClusterMembershipOptions>(o => o.NumMissedTableIAmAliveLimit = 3);
    }

    /// <summary>What was opened first is closed last: the store.</summary>
    static WebApplication Open(WebApplication app)
    {
        try
        {
            var store = app.Services.GetRequiredService<Store>();
            Editions.Follow(app.Services.GetRequiredService<Platform>(), store);
            app.Services.GetRequiredService<Herald>();                      // they hear of every turn from the first on
            app.Services.GetRequiredService<Shops>();
            app.Services.GetRequiredService<Screens>();
            var pulse = app.Services.GetRequiredService<Pulse>();
            store.Follower.Also += (_, turn) => pulse.Hear(turn);
            if (app.Services.GetService<Demo>() is { } demo)
            {
                app.Services.GetRequiredService<DemoKeys>();
                var live = app.Services.GetRequiredService<Live>();
                demo.Clock.Changed += () => live.Tell(Topic.Demo);
            }
            Api.Map(app);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>The silo takes no port 0.</summary>
    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
