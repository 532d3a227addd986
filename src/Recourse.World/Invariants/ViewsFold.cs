using System.Text;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>Invariant 30: rows of views, folded in memory, so that two folds can be compared.</summary>
/// <param name="restAfter">After so many turns rows are written and read again, as a view's file does; 0 is
/// never.</param>
public sealed class ViewsFold(ImmutableArray<View> views, int restAfter) : Invariant
{
    readonly Dictionary<string, object>[] _rows = [.. views.Select(_ => new Dictionary<string, object>())];

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        foreach (var recorded in Recordings.Of(position, turn))
            for (var i = 0; i < views.Length; i++)
                foreach (var key in views[i].KeysOf(recorded))
                {
                    SeeWhatIsSaid(views[i], _rows[i].ContainsKey(key), recorded);
                    Fold(i, key, recorded);
                }
        if (restAfter > 0 && position % restAfter == 0) Rest();
    }

    // A view's file takes its word for where it looks for rows, and for which of them are new.
    void SeeWhatIsSaid(View view, bool isThere, Recorded recorded)
    {
        var name = recorded.Event.GetType().Name;
        if (!view.IsHeard(recorded.Event.GetType(), !recorded.Transfers.IsEmpty))
            Wrong(30, $"{view.Name} looks for rows in {name}, and doesn't say so.", recorded.Id);
        if (isThere && (view.IsWrittenOnce || view.Begins(recorded.Event)))
            Wrong(30, $"{view.Name} says that {name} makes a new row, which there was.", recorded.Id);
    }

    void Fold(int view, string key, Recorded recorded)
    {
        if (views[view].Apply(key, _rows[view].GetValueOrDefault(key), recorded) is { } row) _rows[view][key] = row;
        else _rows[view].Remove(key);
    }

    void Rest()
    {
        var json = Known.Registry.Json;
        for (var i = 0; i < views.Length; i++)
            foreach (var (key, row) in _rows[i].ToArray())
                _rows[i][key] = json.Read(views[i].Row, json.Write(views[i].Row, row));
    }

    /// <summary>A view's rows as text, as the view's file would dump them.</summary>
    public List<string> Dump(View view)
    {
        var rows = _rows[views.IndexOf(view)];
        return
        [
            .. rows.OrderBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => $"{r.Key} {Encoding.UTF8.GetString(Known.Registry.Json.Write(view.Row, r.Value))}"),
            .. rows.SelectMany(r => view.FoundBy(r.Key, r.Value).Distinct(),
                (r, f) => (f.Index, f.Value, f.Sort, r.Key))
                .OrderBy(f => f.Index, StringComparer.Ordinal).ThenBy(f => f.Value, StringComparer.Ordinal)
                .ThenBy(f => f.Sort, StringComparer.Ordinal).ThenBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => $"{f.Index}={f.Value} {f.Sort} {f.Key}"),
        ];
    }

    /// <summary>Every view in which two folds of one log differ.</summary>
    public IEnumerable<Violation> Compare(ViewsFold rebuilt) =>
        from view in views
        let difference = Dump(view).Except(rebuilt.Dump(view)).Concat(rebuilt.Dump(view).Except(Dump(view)))
            .FirstOrDefault()
        where difference is not null
        select new Violation(30, Known.Position, $"{view.Name} comes out differently when it is rebuilt: {difference}");
}
