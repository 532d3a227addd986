using System.ComponentModel;
using System.Globalization;
using NodaTime.Text;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Learns a model from a labelled history of purchases.</summary>
public sealed class TrainRiskCommand : Command<TrainRiskCommand.Settings>
{
    const double Whole = 10_000;

    /// <summary>What it is told.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>The history.</summary>
        [CommandArgument(0, "<DIR>"), Description("The folder with the history's CSV files, as for risk replay.")]
        public required string Folder { get; init; }

        /// <summary>Where the model goes.</summary>
        [CommandOption("--out <FILE>", isRequired: true), Description("The file to write the model into.")]
        public required string File { get; init; }

        /// <summary>What was not known by then is left out.</summary>
        [CommandOption("--until <DATE>"), Description("Learn from what was known at the start of that day (UTC, "
            + "2015-04-30): how a purchase turned out is known 30 days later. If not given: when half was bought.")]
        public string? Until { get; init; }
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var (purchases, bad) = ReplayRiskCommand.HistoryIn(settings.Folder);
        if (purchases.IsEmpty) throw TooFew();
        var until = settings.Until is { } day ? DayOf(day) : ModelTraining.HalfOf(purchases);
        var model = ModelTraining.Of(purchases, until) ?? throw TooFew();
        File.WriteAllBytes(settings.File, ModelFile.Write(model));
        Show(model, settings.File);
        if (!bad.IsEmpty) Out.Line($"{Out.Count(bad.Length)} rows could not be used: risk replay tells them.");
        return 0;
    }

    static Trouble TooFew() => new("risk.too-little-history",
        $"A model needs {ModelTraining.Fewest} honest purchases and as many frauds whose outcome was known by then.",
        Trouble.BadInput);

    static Instant DayOf(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day }
        ? day.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()
        : throw new Trouble("risk.bad-day", $"{text} is no day such as 2015-04-30.", Trouble.BadInput);

    static void Show(RiskModel model, string file)
    {
        var (trained, measured) = (model.Trained, model.Measured);
        Out.Line($"Model {model.Version}, in {file}: for the rulebook's risk.model.");
        Out.Line($"Learned from {Out.Count(trained.Purchases)} purchases, {Out.Count(trained.Fraud)} of them fraud, "
            + $"{Day(trained.From)} to {Day(trained.To)}.");
        var facts = Out.Table("What it looks at", "fact", "#odds of fraud at least", "#at most");
        foreach (var feature in model.Features.OrderByDescending(f => f.Weights.Max() - f.Weights.Min()))
            facts.Row(feature.Fact, Odds(feature.Weights.Min()), Odds(feature.Weights.Max()));
        Out.Show(facts);
        if (measured is null)
        {
            Out.Line("There was too little to measure it on what it had not seen.");
            return;
        }
        var bands = Out.Table("On what it had not seen", "score from", "#honest", "#fraud", "#of it fraud");
        foreach (var band in measured.Bands)
            bands.Row(Share(band.From), Out.Count(band.Honest), Out.Count(band.Fraud), (band.Honest + band.Fraud) is 0
                ? "" : Share(Whole * band.Fraud / (band.Honest + band.Fraud)));
        Out.Show(bands);
        Out.Line($"{Day(measured.From)} to {Day(measured.To)}, learned from what was known before: in "
            + $"{Share(measured.Ranked)} of pairs the fraud has the higher score (50 %: by chance).");
    }

    static string Day(Instant at) => at.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    static string Share(double of) => (of / Whole).ToString("0.0 %", CultureInfo.InvariantCulture);

    static string Odds(int weight) => Math.Exp(weight / 1_000.0).ToString("× 0.00", CultureInfo.InvariantCulture);
}
