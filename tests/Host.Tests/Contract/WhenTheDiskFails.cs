using System.Diagnostics;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

public sealed class WhenTheDiskFails : IDisposable
{
    const int Rounds = 40;
    static readonly JarId TheJar = new("ada", "j");
    static readonly Actor Ada = new Actor.Seller(new("ada"));

    readonly string _folder = TwoSilos.Folder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    /// <summary>The power fails while a commit is written: any part of it may be on the disk, or rubbish.</summary>
    [Fact]
    public async Task A_commit_that_was_torn_never_was_and_all_before_it_are_there()
    {
        var log = In("journal.db-wal");
        List<(long Position, long Length)> commits = [];
        var copy = TwoSilos.Folder();
        try
        {
            await using (var silos = await TwoSilos.Start(_folder))
            {
                for (var i = 0; i < 20; i++)
                {
                    await silos.One.Ask(new(TheJar, new Jar.Command.Put(1), Ada));
                    commits.Add((silos.Store.Journal.Position, new FileInfo(log).Length));
                }
                foreach (var file in Directory.GetFiles(_folder, "journal.db*")) Copy(file, copy);
            }
            for (var round = 0; round < Rounds; round++) Tear(copy, commits, new Random(round));
        }
        finally { Directory.Delete(copy, recursive: true); }
    }

    static void Tear(string copy, List<(long Position, long Length)> commits, Random chance)
    {
        var torn = TwoSilos.Folder();
        try
        {
            foreach (var file in Directory.GetFiles(copy)) Copy(file, torn);
            var last = chance.Next(commits.Count - 1);
            var (from, to) = (commits[last].Length, commits[last + 1].Length);
            var cut = from + chance.NextInt64(to - from);
            using (var log = File.OpenWrite(Path.Combine(torn, "journal.db-wal")))
            {
                log.SetLength(cut);
                if (chance.Next(2) == 0)
                {
                    log.Position = cut;
                    var rubbish = new byte[to - cut];
                    chance.NextBytes(rubbish);
                    log.Write(rubbish);
                }
            }
            using var store = new Store(torn, TwoSilos.Registry, [Jar.Sweets]);
            store.Journal.Position.ShouldBe(commits[last].Position);
            ((Jar.State)store.Follower.Load(TheJar, store.Journal).State!).Sweets.ShouldBe(last + 1);
        }
        finally { Directory.Delete(torn, recursive: true); }
    }

    static void Copy(string file, string folder) => File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

    [Fact]
    public async Task What_is_read_while_the_index_is_saved_is_folded_once()
    {
        await using var silos = await TwoSilos.Start(_folder);
        var (store, over, told) = (silos.Store, false, 0L);
        var saving = Apart(() => { while (!Volatile.Read(ref over)) store.Follower.Checkpoint(); });
        var reading = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Apart(() =>
        {
            while (!Volatile.Read(ref over))
            {
                var least = Volatile.Read(ref told);
                var version = store.Follower.Load(TheJar, store.Journal).Version;
                version.ShouldBeInRange(least, Volatile.Read(ref told) + 1);
            }
        })));
        var from = Stopwatch.GetTimestamp();
        while (!reading.IsCompleted && (told < 50 || Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(3)))
        {
            await silos.One.Ask(new(TheJar, new Jar.Command.Put(1), Ada));
            Interlocked.Increment(ref told);
        }
        Volatile.Write(ref over, true);
        await saving;
        await reading;
        told.ShouldBeGreaterThan(10);
    }

    /// <summary>On a thread of its own: four busy ones would leave a small pool none to answer with.</summary>
    static Task Apart(Action work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
