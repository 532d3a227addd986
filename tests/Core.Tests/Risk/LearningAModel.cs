using Recourse.Adapters.Risk;
using Recourse.Adapters.Risk.Replay;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

/// <summary>
/// Made-up histories in which most of the fraud comes from accounts that are minutes old: too old for the rules about
/// programs, and told by nothing else.
/// </summary>
[Trait("Capability", "RSK-1")]
public sealed class LearningAModel
{
    static readonly Instant Start = Instant.FromUtc(2025, 1, 1, 0, 0);
    static readonly Instant Later = Start + Duration.FromDays(400);
    static readonly ImmutableArray<LabelledPurchase> History = MadeUp(seed: 7);

    static ImmutableArray<LabelledPurchase> MadeUp(int seed, int purchases = 6_000)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, purchases).Select(Purchase)];

        LabelledPurchase Purchase(int i)
        {
            var at = Start + Duration.FromMinutes(43 * i);
            var isFraud = chance.Next(100) < 8;
            var age = isFraud && chance.Next(100) < 90 ? Duration.FromMinutes(chance.Next(3, 40))
                : Duration.FromHours(chance.Next(3, 2_000));
            return new($"u{i}", at - age, at, Euros(chance.Next(5, 200)), $"d{i}", isFraud ? "1.1.1.1" : null, isFraud);
        }
    }

    static RiskModel Learned(ImmutableArray<LabelledPurchase> history, Instant? until = null) =>
        ModelTraining.Of(history, until ?? ModelTraining.HalfOf(history))!;

    static FraudReport Replay(RiskModel? model)
    {
        var models = new ModelShelf();
        if (model is not null) models.Put(model);
        var book = Book with { Sections = Book.Sections.Replace(Rules, Rules with { Model = model?.Version }) };
        return FraudReplay.Of(History, [], book, alert => Assert.Fail($"{alert}"), models);
    }

    [Fact]
    public void Fraud_that_rules_do_not_see_is_stopped_in_what_the_model_had_not_seen()
    {
        var (alone, together) = (Replay(null), Replay(Learned(History)));
        Assert.Equal(0, alone.SecondHalf.FraudStoppedShare);
        Assert.InRange(together.SecondHalf.FraudStoppedShare, 0.8, 1);
        Assert.InRange(together.SecondHalf.HonestTroubledShare, 0, 0.005);
        Assert.Equal(0, together.Total.Fraud.Refused + together.Total.Fraud.Held);
    }

    [Fact]
    public void The_report_says_which_model_and_what_it_was_learned_from()
    {
        var model = Learned(History);
        Assert.Equal(new ReplayedModel(model.Version, model.Trained), Replay(model).Model);
        Assert.Null(Replay(null).Model);
    }

    [Fact]
    public void The_same_history_gives_the_same_file() =>
        Assert.Equal(ModelFile.Write(Learned(History)), ModelFile.Write(Learned(MadeUp(seed: 7))));

    [Fact]
    public void What_was_not_known_by_then_makes_no_difference()
    {
        var until = ModelTraining.HalfOf(History);
        var known = until - FraudReplay.LabelsAfter;
        ImmutableArray<LabelledPurchase> otherwise =
            [.. History.Select(p => p.BoughtAt > known ? p with { IsFraud = !p.IsFraud } : p)];
        var model = Learned(History, until);
        Assert.Equal(ModelFile.Write(model), ModelFile.Write(Learned(otherwise, until)));
        Assert.Equal(History.Count(p => p.BoughtAt <= known), model.Trained.Purchases);
        Assert.Equal(History.Last(p => p.BoughtAt <= known).BoughtAt, model.Trained.To);
        Assert.NotEqual(model.Version, Learned(History, until + FraudReplay.LabelsAfter).Version);
    }

    [Fact]
    public void It_is_measured_on_purchases_that_came_later()
    {
        var model = Learned(History, Later);
        var measured = model.Measured!;
        Assert.True(measured.From > model.Trained.From && measured.To == model.Trained.To);
        Assert.InRange(measured.Ranked, 8_500, 10_000);
        Assert.Equal(
            History.Count(p => p.BoughtAt >= measured.From && p.BoughtAt <= measured.To),
            measured.Bands.Sum(b => b.Honest + b.Fraud));
        foreach (var band in measured.Bands.Where(b => b.From >= 5_000 && b.Honest + b.Fraud > 20))
            Assert.True(band.Fraud > band.Honest, $"{band}");
    }

    [Fact]
    public void An_ip_address_is_never_learned_from_though_it_told_all() =>
        Assert.DoesNotContain(Learned(History).Features, f => RiskInput.IsOfIp(f.Fact));

    [Fact]
    public void What_nothing_tells_is_measured_as_chance()
    {
        var chance = new Random(5);
        var model = Learned([.. History.Select(p => p with { IsFraud = chance.Next(10) == 0 })], Later);
        Assert.InRange(model.Measured!.Ranked, 4_000, 6_000);
        Assert.All(model.Measured.Bands.Where(b => b.From >= 5_000), b => Assert.Equal((0, 0), (b.Honest, b.Fraud)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    public void Too_little_history_gives_no_model(int purchases) =>
        Assert.Null(ModelTraining.Of(History[..purchases], Later));

    [Fact]
    public void A_history_of_one_kind_gives_no_model() => Assert.Null(ModelTraining.Of(
        [.. History.Where(p => !p.IsFraud)], Later));
}
