using System.Reflection;
namespace Recourse.Tests;

/// <summary>
/// A value of any type that is stored, with everything in it given, or with nothing in it that may be missing. The
/// same type always gives the same value: names say what they name, numbers and instants count up.
/// </summary>
/// <param name="full">With everything in it, or with nothing that may be missing.</param>
/// <param name="first">Where numbers start; amounts of money are a hundred times that.</param>
/// <param name="choice">Which value of each set of names is taken.</param>
/// <param name="braced">Codes in braces, for patterns of ids rather than ids.</param>
sealed class Samples(bool full, int first = 0, int choice = 1, bool braced = false)
{
    static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    static readonly NullabilityInfoContext Nullability = new();

    readonly int _first = first;
    int _numbers = first, _instants;

    /// <summary>The value with all that it can hold, and the barest one where that differs in type.</summary>
    public static IEnumerable<object> Of(Type type) => [new Samples(true).Make(type), new Samples(false).Make(type)];

    /// <summary>A value of that type.</summary>
    public object Make(Type type) => Make(type, KindName(type), type.Name, 0)!;

    object? Make(Type type, string name, string within, int depth)
    {
        if (depth > 12) throw new InvalidOperationException($"{type} holds itself.");
        if (Nullable.GetUnderlyingType(type) is { } inner) type = inner;
        if (Simple(type, name, within) is { } simple) return simple;
        if (type.IsEnum) return NameIn(Enum.GetValues(type));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return ArrayOf(type.GetGenericArguments()[0], name, within, depth);
        if (type.Namespace == typeof(ImmutableArray).Namespace) return CollectionOf(type, name, within, depth);
        if (type == typeof(IId)) return new BuyerId("buyer");
        if (type == typeof(IOutside)) type = KindTypes.Outside[0];
        return Build(type.IsAbstract ? KindTypes.CasesOf(type)[0] : type, name, depth);
    }

    object? Simple(Type type, string name, string within) => type.Name switch
    {
        nameof(String)    => TextOf(name, within),
        nameof(Int32)     => ++_numbers,
        nameof(Int64)     => (long)++_numbers,
        nameof(Boolean)   => true,
        nameof(Instant)   => Start + Duration.FromDays(_instants++),
        nameof(Duration)  => Duration.FromHours(++_numbers),
        nameof(LocalDate) => new LocalDate(2026, 3, 2).PlusDays(_instants++),
        nameof(LocalTime) => new LocalTime(18, 0),
        nameof(Currency)  => Currency.Eur,
        nameof(Money)     => new Money(100 * ++_numbers, Currency.Eur),
        nameof(Object)    => "object",
        _ => null,
    };

    // A code is named after the id that it is part of, so that an id's text tells whose it is.
    string TextOf(string name, string within) => name switch
    {
        "Code" when within is not "" => braced ? $"{{{Small(within)}}}" : Small(within),
        "Country" or "ShipsFrom" => "BR",
        _ => braced ? $"{{{name.ToLowerInvariant()}}}" : name.ToLowerInvariant(),
    };

    object NameIn(Array names) => names.GetValue(choice % names.Length)!;

    object ArrayOf(Type item, string name, string within, int depth)
    {
        var items = Array.CreateInstance(item, full ? 1 : 0);
        if (full) items.SetValue(Make(item, name.TrimEnd('s'), within, depth + 1), 0);
        return typeof(ImmutableArray).GetMethods()
            .Single(m => m is { Name: "Create" } && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(item).Invoke(null, [items])!;
    }

    object CollectionOf(Type type, string name, string within, int depth)
    {
        var empty = type.GetField("Empty")!.GetValue(null)!;
        if (!full) return empty;
        var parts = type.GetGenericArguments();
        return type.GetMethods().Single(m => m.Name == "Add" && m.GetParameters().Length == parts.Length).Invoke(
            empty, [.. parts.Select(p => Make(p, name.TrimEnd('s'), within, depth + 1))])!;
    }

    object Build(Type type, string name, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (constructor is null && type.IsValueType) return Activator.CreateInstance(type)!;
        if (constructor is null)
            throw new InvalidOperationException($"{type} has no constructor to make a sample with.");
        var parts = constructor.GetParameters();
        // What is never empty has a full sample only: a statement needs its facts.
        var maker = full || type != typeof(Statement) ? this : new(true, _first, choice, braced);
        return constructor.Invoke([.. parts.Select(p => maker.Part(p, type, name, depth))]);
    }

    object? Part(ParameterInfo part, Type type, string name, int depth)
    {
        var mayMiss = Nullable.GetUnderlyingType(part.ParameterType) is not null
            || (!part.ParameterType.IsValueType && Nullability.Create(part).WriteState is NullabilityState.Nullable);
        if (mayMiss && (!full || part.ParameterType == type)) return null;
        var within = typeof(IId).IsAssignableFrom(type) || type.Name is "Sku" ? name : "";
        return Make(part.ParameterType, Capital(part.Name!), within, depth + 1);
    }

    static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
    static string KindName(Type type) => KindName(type.Name);
    static string Small(string name) => KindName(name).ToLowerInvariant();

    static string KindName(string name) =>
        name is "Id" || !name.EndsWith("Id", StringComparison.Ordinal) ? name : name[..^2];
}
