using Recourse.Runtime;
namespace Recourse.Cli;

/// <summary>Whether a store is a demo's: a mark in its journal says so, from its first day on.</summary>
public static class DemoStore
{
    const int Looked = 500;

    /// <summary>The mark's name; its value says which world it is.</summary>
    public const string Mark = "demo";

    /// <summary>Whether there is a store at all.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, SqliteJournal.FileName));

    /// <summary>Which world it is; null: it is no demo's.</summary>
    public static string? MarkOf(string folder) =>
        SqliteJournal.MetaOf(Path.Combine(folder, SqliteJournal.FileName), Mark);

    /// <summary>The latest instant that its journal knows: no clock may go on from an earlier one.</summary>
    public static Instant LatestIn(string folder)
    {
        using var db = new Db(Path.Combine(folder, SqliteJournal.FileName), durable: true);
        using var newest = db.Prepare($"SELECT body FROM turn ORDER BY position DESC LIMIT {Looked}");
        var (json, latest) = (new TurnJson(new Registry(Modules.Kinds)), Instant.FromUnixTimeMilliseconds(0));
        while (newest.Step()) latest = Instant.Max(latest, json.Read(newest.Bytes(0).ToArray()).At);
        return latest;
    }

    /// <summary>A store of one's own is not for the demo's people.</summary>
    public static void MustBeDemo(string folder)
    {
        if (Exists(folder) && MarkOf(folder) is null)
            throw new StoreException("store.not-a-demo",
                $"{Path.GetFullPath(folder)} is a store of your own, and the demo would fill it with strangers. "
                + $"Open it with: recourse run --data {folder}");
    }

    /// <summary>A demo is not for business.</summary>
    public static void MustBeOwn(string folder)
    {
        if (MarkOf(folder) is not null)
            throw new StoreException("store.is-a-demo",
                $"{Path.GetFullPath(folder)} is a demo: its people and its clock are made up. "
                + $"Open it with: recourse --data {folder}, or name another folder for a store of your own.");
    }

    /// <summary>All its files together, in bytes.</summary>
    public static long SizeOf(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0);
}
