using System.Collections.Frozen;
namespace Recourse.Runtime;

/// <summary>The kinds that this platform was given, by name, by id and by what they call outside.</summary>
public sealed class Registry
{
    /// <summary>How many partitions a store has; fixed for ever when it is created.</summary>
    public const int Partitions = 256;

    readonly FrozenDictionary<string, Kind> _byName;
    readonly FrozenDictionary<Type, Kind> _byId;

    /// <summary>Two kinds of one name are a bug.</summary>
    public Registry(IEnumerable<Kind> kinds)
    {
        Kinds = [.. kinds];
        _byName = Kinds.ToFrozenDictionary(k => k.Name);
        _byId = Kinds.ToFrozenDictionary(k => k.Types.Id);
        Outside = Kinds.Select(k => k.Types.Event.Assembly).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => typeof(IOutside).IsAssignableFrom(t) && Closed.Is(t) && t.BaseType == typeof(object))
            .ToFrozenDictionary(t => Closed.NameOf(t.Name));
        Json = new(this);
    }

    /// <summary>All of them.</summary>
    public ImmutableArray<Kind> Kinds { get; }

    /// <summary>The closed hierarchies of calls to the outside, by name.</summary>
    public FrozenDictionary<string, Type> Outside { get; }

    /// <summary>How this platform writes what it stores.</summary>
    public StoreJson Json { get; }

    /// <summary>The kind of an id; an unknown one is a bug.</summary>
    public Kind Of(IId id) => _byId[id.GetType()];

    /// <summary>The id with that text; null if it is none.</summary>
    public IId? Parse(string? text)
    {
        if (text is null) return null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && _byName.TryGetValue(text[..slash], out var kind) ? kind.Parse(text) : null;
    }

    /// <summary>The id with that text in something stored; throws if it is none.</summary>
    public IId Stored(string text) => Parse(text) ?? throw new CorruptHistory(null, text);

    /// <summary>The partition of an id's owner: FNV-1a of owner kind and code, 32 bits, modulo 256.</summary>
    public int PartitionOf(IId id)
    {
        var text = id.ToString()!;
        var hash = 2166136261u;
        foreach (var c in OwnerName(Of(id).Owner)) hash = unchecked((hash ^ c) * 16777619);
        for (var i = text.IndexOf('/', StringComparison.Ordinal); i < text.Length; i++)
        {
            hash = unchecked((hash ^ text[i]) * 16777619);
            if (i + 1 < text.Length && text[i + 1] == '/') break;
        }
        return (int)(hash % Partitions);
    }

    static string OwnerName(OwnedBy owner) => owner switch
    {
        OwnedBy.Seller => "seller",
        OwnedBy.Buyer => "buyer",
        OwnedBy.Platform => "platform",
    };
}

/// <summary>Closed hierarchies, as they are found at run time.</summary>
public static class Closed
{
    /// <summary>Whether the compiler marked it.</summary>
    public static bool Is(Type type) =>
        type.IsAbstract && type.CustomAttributes.Any(a => a.AttributeType.Name == "IsClosedTypeAttribute");

    /// <summary>Every concrete case, however deep.</summary>
    public static IEnumerable<Type> Cases(Type root) =>
        root.Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(root));

    /// <summary>A type's name as it is stored: <c>ConfirmReserved</c> is <c>confirm-reserved</c>.</summary>
    public static string NameOf(string type) => string.Concat(type.Select((c, i) =>
        char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
