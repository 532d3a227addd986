using System.Text;
namespace Recourse.Benchmarks;

/// <summary>Cancellations of orders that were placed for it: each by its buyer, once, over the connection that placed
/// it.</summary>
public sealed class Cancellations(int clients)
{
    const string Body = """{"reason":"cancel.changed-mind"}""";

    readonly string[] _asking = new string[clients];
    readonly Queue<byte[]>[] _ready = [.. Enumerable.Range(0, clients).Select(_ => new Queue<byte[]>())];

    /// <summary>Who asks next over a connection.</summary>
    public void Asks(int client, string token) => _asking[client] = token;

    /// <summary>The answer to a checkout: of the one order in it, its cancellation is rendered.</summary>
    public void Hear(int client, string answer)
    {
        if (Between(answer, "\"order/") is not { } order) return;
        _ready[client].Enqueue(Encoding.UTF8.GetBytes(
            $"POST /v1/orders/{order}/cancellation HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
            + $"{_asking[client]}\r\nIdempotency-Key: cancel-{order.Replace('/', '-')}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
    }

    /// <summary>How many there are.</summary>
    public long Count => _ready.Sum(r => (long)r.Count);

    /// <summary>The next one; empty: there are no more over this connection.</summary>
    public ReadOnlyMemory<byte> Next(int client) => _ready[client].TryDequeue(out var next) ? next : default;

    static string? Between(string text, string start)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0) return null;
        from += start.Length;
        return text[from..text.IndexOf('"', from)];
    }
}
