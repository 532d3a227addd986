using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Recourse.Adapters.Risk;
using Recourse.Web;
using Xunit;
namespace Recourse.Tests;

/// <summary>A learned model comes to the platform as a file, decides once an edition names it, and may go missing.
/// </summary>
[Trait("Capability", "RSK-1")]
public sealed class KeepingLearnedModels : IAsyncLifetime
{
    readonly Market _market = new();

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => _market.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _market.DisposeAsync();


    /// <summary>Holds whoever buys at all for a fraud.</summary>
    static readonly RiskModel Strict = ModelFile.Named(new(
        new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0), 900, 90, "by hand", 1), -1_000,
        [new("account.purchases24h", [0], [0, 4_000]), new("device.accounts30d", [1], [-50, 2_000])],
        new(Instant.FromUtc(2026, 1, 20, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0), 7_654,
            [new(0, 90, 5), new(5_000, 1, 4)])));

    static readonly string Text = Encoding.UTF8.GetString(ModelFile.Write(Strict));

    Someone Operator => _market.As(Party.Operator, "it");
    Someone Agent => _market.As(Party.Agent, "gil");

    async Task<Reply> Publish(string model)
    {
        var shipped = (await Operator.Get("/v1/rulebook/editions/1")).Json["text"]!.ToString();
        var from = _market.Clock.Now + Duration.FromMinutes(2);
        var reply = await Operator.Post("/v1/rulebook/editions", new
        {
            text = shipped.Replace("\nrisk:\n", $"\nrisk:\n  model: {model}\n", StringComparison.Ordinal),
            from = from.ToString(),
        });
        if (reply.Status is HttpStatusCode.Created) _market.Clock.PassUntil(from);
        return reply;
    }

    async Task<Reply> Buys()
    {
        var (ana, _) = await _market.Seller();
        return await _market.As(Party.Buyer, _market.Fresh("bea"))
            .Post("/v1/checkouts", Market.Basket(1, sellers: ana));
    }

    async Task<PageReply> Upload(Browser desk, string? text)
    {
        var form = await desk.Open(ModelPath);
        using var body = new MultipartFormDataContent();
        foreach (var field in (string[])[FormWrite.TokenField, FormWrite.KeyField])
            body.Add(new StringContent(form.Field(ModelPath, field)), field);
        if (text is not null)
        {
            var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            body.Add(content, "file", "model.json");
        }
        return await desk.Send(ModelPath, body);
    }

    const string ModelPath = "/control/models";

    [Fact]
    public async Task It_is_added_named_by_an_edition_seen_by_staff_and_outlives_a_restart_and_its_own_loss()
    {
        // Nothing that is broken is kept, and no edition can name what isn't there.
        var broken = await Operator.Post($"/v1{ModelPath}", new { text = Text.Replace("4000", "4001") });
        (broken.Status, broken.Code).ShouldBe((HttpStatusCode.UnprocessableEntity, "risk.unusable-model"));
        broken.Json["field"]!.ToString().ShouldBe("text");
        (await Publish(Strict.Version)).Text.ShouldContain($"There is no learned model {Strict.Version} here");
        (await Operator.Get($"/v1{ModelPath}")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await Agent.Get($"/v1{ModelPath}")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var added = await Operator.Post($"/v1{ModelPath}", new { text = Text });
        added.Status.ShouldBe(HttpStatusCode.OK, added.Text);
        added.Json["version"]!.ToString().ShouldBe(Strict.Version);
        var before = await Buys();
        (await Agent.Get(before.Headers.Location!.ToString())).Json["screening"]!["model"].ShouldBeNull();

        (await Publish(Strict.Version)).Status.ShouldBe(HttpStatusCode.Created);
        await IsAskedFor(await Buys());
        await _market.Restart();
        await IsAskedFor(await Buys());

        // Gone: rules go on without it, and operators are told.
        File.Delete(Path.Combine(_market.Folder, ModelShelf.FolderName, $"{Strict.Version}.json"));
        await _market.Restart();
        var alone = await Buys();
        alone.Status.ShouldBe(HttpStatusCode.Created, alone.Text);
        var screening = (await Agent.Get(alone.Headers.Location!.ToString())).Json["screening"]!;
        (screening["outcome"]!.ToString(), screening["skipped"]!.AsArray().Single()!.ToString())
            .ShouldBe(("accept", RuleEngine.OfModel));
        var failing = (await Operator.Get("/v1/control/rules")).Json["items"]!.AsArray().Single()!;
        failing["text"]!.ToString().ShouldStartWith("The edition names a learned model that is not here.");
        failing["href"]!.ToString().ShouldBe("/rulebook?version=2#risk.model");
        using var desk = await _market.Browse(Party.Operator, "it");
        (await desk.Open(ModelPath)).Text.ShouldContain($"names model {Strict.Version}, which is not here");
    }

    async Task IsAskedFor(Reply checkout)
    {
        var path = checkout.Headers.Location!.ToString();
        var seen = (await Agent.Get(path)).Json;
        seen["why"]!["model"]!.ToString().ShouldBe(Strict.Version);
        var screening = seen["screening"]!;
        screening["outcome"]!.ToString().ShouldBe("verify");
        var model = screening["model"]!;
        (model["version"]!.ToString(), model["score"]!.GetValue<int>()).ShouldBe((Strict.Version, 9_503));
        var part = model["parts"]!.AsArray().Single()!;
        (part["fact"]!["name"]!.ToString(), part["weight"]!.GetValue<int>()).ShouldBe(("account.purchases24h", 4_000));
    }

    [Fact]
    public async Task A_page_takes_the_file_and_tells_what_it_was_learned_from_and_how_it_was_measured()
    {
        using var desk = await _market.Browse(Party.Operator, "it");
        (await Upload(desk, null)).Text.ShouldContain("No file was chosen.");
        (await Upload(desk, "{}")).Text.ShouldContain("The file is no model that can be used.");
        var page = await desk.Follow(await Upload(desk, Text));
        page.Text.ShouldContain($"Model {Strict.Version} is here.");
        page.Text.ShouldContain("In 76.5 % of pairs the fraud has the higher score.");
        page.Text.ShouldContain("Your purchases in a day");
        (await desk.Open("/rulebook")).Html.ShouldContain($"href=\"{ModelPath}\"");
    }
}
