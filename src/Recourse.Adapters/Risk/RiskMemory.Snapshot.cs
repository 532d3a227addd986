using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
namespace Recourse.Adapters.Risk;

public sealed partial class RiskMemory
{
    const ulong Mark = 0x3230_4B53_4952_4352;          // "RCRISK02", the least significant byte first

    /// <summary>
    /// Writes all of it, with the place in the log up to which it has heard; to be called by whoever tells it. What
    /// changes is copied first, and only so long nobody is answered.
    /// </summary>
    public void Write(Stream to, long through)
    {
        ImmutableArray<ulong> numbers;
        ImmutableArray<Trace[]?> traces;
        ImmutableArray<Past[]> pasts;
        KeyTable heads, accounts;
        lock (_door)
        {
            numbers = [Mark, (ulong)through, _next, _oldest, _accountCount, _now];
            traces = [.. _traces.Select((chunk, i) => i == _traces.Count - 1 ? (Trace[])chunk!.Clone() : chunk)];
            pasts = [.. _pasts.Select(chunk => (Past[])chunk.Clone())];
            (heads, accounts) = (_heads.Copy(), _accounts.Copy());
        }
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var body = new Summed(to, sum);
        Span<byte> head = stackalloc byte[8 * 6];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(head[(8 * i)..], numbers[i]);
        body.Write(head);
        foreach (var chunk in traces) body.Write(MemoryMarshal.AsBytes(chunk.AsSpan()));
        foreach (var chunk in pasts) body.Write(MemoryMarshal.AsBytes(chunk.AsSpan()));
        heads.Write(body);
        accounts.Write(body);
        to.Write(sum.GetHashAndReset());
    }

    /// <summary>Writes it into a file, which is the old one or the new one and never half of one.</summary>
    public void Save(string path, long through)
    {
        var next = $"{path}.next";
        using (var file = File.Create(next))
        {
            Write(file, through);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Reads a file that was saved; an empty memory that has heard nothing if there is none that can be used.
    /// </summary>
    public static (RiskMemory Memory, long Through) Load(string path)
    {
        if (!File.Exists(path)) return (new(), 0);
        try
        {
            using var file = File.OpenRead(path);
            return Read(file);
        }
        catch (InvalidDataException)
        {
            return (new(), 0);
        }
    }

    /// <summary>
    /// Reads what was written, and says up to which place in the log it had heard. What was cut off or changed since is
    /// refused with <see cref="InvalidDataException"/>: then it is to be made anew, out of the log.
    /// </summary>
    public static (RiskMemory Memory, long Through) Read(Stream from)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var body = new Summed(from, sum);
        try
        {
            var (memory, through) = ReadBody(body);
            Span<byte> written = stackalloc byte[SHA256.HashSizeInBytes];
            from.ReadExactly(written);
            return written.SequenceEqual(sum.GetHashAndReset())
                ? (memory, through) : throw new InvalidDataException("It was changed since it was written.");
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("It was cut off.", e);
        }
    }

    static (RiskMemory, long) ReadBody(Stream body)
    {
        Span<byte> head = stackalloc byte[8 * 6];
        body.ReadExactly(head);
        Span<ulong> numbers = stackalloc ulong[6];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadUInt64LittleEndian(head[(8 * i)..]);
        if (numbers[0] != Mark) throw new InvalidDataException("It is no snapshot of what screening remembers.");
        if (numbers[2..].ContainsAnyExceptInRange(0UL, uint.MaxValue) || numbers[3] > numbers[2] || numbers[3] == 0)
            throw new InvalidDataException("Its numbers are impossible.");
        var memory = new RiskMemory
        {
            _next = (uint)numbers[2], _oldest = (uint)numbers[3], _accountCount = (uint)numbers[4],
            _now = (uint)numbers[5],
        };
        var first = memory._oldest >> ChunkBits;
        var chunks = memory._next == 1 ? 0 : ((memory._next - 1) >> ChunkBits) + 1;
        for (var i = 0U; i < chunks; i++) memory._traces.Add(i < first ? null : Chunk<Trace>(body));
        var pasts = memory._accountCount == 0 ? 0 : (memory._accountCount >> ChunkBits) + 1;
        for (var i = 0U; i < pasts; i++) memory._pasts.Add(Chunk<Past>(body));
        memory._heads.Read(body);
        memory._accounts.Read(body);
        return (memory, (long)numbers[1]);
    }

    static T[] Chunk<T>(Stream from) where T : struct
    {
        var chunk = new T[ChunkSize];
        from.ReadExactly(MemoryMarshal.AsBytes(chunk.AsSpan()));
        return chunk;
    }

    /// <summary>Sums up what passes.</summary>
    sealed class Summed(Stream inner, IncrementalHash sum) : Stream
    {
        public override bool CanRead => inner.CanRead;
        public override bool CanSeek => false;
        public override bool CanWrite => inner.CanWrite;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            sum.AppendData(buffer[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            sum.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
        public override void Flush() => inner.Flush();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
