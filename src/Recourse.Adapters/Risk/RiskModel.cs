using System.Text.Json.Serialization;
using Recourse.Risk;
namespace Recourse.Adapters.Risk;

/// <summary>
/// A learned model: for each fact a table that says what its value does to the odds of fraud. They are added up, so
/// that each fact's part of the score is known exactly, and scoring takes as long for everybody.
/// </summary>
/// <param name="Trained">What it was learned from.</param>
/// <param name="Bias">The odds where no fact says anything, as a natural logarithm in 1/1,000.</param>
/// <param name="Features">At most one for each fact.</param>
/// <param name="Measured">How it did on what it had not seen; null: there was too little to measure it.</param>
public sealed record RiskModel(
    ModelTrained Trained, int Bias, ImmutableArray<ModelFeature> Features, ModelMeasure? Measured)
{
    /// <summary>How many facts are told of a score, the weightiest first.</summary>
    public const int MostParts = 5;

    const int LeastWeight = 100;                       // a tenth more or less is not what decides
    const double Unit = 1_000, Whole = 10_000;

    /// <summary>Follows from all else: the same contents have the same version, others another one.</summary>
    [JsonIgnore]
    public string Version { get; } = "";

    /// <summary>With its version.</summary>
    internal RiskModel(RiskModel unnamed, string version) : this(unnamed) => Version = version;

    /// <summary>The score of a purchase.</summary>
    /// <param name="values">Its facts, in the order of <see cref="RiskInput.All"/>.</param>
    public ModelScore ScoreOf(ImmutableArray<long> values)
    {
        long sum = Bias;
        var parts = new List<ModelPart>(Features.Length);
        foreach (var feature in Features)
        {
            var value = values[feature.Place];
            var weight = feature.WeightOf(value);
            sum += weight;
            if (Math.Abs(weight) >= LeastWeight) parts.Add(new(new(feature.Fact, value), weight));
        }
        parts.Sort((a, b) => (-Math.Abs(a.Weight), a.Fact.Name).CompareTo((-Math.Abs(b.Weight), b.Fact.Name)));
        return new(
            Version, (int)Math.Round(Whole / (1 + Math.Exp(-sum / Unit))),
            [.. parts.Take(MostParts)]);
    }
}

/// <summary>What the values of a fact do to the odds of fraud.</summary>
/// <param name="Fact">Its name (<see cref="RiskInput"/>).</param>
/// <param name="UpTo">The highest value of each step but the last, ascending.</param>
/// <param name="Weights">One for each step, the last one included: natural logarithms in 1/1,000.</param>
public sealed record ModelFeature(string Fact, ImmutableArray<long> UpTo, ImmutableArray<int> Weights)
{
    internal int Place { get; } = RiskInput.PlaceOf(Fact) ?? -1;

    /// <summary>The weight of a value.</summary>
    public int WeightOf(long value)
    {
        var found = UpTo.AsSpan().BinarySearch(value);
        return Weights[found < 0 ? ~found : found];
    }
}

/// <summary>What a model was learned from.</summary>
/// <param name="From">The first purchase (UTC).</param>
/// <param name="To">The last purchase (UTC): of later ones it wasn't known yet how they turned out.</param>
/// <param name="Purchases">How many, fraud included.</param>
/// <param name="Fraud">How many of them turned out to be fraud.</param>
/// <param name="By">The library, and the kind of model.</param>
/// <param name="Seed">With which the same purchases give the same model.</param>
public sealed record ModelTrained(Instant From, Instant To, int Purchases, int Fraud, string By, int Seed);

/// <summary>
/// How a model learned in the same way did on later purchases, which it had not seen: the last quarter of those that
/// the model itself was then learned from.
/// </summary>
/// <param name="From">The first of them (UTC).</param>
/// <param name="To">The last of them (UTC).</param>
/// <param name="Ranked">How often a fraud has a higher score than an honest purchase, in 1/10,000; 5,000: by chance.
/// </param>
/// <param name="Bands">By score, the lowest first.</param>
public sealed record ModelMeasure(Instant From, Instant To, int Ranked, ImmutableArray<ModelBand> Bands);

/// <summary>Purchases whose score was so high, and below the next band.</summary>
/// <param name="From">The lowest score, in 1/10,000.</param>
public sealed record ModelBand(int From, int Honest, int Fraud);
