using System.Reflection;
namespace Recourse.Tests;

/// <summary>A kind of aggregate by its types, whether it is registered or not.</summary>
/// <param name="Holder">The static class that holds its functions.</param>
sealed record KindTypes(Type Holder, Type Id, Type Command, Type State, Type Event)
{
    /// <summary>Every kind that Core holds.</summary>
    public static readonly ImmutableArray<KindTypes> All =
    [
        .. from holder in typeof(Kind).Assembly.GetTypes()
           where holder is { IsAbstract: true, IsSealed: true }
           let command = holder.GetNestedType("Command")
           let state = holder.GetNestedType("State")
           let @event = holder.GetNestedType("Event")
           where command is not null && state is not null && @event is not null
           orderby holder.Name
           select new KindTypes(holder, IdOf(command), command, state, @event),
    ];

    /// <summary>As it is registered; null: it isn't.</summary>
    public Kind? Registered => Modules.Kinds.FirstOrDefault(k => k.Types.Event == Event);

    /// <summary>Which module holds it.</summary>
    public string Module => Holder.Namespace!.Split('.')[^1];

    /// <summary>A hierarchy's cases: what can be made of it, in the order of the source.</summary>
    public static ImmutableArray<Type> CasesOf(Type root) =>
    [
        .. root.Assembly.GetTypes().Where(t => !t.IsAbstract && root.IsAssignableFrom(t)).OrderBy(t => t.MetadataToken),
    ];

    /// <summary>Hierarchies of calls to the outside.</summary>
    public static readonly ImmutableArray<Type> Outside =
    [
        .. from type in typeof(Kind).Assembly.GetTypes()
           where typeof(IOutside).IsAssignableFrom(type) && IsClosed(type) && type.BaseType == typeof(object)
           orderby type.Name
           select type,
    ];

    /// <summary>Closed hierarchies that stand within events, commands and states, or beside them in a turn.</summary>
    public static ImmutableArray<Type> Parts
    {
        get
        {
            HashSet<Type> seen = [];
            Queue<Type> open = new([.. All.SelectMany(k => (Type[])[k.Event, k.Command, k.State]), .. Outside,
                typeof(Actor), typeof(Refusal)]);
            while (open.TryDequeue(out var type))
            {
                foreach (var inner in type.IsGenericType ? type.GetGenericArguments() : []) open.Enqueue(inner);
                if (type.Assembly != typeof(Kind).Assembly || !seen.Add(type)) continue;
                foreach (var one in (Type[])[type, .. type.IsAbstract ? CasesOf(type) : []])
                    foreach (var part in one.GetConstructors().SelectMany(c => c.GetParameters()))
                        open.Enqueue(part.ParameterType);
            }
            return [.. seen.Where(t => IsClosed(t) && t.BaseType == typeof(object))
                .Where(t => !All.Any(k => t == k.Event || t == k.Command || t == k.State)).OrderBy(t => t.Name)];
        }
    }

    /// <summary>Whether nobody outside its assembly can add to it.</summary>
    public static bool IsClosed(Type type) => type.IsAbstract && type.GetCustomAttributes()
        .Any(a => a.GetType().Name == "IsClosedTypeAttribute");

    /// <inheritdoc/>
    public override string ToString() => Holder.Name;

    static Type IdOf(Type command) => command.GetInterfaces()
        .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>)).GetGenericArguments()[0];
}
