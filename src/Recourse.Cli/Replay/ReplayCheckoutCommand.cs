using System.ComponentModel;
using System.Globalization;
using Recourse.Adapters.Rulebooks;
using Recourse.Olist;
using Recourse.Runtime;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Sends the baskets of a history through the checks of a checkout.</summary>
public sealed class ReplayCheckoutCommand : Command<ReplayCheckoutCommand.Settings>
{
    const int RowsShown = 30;

    /// <summary>What it is told.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>The history.</summary>
        [CommandArgument(0, "<DIR>"), Description("The folder with the Olist history's CSV files.")]
        public required string Folder { get; init; }

        /// <summary>Machine-readable.</summary>
        [CommandOption("--json"), Description("Everything as JSON.")]
        public bool Json { get; init; }

        /// <summary>Another rulebook than the shipped one.</summary>
        [CommandOption("--rulebook <FILE>"), Description("A rulebook to try; the shipped one if not given.")]
        public string? Rulebook { get; init; }

        /// <summary>The language of what is found.</summary>
        [CommandOption("--lang <LANGUAGE>"), Description("Language of the findings: en or pt-BR."), DefaultValue("en")]
        public string Language { get; init; } = "en";
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(settings.Folder))
            throw new Trouble("checkout.no-folder", $"There is no folder {settings.Folder}.", Trouble.BadInput);
        var history = OlistHistory.Read(settings.Folder);
        if (!history.Faults.IsEmpty)
            throw new Trouble("checkout.bad-history", string.Join(Environment.NewLine, history.Faults.Take(20).Select(
                f => $"{f.File}:{f.Line}: {f.Code}")), Trouble.BadInput);
        var report = BasketReplay.Of(history, ReplayRiskCommand.Rulebook(settings.Rulebook));
        if (settings.Json) Out.Json(report);
        else Show(report, Texts.In(settings.Language, OlistHistory.Zone));
        return report.GoalMet ? 0 : Trouble.Refused;
    }

    static void Show(BasketReport report, Texts texts)
    {
        var table = Out.Table("Checked as they would have been", "ended", "#baskets", "#not known", "#blocked",
            "#share", "#asked", "#share", "#told");
        foreach (var f in report.Others.Prepend(report.EndedWell))
            table.Row(f.Status, Out.Count(f.Baskets), Out.Count(f.NotChecked), Out.Count(f.Blocking),
                Percent(f.BlockingShare), Out.Count(f.Steps), Percent(f.StepShare), Out.Count(f.Advised));
        Out.Show(table);

        var codes = Out.Table("By what", "ended", "finding", "gravity", "#baskets");
        foreach (var f in report.Others.Prepend(report.EndedWell))
            foreach (var c in f.Codes)
                codes.Row(f.Status, c.Code, Closed.NameOf($"{c.Gravity}"), Out.Count(c.Baskets));
        Out.Show(codes);

        Rows("Ended well, and would have been stopped:", report.StoppedThoughWell, texts);
        Rows("Ended unavailable or cancelled, and would have been warned:", report.Warned, texts);
        Out.Line($"Not known: nothing tells what was bought, or by whom ({Out.Count(report.NotChecked.Length)}).");
        Out.Line($"Of what ended well at most {Percent(report.Goal)} may be blocked: "
            + $"{(report.GoalMet ? "met" : "missed")}.");
    }

    static void Rows(string title, ImmutableArray<BasketRow> rows, Texts texts)
    {
        Out.Line($"{title} {Out.Count(rows.Length)}");
        foreach (var row in rows.Take(RowsShown))
            Out.Line($"  {row.Order} {row.Status}: {string.Join(' ', row.Found.Select(
                f => $"[{f.Code}] {texts.Fill(f.Code, f.Facts)}"))}");
        if (rows.Length > RowsShown) Out.Line("  …; --json has all of them.");
    }

    static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
