using System.Collections.Concurrent;
using System.Text;
using Recourse.Inventory;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>What a file of stock changes, or would change.</summary>
/// <param name="DryRun">Nothing was recorded.</param>
/// <param name="Lines">Lines of the file, without its header.</param>
/// <param name="Unchanged">Lines that say what is so already.</param>
/// <param name="Refused">Lines with something wrong; the others stand for themselves.</param>
/// <param name="Explained">Of what the seller's own system says: lines that differ by orders under way alone.</param>
/// <param name="Undo">A table that takes the changes back where nothing has moved since; left out: nothing changed.
/// </param>
public sealed record StockImportBody(
    bool DryRun, string Mode, int Lines, int Changed, int Unchanged, int Refused,
    ImmutableArray<StockChangeBody> Changes, ImmutableArray<StockFindingBody> Findings,
    ImmutableArray<StockChangeBody> Explained, string? Undo);

/// <summary>One line, done or to be done.</summary>
/// <param name="Was">Units there before.</param>
/// <param name="Will">Units there afterwards.</param>
/// <param name="Drift">How another system differs; left out: the line isn't what one says.</param>
public sealed record StockChangeBody(
    int Line, string Sku, string Location, int Was, int Will, StockDriftBody? Drift = null);

/// <summary>How a seller's own system differs from the books here.</summary>
/// <param name="Theirs">Units there.</param>
/// <param name="Explained">Units that are booked out there for orders that are under way here.</param>
/// <param name="Orders">Those orders.</param>
public sealed record StockDriftBody(int Theirs, int Explained, ImmutableArray<string> Orders);

/// <summary>What is wrong with a line, and what to do.</summary>
/// <param name="Line">From 1, the header being the first.</param>
/// <param name="Column">Which column; left out: the line as a whole.</param>
public sealed record StockFindingBody(
    int Line, string? Column, string Code, string Text, Hint WayOut, ImmutableArray<FactBody> Facts)
{
    internal static StockFindingBody Of(LineFault fault, Texts texts)
    {
        var no = Words.Of(fault.Why, texts);
        return new(fault.Line, no.Field, no.Code, no.Detail, no.WayOut, no.Facts);
    }
}

/// <summary>
/// Counts, receives or compares what a file says, line by line. A line's key follows from the sender's and from what
/// the line says, so that the same file under the same key is done once, however often it is sent and wherever it broke
/// off.
/// </summary>
/// <param name="mode">See <see cref="Modes"/>.</param>
sealed class StockImport(IPlatform platform, Caller by, string key, string mode)
{
    const int AtOnce = 32, MostRepeats = 20;

    /// <summary>What the numbers say: what lies there, what arrived, or what the seller's own system has.</summary>
    public static readonly ImmutableArray<string> Modes = ["count", "arrival", "drift"];

    static readonly Remedy CheckSku = new("stockfile.check-sku"), LookAgain = new("stockfile.look-again");

    readonly ConcurrentBag<StockChangeBody> _changes = [], _explained = [];
    readonly ConcurrentQueue<LineFault> _faults = [];
    int _unchanged;

    public async Task<StockImportBody> Run(StockFile file, bool dryRun)
    {
        await Parallel.ForEachAsync(
            file.Lines.GroupBy(l => l.Sku),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = by.Cancel },
            (lines, _) => Item([.. lines.OrderBy(l => l.Line)], dryRun));
        ImmutableArray<LineFault> faults = [.. file.Faults.Concat(_faults).OrderBy(f => f.Line)];
        ImmutableArray<StockChangeBody> changes = [.. _changes.OrderBy(c => c.Line)];
        return new(
            dryRun, mode, file.Count, changes.Length, _unchanged, faults.DistinctBy(f => f.Line).Count(), changes,
            [.. faults.Select(f => StockFindingBody.Of(f, by.Texts))], [.. _explained.OrderBy(c => c.Line)],
            dryRun || changes.IsEmpty ? null : StockFile.WriteUndo(changes));
    }

    /// <summary>The lines of one sku; each is tried on what the ones before it leave.</summary>
    async ValueTask Item(ImmutableArray<StockLine> lines, bool dryRun)
    {
        var id = new StockItemId(((Actor.Seller)by.Who).Id, new(lines[0].Sku));
        var seen = await platform.Read(id, by.Who, by.Cancel);
        if (seen is null && platform.Views.Find(StockList.View, $"{id}") is null)
        {
            foreach (var line in lines)
                _faults.Enqueue(new(line.Line, new Refusal("stockfile.unknown-sku", CheckSku, ("sku", line.Sku))
                {
                    Field = "sku",
                }));
            return;
        }
        var (state, version) = (seen?.State as StockItem.State, seen?.Version ?? 0);
        foreach (var line in lines)
            for (var tries = 0; ; tries++)
            {
                var (again, after, now) = await Take(id, line, state, version, dryRun, mayRepeat: tries < MostRepeats);
                (state, version) = (after, now);
                if (!again) break;
            }
    }

    /// <summary>
    /// One line. What is reckoned from what lies there is only done if it still does, and else reckoned again.
    /// </summary>
    async Task<(bool Again, StockItem.State? After, long Version)> Take(
        StockItemId id, StockLine line, StockItem.State? state, long version, bool dryRun, bool mayRepeat)
    {
        var was = At(state, line.Location);
        if (line.Expected is { } expected && expected != was && line.Units != was)
        {
            _faults.Enqueue(new(line.Line, MovedSince(line, was)));
            return (false, state, version);
        }
        var drift = mode is "drift" ? StockItem.DriftOf(state, line.Location, line.Units) : null;
        var command = Of(line, drift);
        var isReckoned = line.Expected is not null || drift is not null;
        var outcome = dryRun || drift is { IsExplained: true } ? Try(id, state, version, command)
            : await Do(id, line, command, isReckoned ? version : null);
        if (outcome is Outcome.Done { State: StockItem.State after } done)
        {
            Note(line, was, At(after, line.Location), drift);
            return (false, after, done.Version);
        }
        var why = Problems.Of(outcome).Why;
        if (isReckoned && mayRepeat && why is [{ Code: "kernel.version-changed" }]
            && await platform.Read(id, by.Who, by.Cancel) is { } now)
            return (true, now.State as StockItem.State, now.Version);
        foreach (var no in why) _faults.Enqueue(new(line.Line, no));
        return (false, state, version);
    }

    static Refusal MovedSince(StockLine line, int was) => new Refusal(
        "stockfile.moved-since", LookAgain, ("sku", line.Sku), ("expected", line.Expected ?? 0), ("units", was))
    {
        Field = "expected",
    };

    void Note(StockLine line, int was, int will, Drift? drift)
    {
        var told = drift is null || drift.Ours == drift.Theirs ? null
            : new StockDriftBody(drift.Theirs, drift.Explained, [.. drift.Orders.Select(o => $"{o}")]);
        var change = new StockChangeBody(line.Line, line.Sku, line.Location, was, will, told);
        if (was != will) _changes.Add(change);
        else if (told is not null) _explained.Add(change);
        else Interlocked.Increment(ref _unchanged);
    }

    StockItem.Command Of(StockLine line, Drift? drift)
    {
        if (mode is "arrival") return new StockItem.Command.Receive(line.Location, line.Units);
        if (drift is not null)
            return new StockItem.Command.Correct(line.Location, drift.Adopted, StockRules.OtherSystem);
        // What is no reason of the rulebook is worth keeping all the same.
        var known = RulebookEndpoints.Current(platform).Of<StockRules>().Corrections;
        return known.Contains(line.Reason)
            ? new StockItem.Command.Correct(line.Location, line.Units, line.Reason)
            : new StockItem.Command.Correct(line.Location, line.Units, StockRules.Counted,
                line.Reason is "" ? by.Texts.Tell("stockfile.reason") : line.Reason);
    }

    Outcome Try(StockItemId id, StockItem.State? state, long version, StockItem.Command command)
    {
        var decision = StockItem.Kind.Decide(id, state, command, new(by.Who, platform.Now, platform.Rulebooks));
        return !decision.Refusals.IsDefaultOrEmpty ? new Outcome.Refused(decision.Refusals)
            : new Outcome.Done(version, 0,
                decision.Events.Aggregate((object?)state, StockItem.Kind.Evolve) ?? StockItem.Nothing);
    }

    /// <param name="version">What the line was reckoned from; null: it stands for itself.</param>
    async Task<Outcome> Do(StockItemId id, StockLine line, StockItem.Command command, long? version)
    {
        var said = $"{id} {line.Line} {line.Location} {line.Units} {line.Reason} {line.Expected} {mode}";
        var ask = new Ask(
            id, command, by.Who, Derived.Code($"{key} {said}"), IfVersion: version,
            RequestHash: Platform.Hash(Encoding.UTF8.GetBytes(said)));
        return await TableFile.Patiently(platform, ask, by.Cancel);
    }

    static int At(StockItem.State? state, string location) =>
        state?.OnHand.Where(s => s.Location == location).Sum(s => s.Units) ?? 0;
}
