using System.Runtime.InteropServices;
namespace Recourse.Runtime;

/// <summary>What was ever heard of, as hashes: of what is surely new the disk need not be asked.</summary>
public sealed class KnownIds(IndexFile file)
{
    const int PageOfHashes = 5_000;

    readonly Lock _gate = new();
    readonly HashSet<ulong> _hashes = [];
    ulong[]? _saved = file.TakeKnown();
    bool _isLearned;

    /// <summary>The last end was in order, and what it left is still to be learned.</summary>
    public bool IsKept => _saved is not null;

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
        foreach (var page in _saved?.Chunk(PageOfHashes) ?? file.Ids().Select(ids => ids.Select(HashOf).ToArray()))
            lock (_gate) _hashes.UnionWith(page);
        lock (_gate) (_isLearned, _saved) = (true, null);
    }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Keeps all that is known for the next start, which is spared from reading every id.</summary>
    internal void Save()
    {
        lock (_gate)
            if (_isLearned || _saved is not null) file.SaveKnown((_saved ?? []).Concat(_hashes));
    }

    /// <summary>True: surely nobody ever heard of it before.</summary>
    internal bool Add(IId id)
    {
        var hash = HashOf(id.ToString()!);
        lock (_gate) return _hashes.Add(hash) && _isLearned;
    }

    static ulong HashOf(string id) => Platform.Hash(MemoryMarshal.AsBytes(id.AsSpan()));
}
