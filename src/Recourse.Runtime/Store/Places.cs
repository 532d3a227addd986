namespace Recourse.Runtime;

/// <summary>Where an aggregate's turns are.</summary>
internal struct Places
{
    const int Few = 4;

    long[]? _all;
    int _count;

    /// <summary>Nothing of it was ever heard before: the file surely has nothing of it.</summary>
    public bool IsNew { get; set; }

    public readonly ReadOnlySpan<long> All => _all.AsSpan(0, _count);

    /// <summary>The last may be said again.</summary>
    public void Add(long position)
    {
        if (_count > 0 && _all![_count - 1] == position) return;
        if (_all is null) _all = new long[Few];
        else if (_all.Length == _count) Array.Resize(ref _all, _count * 2);
        _all[_count++] = position;
    }
}
