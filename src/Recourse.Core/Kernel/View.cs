namespace Recourse.Kernel;

/// <summary>Something that became true, as views and readers of the feed see it.</summary>
/// <param name="Position">The turn's place in the log.</param>
/// <param name="Nth">Which event of that turn, from 0.</param>
/// <param name="Transfers">What it meant in money.</param>
public sealed record Recorded(
    long Position, int Nth, Instant At, Actor Who, int Rulebook, IId Id, object Event,
    ImmutableArray<Transfer> Transfers);

/// <summary>Where a row is found: under a value of an index, in the order of its sort key.</summary>
public readonly record struct Found(string Index, string Value, string Sort);

/// <summary>A fold of the log into rows that people look at. It can be dropped and rebuilt at any time.</summary>
public abstract class View
{
    /// <summary>An index that every view has for nothing: rows by key, the value being how it starts.</summary>
    public const string ByKey = "key";

    /// <summary>Its name in the store.</summary>
    public required string Name { get; init; }

    /// <summary>The name where only letters, digits and underscores are welcome.</summary>
    public string Table => field ??= Name.Replace('-', '_');

    /// <summary>Raised whenever rows would come out differently: the old ones are thrown away.</summary>
    public required int Version { get; init; }

    /// <summary>The type of its rows.</summary>
    public abstract Type Row { get; }

    /// <summary>
    /// Events in which it looks for rows, each as its own type or that of its hierarchy; null: in all of them. Of any
    /// other event it names no row.
    /// </summary>
    public ImmutableArray<Type>? Hears { get; init; }

    /// <summary>It also looks for rows in every event that moves money.</summary>
    public bool HearsMoney { get; init; }

    /// <summary>What it makes of such an event is always a new row: nobody has to look for one.</summary>
    public Func<object, bool> Begins { get; init; } = _ => false;

    /// <summary>No row of it is ever changed.</summary>
    public bool IsWrittenOnce { get; init; }

    /// <summary>Whether it looks for rows in events of that type.</summary>
    /// <param name="moves">They move money.</param>
    public bool IsHeard(Type @event, bool moves)
    {
        if (Hears is not { } hears || moves && HearsMoney) return true;
        foreach (var heard in hears)
            if (heard.IsAssignableFrom(@event)) return true;
        return false;
    }

    /// <summary>Which rows something recorded changes.</summary>
    public abstract IEnumerable<string> KeysOf(Recorded recorded);

    /// <summary>The row afterwards; null removes it.</summary>
    public abstract object? Apply(string key, object? row, Recorded recorded);

    /// <summary>Where the row is found.</summary>
    public abstract IEnumerable<Found> FoundBy(string key, object row);

    /// <summary>Whether it is kept how many rows stand under that value: a number that nobody has to count.</summary>
    public abstract bool IsCounted(Found found);
}

/// <summary>A view with its row's type: what a module registers.</summary>
public sealed class View<TRow> : View where TRow : class
{
    /// <inheritdoc cref="View.KeysOf"/>
    public required Func<Recorded, IEnumerable<string>> Keys { get; init; }

    /// <inheritdoc cref="View.Apply"/>
    public required Func<string, TRow?, Recorded, TRow?> Fold { get; init; }

    /// <inheritdoc cref="View.FoundBy"/>
    public Func<string, TRow, IEnumerable<Found>> Index { get; init; } = (_, _) => [];

    /// <inheritdoc cref="View.IsCounted"/>
    public Func<Found, bool> Counted { get; init; } = _ => false;

    /// <inheritdoc/>
    public override Type Row => typeof(TRow);

    /// <inheritdoc/>
    public override IEnumerable<string> KeysOf(Recorded recorded) => Keys(recorded);

    /// <inheritdoc/>
    public override object? Apply(string key, object? row, Recorded recorded) => Fold(key, (TRow?)row, recorded);

    /// <inheritdoc/>
    public override IEnumerable<Found> FoundBy(string key, object row) => Index(key, (TRow)row);

    /// <inheritdoc/>
    public override bool IsCounted(Found found) => Counted(found);
}

/// <summary>Which rows of a list someone may see: the index value that every list view keeps for them.</summary>
public static class Scope
{
    /// <summary>The name of the index that every list view has.</summary>
    public const string Index = "scope";

    /// <summary>The value for the platform's own people.</summary>
    public const string All = "all";

    /// <summary>The one place where it is said who may list what; null: nothing.</summary>
    public static string? VisibleTo(Actor who) => who switch
    {
        Actor.Buyer a     => a.Id.ToString(),
        Actor.Seller a    => a.Id.ToString(),
        Actor.Warehouse a => a.Of.ToString(),
        Actor.Agent or Actor.Operator => All,
        Actor.Carrier or Actor.Integration or Actor.Aggregate or Actor.Outside or Actor.Clock => null,
    };
}
