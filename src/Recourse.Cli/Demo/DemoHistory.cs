using System.Diagnostics;
using Recourse.Adapters.Evidence;
using Recourse.Adapters.Payments;
using Recourse.Adapters.Payments.StandIn;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Refunds;
using Recourse.Runtime;
using Recourse.Verifying;
using Recourse.Web;
using Recourse.World.Demo;
using Recourse.World.Simulations;
namespace Recourse.Cli;

/// <summary>
/// The months before anybody looks: the same people at the simulator, with the stand-in provider's books. What comes of
/// it is a store like any other.
/// </summary>
sealed class DemoHistory : IDisposable
{
    static readonly Settings Standard = new();
    static readonly Actor TheProvider = new Actor.Outside("provider");

    readonly DemoWorld _world;
    readonly string _folder;
    readonly Instant _end;
    readonly Simulator _simulator;
    readonly StandInHistory _standIn;
    readonly StripeProvider _provider;
    readonly StripeReports _reports;
    readonly KeyRing _people;
    readonly Dictionary<BuyerId, Sealed<Address>> _homes = [];

    DemoHistory(DemoWorld world, string folder, Instant end)
    {
        (_world, _folder, _end) = (world, folder, end);
        var registry = new Registry(Modules.Kinds);
        _simulator = new(world.Plan.Seed, registry, [RulebookFile.Shipped()],
            end - Duration.FromDays(world.Plan.History), Faults.None, Call);
        _standIn = new(new() { WebhookSecret = Standard.WebhookSecret, Seed = world.Plan.Seed, Now = () => Now,
            Late = Duration.FromDays(1), RefundTakes = Duration.FromDays(5) }, After, Hear);
        var options = new StripeOptions
        {
            ApiKey = Standard.ProviderKey, WebhookSecret = Standard.WebhookSecret, ApiBase = new("http://localhost"),
        };
        (_provider, _reports) = (new(options, () => Now, _standIn), new(options));
        _people = new(Path.Combine(folder, "people.db"), registry.Json);
        _people.Prepare(world.Buyers.Keys.Select(b => $"{new BuyerId(b)}"));
    }

    /// <summary>What it took.</summary>
    public sealed record Made(long Turns, int Orders, TimeSpan Took);

    /// <summary>Lives it, up to that instant, and writes the store. The journal comes last: without it there is none.
    /// </summary>
    public static Made Write(DemoWorld world, string folder, Instant end)
    {
        var startedAt = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(folder);
        string[] stale = ["standin.db", DemoClock.FileName, "journal.new", IndexFile.FolderName, ViewFile.FolderName];
        foreach (var old in stale)
            Backup.Remove(Path.Combine(folder, old));
        using var history = new DemoHistory(world, folder, end);
        history.Live();
        history.Save();
        var orders = history._simulator.States.Keys.OfType<OrderId>().Count();
        return new(history._simulator.Journal.Position, orders, Stopwatch.GetElapsedTime(startedAt));
    }

    Instant Now => _simulator.Now;

    void After(Duration wait, Action then) => _simulator.At(Now + wait, then);

    void Live()
    {
        var prints = new Fingerprints(_people.Secret("fingerprints"));
        var files = new EvidenceFolder(Path.Combine(_folder, EvidenceFolder.FolderName), _people);
        var door = new SimulatorDoor(_simulator, platform => new WorldEdge(platform, prints))
        {
            Dawdles = 0, Seal = Seal, SealWords = (owner, words) => _people.Seal($"{owner}", words), Suspects = 0.15,
            SealAccount = (whose, seen) => _people.Seal(whose, Banking.BankAccountOf(whose, seen)),
            Keep = (buyer, shown) => shown with
            {
                Evidence = files.Keep($"{buyer}", DemoWorld.Passport), Bytes = DemoWorld.Passport.Length,
            },
        };
        new DemoTown(door, _world, Personas.Agent).Open();
        while (_simulator.Next(_end)) { }
    }

    /// <summary>Most of what is sealed is somebody's home, again and again.</summary>
    Sealed<Address> Seal(BuyerId buyer, Address address) => address != _world.HomeOf(buyer.Code)
        ? _people.Seal($"{buyer}", address)
        : _homes.TryGetValue(buyer, out var home) ? home : _homes[buyer] = _people.Seal($"{buyer}", address);

    /// <summary>In memory everything is answered at once; the answer comes a moment later nonetheless.</summary>
    void Call(Outside outside, Action<object?> answer)
    {
        if (outside.Request is ChallengeCall challenge)
        {
            var asked = _provider.Challenge(challenge, CancellationToken.None).GetAwaiter().GetResult();
            After(Duration.FromSeconds(1),
                () => answer(new Verifying.Verification.Command.HearChallenge(challenge, asked)));
            return;
        }
        var call = (ProviderCall)outside.Request;
        var said = _provider.Call(call, CancellationToken.None).GetAwaiter().GetResult();
        After(Duration.FromSeconds(1), () => answer(outside.From switch
        {
            RefundId       => new Refund.Command.HearAnswer(call, said),
            VerificationId => new Verifying.Verification.Command.HearAnswer(call, said),
            _              => new Payment.Command.HearAnswer(call, said),
        }));
    }

    void Hear(string body, string signature)
    {
        if (_reports.Read(body, signature, Now) is not Hearing.Heard heard
            || _simulator.Registry.Parse(heard.TargetId) is not { } id) return;
        object command = id is RefundId
            ? new Refund.Command.HearReport(heard.Report) : new Payment.Command.HearReport(heard.Report);
        _simulator.Ask(new(id, command, TheProvider), _ => { });
    }

    void Save()
    {
        _people.Keep();
        _standIn.Save(Path.Combine(_folder, "standin.db"));
        var file = Path.Combine(_folder, "journal.new");
        _simulator.Journal.Save(file, _ => { }, [(DemoStore.Mark, _world.Plan.Mark)]);
        File.Move(file, Path.Combine(_folder, SqliteJournal.FileName));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _simulator.Dispose();
        _provider.Dispose();
        _standIn.Dispose();
        _people.Dispose();
    }
}
