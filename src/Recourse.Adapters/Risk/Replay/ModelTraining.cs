using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Recourse.Risk;
namespace Recourse.Adapters.Risk.Replay;

/// <summary>
/// Learns a model from a labelled history, by the very facts that screening would have gathered at each purchase. What
/// is learned is additive (a table for each fact), so that each score can be explained exactly.
/// </summary>
public static class ModelTraining
{
    /// <summary>Honest purchases, and as many frauds, without which nothing is learned.</summary>
    public const int Fewest = 100;

    const int Seed = 1, Rounds = 2_000, FewestInAStep = 20;
    const double Rate = 0.1, Unit = 1_000;
    const string By = "Microsoft.ML.FastTree 5.0.1, generalised additive model";

    static readonly ImmutableArray<int> BandFloors =
        [0, 250, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000, 9_500];

    static readonly ImmutableArray<int> Places =
        [.. RiskInput.All.Index().Where(i => RiskInput.IsLearnedFrom(i.Item.Name)).Select(i => i.Index)];

    /// <summary>A purchase as it is learned from.</summary>
    sealed record Example(Instant At, Instant KnownAt, ImmutableArray<long> Values, bool IsFraud);

    /// <summary>
    /// A model out of what was known at an instant: purchases whose outcome was not heard by then are left out. Null:
    /// they are too few (<see cref="Fewest"/>).
    /// </summary>
    public static RiskModel? Of(ImmutableArray<LabelledPurchase> purchases, Instant until) =>
        Of(Known(purchases, until));

    /// <summary>
    /// A model out of the platform's own purchases, by the facts that were recorded with each of them and as far as it
    /// was known at an instant how they turned out. Null: they are too few (<see cref="Fewest"/>).
    /// </summary>
    public static RiskModel? Of(ImmutableArray<JudgedPurchase> purchases, Instant until) => Of(
    [
        .. from p in purchases
           where p.KnownAt <= until
           orderby p.At
           select new Example(p.At, p.KnownAt, RiskInput.ValuesOf(p.Facts), p.IsFraud),
    ]);

    static RiskModel? Of(List<Example> examples) => Fit(examples) is not { } model ? null
        : ModelFile.Named(model with { Measured = Measure(examples) });

    /// <summary>The instant at which half of the purchases had been made.</summary>
    public static Instant HalfOf(ImmutableArray<LabelledPurchase> purchases) =>
        purchases.Select(p => p.BoughtAt).Order().ElementAt(purchases.Length / 2);

    static List<Example> Known(ImmutableArray<LabelledPurchase> purchases, Instant until)
    {
        var memory = new RiskMemory();
        List<Example> known = [];
        foreach (var purchase in FraudReplay.Lived(purchases, memory))
        {
            if (purchase.BoughtAt + FraudReplay.LabelsAfter > until) break;
            var facts = memory.Follow(FraudReplay.AttemptOf(purchase));
            known.Add(new(
                purchase.BoughtAt, purchase.BoughtAt + FraudReplay.LabelsAfter, RiskInput.ValuesOf(facts),
                purchase.IsFraud));
        }
        return known;
    }

    // Learned by what was known when the last quarter began, and asked about that quarter.
    static ModelMeasure? Measure(List<Example> examples)
    {
        var later = examples.Skip(examples.Count * 3 / 4).ToList();
        var (from, to) = (later[0].At, later[^1].At);
        var before = examples.Where(e => e.KnownAt <= from).ToList();
        if (Fit(before) is not { } model || later.All(e => e.IsFraud) || !later.Exists(e => e.IsFraud)) return null;
        var scored = later.Select(e => (model.ScoreOf(e.Values).Score, e.IsFraud)).OrderBy(s => s.Score).ToList();
        return new(from, to, RankOf(scored), [.. BandFloors.Select((floor, i) => BandOf(i, floor, scored))]);
    }

    static ModelBand BandOf(int i, int floor, List<(int Score, bool IsFraud)> scored)
    {
        var next = i + 1 < BandFloors.Length ? BandFloors[i + 1] : int.MaxValue;
        var (honest, fraud) = (0, 0);
        foreach (var (score, isFraud) in scored)
            if (score < floor || score >= next) continue;
            else if (isFraud) fraud++;
            else honest++;
        return new(floor, honest, fraud);
    }

    // Of all pairs of a fraud and an honest purchase; who are alike are half a pair.
    static int RankOf(List<(int Score, bool IsFraud)> scored)
    {
        var (honest, won) = (0L, 0L);
        foreach (var alike in scored.GroupBy(s => s.Score))
        {
            var frauds = alike.Count(s => s.IsFraud);
            var others = alike.Count() - frauds;
            won += frauds * (2 * honest + others);
            honest += others;
        }
        return (int)(5_000 * won / (honest * (scored.Count - honest)));
    }

    static RiskModel? Fit(List<Example> examples)
    {
        var frauds = examples.Count(e => e.IsFraud);
        if (frauds < Fewest || examples.Count - frauds < Fewest) return null;
        ImmutableArray<int> places = [.. Places.Where(p => Varies(examples, p))];
        if (places.IsEmpty) return null;
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Facts)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, places.Length);
        var library = new MLContext(Seed);
        var rows = library.Data.LoadFromEnumerable(examples.Select(e => new Row(e, places)), schema);
        var tables = library.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.IsFraud), FeatureColumnName = nameof(Row.Facts), Seed = Seed,
            NumberOfThreads = 1, NumberOfIterations = Rounds, LearningRate = Rate,
            MinimumExampleCountPerLeaf = FewestInAStep,
        }).Fit(rows).Model.SubModel;
        var trained = new ModelTrained(examples[0].At, examples[^1].At, examples.Count, frauds, By, Seed);
        return new(trained, Rounded(tables.Bias), [.. Features(tables, places)], Measured: null);
    }

    // The library leaves out what it can't cut into two steps that are large enough, and then counts wrongly.
    static bool Varies(List<Example> examples, int place)
    {
        var values = examples.Select(e => (float)e.Values[place]).Order().ToList();
        return values[FewestInAStep - 1] < values[^FewestInAStep];
    }

    static IEnumerable<ModelFeature> Features(GamBinaryModelParameters tables, ImmutableArray<int> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var steps = tables.GetBinUpperBounds(i).Zip(tables.GetBinEffects(i), (upTo, weight) =>
                (UpTo: double.IsInfinity(upTo) ? long.MaxValue : (long)Math.Floor(upTo), Weight: Rounded(weight)));
            var merged = Merged(steps);
            if (merged.Count > 1)                      // what is alike for everybody tells nothing
                yield return new(
                    RiskInput.All[places[i]].Name, [.. merged.SkipLast(1).Select(s => s.UpTo)],
                    [.. merged.Select(s => s.Weight)]);
        }
    }

    // Neighbours that say the same are one step.
    static List<(long UpTo, int Weight)> Merged(IEnumerable<(long UpTo, int Weight)> steps)
    {
        List<(long UpTo, int Weight)> merged = [];
        foreach (var step in steps)
            if (merged.Count > 0 && (merged[^1].Weight == step.Weight || merged[^1].UpTo == step.UpTo))
                merged[^1] = (step.UpTo, step.Weight);
            else merged.Add(step);
        return merged;
    }

    static int Rounded(double weight) => (int)Math.Round(weight * Unit);

    sealed class Row(Example example, ImmutableArray<int> places)
    {
        public bool IsFraud { get; } = example.IsFraud;

        public float[] Facts { get; } = [.. places.Select(p => (float)example.Values[p])];
    }
}
