using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Olist;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>What a take-over came to.</summary>
/// <param name="Steps">Things that were asked.</param>
/// <param name="Recorded">Turns that this run added; a run that changes nothing adds none.</param>
/// <param name="Strays">Rows that belong to no order, person or product; each is kept on a listing of its own.</param>
/// <param name="EarlyEndsByInference">What was cancelled or unavailable there, by the code of what most probably ended
/// it: inferred, decided by nobody here.</param>
/// <param name="EarlyEndsSilent">Of which nothing could be inferred.</param>
sealed record ImportResult(
    string Source, int Steps, long Recorded, ImmutableArray<OlistFileTally> Files, int Orders, int OrdersHere,
    ImmutableSortedDictionary<string, int> OrdersByEndState, ImmutableSortedDictionary<string, int> FindingsByCode,
    int Strays, ImmutableArray<ImportedMoney> Money, bool AddsUp, ImmutableArray<NotTaken> NotTaken,
    ImmutableSortedDictionary<string, int> EarlyEndsByInference, int EarlyEndsSilent);

/// <summary>Money of one currency.</summary>
sealed record ImportedMoney(string Currency, ImmutableArray<OlistMoneyTally> Columns);

/// <summary>A row or file that can't be read.</summary>
sealed record Unreadable(string File, int Line, string Code, string Text);

/// <summary>Why nothing was taken over.</summary>
sealed record NothingTaken(string Source, ImmutableArray<Unreadable> Faults);

/// <summary>Takes over the Olist history as it was.</summary>
sealed class ImportOlistCommand : AsyncCommand<ImportOlistCommand.Settings>
{
    /// <summary>From where.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The folder with the files.</summary>
        [CommandArgument(0, "<DIR>"), Description("The folder with the eight CSV files.")]
        public string Dir { get; init; } = "";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var startedAt = Stopwatch.GetTimestamp();
        if (!Directory.Exists(settings.Dir))
            throw new Trouble("import.no-such-folder", $"There is no folder {settings.Dir}.", Trouble.BadInput);
        var history = OlistHistory.Read(settings.Dir);
        if (!history.Faults.IsEmpty) return Refuse(history, settings.Json);
        using var host = HeadlessHost.Build(new() { DataFolder = settings.Data });
        await host.StartAsync(cancel);
        var platform = host.Services.GetRequiredService<Platform>();
        var store = host.Services.GetRequiredService<Store>();
        var before = platform.Position;
        var importer = new Importer(platform, store.People);
        var plan = importer.Plan(history);
        ImmutableArray<NotTaken> not = [];
        await Out.Progress(settings.Json, "Taking over", async progress =>
        {
            not = await importer.Take(plan, progress);
            await platform.Views.CaughtUp(platform.Position, TimeSpan.FromMinutes(5), cancel);
        });
        var recorded = platform.Position - before;
        await host.StopAsync(cancel);
        var result = ResultOf(plan, recorded, not);
        if (settings.Json) Out.Json(result);
        else ImportReport.Show(result, Stopwatch.GetElapsedTime(startedAt));
        return not.IsEmpty && result.AddsUp ? 0 : Trouble.Refused;
    }

    static int Refuse(OlistHistory history, bool json)
    {
        var texts = Texts.In("en", OlistHistory.Zone);
        ImmutableArray<Unreadable> faults =
            [.. history.Faults.Select(f => new Unreadable(f.File, f.Line, f.Code, texts.Fill(f.Code, f.Facts)))];
        if (json) Out.Json(new NothingTaken(OlistHistory.Source, faults));
        else
            foreach (var f in faults) Console.Error.WriteLine($"{f.File}:{f.Line}: {f.Code}: {f.Text}");
        throw new Trouble("import.unreadable",
            $"{Out.Count(faults.Length)} faults in {faults.Select(f => f.File).Distinct().Count()} files: nothing was "
            + "taken over. Mend them and ask again.", Trouble.BadInput);
    }

    static ImportResult ResultOf(OlistPlan plan, long recorded, ImmutableArray<NotTaken> not)
    {
        var tally = plan.Tally;
        return new(
            OlistHistory.Source, plan.Steps.Length, recorded, tally.Files, tally.Orders, tally.OrdersHere,
            tally.OrdersByStatus, tally.FindingsByCode, plan.Strays.Length,
            [.. tally.Money.GroupBy(m => m.Read.Currency.Code).Select(m => new ImportedMoney(m.Key, [.. m]))],
            tally.IsEven, not, tally.EarlyEndsByInference, tally.EarlyEndsSilent);
    }
}
