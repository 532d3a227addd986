using System.ComponentModel;
using System.Globalization;
using NodaTime.Text;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Runtime;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Learns a model from a labelled history of purchases.</summary>
public sealed class TrainRiskCommand : AsyncCommand<TrainRiskCommand.Settings>
{
    const double Whole = 10_000;

    /// <summary>What it is told.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>The history; null: the platform's own.</summary>
        [CommandArgument(0, "[DIR]"), Description("The folder with the history's CSV files, as for risk replay.")]
        public string? Folder { get; init; }

        /// <summary>The platform whose own outcomes are learned from; null: a history's are.</summary>
        [CommandOption("--data <DIR>"), Description("Instead of a history: the folder of a store. Learned is from what "
            + "was recorded with its purchases and how those turned out.")]
        public string? Data { get; init; }

        /// <summary>Where the model goes.</summary>
        [CommandOption("--out <FILE>", isRequired: true), Description("The file to write the model into.")]
        public required string File { get; init; }

        /// <summary>What was not known by then is left out.</summary>
        [CommandOption("--until <DATE>"), Description("Learn from what was known at the start of that day (UTC, "
            + "2015-04-30): how a purchase of a history turned out is known 30 days later. If not given: when half was "
            + "bought; of a store, now.")]
        public string? Until { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(
        CommandContext context, Settings settings, CancellationToken cancellationToken) => settings switch
    {
        { Folder: { } folder, Data: null } => OfHistory(folder, settings),
        { Folder: null, Data: { } data }   => await OfPlatform(data, settings),
        _ => throw new Trouble("risk.one-source",
            "Say either a folder with a history, or a store with --data: a model is learned from one of them.",
            Trouble.BadInput),
    };

    static async Task<int> OfPlatform(string data, Settings settings)
    {
        using var opened = await Opened(data);
        var outcomes = PlatformOutcomes.In(opened.Store.Journal);
        var known = outcomes.Known;
        var until = settings.Until is { } day ? DayOf(day) : Instant.MaxValue;
        var model = ModelTraining.Of(known, until) ?? throw TooFew(
            $" Here are {known.Count(p => !p.IsFraud)} and {known.Count(p => p.IsFraud)}, of {outcomes.Screened} "
            + "purchases that were screened.");
        File.WriteAllBytes(settings.File, ModelFile.Write(model));
        Show(model, settings.File);
        Out.Line($"Of {Out.Count(outcomes.Screened)} purchases that were screened, the outcome of "
            + $"{Out.Count(known.Length)} is known.");
        return 0;
    }

    static async Task<OpenedStore> Opened(string data)
    {
        try { return await OpenedStore.Open(data, ""); }
        catch (StoreException e) when (e.Code is "store.in-use")
        {
            throw new StoreException(e.Code, $"Another process has {Path.GetFullPath(data)} open. Stop it first; or "
                + "take a backup, restore it into another folder, and learn from that.");
        }
    }

    static int OfHistory(string folder, Settings settings)
    {
        var (purchases, bad) = ReplayRiskCommand.HistoryIn(folder);
        if (purchases.IsEmpty) throw TooFew();
        var until = settings.Until is { } day ? DayOf(day) : ModelTraining.HalfOf(purchases);
        var model = ModelTraining.Of(purchases, until) ?? throw TooFew();
        File.WriteAllBytes(settings.File, ModelFile.Write(model));
        Show(model, settings.File);
        if (!bad.IsEmpty) Out.Line($"{Out.Count(bad.Length)} rows could not be used: risk replay tells them.");
        return 0;
    }

    static Trouble TooFew(string more = "") => new("risk.too-little-history",
        $"A model needs {ModelTraining.Fewest} honest purchases and as many frauds whose outcome was known by then."
        + more, Trouble.BadInput);

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
