using System.Buffers.Text;
using System.Text;
namespace Recourse.Benchmarks;

/// <summary>A request that is rendered once; only idempotency key and item differ from one to the next.</summary>
public sealed class Template
{
    const string KeyMark = "################", ItemMark = "@@@@";
    static long _keys;

    readonly byte[] _bytes;
    readonly int[] _keysAt, _itemsAt;

    /// <summary>A request of one person.</summary>
    /// <param name="path">Path, with <c>@@@@</c> where the item's number is to be; also in the body.</param>
    public Template(string method, string path, string token, string body)
    {
        var text = $"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n" +
            $"Idempotency-Key: {KeyMark}\r\nContent-Type: application/json\r\n" +
            $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
        _bytes = Encoding.UTF8.GetBytes(text);
        (_keysAt, _itemsAt) = (PlacesOf(KeyMark), PlacesOf(ItemMark));
    }

    int[] PlacesOf(string mark)
    {
        List<int> places = [];
        for (var at = 0; _bytes.AsSpan(at).IndexOf(Encoding.ASCII.GetBytes(mark)) is var i and >= 0; at += i + 1)
            places.Add(at + i);
        return [.. places];
    }

    /// <summary>The next one, with a key that nobody has said before; it is overwritten by the one after it.</summary>
    public ReadOnlyMemory<byte> Next(int item)
    {
        var key = Interlocked.Increment(ref _keys);
        foreach (var at in _keysAt) Utf8Formatter.TryFormat(key, _bytes.AsSpan(at), out _, new('D', 16));
        foreach (var at in _itemsAt) Utf8Formatter.TryFormat(item, _bytes.AsSpan(at), out _, new('D', 4));
        return _bytes;
    }
}
