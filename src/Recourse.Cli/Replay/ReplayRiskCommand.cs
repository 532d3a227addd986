using System.ComponentModel;
using System.Globalization;
using Recourse.Adapters.Risk.Replay;
using Recourse.Adapters.Rulebooks;
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
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.Folder))
            throw new Trouble("risk.no-folder", $"There is no folder {settings.Folder}.", Trouble.BadInput);
        if (FraudFile.ReadFolder(settings.Folder) is not { } history)
            throw new Trouble("risk.no-history",
                $"{settings.Folder} has no CSV file of labelled purchases: see --help.", Trouble.BadInput);
        var report = FraudReplay.Of(history.Purchases, history.Bad, Rulebook(settings.Rulebook), alert =>
            Console.Error.WriteLine($"recourse: rule {alert.Rule} was left out {alert.Times} times: {alert.Problem}"));
        if (settings.Json) Out.Json(report);
        else Show(report);
        return 0;
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
        Out.Line("Caught and troubled: verified, held or refused. How a purchase turned out is heard 30 days later.");
        foreach (var (rule, times) in report.RuleFailures)
            Out.Line($"The rule {rule} could not be tried {Out.Count(times)} times.");
        if (report.BadRows.IsEmpty) return;
        Out.Line($"{Out.Count(report.BadRows.Length)} rows could not be used:");
        foreach (var bad in report.BadRows.Take(BadRowsShown)) Out.Line($"  {bad.File}:{bad.Line}: {bad.Problem}");
        if (report.BadRows.Length > BadRowsShown) Out.Line("  …; --json has all of them.");
    }

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
