using System.Formats.Tar;
using Microsoft.Data.Sqlite;
namespace Recourse.Runtime;

/// <summary>Snapshots of a store, also while another process writes it, and the way back.</summary>
public static class Backup
{
    /// <summary>What is put beside a backup's name for the file with people's keys.</summary>
    public const string KeysSuffix = ".keys";

    /// <summary>What is put beside a backup's name for the archive of files that people handed in.</summary>
    public const string FilesSuffix = ".files";

    /// <summary>How the name of a file ends that is being written.</summary>
    public const string Unfinished = ".next";

    const string Journal = SqliteJournal.FileName, People = "people.db";

    /// <summary>What is derived from the journal, and what SQLite puts beside each file.</summary>
    static readonly ImmutableArray<string> Derived = [IndexFile.FolderName, ViewFile.FolderName],
        Beside = ["", "-wal", "-shm"];

    /// <summary>
    /// Writes the journal to a file, people's keys and other small files to one beside it, and what people handed in,
    /// sealed as it is, to a third.
    /// </summary>
    /// <param name="more">Names of other databases in the folder that belong to it.</param>
    /// <param name="folders">Names of folders in it with such files.</param>
    public static void Take(
        string folder, string file, ImmutableArray<string> more, ImmutableArray<string> folders)
    {
        var source = Path.Combine(Path.GetFullPath(folder), Journal);
        if (!File.Exists(source)) throw new StoreException("store.missing", $"There is no store in {folder}.");
        if (((string[])["", KeysSuffix, FilesSuffix]).Any(suffix => File.Exists(file + suffix)))
            throw new StoreException("backup.exists", $"{file} is there already: choose another name, or remove it.");
        var (part, keys, files) = (file + ".part", file + KeysSuffix + ".part", file + FilesSuffix + ".part");
        try
        {
            // The journal goes first: a key or file that it needs was kept before it was needed.
            Copy(source, part);
            Copy(Path.Combine(folder, People), keys);
            KeepBeside(keys, Path.GetFullPath(folder), more);
            foreach (var made in (string[])[part, keys])
                if (Fault(made) is { } fault) throw new StoreException("backup.failed", $"{made} is damaged: {fault}");
            Pack(Path.GetFullPath(folder), folders, files);
            File.Move(files, file + FilesSuffix);
            File.Move(keys, file + KeysSuffix);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
            File.Delete(keys);
            File.Delete(files);
        }
    }

    static void Pack(string folder, ImmutableArray<string> folders, string archive)
    {
        using var tar = new TarWriter(File.Create(archive));
        foreach (var name in folders.Where(f => Directory.Exists(Path.Combine(folder, f))))
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(Unfinished, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
                try { tar.WriteEntry(file, Path.GetRelativePath(folder, file)); }
                catch (FileNotFoundException) { }                           // it went meanwhile: nothing names it
    }

    static void KeepBeside(string keys, string folder, ImmutableArray<string> more)
    {
        using var db = Open(keys);
        Run(db, "CREATE TABLE beside(name TEXT PRIMARY KEY, body BLOB NOT NULL)");
        Run(db, "CREATE TABLE origin(folder TEXT NOT NULL)");
        Run(db, "INSERT INTO origin VALUES($folder)", ("$folder", folder));
        foreach (var name in more.Where(n => File.Exists(Path.Combine(folder, n))))
        {
            var copy = $"{keys}.{name}";
            Copy(Path.Combine(folder, name), copy);
            Run(db, "INSERT INTO beside VALUES($name, $body)", ("$name", name), ("$body", File.ReadAllBytes(copy)));
            File.Delete(copy);
        }
    }

    /// <summary>What to say of a file that isn't there; null: it is.</summary>
    public static StoreException? Missing(string file) =>
        File.Exists(file) ? null : new("backup.missing", $"There is no file {file}.");

    /// <summary>Everyone who was erased, by a file of keys: <c>people.db</c> or a backup's.</summary>
    public static ImmutableArray<(string Person, Instant At)> ErasedIn(string file)
    {
        if (Missing(file) is { } missing) throw missing;
        return Reading(file, db =>
        {
            var all = ImmutableArray.CreateBuilder<(string, Instant)>();
            using var command = db.CreateCommand();
            command.CommandText = "SELECT person, at FROM erased ORDER BY person";
            using var rows = command.ExecuteReader();
            while (rows.Read()) all.Add((rows.GetString(0), Instant.FromUnixTimeTicks(rows.GetInt64(1))));
            return all.ToImmutable();
        });
    }

    /// <summary>
    /// Files that may know of erasures since a backup was taken: of its own folder, and of the target.
    /// </summary>
    public static ImmutableArray<string> ErasuresNearby(string keys, string target) =>
    [
        .. new[] { Reading(keys, db => One(db, "SELECT folder FROM origin") as string), target }.OfType<string>()
            .Select(f => Path.Combine(Path.GetFullPath(f), People)).Distinct().Where(File.Exists),
    ];

    /// <summary>
    /// Lays a store out in an empty folder; erasures are applied before anybody can read what was lost.
    /// </summary>
    public static void LayOut(
        string file, string keys, string folder, IEnumerable<(string Person, Instant At)> erased, Registry registry)
    {
        foreach (var part in (string[])[file, keys])
        {
            if (Missing(part) is { } missing) throw missing;
            if (Fault(part) is { } fault) throw Unreadable(part, fault);
        }
        if (Reading(file, db => One(db, "SELECT value FROM meta WHERE name = 'format'")) is null)
            throw new StoreException("backup.not-a-journal", $"{file} is no journal of ours.");
        Directory.CreateDirectory(folder);
        Copy(file, Path.Combine(folder, Journal));
        var people = Path.Combine(folder, People);
        Copy(keys, people);
        using (var db = Open(people))
        {
            foreach (var name in Names(db))
            {
                var body = (byte[])One(db, "SELECT body FROM beside WHERE name = $name", ("$name", name))!;
                File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(name)), body);
            }
            Run(db, "DROP TABLE IF EXISTS beside; DROP TABLE IF EXISTS origin");
        }
        using (var ring = new KeyRing(people, registry.Json))
            foreach (var (person, at) in erased) ring.Erase(person, at);
        using (var db = Open(people)) Run(db, "VACUUM");
        Unpack(file + FilesSuffix, folder);
    }

    static StoreException Unreadable(string part, string fault) =>
        new("backup.unreadable", $"{part} can't be read: {fault}");

    /// <summary>Backups from before there were such files have none.</summary>
    static void Unpack(string archive, string folder)
    {
        if (!File.Exists(archive)) return;
        try { TarFile.ExtractToDirectory(archive, folder, overwriteFiles: false); }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Unreadable(archive, e.Message);
        }
    }

    static List<string> Names(SqliteConnection db)
    {
        List<string> names = [];
        using var command = db.CreateCommand();
        command.CommandText = "SELECT name FROM beside";
        using var rows = command.ExecuteReader();
        while (rows.Read()) names.Add(rows.GetString(0));
        return names;
    }

    /// <summary>Puts what was laid out in the place of a store; files that are no part of one stay.</summary>
    /// <param name="more">As when it was taken.</param>
    /// <param name="folders">As when it was taken.</param>
    public static void Replace(
        string laidOut, string folder, ImmutableArray<string> more, ImmutableArray<string> folders)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])[Journal, People, .. Derived, .. more])
        {
            Remove(Path.Combine(folder, name));
            if (File.Exists(Path.Combine(laidOut, name)))
                File.Move(Path.Combine(laidOut, name), Path.Combine(folder, name));
        }
        // A backup without them takes nothing away: they are sealed, and nobody else has them.
        foreach (var name in folders.Where(f => Directory.Exists(Path.Combine(laidOut, f))))
        {
            Remove(Path.Combine(folder, name));
            Directory.Move(Path.Combine(laidOut, name), Path.Combine(folder, name));
        }
    }

    /// <summary>Removes a file of a store with what SQLite puts beside it, or a folder; if it is there.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        foreach (var beside in Beside) File.Delete(path + beside);
    }

    /// <summary>What SQLite says is wrong with a file; null: nothing.</summary>
    public static string? Fault(string path)
    {
        try
        {
            return Reading(path, db => One(db, "PRAGMA integrity_check") as string) is "ok" ? null : "it is damaged";
        }
        catch (SqliteException e) { return e.Message; }
    }

    static void Copy(string from, string to)
    {
        File.Delete(to);
        using var source = new SqliteConnection($"Data Source={from};Pooling=False;Mode=ReadWrite");
        using var target = new SqliteConnection($"Data Source={to};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        Run(target, "PRAGMA journal_mode=DELETE");
    }

    static T Reading<T>(string path, Func<SqliteConnection, T> read)
    {
        using var db = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadWrite");
        db.Open();
        return read(db);
    }

    static SqliteConnection Open(string path)
    {
        var db = new SqliteConnection($"Data Source={path};Pooling=False");
        db.Open();
        return db;
    }

    static object? One(SqliteConnection db, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command.ExecuteScalar();
    }

    static void Run(SqliteConnection db, string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        One(db, sql, values);
}
