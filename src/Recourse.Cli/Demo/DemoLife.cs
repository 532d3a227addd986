using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recourse.Adapters.Pictures;
using Recourse.Runtime;
using Recourse.Web;
using Recourse.World.Demo;
namespace Recourse.Cli;

/// <summary>A demo that runs: its platform, and the people who live at its public API.</summary>
public sealed partial class DemoLife : IAsyncDisposable
{
    const int MostNoted = 100, LooksBetween = 15;
    static readonly TimeSpan LooksAtSize = TimeSpan.FromSeconds(20), ViewsCatchUp = TimeSpan.FromSeconds(30),
        Rest = TimeSpan.FromSeconds(2);

    readonly Web.Demo _demo;
    readonly DemoWorld _world;
    readonly string _folder;
    readonly CancellationTokenSource _stop = new();
    readonly HttpClient _http;
    volatile DemoTown? _town;
    Task _living = Task.CompletedTask, _watching = Task.CompletedTask;

    DemoLife(WebApplication app, Web.Demo demo, DemoWorld world, string folder)
    {
        (App, _demo, _world, _folder) = (app, demo, world, folder);
        _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The platform.</summary>
    public WebApplication App { get; }

    /// <summary>Its clock.</summary>
    public DemoClock Clock => _demo.Clock;

    /// <summary>What people met that nobody could foresee, as often as it happened.</summary>
    public List<Exception> Wrong { get; } = [];

    /// <summary>What the history took to make; null: it was there.</summary>
    public string? History { get; private set; }

    /// <summary>Opens a demo, or makes one; the platform answers when this returns, and people live.</summary>
    /// <param name="urls">Where it listens.</param>
    /// <param name="pace">Days a minute; null: as before.</param>
    /// <param name="real">Milliseconds of real time; null: this machine's.</param>
    /// <exception cref="StoreException">The store is somebody's own, or in use.</exception>
    public static async Task<DemoLife> Start(
        DemoPlan plan, string folder, ImmutableArray<string> urls, double? pace = null, bool verbose = false,
        Func<long>? real = null, CancellationToken cancel = default)
    {
        DemoStore.MustBeDemo(folder);
        var mark = DemoStore.MarkOf(folder);
        var pictures = new DemoPictures(PictureFolder.In(folder));
        var world = mark is null ? new DemoWorld(plan, pictures.Of) : new DemoWorld(plan.With(mark));
        var start = mark is null ? new RealClock().Now : DemoStore.LatestIn(folder);
        var made = mark is null ? DemoHistory.Write(world, folder, start) : null;
        if (made is not null) GiveBack();
        var clock = new DemoClock(folder, start, pace, real);
        var demo = new Web.Demo(clock, Name(world), Place(world));
        WebApplication app;
        try { app = Build(demo, folder, urls, verbose); }
        catch { clock.Dispose(); throw; }
        var life = new DemoLife(app, demo, world, folder)
        {
            History = made is null ? null : $"{made.Orders:N0} orders in {made.Turns:N0} turns, made in "
                + $"{made.Took.TotalSeconds:N1} s",
        };
        await life.Begin(cancel);
        return life;
    }

    static WebApplication Build(Web.Demo demo, string folder, ImmutableArray<string> urls, bool verbose) =>
        RecourseHost.Build(new()
        {
            DataFolder = folder, Urls = urls, Verbose = verbose, Clock = demo.Clock, Demo = demo,
            DeadlinesAhead = Duration.FromHours(48), StoreMegabytes = 20,
        });

    static Func<Party, string, string> Name(DemoWorld world) => (role, code) => role switch
    {
        Party.Buyer => world.Buyers.GetValueOrDefault(code)?.Name ?? code,
        _           => $"{char.ToUpperInvariant(code[0])}{code[1..]}",
    };

    static Func<Party, string, string> Place(DemoWorld world) => (role, code) => role switch
    {
        Party.Buyer                    => world.Buyers.GetValueOrDefault(code)?.City ?? "",
        Party.Seller or Party.Warehouse => world.Sellers.GetValueOrDefault(code)?.City ?? "",
        _                              => "",
    };

    async Task Begin(CancellationToken cancel)
    {
        await App.StartAsync(cancel);
        var platform = App.Services.GetRequiredService<IPlatform>();
        await platform.Views.CaughtUp(platform.Position, ViewsCatchUp, cancel);
        _http.BaseAddress = new(App.Urls.First().Replace("0.0.0.0", "127.0.0.1").Replace("[::]", "127.0.0.1"));
        _living = Task.Run(() => Live(App.Services.GetRequiredService<DemoKeys>()), CancellationToken.None);
        _watching = Task.Run(Watch, CancellationToken.None);
        GiveBack();                                                         // starting took more than going on does
    }

    /// <summary>What stops people, they get over: they wake again and look up where they were.</summary>
    async Task Live(DemoKeys keys)
    {
        while (!_stop.IsCancellationRequested)
            try { await LiveOnce(keys); }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested) { return; }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Note(e);
                LogStopped(App.Logger, e);
                await Task.Delay(Rest, CancellationToken.None);
            }
    }

    void Note(Exception e)
    {
        lock (Wrong)
            if (Wrong.Count < MostNoted) Wrong.Add(e);
    }

    async Task LiveOnce(DemoKeys keys)
    {
        var life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var door = new ClientDoor(
            _http, App.Services.GetRequiredService<Registry>(), () => _demo.Clock.Now,
            new Random(RandomNumberGenerator.GetInt32(int.MaxValue)), who => KeyOf(keys, who), life)
        {
            Wrong = Note,
        };
        var town = new DemoTown(
            door, _world, Personas.Agent, () => _demo.IsAttended(Party.Operator));
        _town = town;
        if (_demo.IsFull) town.Town.Close();
        var from = App.Services.GetRequiredService<IPlatform>().Position;
        var client = door.Client(new Actor.Operator("demo-town"));
        client.Position = from;                                             // lists show all that is known by then
        var window = await UnderWay.Window(client, _stop.Token);
        town.Reopen(window, [
            .. await UnderWay.Coupons(client, _world.Sellers.Keys, _stop.Token),
            .. await UnderWay.Orders(client, _stop.Token), .. await UnderWay.Plans(client, _stop.Token),
            .. await UnderWay.Brakes(client, _stop.Token)]);
        await door.Live(from, _stop.Token);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo's people had to stop; they wake again")]
    static partial void LogStopped(ILogger log, Exception why);

    /// <summary>It is somebody's own machine: memory that isn't needed any more goes back to it.</summary>
    static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try { TrimNative(0); }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException) { }     // no GNU C library
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "malloc_trim")]
    static extern int TrimNative(nuint keep);

    /// <summary>At its size it stops to grow: what has begun is brought to its end.</summary>
    async Task Watch()
    {
        try
        {
            for (var looks = 1; ; looks++)
            {
                if (looks % LooksBetween == 0) GiveBack();
                if (!_demo.IsFull && DemoStore.SizeOf(_folder) > _world.Plan.MostBytes)
                {
                    _demo.IsFull = true;
                    _town?.Town.Close();
                }
                await Task.Delay(LooksAtSize, _stop.Token);
            }
        }
        catch (OperationCanceledException) { }
    }

    static string KeyOf(DemoKeys keys, Actor who)
    {
        var (role, of) = who switch
        {
            Actor.Buyer a       => (Party.Buyer, a.Id.Code),
            Actor.Seller a      => (Party.Seller, a.Id.Code),
            Actor.Warehouse a   => (Party.Warehouse, a.Of.Code),
            Actor.Agent a       => (Party.Agent, a.Code),
            Actor.Operator a    => (Party.Operator, a.Code),
            Actor.Carrier a     => (Party.Carrier, a.Code),
            Actor.Integration a => (Party.Integration, a.Code),
            Actor.Aggregate or Actor.Outside or Actor.Clock =>
                throw new InvalidOperationException($"{who.Name} has no key."),
        };
        return keys.Of(KeyHolder.Inhabitant, role, of);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_living, _watching);
        await App.StopAsync();
        await App.DisposeAsync();
        _demo.Clock.Dispose();
        _http.Dispose();
        _stop.Dispose();
    }
}
