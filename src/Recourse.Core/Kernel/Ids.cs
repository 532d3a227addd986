using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
namespace Recourse.Kernel;

/// <summary>
/// An aggregate's id; its text is <c>kind/owner/…</c>. The owner (a seller, a buyer or the platform) picks the
/// partition, so nothing ever has to be looked up.
/// </summary>
public interface IId;

/// <summary>An id that can be read back from its text. There is one spelling only.</summary>
public interface IId<TSelf> : IId where TSelf : IId<TSelf>
{
    /// <summary>False for every text that <c>ToString</c> would not write.</summary>
    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>What may be asked of the aggregate with such an id.</summary>
public interface ICommand<TId> where TId : IId;

/// <summary>A buyer, and the aggregate of their account.</summary>
public readonly record struct BuyerId(string Code) : IId<BuyerId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out BuyerId id)
    {
        var ok = Derived.Split(text, "buyer", 2) is [_, var code] && Derived.IsCode(code);
        id = ok ? new(text![6..]) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"buyer/{Code}";
}

/// <summary>A seller, and the aggregate of their account.</summary>
public readonly record struct SellerId(string Code) : IId<SellerId>
{
    /// <inheritdoc/>
    public static bool TryParse(string? text, out SellerId id)
    {
        var ok = Derived.Split(text, "seller", 2) is [_, var code] && Derived.IsCode(code);
        id = ok ? new(text![7..]) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => $"seller/{Code}";
}

/// <summary>Names that follow from what caused them, and the spelling of every part of an id.</summary>
public static class Derived
{
    /// <summary>Longest part of an id, in characters.</summary>
    public const int Longest = 64;

    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";                            // Crockford, lower case

    /// <summary>The same cause gives the same 13 characters: who creates twice finds what was created once.</summary>
    public static string Code(string cause)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(cause), hash);
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(13, number, static (text, n) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, n >>= 5) text[i] = Alphabet[(int)(n & 31)];
        });
    }

    /// <summary>Lower-case letters, digits, dot, underscore and dash, at most <see cref="Longest"/> of them.</summary>
    public static bool IsCode(string? code)
    {
        if (code is null or "" || code.Length > Longest) return false;
        foreach (var c in code)
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_' or '.')) return false;
        return true;
    }

    /// <summary>The parts of an id's text, or null if it isn't of that kind and length.</summary>
    public static string[]? Split(string? text, string kind, int parts)
    {
        if (text is null || text.Length <= kind.Length || text[kind.Length] is not '/'
            || !text.StartsWith(kind, StringComparison.Ordinal)) return null;
        var (all, from) = (new string[parts], kind.Length + 1);
        all[0] = kind;
        for (var i = 1; i < parts; i++)
        {
            var to = text.IndexOf('/', from);
            if (to < 0 != (i == parts - 1)) return null;                    // too few, or too many
            all[i] = to < 0 ? text[from..] : text[from..to];
            from = to + 1;
        }
        return all;
    }
}
