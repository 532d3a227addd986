namespace Recourse.Runtime;

/// <summary>What may go wrong, and how often. Chances are per occasion.</summary>
/// <param name="Kill">The process dies between two steps.</param>
/// <param name="KillAtCommit">It dies as the disk answers: half of the time before, half after.</param>
/// <param name="FailCommit">The disk refuses a commit.</param>
/// <param name="Lose">A message or acknowledgement between partitions is lost.</param>
/// <param name="Double">It comes twice.</param>
/// <param name="Delay">It comes up to three days late.</param>
/// <param name="Usurp">Another host claims a partition, while the one that had it goes on for up to a minute.</param>
/// <param name="Skew">Milliseconds by which a partition's clock may be off.</param>
public sealed record Faults(
    double Kill = 0.0005, double KillAtCommit = 0.002, double FailCommit = 0.005, double Lose = 0.02,
    double Double = 0.05,
    double Delay = 0.002, double Usurp = 0.002, int Skew = 2_000)
{
    /// <summary>Nothing goes wrong.</summary>
    public static readonly Faults None = new(0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>
/// The other driver of partitions: one thread for all, a seed, a clock that jumps, and a machine that misbehaves.
/// </summary>
public sealed class Simulator : IDisposable
{
    sealed class Shell(Simulator of, int number, int life) : IShell
    {
        public int Number => number;
        public Partition Partition { get; } = new(number, of.Registry, () => of.Rulebooks, of._ahead, of._mostCached);
        public bool IsTicking { get; set; }
        public bool IsGone { get; set; }
        public int Skew { get; } = of._faults.Skew == 0 ? 0 : of.Chance.Next(-of._faults.Skew, of._faults.Skew);
        public void Post(Input input) { if (life == of._life) of.Give(this, input); }
    }

    sealed class Ticket(Shell at)
    {
        public Shell At => at;
    }

    readonly Faults _faults;
    readonly Duration _ahead;
    readonly int _mostCached;
    readonly PriorityQueue<Action, (Instant At, int Tie)> _agenda = new();
    readonly Dictionary<int, Shell> _shells = [];
    readonly Dictionary<object, Action<Outcome>> _asking = [];
    readonly IndexFile _index;
    readonly Action<Outside, Action<object?>> _call;
    Follower _follower;
    int _life, _tie;

    /// <summary>A platform in one thread.</summary>
    /// <param name="call">The outside: answers a call whenever it likes, or never in this life.</param>
    public Simulator(
        int seed, Registry registry, ImmutableArray<Rulebook> rulebooks, Instant start, Faults faults,
        Action<Outside, Action<object?>> call)
    {
        (Registry, Rulebooks, Now, _faults, _call, Chance) = (registry, rulebooks, start, faults, call, new(seed));
        _ahead = Duration.FromHours(faults == Faults.None ? 24 * 365 : Chance.Next(1, 200));
        _mostCached = faults == Faults.None ? 4096 : Chance.Next(2, 200);
        Journal = new(new(registry)) { Wanted = () => Soon(Commit) };
        _index = new(null, registry.Json);
        _follower = Following();
        Every(Duration.FromMinutes(Math.Min(_ahead.TotalMinutes / 3, 60 * 12)), Wakeful);
    }

    /// <summary>The kinds.</summary>
    public Registry Registry { get; }

    /// <summary>Every edition of the rulebook.</summary>
    public ImmutableArray<Rulebook> Rulebooks { get; set; }

    /// <summary>The simulated instant (UTC).</summary>
    public Instant Now { get; private set; }

    /// <summary>The only chance there is.</summary>
    public Random Chance { get; }

    /// <summary>The log.</summary>
    public MemoryJournal Journal { get; }

    /// <summary>Every durable turn, as it becomes durable.</summary>
    public Action<long, Turn> Recorded { get; set; } = (_, _) => { };

    /// <summary>Whether anything goes wrong; switched off towards the end, so that everything can settle.</summary>
    public bool Misbehaves { get; set; } = true;

    /// <summary>What has gone wrong so far, by kind.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    /// <summary>States as the log has them.</summary>
    public Dictionary<IId, object> States { get; } = [];

    bool Luck(double odds, string what)
    {
        if (!Misbehaves || odds <= 0 || Chance.NextDouble() >= odds) return false;
        Happened[what] = Happened.GetValueOrDefault(what) + 1;
        return true;
    }

    Follower Following()
    {
        var follower = new Follower(Registry, _index) { Ahead = _ahead };
        follower.CatchUp(Journal);
        follower.Also = Follow;
        return follower;
    }

    void Follow(long position, Turn turn)
    {
        foreach (var happened in turn.Events)
            States[happened.Id] = Registry.Of(happened.Id)
                .Evolve(States.GetValueOrDefault(happened.Id), happened.Event);
        foreach (var wake in turn.Wakes)
            if (wake.At is { } due) TickAt(turn.Partition, due);
        Recorded(position, turn);
    }

    /// <summary>Does the next thing on the agenda; false if that is empty or beyond the end.</summary>
    public bool Next(Instant end)
    {
        if (!_agenda.TryPeek(out var next, out var when) || when.At > end) return false;
        _agenda.Dequeue();
        Now = Instant.Max(Now, when.At);
        if (Luck(_faults.Kill, "killed")) Crash();
        if (Luck(_faults.Usurp, "partition claimed by another host")) Usurp();
        next();
        return true;
    }

    /// <summary>Puts something on the agenda; it outlives crashes, as people do.</summary>
    public void At(Instant instant, Action then) =>
        _agenda.Enqueue(then, (Whole(instant), _faults == Faults.None ? ++_tie : Chance.Next()));

    /// <summary>Clocks tell whole milliseconds.</summary>
    static Instant Whole(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>Does something again and again.</summary>
    public void Every(Duration period, Action then) => At(Now + period, () => { then(); Every(period, then); });

    /// <summary>Asks; the reply is Unknown if the process dies before it answers.</summary>
    public void Ask(Ask ask, Action<Outcome> reply) => Soon(() =>
    {
        var ticket = new Ticket(ShellOf(Registry.PartitionOf(ask.Target)));
        _asking[ticket] = reply;
        Give(ticket.At, shell => new Input.Asked(Hashed(ask), At(shell), ticket));
    }, () => reply(new Outcome.Unknown()));

    Ask Hashed(Ask ask) => ask.Key is null ? ask : ask with
    {
        RequestHash = ask.RequestHash
            ?? Platform.Hash(Registry.Json.Write(Registry.Of(ask.Target).Types.Command, ask.Command)),
    };

    Instant At(Shell shell) => Now + Duration.FromMilliseconds(shell.Skew);

    Shell ShellOf(int partition)
    {
        if (!_shells.TryGetValue(partition, out var shell)) _shells[partition] = shell = new(this, partition, _life);
        return shell;
    }

    void Give(Shell shell, Func<Shell, Input> input) => Give(shell, input(shell));

    void Give(Shell shell, Input input)
    {
        if (shell.IsGone) return;
        List<Effect> effects = [];
        shell.Partition.Step(input, effects);
        foreach (var effect in effects) Do(shell, effect);
        if (shell.Partition.Owes && !shell.IsTicking)
        {
            shell.IsTicking = true;
            Soon(() => { shell.IsTicking = false; Give(shell, new Input.Tick(At(shell))); }, null, 1_500);
        }
    }

    void Do(Shell shell, Effect effect)
    {
        switch (effect)
        {
            case Effect.Append e: Journal.Append(shell, [e.Turn]); break;
            case Effect.Leave:
                if (_shells.GetValueOrDefault(shell.Number) == shell) _shells.Remove(shell.Number);
                break;
            case Effect.Open e: Soon(() => Journal.Claim(shell, e.AboveEpoch)); break;
            case Effect.Load e: Soon(() => Give(shell, new Input.Loaded(e.Id, _follower.Load(e.Id, Journal)))); break;
            case Effect.Answer e: Tell(e.Ticket, e.Outcome); break;
            case Effect.Show: throw new InvalidOperationException("Nobody reads here: States are there to look at.");
            case Effect.Deliver e:
                Carry(() => Give(ShellOf(e.To), to => new Input.Delivered(shell.Number, e.Messages, At(to))));
                break;
            case Effect.Acknowledge e:
                Carry(() => Give(ShellOf(e.To), new Input.Acknowledged(shell.Number, e.Number)));
                break;
            case Effect.Call e: Call(shell, e.Outside); break;
            case Effect.Save e: _follower.Save(e.Id, e.Entry, e.Position); break;
            case Effect.FetchWakes e:
                Soon(() => Give(shell, new Input.Wakes(_follower.Wakes(shell.Number, e.After, e.Until))));
                break;
        }
    }

    void Call(Shell shell, Outside outside)
    {
        var life = _life;
        _call(outside, answer =>
        {
            if (life == _life) Give(shell, to => new Input.Answered(outside, answer, At(to)));
        });
    }

    void Tell(object ticket, Outcome outcome)
    {
        if (_asking.Remove(ticket, out var reply)) reply(outcome);
    }

    /// <summary>The group commit: it may fail as a whole, and the process may die on either side of it.</summary>
    void Commit()
    {
        if (Luck(_faults.KillAtCommit / 2, "killed before the disk answered")) { Crash(); return; }
        var told = Journal.Commit(_follower, Luck(_faults.FailCommit, "commit failed"));
        if (Luck(_faults.KillAtCommit / 2, "killed after the disk answered")) { Crash(); return; }
        foreach (var tell in told) Soon(tell);
        if (Chance.Next(200) == 0) _follower.Checkpoint();
    }

    /// <summary>All memory is gone; the log and what the index had at its last checkpoint are not.</summary>
    public void Crash()
    {
        _life++;
        _shells.Clear();
        Journal.Forget();
        _follower = Following();
        Action<Outcome>[] hanging = [.. _asking.Values];
        _asking.Clear();
        foreach (var reply in hanging) reply(new Outcome.Unknown());
        Wakeful();
    }

    /// <summary>Two hosts believe that they have a partition, until the slower one is gone.</summary>
    void Usurp()
    {
        if (_shells.Count == 0) return;
        var slow = _shells.ElementAt(Chance.Next(_shells.Count)).Value;
        _shells.Remove(slow.Number);
        TickAt(slow.Number, Now);
        Soon(() =>
        {
            slow.IsGone = true;
            foreach (var ticket in _asking.Keys.OfType<Ticket>().Where(t => t.At == slow).ToArray())
                Tell(ticket, new Outcome.Unknown());
        }, null, 60_000);
    }

    /// <summary>As the host does: whoever owes something, or soon will, is opened and told the time.</summary>
    void Wakeful()
    {
        foreach (var p in _follower.Owing(Now).Union(_shells.Keys).Order().ToArray())
            TickAt(p, Now);
    }

    void TickAt(int partition, Instant due) =>
        At(due + Duration.FromMilliseconds(_faults.Skew + Chance.Next(1_000)), () =>
            Give(ShellOf(partition), shell => new Input.Tick(At(shell))));

    void Carry(Action arrive)
    {
        if (Luck(_faults.Lose, "message lost")) return;
        for (var copies = Luck(_faults.Double, "message doubled") ? 2 : 1; copies > 0; copies--)
            Soon(arrive, null, Luck(_faults.Delay, "message delayed") ? 3 * 86_400_000 : 20);
    }

    void Soon(Action then, Action? ifDead = null, int within = 20)
    {
        var life = _life;
        var wait = _faults == Faults.None ? 0 : Chance.Next(within);
        At(Now + Duration.FromMilliseconds(wait), () => { if (life == _life) then(); else ifDead?.Invoke(); });
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
