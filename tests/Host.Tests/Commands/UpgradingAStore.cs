using System.Text.Json.Nodes;
using Recourse.Adapters.Rulebooks;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Web;
using Shouldly;
using Xunit;
namespace Recourse.Tests;

/// <summary>A later program with a store of an earlier one.</summary>
public sealed class UpgradingAStore : IDisposable
{
    readonly Folder _folder = new();

    string Data => _folder.In("data");

    static readonly Registry Registry = new(Modules.Kinds);

    [Fact, Trait("Capability", "POL-1"), Trait("Capability", "OPS-2")]
    public async Task Leaves_it_the_rulebook_that_its_orders_were_placed_under()
    {
        // As a program left it that shipped another fee.
        var then = RulebookFile.ShippedText().Replace("\n  fee: 8 %", "\n  fee: 9 %");
        then.ShouldNotBe(RulebookFile.ShippedText());
        using (var store = new Store(Data, Registry, Modules.Views)) store.Journal.Kept(Editions.FirstOf, then);

        using (var store = new Store(Data, Registry, Modules.Views))
        {
            Editions.FirstText(store).ShouldBe(then);
            Editions.Of(store).Single().Of<OrderRules>().Fee.Numerator.ShouldBe(90_000, "of a million");
        }
        await using var platform = await RunningProgram.Start(null, "run", "--data", Data, "--urls",
            "http://127.0.0.1:0");
        var key = (await BuiltProgram.Run("key", "--as", "operator:opal", "--data", Data)).Output.Trim();
        using var http = new HttpClient { BaseAddress = platform.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var told = JsonNode.Parse(await http.GetStringAsync("/v1/rulebook/editions/1",
            TestContext.Current.CancellationToken))!;
        told["text"]!.ToString().ShouldBe(then);
    }

    [Fact, Trait("Capability", "POL-1")]
    public void Keeps_with_a_new_store_what_it_ships()
    {
        using (var store = new Store(Data, Registry, Modules.Views)) Editions.Of(store);
        using var again = new Store(Data, Registry, Modules.Views);
        again.Journal.Kept(Editions.FirstOf, "another").ShouldBe(RulebookFile.ShippedText());
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
