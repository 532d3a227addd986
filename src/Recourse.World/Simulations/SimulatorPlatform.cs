using Recourse.Runtime;
namespace Recourse.World.Simulations;

/// <summary>
/// The simulator as the edge sees a platform: states and rows of views as the log has them. Nothing here ever waits.
/// </summary>
sealed class SimulatorPlatform : IPlatform, IViews
{
    sealed class Rows
    {
        public Dictionary<string, (object Row, ImmutableArray<Found> At)> All { get; } = [];
        public Dictionary<(string Index, string Value), int> Counts { get; } = [];
    }

    readonly Simulator _simulator;
    readonly ImmutableArray<View> _views;
    readonly Rows[] _rows;

    /// <summary>Follows the log from its beginning on.</summary>
    /// <param name="views">Those that are looked at.</param>
    public SimulatorPlatform(Simulator simulator, params ImmutableArray<View> views)
    {
        (_simulator, _views, _rows) = (simulator, views, [.. views.Select(_ => new Rows())]);
        simulator.Recorded += Note;
    }

    /// <inheritdoc cref="IPlatform.Now"/>
    public Instant Now => _simulator.Now;

    /// <inheritdoc/>
    public ImmutableArray<Rulebook> Rulebooks => _simulator.Rulebooks;

    /// <inheritdoc/>
    public IViews Views => this;

    /// <inheritdoc cref="IPlatform.Position"/>
    public long Position => _simulator.Journal.Position;

    void Note(long position, Turn turn)
    {
        foreach (var recorded in Recordings.Of(position, turn))
            for (var i = 0; i < _views.Length; i++)
                foreach (var key in _views[i].KeysOf(recorded)) Fold(_views[i], _rows[i], key, recorded);
    }

    static void Fold(View view, Rows rows, string key, Recorded recorded)
    {
        var was = rows.All.GetValueOrDefault(key);
        foreach (var at in was.Row is null ? [] : was.At) rows.Counts[(at.Index, at.Value)]--;
        rows.All.Remove(key);
        if (view.Apply(key, was.Row, recorded) is not { } row) return;
        var now = rows.All[key] = (row, [.. view.FoundBy(key, row).Distinct()]);
        foreach (var at in now.At)
            rows.Counts[(at.Index, at.Value)] = rows.Counts.GetValueOrDefault((at.Index, at.Value)) + 1;
    }

    Rows Of(View view) => _rows[_views.IndexOf(view)];

    /// <summary>Every row of a view.</summary>
    public IEnumerable<TRow> All<TRow>(View<TRow> view) where TRow : class =>
        Of(view).All.Values.Select(r => (TRow)r.Row);

    /// <inheritdoc/>
    public TRow? Find<TRow>(View<TRow> view, string key) where TRow : class =>
        (TRow?)Of(view).All.GetValueOrDefault(key).Row;

    /// <inheritdoc/>
    public long Count(View view, string index, string value) => Of(view).Counts.GetValueOrDefault((index, value));

    /// <inheritdoc/>
    public int CountFrom(View view, string index, string value, string least, int most) => least is ""
        ? Math.Min(most, (int)Count(view, index, value))
        : throw new NotSupportedException("Nobody counts from the middle here.");

    /// <inheritdoc/>
    public Task<Seen?> Read(IId id, Actor who, CancellationToken cancel = default)
    {
        var state = _simulator.States.GetValueOrDefault(id);
        return Task.FromResult(
            state is not null && _simulator.Registry.Of(id).PartyOf(id, state, who) is { } party
                ? new Seen(id, state, 0, Position, party, new(who, Now, Rulebooks)) : null);
    }

    /// <inheritdoc/>
    public Task<bool> CaughtUp(long position, TimeSpan limit, CancellationToken cancel = default) =>
        Task.FromResult(position <= Position);

    /// <inheritdoc/>
    public Task Beyond(long position, TimeSpan limit, CancellationToken cancel = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<Outcome> Ask(Ask ask, CancellationToken cancel = default) => throw OnlyRead();

    /// <inheritdoc/>
    public Task<ImmutableArray<Recorded>?> History(IId id, Actor who, CancellationToken cancel = default) =>
        throw OnlyRead();

    /// <inheritdoc/>
    public Task<ImmutableArray<Recorded>> Feed(long after, int turns, CancellationToken cancel = default) =>
        throw OnlyRead();

    /// <inheritdoc/>
    public Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after = null, int limit = 50, string? least = null)
        where TRow : class => throw OnlyRead();

    static NotSupportedException OnlyRead() => new("What is gathered here is read by id, key or count.");
}
