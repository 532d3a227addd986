using System.ComponentModel;
using System.Globalization;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Adapters.Rulebooks;
using Recourse.Risk;
using Spectre.Console;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Screens a labelled history of purchases, and puts the outcomes beside what turned out.</summary>
public sealed class ReplayRiskCommand : Command<ReplayRiskCommand.Settings>
{
    const int BadRowsShown = 20;

    /// <summary>What it is told.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>The history.</summary>
        [CommandArgument(0, "<DIR>"), Description("The folder with the history's CSV files: user_id, signup_time, "
            + "purchase_time, purchase_value, device_id, class (1: fraud) and, where known, ip_address.")]
        public required string Folder { get; init; }

        /// <summary>Machine-readable.</summary>
        [CommandOption("--json"), Description("Everything as JSON.")]
        public bool Json { get; init; }

        /// <summary>Another rulebook than the shipped one.</summary>
        [CommandOption("--rulebook <FILE>"), Description("A rulebook to try; the shipped one if not given.")]
        public string? Rulebook { get; init; }

        /// <summary>A learned model.</summary>
        [CommandOption("--model <FILE>"), Description("A learned model (see risk train) whose score the rules can ask "
            + "for, in place of the one that the rulebook names.")]
        public string? Model { get; init; }
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var history = HistoryIn(settings.Folder);
        var (book, models) = (Rulebook(settings.Rulebook), new ModelShelf());
        if (settings.Model is { } file)
        {
            var (model, rules) = (ModelIn(file), book.Of<RiskRules>());
            models.Put(model);
            book = book with { Sections = book.Sections.Replace(rules, rules with { Model = model.Version }) };
        }
        var report = FraudReplay.Of(history.Purchases, history.Bad, book, alert => Console.Error.WriteLine(
            $"recourse: rule {alert.Rule} was left out {alert.Times} times: {alert.Problem}"), models);
        if (settings.Json) Out.Json(report);
        else Show(report);
        return 0;
    }

    /// <summary>The labelled purchases of a folder.</summary>
    internal static (ImmutableArray<LabelledPurchase> Purchases, ImmutableArray<BadRow> Bad) HistoryIn(string folder)
    {
        if (!Directory.Exists(folder))
            throw new Trouble("risk.no-folder", $"There is no folder {folder}.", Trouble.BadInput);
        return FraudFile.ReadFolder(folder) ?? throw new Trouble("risk.no-history",
            $"{folder} has no CSV file of labelled purchases: see --help.", Trouble.BadInput);
    }

    static RiskModel ModelIn(string file)
    {
        var (model, problem) = ModelFile.Read(File.ReadAllBytes(file));
        return model ?? throw new Trouble("risk.bad-model", $"{file}: {problem}", Trouble.BadInput);
    }

    /// <summary>The one in a file, or the shipped one.</summary>
    internal static Rulebook Rulebook(string? file)
    {
        if (file is null) return RulebookFile.Shipped();
        var (rulebook, faults) = RulebookFile.Read(1, RulebookFile.Shipped().From, File.ReadAllText(file));
        return rulebook ?? throw new Trouble("cli.rulebook-faults", string.Join(Environment.NewLine,
            faults.Select(f => $"{file}:{f.Line}: {f.Path}: {f.Problem}")), Trouble.BadInput);
    }

    static void Show(FraudReport report)
    {
        var table = Out.Table("Screened as it would have been", "", "#purchases", "#accepted", "#verified", "#held",
            "#refused", "#fraud", "#caught", "#missed", "#stopped", "#honest", "#troubled", "#of honest");
        foreach (var month in report.Months) Row(table, month.Month!, month);
        table.AddEmptyRow();
        Row(table, "first half", report.FirstHalf);
        Row(table, "second half", report.SecondHalf);
        Row(table, "total", report.Total);
        Out.Show(table);

        var rules = Out.Table("What applied", "rule", "#to honest purchases", "#to fraud");
        foreach (var rule in report.Rules) rules.Row(rule.Rule, Out.Count(rule.Honest), Out.Count(rule.Fraud));
        Out.Show(rules);
        if (report.Model is { } model) Out.Line(Words(model));
        Out.Line("Caught and troubled: verified, held or refused. How a purchase turned out is heard 30 days later.");
        foreach (var (rule, times) in report.RuleFailures)
            Out.Line($"The rule {rule} could not be tried {Out.Count(times)} times.");
        if (report.BadRows.IsEmpty) return;
        Out.Line($"{Out.Count(report.BadRows.Length)} rows could not be used:");
        foreach (var bad in report.BadRows.Take(BadRowsShown)) Out.Line($"  {bad.File}:{bad.Line}: {bad.Problem}");
        if (report.BadRows.Length > BadRowsShown) Out.Line("  …; --json has all of them.");
    }

    static string Words(ReplayedModel model) => string.Create(CultureInfo.InvariantCulture,
        $"The model {model.Version} was learned from {Out.Count(model.Trained.Purchases)} purchases until "
        + $"{model.Trained.To:uuuu-MM-dd}: only what came later is a test of it.");

    static void Row(Table table, string what, FraudFigures t)
    {
        var all = t.Honest + t.Fraud;
        table.Row(what, Out.Count(t.Purchases), Out.Count(all.Accepted), Out.Count(all.Verified), Out.Count(all.Held),
            Out.Count(all.Refused), Out.Count(t.Fraud.All), Out.Count(t.FraudCaught), Out.Count(t.FraudMissed),
            Percent(t.FraudStoppedShare), Out.Count(t.Honest.All), Out.Count(t.HonestTroubled),
            Percent(t.HonestTroubledShare));
    }

    static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
