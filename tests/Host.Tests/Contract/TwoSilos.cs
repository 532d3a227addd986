using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
namespace Recourse.Tests;

public sealed class TestClock : Recourse.Runtime.IClock
{
    long _ahead;
    public Instant Now => Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
        + Duration.FromMilliseconds(Interlocked.Read(ref _ahead));
    public void Jump(Duration by) => Interlocked.Add(ref _ahead, (long)by.TotalMilliseconds);
}

/// <summary>Two silos over one store: what can't be serialised, or is owned twice, shows only here.</summary>
public sealed class TwoSilos : IAsyncDisposable
{
    readonly List<IHost> _hosts = [];
    readonly Store _store;

    public static readonly Registry Registry = new([Jar.Kind]);
    static readonly Rulebook Book = new(1, Instant.MinValue, []);

    TwoSilos(string folder, View view) => _store = new(folder, Registry, [view]);

    public List<Platform> Platforms { get; } = [];
    public Platform One => Platforms[0];
    public Platform Two => Platforms[1];
    public Store Store => _store;
    public TestClock Clock { get; } = new();

    /// <summary>Answers each call of a jar; replaced by tests that need silence.</summary>
    public Func<Outside, Task<object?>> Shop { get; set; } = _ => Task.FromResult<object?>(new Jar.Command.Filled(100));

    public static async Task<TwoSilos> Start(
        string folder, Func<Outside, Task<object?>>? shop = null, View? view = null)
    {
        var it = new TwoSilos(folder, view ?? Jar.Sweets);
        if (shop is not null) it.Shop = shop;
        var (first, second) = (FreePort(), FreePort());
        await it.Add(first, first);
        await it.Add(second, first);
        await it.Grow();
        return it;
    }

    async Task Add(int port, int primary)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var platform = new Platform(Registry, _store, Clock, c => Shop(c), new(), NullLoggerFactory.Instance)
        {
            Rulebooks = [Book],
        };
        builder.Services.AddSingleton(platform);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(port, 0, new IPEndPoint(IPAddress.Loopback, primary)));
        var host = builder.Build();
        await host.StartAsync();
        platform.Grains = host.Services.GetRequiredService<IGrainFactory>();
        _hosts.Add(host);
        Platforms.Add(platform);
    }

    /// <summary>Waits until both silos know of each other, then spreads jars over them.</summary>
    async Task Grow()
    {
        var management = One.Grains!.GetGrain<IManagementGrain>(0);
        while ((await management.GetHosts(onlyActive: true)).Count < 2) await Task.Delay(50);
    }

    public static string Folder() => Directory.CreateTempSubdirectory("recourse-").FullName;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
        _store.Dispose();
    }
}
