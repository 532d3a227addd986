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
        // On a busy machine one may count the other for dead before they have met; then they stay apart for ever.
        for (var tries = 1; ; tries++)
        {
            var (first, second) = FreePorts();
            await it.Add(first, first);
            await it.Add(second, first);
            if (await it.HaveMet()) return it;
            if (tries == 3) throw new TimeoutException("Two silos did not find each other, three times.");
            await it.Stop();
        }
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

    /// <summary>Waits until both silos know of each other.</summary>
    async Task<bool> HaveMet()
    {
        var management = One.Grains!.GetGrain<IManagementGrain>(0);
        for (var looks = 0; looks < 600; looks++)
        {
            if ((await management.GetHosts(onlyActive: true)).Count == 2) return true;
            await Task.Delay(50);
        }
        return false;
    }

    public static string Folder() => Directory.CreateTempSubdirectory("recourse-").FullName;

    // Both at once, or the second may be the first again.
    static (int First, int Second) FreePorts()
    {
        using TcpListener first = new(IPAddress.Loopback, 0), second = new(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    async Task Stop()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
        _hosts.Clear();
        Platforms.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _store.Dispose();
    }
}
