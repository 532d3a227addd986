using Recourse.Runtime;
using Recourse.Web;
namespace Recourse.Cli;

/// <summary>A store that is only looked at.</summary>
sealed class OpenedStore : IDisposable
{
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    OpenedStore(Store store) => (Store, Rulebooks) = (store, Editions.Of(store));

    /// <summary>The store.</summary>
    public Store Store { get; }

    /// <summary>Its rulebooks, oldest first.</summary>
    public ImmutableArray<Rulebook> Rulebooks { get; }

    /// <summary>The edition of now.</summary>
    public Rulebook InForce =>
        new Asked(new Actor.Clock(), new RealClock().Now, Rulebooks).InForce;

    /// <summary>Opens it, with its views as new as its journal.</summary>
    /// <param name="instead">What to ask the running platform if it has the store.</param>
    public static async Task<OpenedStore> Open(string folder, string instead)
    {
        if (!File.Exists(Path.Combine(folder, "journal.db")))
            throw new Trouble("cli.no-store", $"There is no store in {folder}. Say another folder with --data, or "
                + $"make one "
                + "with run or import.", Trouble.Store);
        Store store;
        try { store = new(folder, Out.Registry, Modules.Views); }
        catch (StoreException e) when (e.Code is "store.in-use")
        {
            var at = RunningAt.In(folder);
            throw new StoreException(e.Code, $"Another process has {Path.GetFullPath(folder)} open. "
                + (at is null ? "Stop it first." : $"Ask the platform that runs there: {instead.Replace("{at}", at)} "
                    + $"(with a key of: recourse key --as operator:me --data {folder}); or stop it first."));
        }
        await store.Views.CaughtUp(store.Journal.Position, LongestWait);
        if (store.Views.Failure is { } failure)
            throw new StoreException("store.views-stopped", $"The views of {folder} can't be written: "
                + $"{failure.Message}");
        return new(store);
    }

    /// <summary>Every row under an index value, the newest first.</summary>
    /// <param name="page">So many are read at a time.</param>
    public IEnumerable<TRow> All<TRow>(View<TRow> view, string index, string value, int page = 1_000) where TRow : class
    {
        string? after = null;
        do
        {
            var rows = Store.Views.List(view, index, value, after, page);
            foreach (var row in rows.Rows) yield return row;
            after = rows.Next;
        } while (after is not null);
    }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();
}
