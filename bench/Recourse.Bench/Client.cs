using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
namespace Recourse.Benchmarks;

/// <summary>One connection that is kept, one request at a time, and as little parsing as will do.</summary>
public sealed class Client : IDisposable
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] _buffer = new byte[1 << 18];
    int _length;

    /// <summary>Connects.</summary>
    public async Task Open(IPEndPoint server) => await _socket.ConnectAsync(server);

    /// <summary>Sends a request; the status of the answer once all of it is here.</summary>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        _length = 0;
        do
        {
            var got = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            if (got == 0) throw new IOException($"The server hung up: {Text}");
            _length += got;
        }
        while (!IsWhole(_buffer.AsSpan(0, _length)));
        return Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _) ? status : 0;
    }

    /// <summary>The last answer, headers and all.</summary>
    public string Text => Encoding.UTF8.GetString(_buffer, 0, _length);

    static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);              // chunked
        return Utf8Parser.TryParse(answer[(at + 16)..], out int length, out _) && answer.Length >= head + 4 + length;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
