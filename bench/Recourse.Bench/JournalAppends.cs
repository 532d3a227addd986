using System.Diagnostics;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Benchmarks;

/// <summary>Turns through the journal and nothing around it: shells append as soon as they may.</summary>
sealed class JournalAppends
{
    readonly string _folder;
    readonly TimeSpan _span;

    public JournalAppends(string folder, TimeSpan span) => (_folder, _span) = (folder, span);

    /// <summary>Turns a second.</summary>
    public double Run()
    {
        Directory.CreateDirectory(_folder);
        var registry = new Registry(Modules.Kinds);
        using var follower = new Follower(registry, new(Path.Combine(_folder, IndexFile.FolderName), registry.Json));
        using var journal = new SqliteJournal(
            Path.Combine(_folder, "journal.db"), new(registry), follower);
        Appender[] all = [.. Enumerable.Range(0, Registry.Partitions).Select(p => new Appender(p, journal))];
        foreach (var one in all) journal.Claim(one, 0);
        var from = Stopwatch.GetTimestamp();
        Thread.Sleep(_span);
        foreach (var one in all) one.Stop();
        var (turns, seconds) = (journal.Position, Stopwatch.GetElapsedTime(from).TotalSeconds);
        Thread.Sleep(200);
        return turns / seconds;
    }

    sealed class Appender(int number, SqliteJournal journal) : IShell
    {
        const int AtOnce = 4;

        readonly StockItemId _id = new(new($"s{number:0000}"), new("red"));
        volatile bool _stopped;
        int _epoch;
        long _sequence;

        public int Number => number;

        public void Stop() => _stopped = true;

        // Serialising is done by pool threads, as shells do it, not by the journal's own.
        public void Post(Input input)
        {
            if (_stopped) return;
            if (input is Input.Opened opened) _epoch = opened.From.Epoch;
            ThreadPool.UnsafeQueueUserWorkItem(_ => Append(), null);
        }

        void Append() => journal.Append(this, [.. Enumerable.Range(0, AtOnce).Select(_ => NextTurn())]);

        Turn NextTurn()
        {
            var at = Instant.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            return new(
                number, _epoch, ++_sequence, at, new Actor.Seller(_id.Seller), null, _id,
                new StockItem.Command.Receive("main", 1), 1,
                [new(_id, new StockItem.Event.Received("main", 1), [])], [], [], [], [], null, null, null);
        }
    }
}
