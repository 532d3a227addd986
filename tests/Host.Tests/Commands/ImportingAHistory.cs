using System.Text.Json.Nodes;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>From outside: files in, a store that explains itself out.</summary>
public sealed class ImportingAHistory : IDisposable
{
    readonly Folder _folder = new();

    string Data => _folder.In("data");

    [Fact]
    public async Task Said_twice_changes_nothing_and_every_order_can_be_asked_why()
    {
        var history = MadeUpHistory.Write(_folder);
        var first = await BuiltProgram.Run("import", "olist", history, "--data", Data, "--json");
        first.Code.ShouldBe(0, first.Errors);
        first.Json["addsUp"]!.GetValue<bool>().ShouldBeTrue();
        first.Json["orders"]!.GetValue<int>().ShouldBe(20);
        first.Json["ordersHere"]!.GetValue<int>().ShouldBe(21);
        first.Json["strays"]!.GetValue<int>().ShouldBe(1);
        first.Json["recorded"]!.GetValue<long>().ShouldBe(first.Json["steps"]!.GetValue<long>());

        var second = await BuiltProgram.Run("import", "olist", history, "--data", Data, "--json");
        second.Json["recorded"]!.GetValue<long>().ShouldBe(0);
        Told(second).ShouldBe(Told(first));

        var orders = await BuiltProgram.Run("orders", "--data", Data, "--json", "--seller", "s1");
        orders.Json["orders"]!.AsArray().Count.ShouldBe(19);
        (await Why("o2", "en")).ShouldContain("cancelled");
        (await Why("o2", "pt-BR")).ShouldContain("cancelado");
        (await Why("o4", "en")).ShouldContain("It was delivered");
        (await BuiltProgram.Run("reasons", "export", "--data", Data)).Json["statements"]!.AsArray()
            .ShouldBeEmpty("what another system decided is no decision of ours");
        var ends = first.Json["earlyEndsByInference"]!.AsObject();
        (ends.Sum(e => e.Value!.GetValue<int>()) + first.Json["earlyEndsSilent"]!.GetValue<int>()).ShouldBe(
            first.Json["ordersByEndState"]!.AsObject().Where(e => e.Key is "canceled" or "unavailable")
                .Sum(e => e.Value!.GetValue<int>()));
        var inferred = (await BuiltProgram.Run("reasons", "export", "--inferred", "--data", Data)).Json["inferred"]!
            .AsArray();
        inferred.ShouldNotBeEmpty();
        inferred.ShouldAllBe(r => !r!["decided"]!.GetValue<bool>());
        var (code, order) = ($"{inferred[0]!["code"]}", $"{inferred[0]!["order"]}");
        (await Why(order, "en")).ShouldContain("Inferred: most probably");
        (await Why(order, "fr")).ShouldContain("Déduit");
        var listed = await BuiltProgram.Run("orders", "--inferred", code, "--data", Data, "--json");
        listed.Json["orders"]!.AsArray().Select(o => $"{o!["id"]}").ShouldContain(order);
        var ledger = await BuiltProgram.Run("ledger", "--data", Data, "--json");
        ledger.Json["sums"]!.AsArray().Single()!["minor"]!.GetValue<long>().ShouldBe(0);
        var one = await BuiltProgram.Run("ledger", "--data", Data, "--json", "--order", "order/s1/o4");
        one.Json["movements"]!.AsArray().Count.ShouldBe(2);
        var verified = await BuiltProgram.Run("verify", "--data", Data, "--json");
        verified.Code.ShouldBe(0, verified.Output);
    }

    async Task<string> Why(string order, string language) =>
        (await BuiltProgram.Run("why", order, "--data", Data, "--lang", language)).Output;

    [Fact]
    public async Task Killed_midway_and_asked_again_ends_the_same()
    {
        var history = MadeUpHistory.Write(_folder, orders: 2_000);
        var whole = await BuiltProgram.Run("import", "olist", history, "--data", _folder.In("whole"), "--json");
        whole.Code.ShouldBe(0, whole.Errors);
        for (var kilobytes = 200; kilobytes <= 2_000; kilobytes += 900)
        {
            using var import = BuiltProgram.Launch(["import", "olist", history, "--data", Data, "--json"]);
            while (!import.HasExited && Written() < kilobytes * 1024) await Task.Delay(2);
            import.Kill();
            await import.WaitForExitAsync();
        }
        var rest = await BuiltProgram.Run("import", "olist", history, "--data", Data, "--json");
        rest.Code.ShouldBe(0, rest.Errors);
        rest.Json["recorded"]!.GetValue<long>().ShouldBeLessThan(rest.Json["steps"]!.GetValue<long>());
        Told(rest).ShouldBe(Told(whole));
        foreach (var what in (string[][])[["orders", "--limit", "5000"], ["ledger", "--account", "import"]])
        {
            var (has, should) = (await BuiltProgram.Run([.. what, "--json", "--data", Data]),
                await BuiltProgram.Run([.. what, "--json", "--data", _folder.In("whole")]));
            (has.Code, should.Code).ShouldBe((0, 0), has.Errors + should.Errors);
            has.Output.ShouldBe(should.Output);
        }
        (await BuiltProgram.Run("verify", "--data", Data)).Code.ShouldBe(0);
    }

    long Written() => new[] { "journal.db", "journal.db-wal" }
        .Select(n => new FileInfo(Path.Combine(Data, n))).Where(f => f.Exists).Sum(f => f.Length);

    /// <summary>The result without what this run added.</summary>
    static string Told(Ended import)
    {
        var result = (JsonObject)import.Json;
        result.Remove("recorded");
        return result.ToJsonString();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
