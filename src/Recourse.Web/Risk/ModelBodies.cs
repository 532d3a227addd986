using Recourse.Adapters.Risk;
namespace Recourse.Web;

/// <summary>A learned model to be added.</summary>
/// <param name="Text">The contents of the file that <c>recourse risk train</c> wrote, unchanged.</param>
public sealed record ModelRequest(string Text);

/// <summary>The learned models that are here.</summary>
/// <param name="Named">The version that the edition in force names; left out: none, and rules alone decide.</param>
/// <param name="Broken">Files in the data folder that can't be used.</param>
public sealed record ModelsBody(string? Named, ImmutableArray<ModelBody> Items, ImmutableArray<BrokenModel> Broken);

/// <summary>A learned model.</summary>
/// <param name="InForce">The edition in force names it.</param>
/// <param name="From">The first purchase that it was learned from (UTC).</param>
/// <param name="To">The last one (UTC).</param>
/// <param name="Fraud">How many of these purchases turned out to be fraud.</param>
/// <param name="Measured">How it did on what it had not seen; left out: there was too little history.</param>
public sealed record ModelBody(
    string Version, bool InForce, Instant From, Instant To, int Purchases, int Fraud, string MadeWith,
    ImmutableArray<ModelFact> Facts, ModelMeasureBody? Measured);

/// <summary>A fact that a model looks at.</summary>
/// <param name="Least">The least that its value does to the odds of fraud: a natural logarithm in 1/1,000.</param>
/// <param name="Most">The most.</param>
public sealed record ModelFact(string Fact, string Name, int Least, int Most);

/// <summary>What a model learned in the same way found on later purchases, which it had not seen.</summary>
/// <param name="Ranked">How often a fraud has a higher score than an honest purchase, in 1/10,000; 5,000: by chance.
/// </param>
public sealed record ModelMeasureBody(
    Instant From, Instant To, int Honest, int Fraud, int Ranked, ImmutableArray<ModelStep> Steps);

/// <summary>What is found from a score on.</summary>
/// <param name="ScoreFrom">In 1/10,000.</param>
public sealed record ModelStep(int ScoreFrom, int HonestFound, int FraudFound);

/// <summary>Tells a model.</summary>
static class ModelTelling
{
    public static ModelBody Of(RiskModel model, string? named, Texts texts) => new(
        model.Version, model.Version == named, model.Trained.From, model.Trained.To, model.Trained.Purchases,
        model.Trained.Fraud, model.Trained.By,
        [
            .. model.Features.Select(f => new ModelFact(
                f.Fact, texts.Tell($"console.fact.{f.Fact}"), f.Weights.Min(), f.Weights.Max()))
                .OrderByDescending(f => f.Most - (long)f.Least).ThenBy(f => f.Fact, StringComparer.Ordinal),
        ],
        model.Measured is { } measured ? Of(measured) : null);

    static ModelMeasureBody Of(ModelMeasure m) => new(
        m.From, m.To, m.Bands.Sum(b => b.Honest), m.Bands.Sum(b => b.Fraud), m.Ranked,
        [
            .. m.Bands.Select((band, i) => new ModelStep(
                band.From, m.Bands.Skip(i).Sum(b => b.Honest), m.Bands.Skip(i).Sum(b => b.Fraud))),
        ]);
}
