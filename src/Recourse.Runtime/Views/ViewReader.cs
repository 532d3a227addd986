using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RocksDbSharp;
namespace Recourse.Runtime;

/// <summary>Makes rows of what the store has, where it lies.</summary>
sealed class RowReader(View view, StoreJson json) : ISpanDeserializer<object>
{
    readonly JsonTypeInfo _row = json.Options.GetTypeInfo(view.Row);

    public object Deserialize(ReadOnlySpan<byte> buffer) => JsonSerializer.Deserialize(buffer, _row)!;
}

/// <summary>Rows of views as they are at one moment.</summary>
sealed class ViewReader(RocksDb db, ReadOptions moment, StoreJson json)
{
    TRow? Row<TRow>(View view, string key) where TRow : class =>
        (TRow?)db.Get(SortedStore.Key(ViewTable.RowAt(view, key)), new RowReader(view, json), readOptions: moment);

    /// <summary>The greatest first.</summary>
    /// <param name="least">The least sort key that is wanted; null: any.</param>
    public Page<TRow> List<TRow>(
        View<TRow> view, string index, string value, string? after, int limit, string? least) where TRow : class
    {
        if (value.Contains('\0', StringComparison.Ordinal)) return new([], null);
        var byKey = index is View.ByKey;
        var (sort, key) = Cursors.Read(after);
        var start = byKey ? ViewTable.RowAt(view, value) : ViewTable.FoundAt(view, index, value);
        byte[]? last = sort is null ? null
            : SortedStore.Key(byKey ? ViewTable.RowAt(view, key!) : $"{start}{sort}\0{key}");
        List<TRow> rows = [];
        string? next = null;
        foreach (var (name, body) in Before(SortedStore.Key(start), last))
        {
            var (at, of) = byKey ? ("", name[ViewTable.RowAt(view, "").Length..]) : Split(name[start.Length..]);
            if (!byKey && least is not null && string.CompareOrdinal(at, least) < 0) break;
            if (rows.Count == limit) return new([.. rows], next);
            if ((byKey ? (TRow)json.Read(view.Row, body) : Row<TRow>(view, of)) is not { } row) continue;
            rows.Add(row);
            next = Cursors.After(at, of);
        }
        return new([.. rows], null);
    }

    public int CountFrom(View view, string index, string value, string least, int most)
    {
        var start = ViewTable.FoundAt(view, index, value);
        var prefix = SortedStore.Key(start);
        using var rows = db.NewIterator(readOptions: moment);
        var count = 0;
        for (rows.Seek(SortedStore.Key(start + least)); count < most && rows.Valid(); rows.Next(), count++)
            if (!rows.GetKeySpan().StartsWith(prefix)) break;
        return count;
    }

    static (string Sort, string Key) Split(string found) =>
        found.IndexOf('\0', StringComparison.Ordinal) is var end ? (found[..end], found[(end + 1)..]) : default;

    /// <summary>What starts so, backwards, from before one of them or from the end.</summary>
    IEnumerable<(string Key, byte[] Value)> Before(byte[] start, byte[]? last)
    {
        using var rows = db.NewIterator(readOptions: moment);
        rows.SeekForPrev(last ?? [.. start, 0xFF]);
        if (last is not null && rows.Valid() && rows.GetKeySpan().SequenceEqual(last)) rows.Prev();
        for (; rows.Valid() && rows.GetKeySpan().StartsWith(start); rows.Prev())
            yield return (Encoding.UTF8.GetString(rows.GetKeySpan()), rows.Value());
    }

    IEnumerable<(string Key, byte[] Value)> From(string start)
    {
        var prefix = SortedStore.Key(start);
        using var rows = db.NewIterator(readOptions: moment);
        for (rows.Seek(prefix); rows.Valid() && rows.GetKeySpan().StartsWith(prefix); rows.Next())
            yield return (Encoding.UTF8.GetString(rows.GetKeySpan()[prefix.Length..]), rows.Value());
    }

    public List<(string Key, TRow Row)> All<TRow>(View<TRow> view) where TRow : class =>
        [.. From(ViewTable.RowAt(view, "")).Select(r => (r.Key, (TRow)json.Read(view.Row, r.Value)))];

    public List<string> Dump(View view) =>
    [
        .. From(ViewTable.RowAt(view, "")).Select(r => $"{r.Key} {Encoding.UTF8.GetString(r.Value)}"),
        .. From($"{view.Table}\0f").Select(r => r.Key.Replace('\0', ' ')),
    ];
}
