namespace Recourse.Runtime;

/// <summary>Who appends: a partition's shell, told what became of it.</summary>
public interface IShell
{
    /// <summary>The partition's number.</summary>
    int Number { get; }

    /// <summary>Says something to the partition; never blocks.</summary>
    void Post(Input input);
}

/// <summary>
/// The truth: turns in one order, each let through only if its partition's epoch is the newest and its sequence the
/// next. Nothing here assumes a file or a single process.
/// </summary>
public interface IJournal : IDisposable
{
    /// <summary>The newest durable position; positions count from 1 without gaps.</summary>
    long Position { get; }

    /// <summary>Queues turns; the shell hears <c>Appended</c> or <c>AppendFailed</c>.</summary>
    void Append(IShell by, List<Turn> turns);

    /// <summary>Queues a claim of the partition above an epoch; the shell hears <c>Opened</c>.</summary>
    void Claim(IShell by, int aboveEpoch);

    /// <summary>Durable turns after a position, in order.</summary>
    List<(long Position, Turn Turn)> Read(long after, int most);

    /// <summary>The turns at these positions.</summary>
    List<(long Position, Turn Turn)> At(IReadOnlyList<long> positions);
}

/// <summary>Something that a person must mend before the store can be used.</summary>
/// <param name="code">Stable: <c>store.kebab-phrase</c>.</param>
public sealed class StoreException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable: <c>store.kebab-phrase</c>.</summary>
    public string Code => code;
}
