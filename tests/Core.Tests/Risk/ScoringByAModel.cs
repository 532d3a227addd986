using System.Text;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Risk;
using Xunit;
using static Recourse.Tests.Suspicion;
namespace Recourse.Tests;

[Trait("Capability", "RSK-1"), Trait("Capability", "RSK-2")]
public sealed class ScoringByAModel
{
    static readonly ModelTrained Trained = new(Noon, Noon, 900, 90, "by hand", 1);

    /// <summary>Holds accounts that are minutes old, and whoever bought twice in a day, for frauds.</summary>
    static readonly RiskModel Model = ModelFile.Named(new(
        Trained, -3_000,
        [
            new("account.ageSeconds", [3_600, 86_400], [4_000, 500, -200]),
            new("account.purchases24h", [1], [0, 1_500]), new("device.accounts30d", [1], [-50, 2_000]),
        ], null));

    static readonly RiskFacts Fresh = Ordinary with
    {
        Account = Ordinary.Account with { AgeSeconds = 600, Purchases = new(2, 2, 2, 2) },
    };

    static Rulebook With(string? model, Rulebook? book = null)
    {
        var (edition, rules) = (book ?? Book, (book ?? Book).Of<RiskRules>());
        return edition with { Sections = edition.Sections.Replace(rules, rules with { Model = model }) };
    }

    static RuleEngine Engine(Rulebook? book = null, Action<RuleAlert>? alert = null, RiskModel? shelved = null)
    {
        var models = new ModelShelf();
        models.Put(shelved ?? Model);
        return new(book ?? With(Model.Version), alert ?? (a => Assert.Fail($"{a}")), models);
    }

    [Fact]
    public void Its_score_is_recorded_with_its_version_and_what_weighed_most()
    {
        var score = Engine().Judge(Fresh).Model!;
        Assert.Equal(Model.Version, score.Model);
        Assert.Equal((int)Math.Round(10_000 / (1 + Math.Exp(-2.45))), score.Score);
        Assert.Equal(
            [new(new("account.ageSeconds", 600), 4_000), new ModelPart(new("account.purchases24h", 2), 1_500)],
            score.Parts);
    }

    [Theory]
    [InlineData(3_600, 4_000)]
    [InlineData(3_601, 500)]
    [InlineData(86_400, 500)]
    [InlineData(86_401, -200)]
    [InlineData(long.MaxValue, -200)]
    [InlineData(-1, 4_000)]
    public void A_step_holds_up_to_its_highest_value(long value, int weight) =>
        Assert.Equal(weight, Model.Features[0].WeightOf(value));

    [Fact]
    public void A_rule_that_asks_for_it_applies_and_rests_on_what_weighed_against_the_buyer()
    {
        var screened = Screening.Of(Engine().Judge(Fresh), Rules);
        var told = Assert.Single(screened.Contributions);
        Assert.Equal("the-model-suspects", told.Code);
        Assert.Equal(["model.score", "account.ageSeconds", "account.purchases24h"], told.Facts.Select(f => f.Name));
        Assert.Equal((RiskOutcome.Verify, Model.Version), (screened.Outcome, screened.Model));
    }

    [Fact]
    public void The_statement_names_the_model_and_withholds_what_would_teach_frauds()
    {
        var why = Screening.Why(Screening.Of(Engine().Judge(Fresh), Rules), 1, Rules, "checkout.screened", Noon)!;
        Assert.Equal(new DecidedBy.Automated("risk", Model.Version), why.By);
        Value Seen(string name, Party by) => why.Facts.Single(f => f.Name == name).For(by).Value;
        Assert.Equal(new Value.Withheld(), Seen("model.score", Party.Buyer));
        Assert.Equal(new Value.Withheld(), Seen("account.ageSeconds", Party.Buyer));
        Assert.Equal(new Value.Count(600), Seen("account.ageSeconds", Party.Agent));
        Assert.Equal(new Value.Count(2), Seen("account.purchases24h", Party.Buyer));
    }

    [Fact]
    public void A_statement_on_which_no_model_had_a_part_names_none()
    {
        var burst = Ordinary with { Account = Ordinary.Account with { Cards = new(4, 4, 4, 4) } };
        var why = Screening.Why(Screening.Of(Engine().Judge(burst), Rules), 1, Rules, "checkout.screened", Noon)!;
        Assert.Equal(new DecidedBy.Automated("risk"), why.By);
    }

    [Fact]
    public void By_itself_it_never_does_more_than_ask()
    {
        var sure = ModelFile.Named(Model with { Bias = 100_000 });
        var judged = Engine(With(sure.Version), shelved: sure).Judge(Fresh);
        Assert.Equal(10_000, judged.Model!.Score);
        Assert.Equal(RiskOutcome.Verify, Screening.Of(judged, Rules).Outcome);
    }

    [Fact]
    public void A_clean_history_speaks_against_it() => Assert.Equal(RiskOutcome.Accept, Screening.Of(
        Engine().Judge(Fresh with { Account = Fresh.Account with { HonestOrders = 2 } }), Rules).Outcome);

    [Fact]
    public void A_crowded_ip_address_changes_no_score() => Assert.Equal(
        Engine().Judge(Fresh).Model!.Score, Engine().Judge(Fresh with { Ip = Accounts(90, 90, 90, 90) }).Model!.Score);

    [Fact]
    public void Without_a_model_all_is_as_the_rules_have_it()
    {
        var judged = Engine(Book).Judge(Fresh);
        Assert.Null(judged.Model);
        Assert.Empty(judged.Rules.Skipped);
        Assert.Equal(RiskOutcome.Accept, Screening.Of(judged, Rules).Outcome);
    }

    [Fact]
    public void One_that_is_not_here_is_left_out_counted_and_told_and_stands_in_nobodys_way()
    {
        List<RuleAlert> alerts = [];
        var engine = Engine(With("0123456789abcdef"), alerts.Add);
        for (var i = 0; i < 10; i++)
            Assert.Equal(RiskOutcome.Accept, Screening.Of(engine.Judge(Fresh), Rules).Outcome);
        Assert.Equal([RuleEngine.OfModel], engine.Judge(Fresh).Rules.Skipped);
        Assert.Equal([1L, 10L], alerts.Select(a => a.Times));
        Assert.All(alerts, a => Assert.Equal((RuleEngine.OfModel, RuleTrouble.NoModel), (a.Rule, a.Fault)));
        Assert.Equal(11, engine.Failures[RuleEngine.OfModel]);
    }

    [Fact]
    public void A_draft_is_tried_with_what_was_recorded_though_the_model_is_gone()
    {
        var recorded = Engine().Judge(Fresh);
        var draft = Published(WithRule("model.score >= 9000", "model.score=9000", "model.score=1", alone: true));
        var tried = new RuleEngine(With(Model.Version, draft), a => Assert.Fail($"{a}")).Judge(recorded);
        Assert.Equal(recorded.Model, tried.Model);
        Assert.Equal("of-ours", Assert.Single(tried.Rules.Fired).Rule);
        Assert.Null(new RuleEngine(draft, a => Assert.Fail($"{a}")).Judge(recorded).Model);
    }

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        var (again, problem) = ModelFile.Read(ModelFile.Write(Model));
        Assert.Null(problem);
        Assert.Equal(Model.Version, again!.Version);
        Assert.Equal(ModelFile.Write(Model), ModelFile.Write(again));
        Assert.Equal(Model.ScoreOf(RiskInput.ValuesOf(Fresh)).Score, again.ScoreOf(RiskInput.ValuesOf(Fresh)).Score);
    }

    [Theory]
    [InlineData("4000", "4001", "Was changed")]
    [InlineData("\"account.purchases24h\"", "\"ip.accounts24h\"", "no fact that models may look at")]
    [InlineData("\"account.purchases24h\"", "\"model.score\"", "no fact that models may look at")]
    [InlineData("\"account.purchases24h\"", "\"buyer.shoeSize\"", "no fact that models may look at")]
    [InlineData("\"account.purchases24h\"", "\"account.ageSeconds\"", "twice")]
    [InlineData("86400", "3600", "don't ascend")]
    [InlineData("\"bias\": -3000", "\"bias\": 200000", "beyond")]
    [InlineData("\"upTo\"", "\"until\"", "Is no model")]
    [InlineData("\"features\"", "\"parts\"", "Is no model")]
    [InlineData("{", "", "Is no model")]
    public void What_is_broken_is_refused_with_what_is_wrong(string was, string becomes, string problem)
    {
        var text = Encoding.UTF8.GetString(ModelFile.Write(Model));
        var place = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(place >= 0);
        var read = ModelFile.Read(Encoding.UTF8.GetBytes(text.Remove(place, was.Length).Insert(place, becomes)));
        Assert.Null(read.Model);
        Assert.Contains(problem, read.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_or_far_too_large_is_refused_and_never_a_crash()
    {
        var whole = ModelFile.Write(Model);
        for (var length = 0; length < whole.Length; length += 7)
            Assert.Null(ModelFile.Read(whole.AsSpan(0, length)).Model);
        Assert.Contains("larger", ModelFile.Read(new byte[ModelFile.Largest + 1]).Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_keeps_models_and_tells_what_it_cannot_use()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            new ModelShelf(folder).Put(Model);
            File.WriteAllText(Path.Combine(folder, "notes.json"), "{}");
            var again = new ModelShelf(folder);
            Assert.Equal(Model.Version, Assert.Single(again.Models).Version);
            Assert.NotNull(again.Find(Model.Version));
            Assert.Equal("notes.json", Assert.Single(again.Broken).File);
            Assert.Empty(new ModelShelf(Path.Combine(folder, "nowhere")).Models);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_edition_that_names_a_model_which_is_not_here_is_refused_with_its_line()
    {
        var text = RulebookFile.ShippedText().Replace(
            "\nrisk:\n", $"\nrisk:\n  model: {Model.Version}\n", StringComparison.Ordinal);
        var models = new ModelShelf();
        var fault = Assert.Single(RulebookFile.Read(2, Noon, text, models).Faults);
        Assert.Equal("risk.model", fault.Path);
        Assert.Equal($"  model: {Model.Version}", text.Split('\n')[fault.Line - 1]);
        models.Put(Model);
        Assert.Equal(Model.Version, RulebookFile.Read(2, Noon, text, models).Rulebook!.Of<RiskRules>().Model);
        Assert.Contains("16 digits", Assert.Single(RulebookFile.Read(
            2, Noon, text.Replace(Model.Version, "the-best", StringComparison.Ordinal)).Faults).Problem,
            StringComparison.Ordinal);
    }
}
