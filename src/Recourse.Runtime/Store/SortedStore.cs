using System.Text;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>
/// Sorted keys and values in a folder. What is written is only ever added, in order, and merged later: a row costs the
/// same however many there are. A tree of pages would write a page of its own for each of a million scattered rows.
/// </summary>
sealed class SortedStore : IDisposable
{
    const int Buffers = 4, BuffersMerged = 2, FilesMerged = 8, FilesOpen = 256, LogsKept = 2;
    const int BlockBytes = 8 << 10, BloomBits = 10, Room = 4 << 20;

    // A process that is killed loses nothing that was written; after a power cut the newest may be missing, with its
    // checkpoint, and is read from the journal again.
    static readonly WriteOptions Unsynced = new WriteOptions().SetSync(false);

    readonly string _folder;
    readonly Env? _memory;
    readonly ReaderWriterLockSlim _gate = new();
    readonly DbOptions _options;
    RocksDb? _db;

    RocksDb Db => _db ?? throw new IOException($"{_folder} can't be opened.");

    /// <summary>Opens or creates it.</summary>
    /// <param name="folder">Null: in memory, until it is disposed of.</param>
    /// <param name="bytes">Memory for what is read often; at most as much again for what was just written.</param>
    /// <exception cref="RocksDbException">The disk is full or away, or another process has it open.</exception>
    public SortedStore(string? folder, int bytes)
    {
        (_folder, _memory) = (folder ?? "/memory", folder is null ? Env.CreateMemEnv() : null);
        // Filters and indexes stay in memory (some 50 bytes an order): in the cache one is larger than a shard of it.
        var table = new BlockBasedTableOptions()
            .SetBlockCache(Cache.CreateLru((ulong)bytes))
            .SetBlockSize(BlockBytes).SetFilterPolicy(BloomFilterPolicy.Create(BloomBits, false));
        // Whatever is merged is written once more, so much is gathered first.
        _options = new DbOptions().SetCreateIfMissing(true).SetBlockBasedTableFactory(table)
            .SetWriteBufferSize((ulong)bytes / Buffers).SetMaxWriteBufferNumber(Buffers).SetMaxOpenFiles(FilesOpen)
            .SetMinWriteBufferNumberToMerge(BuffersMerged).SetLevel0FileNumCompactionTrigger(FilesMerged)
            .SetCompression(Compression.Lz4).SetLevelCompactionDynamicLevelBytes(true)
            .SetInfoLogLevel(InfoLogLevel.Warn).SetKeepLogFileNum(LogsKept);
        if (_memory is not null) _options.SetEnv(_memory.Handle);
        _db = RocksDb.Open(_options, _folder);
    }

    /// <summary>Whether it is the disk's fault, which may pass.</summary>
    public static bool IsOfDisk(Exception e) => e is RocksDbException or IOException;

    /// <summary>Bytes of a key: its parts with what none of them has between.</summary>
    public static byte[] Key(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Reads; what is read belongs to one moment.</summary>
    public T Read<T>(Func<RocksDb, ReadOptions, T> read)
    {
        _gate.EnterReadLock();
        try
        {
            using var moment = Db.CreateSnapshot();
            var options = new ReadOptions().SetSnapshot(moment);
            try { return read(Db, options); }
            finally { GC.KeepAlive(options); }                              // what is native of it ends with it
        }
        finally { _gate.ExitReadLock(); }
    }

    /// <summary>What is there now, read where it lies.</summary>
    public T? Get<T>(ReadOnlySpan<byte> key, ISpanDeserializer<T> read) where T : class
    {
        _gate.EnterReadLock();
        try { return Db.Get(key, read); }
        finally { _gate.ExitReadLock(); }
    }

    /// <summary>What is there now, for anybody.</summary>
    public byte[]? Get(byte[] key)
    {
        _gate.EnterReadLock();
        try { return Db.Get(key); }
        finally { _gate.ExitReadLock(); }
    }

    /// <summary>All of it or nothing.</summary>
    public void Write(WriteBatch batch) => Db.Write(batch, Unsynced);

    /// <summary>
    /// After a failed write it takes none until it is opened anew. While the disk is full it can't be, and is left as
    /// it is: what was written can be read.
    /// </summary>
    /// <exception cref="IOException">The disk is still full.</exception>
    public void Reopen()
    {
        var probe = Path.Combine(_folder, "probe");
        try { File.WriteAllBytes(probe, new byte[Room]); }
        finally { File.Delete(probe); }
        _gate.EnterWriteLock();
        try
        {
            _db?.Dispose();
            _db = null;
            _db = RocksDb.Open(_options, _folder);
        }
        finally { _gate.ExitWriteLock(); }
    }

    /// <summary>Waits for whoever reads; whoever comes later is told that it is closed.</summary>
    public void Dispose()
    {
        _gate.EnterWriteLock();
        try
        {
            _db?.Dispose();
            _db = null;
        }
        finally { _gate.ExitWriteLock(); }
    }
}
