using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The platform without its doors: nobody calls in over HTTP, and nothing outside is called.</summary>
public static class HeadlessHost
{
    /// <summary>
    /// The host, not started yet; its services have the <see cref="Platform"/> and the <see cref="Store"/>.
    /// </summary>
    /// <exception cref="StoreException">The data folder is in use, unreadable or of a newer version.</exception>
    public static IHost Build(HostOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(options).AddSingleton(options.Clock);
        RecourseHost.AddPlatform(builder.Services, options, _ => OwedUntilSomebodyCalls);
        builder.Services.AddSingleton<IPlatform>(s => s.GetRequiredService<Platform>());
        builder.UseOrleans(RecourseHost.AddSilo);
        builder.Services.AddHostedService<PlatformLife>();
        var host = builder.Build();
        try
        {
            var store = host.Services.GetRequiredService<Store>();
            Editions.Follow(host.Services.GetRequiredService<Platform>(), store);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>A call that has no answer stays owed, and is made when the platform runs.</summary>
    static Task<object?> OwedUntilSomebodyCalls(Outside call) => new TaskCompletionSource<object?>().Task;
}
