using System.Runtime.InteropServices;
namespace Recourse.Runtime;

/// <summary>What was ever heard of, as hashes: of what is surely new the disk need not be asked.</summary>
public sealed class KnownIds(IndexFile file)
{
    readonly Lock _gate = new();
    readonly HashSet<ulong> _hashes = [];
    bool _isLearned;

    /// <summary>Surely never heard of. False may also mean "not sure".</summary>
    public bool IsNew(IId id)
    {
        lock (_gate) return _isLearned && !_hashes.Contains(HashOf(id.ToString()!));
    }

    /// <summary>
    /// Learns in the background what the file knows; until then everything may be old. On a thread of its own, since
    /// with a million orders it takes seconds, and a small machine's pool has two that everybody starts with.
    /// </summary>
    public Task Learn() => Task.Factory.StartNew(() =>
    {
        foreach (var page in file.Ids())
            lock (_gate) foreach (var id in page) _hashes.Add(HashOf(id));
        lock (_gate) _isLearned = true;
    }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal void Add(IId id)
    {
        lock (_gate) _hashes.Add(HashOf(id.ToString()!));
    }

    static ulong HashOf(string id) => Platform.Hash(MemoryMarshal.AsBytes(id.AsSpan()));
}
