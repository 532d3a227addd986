using System.ComponentModel;
using Recourse.Olist;
using Recourse.Adapters.Rulebooks;
using Recourse.Runtime;
using Recourse.Web;
using Recourse.World.Invariants;
using Spectre.Console;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Lives a history again in a store of its own, and puts both ends side by side.</summary>
public sealed class ReplayOlistCommand : Command<ReplayOlistCommand.Settings>
{
    /// <summary>What it is told.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>The history.</summary>
        [CommandArgument(0, "<DIR>"), Description("The folder with the history's CSV files.")]
        public required string Folder { get; init; }

        /// <summary>The store that is made.</summary>
        [CommandOption("--data <DATA>"), Description("A new folder for the store that comes of it."),
            DefaultValue("./replay")]
        public string Data { get; init; } = "./replay";

        /// <summary>Machine-readable.</summary>
        [CommandOption("--json"), Description("Everything as JSON, order by order.")]
        public bool Json { get; init; }

        /// <summary>How many orders to print one by one.</summary>
        [CommandOption("--orders <COUNT>"), Description("How many orders to show one by one."), DefaultValue(20)]
        public int Orders { get; init; } = 20;

        /// <summary>Another rulebook than the shipped one.</summary>
        [CommandOption("--rulebook <FILE>"), Description("A rulebook to live by; the shipped one if not given.")]
        public string? Rulebook { get; init; }

        /// <summary>The language of the reasons.</summary>
        [CommandOption("--lang <LANGUAGE>"), Description("Language of the reasons: en or pt-BR."), DefaultValue("en")]
        public string Language { get; init; } = "en";
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var journal = Path.Combine(settings.Data, "journal.db");
        if (File.Exists(journal))
            throw new StoreException("store.not-empty", $"{settings.Data} holds a store already: name a new folder.");
        var history = OlistHistory.Read(settings.Folder);
        if (history.Faults.Length > 0)
            throw new StoreException("olist.faults", string.Join(Environment.NewLine, history.Faults.Take(20).Select(
                f => $"{f.File}:{f.Line}: {f.Code}")));
        var registry = new Registry(Modules.Kinds);
        var script = OlistReplay.Of(history);
        var rulebook = Rulebook(settings);
        var checker = new Checker(registry, () => [rulebook], Checker.Everyday());
        using var run = new ReplayRun(script, registry, rulebook) { Recorded = checker.Follow };
        Progress(settings, script, run);
        Directory.CreateDirectory(settings.Data);
        run.Journal.Save(journal, _ => { }, settings.Rulebook is { } own
            ? [(Editions.FirstOf, File.ReadAllText(own))] : []);
        checker.Finish(atRest: true);
        ImmutableArray<string> violations =
            [.. checker.Violations.Select(v => $"invariant {v.Invariant} at {v.Position}: {v.What}")];
        var texts = Texts.In(settings.Language, DateTimeZoneProviders.Tzdb["America/Sao_Paulo"]);
        var report = ReplayReport.Of(script, run, violations, texts);
        if (settings.Json) ReplayPrinter.Json(report, registry);
        else ReplayPrinter.Table(report, settings.Orders, settings.Data);
        return violations.IsEmpty && report.Open == 0 ? 0 : 1;
    }

    static Rulebook Rulebook(Settings settings)
    {
        if (settings.Rulebook is not { } file) return RulebookFile.Shipped();
        var (rulebook, faults) = RulebookFile.Read(1, RulebookFile.Shipped().From, File.ReadAllText(file));
        return rulebook ?? throw new StoreException("rulebook.faults", string.Join(Environment.NewLine,
            faults.Select(f => $"{file}:{f.Line}: {f.Path}: {f.Problem}")));
    }

    static void Progress(Settings settings, ReplayScript script, ReplayRun run)
    {
        if (settings.Json || Console.IsOutputRedirected) { run.Live(_ => { }); return; }
        var (start, end) = (script.Steps[0].At, script.Steps[^1].At);
        AnsiConsole.Progress().HideCompleted(true).Start(progress =>
        {
            var task = progress.AddTask("Living it again", maxValue: (end - start).TotalDays);
            run.Live(now =>
            {
                task.Description = $"Living it again: {now.InUtc().Date:uuuu-MM-dd}";
                task.Value = (now - start).TotalDays;
            });
        });
    }
}
