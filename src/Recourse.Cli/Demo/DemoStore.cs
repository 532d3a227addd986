using Recourse.Runtime;
namespace Recourse.Cli;

/// <summary>Whether a store is a demo's: a mark in its journal says so, from its first day on.</summary>
public static class DemoStore
{
    /// <summary>The mark's name; its value is the seed of the world.</summary>
    public const string Mark = "demo";

    /// <summary>Whether there is a store at all.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, SqliteJournal.FileName));

    /// <summary>The seed of its world; null: it is no demo's.</summary>
    public static int? SeedOf(string folder) =>
        int.TryParse(SqliteJournal.MetaOf(Path.Combine(folder, SqliteJournal.FileName), Mark), out var seed) ? seed : null;

    /// <summary>A store of one's own is not for the demo's people.</summary>
    public static void MustBeDemo(string folder)
    {
        if (Exists(folder) && SeedOf(folder) is null)
            throw new StoreException("store.not-a-demo",
                $"{Path.GetFullPath(folder)} is a store of your own, and the demo would fill it with strangers. "
                + $"Open it with: recourse run --data {folder}");
    }

    /// <summary>A demo is not for business.</summary>
    public static void MustBeOwn(string folder)
    {
        if (SeedOf(folder) is not null)
            throw new StoreException("store.is-a-demo",
                $"{Path.GetFullPath(folder)} is a demo: its people and its clock are made up. "
                + $"Open it with: recourse --data {folder}, or name another folder for a store of your own.");
    }

    /// <summary>All its files together, in bytes.</summary>
    public static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Exists ? f.Length : 0);
}
