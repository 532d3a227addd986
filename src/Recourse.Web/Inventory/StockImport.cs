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
public sealed record StockImportBody(
    bool DryRun, string Mode, int Lines, int Changed, int Unchanged, int Refused,
    ImmutableArray<StockChangeBody> Changes, ImmutableArray<StockFindingBody> Findings);

/// <summary>One line, done or to be done.</summary>
/// <param name="Was">Units there before.</param>
/// <param name="Will">Units there afterwards.</param>
public sealed record StockChangeBody(int Line, string Sku, string Location, int Was, int Will);

/// <summary>What is wrong with a line, and what to do.</summary>
/// <param name="Line">From 1, the header being the first.</param>
/// <param name="Column">Which column; left out: the line as a whole.</param>
public sealed record StockFindingBody(
    int Line, string? Column, string Code, string Text, Hint WayOut, ImmutableArray<FactBody> Facts);

/// <summary>
/// Counts or receives what a file says, line by line. A line's key follows from the sender's and from what the line
/// says, so that the same file under the same key is done once, however often it is sent and wherever it broke off.
/// </summary>
sealed class StockImport(IPlatform platform, Caller by, string key, bool isArrival)
{
    const int AtOnce = 32, BusyTries = 20;
    static readonly Remedy CheckSku = new("stockfile.check-sku");

    readonly ConcurrentBag<StockChangeBody> _changes = [];
    readonly ConcurrentBag<LineFault> _faults = [];
    int _unchanged;

    public async Task<StockImportBody> Run(StockFile file, bool dryRun)
    {
        await Parallel.ForEachAsync(
            file.Lines.GroupBy(l => l.Sku),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = by.Cancel },
            (lines, _) => Item([.. lines.OrderBy(l => l.Line)], dryRun));
        ImmutableArray<LineFault> faults = [.. file.Faults.Concat(_faults).OrderBy(f => f.Line)];
        return new(
            dryRun, isArrival ? "arrival" : "count", file.Count, _changes.Count, _unchanged,
            faults.DistinctBy(f => f.Line).Count(), [.. _changes.OrderBy(c => c.Line)],
            [.. faults.Select(f => Of(f, by.Texts))]);
    }

    static StockFindingBody Of(LineFault fault, Texts texts)
    {
        var no = Words.Of(fault.Why, texts);
        return new(fault.Line, no.Field, no.Code, no.Detail, no.WayOut, no.Facts);
    }

    /// <summary>The lines of one sku; each is tried on what the ones before it leave.</summary>
    async ValueTask Item(ImmutableArray<StockLine> lines, bool dryRun)
    {
        var id = new StockItemId(((Actor.Seller)by.Who).Id, new(lines[0].Sku));
        var seen = await platform.Read(id, by.Who, by.Cancel);
        if (seen is null && platform.Views.Find(StockList.View, $"{id}") is null)
        {
            foreach (var line in lines)
                _faults.Add(new(line.Line, new Refusal("stockfile.unknown-sku", CheckSku, ("sku", line.Sku))
                {
                    Field = "sku",
                }));
            return;
        }
        var state = seen?.State as StockItem.State;
        foreach (var line in lines)
        {
            var was = At(state, line.Location);
            var (why, after) = dryRun ? Try(id, state, Of(line)) : await Do(id, line);
            if (why.IsEmpty) Note(line, was, At(after, line.Location));
            else foreach (var no in why) _faults.Add(new(line.Line, no));
            state = after ?? state;
        }
    }

    void Note(StockLine line, int was, int will)
    {
        if (was == will) Interlocked.Increment(ref _unchanged);
        else _changes.Add(new(line.Line, line.Sku, line.Location, was, will));
    }

    StockItem.Command Of(StockLine line) => isArrival
        ? new StockItem.Command.Receive(line.Location, line.Units)
        : new StockItem.Command.Correct(
            line.Location, line.Units, line.Reason is "" ? by.Texts.Tell("stockfile.reason") : line.Reason);

    (ImmutableArray<Refusal> Why, StockItem.State? After) Try(
        StockItemId id, StockItem.State? state, StockItem.Command command)
    {
        var decision = StockItem.Kind.Decide(id, state, command, new(by.Who, platform.Now, platform.Rulebooks));
        return decision.Refusals.IsEmpty
            ? ([], (StockItem.State?)decision.Events.Aggregate((object?)state, StockItem.Kind.Evolve))
            : (decision.Refusals, state);
    }

    async Task<(ImmutableArray<Refusal> Why, StockItem.State? After)> Do(StockItemId id, StockLine line)
    {
        var said = $"{id} {line.Line} {line.Location} {line.Units} {line.Reason} {isArrival}";
        var ask = new Ask(
            id, Of(line), by.Who, Derived.Code($"{key} {said}"),
            RequestHash: Platform.Hash(Encoding.UTF8.GetBytes(said)));
        for (var tries = 0; ; tries++)
        {
            var outcome = await platform.Ask(ask, by.Cancel);
            if (outcome is Outcome.Done done) return ([], (StockItem.State)done.State);
            if (outcome is not Outcome.Busy || tries == BusyTries) return (Problems.Of(outcome).Why, null);
            await Task.Delay(TimeSpan.FromMilliseconds(100), by.Cancel);
        }
    }

    static int At(StockItem.State? state, string location) =>
        state?.OnHand.Where(s => s.Location == location).Sum(s => s.Units) ?? 0;
}
