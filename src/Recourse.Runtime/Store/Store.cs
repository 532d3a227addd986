namespace Recourse.Runtime;

/// <summary>
/// A folder with everything of one platform: journal, index, views, people's keys. One process at a time.
/// </summary>
public sealed class Store : IDisposable
{
    /// <summary>Megabytes that index and views keep in memory where nobody says otherwise.</summary>
    public const int Usually = 88;

    readonly FileStream _lock;

    /// <summary>Opens it, or creates it; says so if another process has it.</summary>
    /// <param name="ahead">How far ahead partitions know their deadlines; null: an hour.</param>
    /// <param name="megabytes">What index and views keep in memory of what is read often; at most as much again of what
    /// was just written.</param>
    public Store(
        string folder, Registry registry, IEnumerable<View> views, Duration? ahead = null, int megabytes = Usually)
    {
        Folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(Folder);
            _lock = new(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreException("store.in-use", $"Another process has {Folder} open: stop it first.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException("store.no-access", $"{Folder} can't be written: check who owns it.", e);
        }
        try
        {
            Follower = new(registry, new IndexFile(In(IndexFile.FolderName), registry.Json, megabytes << 18))
            {
                Ahead = ahead ?? Duration.FromHours(1),
            };
            Journal = new SqliteJournal(In("journal.db"), new TurnJson(registry), Follower);
            Follower.Known.Learn();
            Views = new(In(ViewFile.FolderName), registry.Json, [.. views], 3 * (megabytes << 18));
            People = new(In("people.db"), registry.Json);
            Views.Run(Journal, Follower);
            (Journal.Pace, Journal.First) = (Views.Pace, People.Keep);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _lock.Dispose();
            throw new StoreException("store.unreadable", $"{Folder} can't be read: {e.Message}. Restore a backup.", e);
        }
        catch (RocksDbSharp.RocksDbException e)
        {
            _lock.Dispose();
            throw new StoreException("store.views-unreadable", $"Index or views can't be opened: {e.Message} Remove "
                + $"{In(IndexFile.FolderName)} and {In(ViewFile.FolderName)}: they are made anew from the journal.", e);
        }
        catch { _lock.Dispose(); throw; }
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>The truth.</summary>
    public SqliteJournal Journal { get; }

    /// <summary>Where things are in it.</summary>
    public Follower Follower { get; }

    /// <summary>What people look at.</summary>
    public ViewFile Views { get; }

    /// <summary>People's keys.</summary>
    public KeyRing People { get; }

    string In(string name) => Path.Combine(Folder, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        Views.Stop();
        Journal.Dispose();
        Follower.Dispose();
        Views.Dispose();
        People.Dispose();
        _lock.Dispose();
    }
}
