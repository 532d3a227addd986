using System.Text.Json.Nodes;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>From outside: labelled purchases in, what screening would have made of them out.</summary>
[Trait("Capability", "RSK-1")]
public sealed class ReplayingPurchases : IDisposable
{
    const string History = """
        user_id,signup_time,purchase_time,purchase_value,device_id,source,browser,sex,age,class
        1,12/1/14 9:00,1/3/15 10:00,40,HOME1,SEO,Chrome,F,31,0
        2,1/5/15 3:00,1/5/15 3:00,14,FARM,Ads,Chrome,M,22,1
        3,1/5/15 3:00,1/5/15 3:01,14,FARM,Ads,Chrome,M,22,1
        4,never,1/5/15 3:01,14,FARM,Ads,Chrome,M,22,1
        5,12/1/14 9:00,2/3/15 10:00,40,HOME5,SEO,Chrome,F,31,1

        """;

    readonly Folder _folder = new();

    string Written(string name, string text)
    {
        File.WriteAllText(_folder.In(name), text);
        return Path.GetDirectoryName(_folder.In(name))!;
    }

    [Fact]
    public async Task Tells_shares_in_total_and_by_month_and_each_bad_row()
    {
        var ended = await BuiltProgram.Run("risk", "replay", Written("purchases.csv", History), "--json");
        ended.Code.ShouldBe(0, ended.Errors);
        Share(ended.Json["total"]!, "fraudStoppedShare").ShouldBe(0.666667);
        Share(ended.Json["total"]!, "honestTroubledShare").ShouldBe(0);
        var months = ended.Json["months"]!.AsArray();
        months.Select(m => $"{m!["month"]} {Share(m, "fraudStoppedShare")} {Share(m, "honestTroubledShare")}")
            .ShouldBe(["2015-01 1 0", "2015-02 0 0"]);
        var bad = ended.Json["badRows"]!.AsArray().ShouldHaveSingleItem()!;
        ($"{bad["file"]}", $"{bad["line"]}").ShouldBe(("purchases.csv", "5"));

        static double Share(JsonNode of, string name) => of[name]!.GetValue<double>();
    }

    [Fact]
    public async Task Is_a_table_for_people()
    {
        var ended = await BuiltProgram.Run("risk", "replay", Written("purchases.csv", History));
        ended.Code.ShouldBe(0, ended.Errors);
        foreach (var part in (string[])["2015-01", "total", "66.67 %", "bought-as-it-signed-up", "purchases.csv:5"])
            ended.Output.ShouldContain(part);
    }

    [Fact]
    public async Task Needs_a_folder_with_such_purchases()
    {
        var none = await BuiltProgram.Run("risk", "replay", _folder.In("nowhere"));
        (none.Code, none.Errors[.."recourse: risk.no-folder".Length]).ShouldBe((2, "recourse: risk.no-folder"));
        var others = await BuiltProgram.Run("risk", "replay", Written("orders.csv", "order_id\n1\n"));
        (others.Code, others.Errors[.."recourse: risk.no-history".Length]).ShouldBe((2, "recourse: risk.no-history"));
    }

    [Fact]
    public async Task A_rulebook_with_a_rule_that_does_not_parse_is_refused_with_its_line()
    {
        var shipped = Adapters.Rulebooks.RulebookFile.ShippedText();
        var rules = _folder.In("draft.yaml");
        await File.WriteAllTextAsync(rules, shipped.Replace("device.accounts30d == 2", "device.accounts30d =="));
        var ended = await BuiltProgram.Run(
            "risk", "replay", Written("purchases.csv", History), "--rulebook", rules);
        ended.Code.ShouldBe(2);
        ended.Errors.ShouldContain("risk.rules.second-account-on-a-device.when: Doesn't parse");
    }

    [Fact, Trait("Capability", "RSK-3")]
    public async Task A_model_is_learned_from_one_of_two_sources_and_a_store_without_outcomes_says_what_it_has()
    {
        var (model, data) = (_folder.In("model.json"), _folder.In("data"));
        foreach (var args in (string[][])[["--out", model], [_folder.In("x"), "--data", data, "--out", model]])
        {
            var both = await BuiltProgram.Run(["risk", "train", .. args]);
            (both.Code, both.Errors[.."recourse: risk.one-source".Length]).ShouldBe((2, "recourse: risk.one-source"));
        }
        var none = await BuiltProgram.Run("risk", "train", "--data", data, "--out", model);
        none.Errors.ShouldContain("There is no store in");
        (await BuiltProgram.Run("key", "--as", "operator:me", "--data", data)).Code.ShouldBe(0);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
