using System.ComponentModel;
using Recourse.Adapters.Reasons;
using Recourse.Adapters.Risk.Replay;
using Recourse.Reasons;
using Recourse.Runtime;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>A seller's reason that facts speak against.</summary>
/// <param name="Facts">What speaks against it; prices as the history has them.</param>
sealed record ListedFlag(string Order, string Code, Dictionary<string, object> Facts);

/// <summary>What was looked at, and what of it was found.</summary>
/// <param name="Cancelled">Orders that were cancelled, for whatever reason.</param>
/// <param name="InPart">Orders of which some was cancelled and some went on; they are among the cancelled.</param>
/// <param name="Judged">Those of them with a seller's reason that facts can speak against.</param>
/// <param name="Flagged">Orders with at least one flag.</param>
/// <param name="BadRows">Rows that could not be used, or not wholly; each is told on the error stream.</param>
sealed record AuditTotal(
    int Orders, int Cancelled, int InPart, int Judged, int Flagged, int Flags, SortedDictionary<string, int> ByCode,
    int BadRows);

/// <summary>Every flag, and the totals.</summary>
sealed record AuditReport(ImmutableArray<ListedFlag> Flags, AuditTotal Total);

/// <summary>Lists every seller's reason that facts speak against.</summary>
sealed class AuditReasonsCommand : AsyncCommand<AuditReasonsCommand.Settings>
{
    const int Chunk = 5_000;

    /// <summary>Of what.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>A history.</summary>
        [CommandArgument(0, "[DIR]"), Description("A folder with listings.csv (at, seller, sku, price, stock) and "
            + "orders.csv (order, seller, sku, quantity, price, country, placed, cancelled, reason); without it the "
            + "store of --data. Times are ISO 8601 or seconds since 1970, UTC where they name no zone; prices are "
            + "decimals or minor units, of one unit, the same in both files; reasons are codes of the rulebook or "
            + "words such as out_of_stock; cancelled is empty where an order went on. Of an order that was cancelled "
            + "in part each part has a row of its own.")]
        public string? Folder { get; init; }

        /// <summary>Another rulebook than the one in force.</summary>
        [CommandOption("--rulebook <FILE>"), Description("A rulebook to try, in place of the store's or the shipped "
            + "one.")]
        public string? Rulebook { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var report = settings.Folder is { } folder ? OfFolder(folder, settings)
            : await OfStore(settings.Data, settings);
        if (settings.Json) Out.Json(report);
        else Show(report);
        return 0;
    }

    static async Task<AuditReport> OfStore(string folder, Settings settings)
    {
        using var opened = await OpenedStore.Open(folder, "GET {at}/v1/reasons");
        var book = settings.Rulebook is { } file ? ReplayRiskCommand.Rulebook(file) : opened.InForce;
        var log = TradeLog.Of(Recorded(opened.Store.Journal));
        return Of(log.Flags(book.Of<ReasonRules>().Find), log.Dealings, []);
    }

    static IEnumerable<Recorded> Recorded(IJournal journal)
    {
        for (var after = 0L; journal.Read(after, Chunk) is { Count: > 0 } turns; after = turns[^1].Position)
            foreach (var (position, turn) in turns)
                foreach (var recorded in Recordings.Of(position, turn)) yield return recorded;
    }

    static AuditReport OfFolder(string folder, Settings settings)
    {
        if (!Directory.Exists(folder))
            throw new Trouble("reasons.no-folder", $"There is no folder {folder}.", Trouble.BadInput);
        if (!TradeFiles.AreIn(folder))
            throw new Trouble("reasons.no-history", $"{folder} has no {TradeFiles.Orders}: see --help.",
                Trouble.BadInput);
        var (book, history) = (ReplayRiskCommand.Rulebook(settings.Rulebook), TradeFiles.Read(folder));
        if (history.Bad.FirstOrDefault(b => b.Line is 1 && File.Exists(Path.Combine(folder, b.File))) is { } head)
            throw new Trouble("reasons.unreadable", $"{head.File}: {head.Problem} See --help.", Trouble.BadInput);
        foreach (var row in history.Bad) Console.Error.WriteLine($"recourse: {row.File}:{row.Line}: {row.Problem}");
        foreach (var note in history.Notes) Console.Error.WriteLine($"recourse: {note}");
        return Of(history.Flags(book.Of<ReasonRules>().Find), history.Dealings, history.Bad);
    }

    static AuditReport Of(
        ImmutableArray<ReasonFlag> flags, ImmutableArray<Dealing> dealings, ImmutableArray<BadRow> bad) => new(
        [.. flags.Select(f => new ListedFlag(f.Order, f.Code, FactsOf(f)))],
        new(dealings.Select(d => d.Order).Distinct().Count(),
            dealings.Where(d => d.EndedAt is not null).Select(d => d.Order).Distinct().Count(),
            dealings.GroupBy(d => d.Order)
                .Count(o => o.Any(d => d.EndedAt is not null) && o.Any(d => d.EndedAt is null)),
            dealings.Where(d => d.IsOff && SellerReason.All.Contains(d.Reason!)).Select(d => d.Order).Distinct()
                .Count(),
            flags.Select(f => f.Order).Distinct().Count(), flags.Length,
            new(flags.CountBy(f => f.Code).ToDictionary(), StringComparer.Ordinal), bad.Length));

    static Dictionary<string, object> FactsOf(ReasonFlag flag)
    {
        var facts = new Dictionary<string, object> { ["seller"] = flag.Item.Seller, ["reason"] = flag.Reason };
        foreach (var (name, value) in flag.Facts)
            facts[name] = value switch
            {
                Value.Amount v   => v.Money,
                Value.Day v      => v.At,
                Value.Count v    => v.Number,
                Value.Word v     => v.Text,
                Value.Withheld   => "",
            };
        return facts;
    }

    static void Show(AuditReport report)
    {
        var table = Out.Table("Reasons that facts speak against", "order", "reason", "speaks against it", "facts");
        foreach (var f in report.Flags)
            table.Row(f.Order, $"{f.Facts["reason"]}", f.Code, string.Join(", ", f.Facts
                .Where(p => p.Key is not "reason").Select(p => $"{p.Key} {Tell(p.Value)}")));
        Out.Show(table);
        var total = report.Total;
        Out.Line($"{Out.Count(total.Flags)} flags on {Out.Count(total.Flagged)} of {Out.Count(total.Judged)} orders "
            + $"that sellers cancelled with a reason that can be looked at; {Out.Count(total.Orders)} orders in all"
            + (total.BadRows > 0 ? $", {Out.Count(total.BadRows)} rows could not be used." : "."));
    }

    static string Tell(object fact) => fact switch
    {
        Money m   => Out.Amount(m),
        Instant i => $"{i:uuuu-MM-dd HH:mm}",
        _         => $"{fact}",
    };
}
