namespace Recourse.Runtime;

/// <summary>
/// Turns that were just committed, so that they need not be read back. Of more than it holds it keeps none.
/// </summary>
public sealed class Heard(int most)
{
    readonly Lock _gate = new();
    List<(long Position, Turn Turn)> _turns = [];
    long _before, _upTo;

    /// <summary>Hears of a commit.</summary>
    public void Add(long before, List<(long Position, Turn Turn)> turns)
    {
        if (turns.Count == 0) return;
        lock (_gate)
        {
            if (_turns.Count == 0 || _upTo != before || _turns.Count + turns.Count > most) Restart(before);
            _turns.AddRange(turns);
            _upTo = turns[^1].Position;
        }
    }

    void Restart(long before) => (_turns, _before) = ([], before);

    /// <summary>All that came after a position; null: not all of it is here.</summary>
    public List<(long Position, Turn Turn)>? After(long position)
    {
        lock (_gate)
        {
            if (_turns.Count == 0 || _before > position || _upTo <= position) return null;
            var (turns, before) = (_turns, _before);
            Restart(_upTo);
            return before == position ? turns : turns.FindAll(t => t.Position > position);
        }
    }
}
