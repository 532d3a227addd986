using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
namespace Recourse.Adapters.Risk;

public sealed partial class RiskMemory
{
    const ulong Mark = 0x3130_4B53_4952_4352;          // "RCRISK01", the least significant byte first

    /// <summary>Writes all of it, with the place in the log up to which it has heard; nobody is answered meanwhile.
    /// </summary>
    public void Write(Stream to, long through)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var body = new Summed(to, sum);
        lock (_door)
        {
            Span<byte> head = stackalloc byte[8 * 6];
            ReadOnlySpan<ulong> numbers = [Mark, (ulong)through, _next, _oldest, _accountCount, _now];
            for (var i = 0; i < numbers.Length; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(head[(8 * i)..], numbers[i]);
            body.Write(head);
            for (var i = (int)(_oldest >> ChunkBits); i < _traces.Count; i++)
                body.Write(MemoryMarshal.AsBytes(_traces[i].AsSpan()));
            foreach (var chunk in _pasts) body.Write(MemoryMarshal.AsBytes(chunk.AsSpan()));
            _heads.Write(body);
            _accounts.Write(body);
        }
        to.Write(sum.GetHashAndReset());
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
