using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Adapters.Risk;

/// <summary>
/// Numbers by the hash of a key, in about 10 bytes for each. A key is known by 46 bits of its hash: 14 choose one of
/// the small tables, 32 stand in it. Of 10 million keys, one or two are taken for another.
/// </summary>
sealed class KeyTable
{
    const int Tables = 1 << 14, Smallest = 4;

    readonly uint[]?[] _tables = new uint[]?[Tables];       // tag and value by turns; a value of 0: the place is free
    readonly int[] _used = new int[Tables];

    /// <summary>What it takes, in bytes.</summary>
    public long Bytes => 12L * Tables + _tables.Sum(t => t is null ? 0 : 24 + 4L * t.Length);

    /// <summary>A key's hash; cut from SHA-256, so that nobody can make up keys that meet.</summary>
    public static ulong HashOf(char kind, string key)
    {
        Span<byte> bytes = stackalloc byte[512], hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Encoding.UTF8.GetMaxByteCount(key.Length + 1) > bytes.Length)
            SHA256.HashData(Encoding.UTF8.GetBytes(kind + key), hash);
        else
        {
            bytes[0] = (byte)kind;
            var length = Encoding.UTF8.GetBytes(key, bytes[1..]);
            SHA256.HashData(bytes[..(length + 1)], hash);
        }
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>A key's number; 0: it has none.</summary>
    public uint Get(ulong hash)
    {
        if (_tables[Table(hash)] is not { } table) return 0;
        return table[PlaceOf(table, Tag(hash)) + 1];
    }

    /// <summary>Gives a key a number.</summary>
    /// <param name="isOld">Numbers that may be forgotten: asked of all in a table that is full.</param>
    public void Set(ulong hash, uint value, Func<uint, bool> isOld)
    {
        ArgumentOutOfRangeException.ThrowIfZero(value);
        var at = Table(hash);
        var table = _tables[at] ??= new uint[2 * Smallest];
        var place = PlaceOf(table, Tag(hash));
        if (table[place + 1] == 0)
        {
            if ((_used[at] + 1) * 8L > table.Length / 2 * 7L)
            {
                table = Again(at, isOld);
                place = PlaceOf(table, Tag(hash));
            }
            _used[at]++;
        }
        (table[place], table[place + 1]) = (Tag(hash), value);
    }

    // Without what is old; larger only if that did not make room.
    uint[] Again(int at, Func<uint, bool> isOld)
    {
        var old = _tables[at]!;
        var kept = 0;
        for (var i = 0; i < old.Length; i += 2)
        {
            if (old[i + 1] == 0) continue;
            if (isOld(old[i + 1])) old[i + 1] = 0;
            else kept++;
        }
        var capacity = Math.Max(Smallest, (int)(kept * 10L / 7) + 2);
        var made = new uint[2 * capacity];
        for (var i = 0; i < old.Length; i += 2)
        {
            if (old[i + 1] == 0) continue;
            var place = PlaceOf(made, old[i]);
            (made[place], made[place + 1]) = (old[i], old[i + 1]);
        }
        (_tables[at], _used[at]) = (made, kept);
        return made;
    }

    /// <summary>Where a tag stands, or the free place where it would.</summary>
    static int PlaceOf(uint[] table, uint tag)
    {
        var capacity = (uint)table.Length / 2;
        var place = (uint)((ulong)tag * capacity >> 32);
        while (table[2 * place + 1] != 0 && table[2 * place] != tag)
            place = place + 1 == capacity ? 0 : place + 1;
        return (int)(2 * place);
    }

    static int Table(ulong hash) => (int)((hash >> 32) & (Tables - 1));

    /// <summary>The part of a hash that stands in a table.</summary>
    public static uint Tag(ulong hash) => (uint)(hash & uint.MaxValue);

    /// <summary>The same again, to be written while this one goes on.</summary>
    public KeyTable Copy()
    {
        var copy = new KeyTable();
        for (var i = 0; i < Tables; i++) copy._tables[i] = (uint[]?)_tables[i]?.Clone();
        _used.CopyTo(copy._used);
        return copy;
    }

    /// <summary>Writes all of it.</summary>
    public void Write(Stream to)
    {
        Span<byte> sizes = stackalloc byte[8];
        for (var i = 0; i < Tables; i++)
        {
            ReadOnlySpan<uint> table = _tables[i];
            BinaryPrimitives.WriteInt32LittleEndian(sizes, table.Length);
            BinaryPrimitives.WriteInt32LittleEndian(sizes[4..], _used[i]);
            to.Write(sizes);
            to.Write(MemoryMarshal.AsBytes(table));
        }
    }

    /// <summary>Reads what was written.</summary>
    public void Read(Stream from)
    {
        Span<byte> sizes = stackalloc byte[8];
        for (var i = 0; i < Tables; i++)
        {
            from.ReadExactly(sizes);
            var length = BinaryPrimitives.ReadInt32LittleEndian(sizes);
            _used[i] = BinaryPrimitives.ReadInt32LittleEndian(sizes[4..]);
            if (length is < 0 or > 1 << 22 || length % 2 != 0 || _used[i] < 0 || (length > 0 && _used[i] >= length / 2))
                throw new InvalidDataException("A table has an impossible size.");
            _tables[i] = length == 0 ? null : new uint[length];
            from.ReadExactly(MemoryMarshal.AsBytes(_tables[i].AsSpan()));
        }
    }
}
