using System.Net;
using System.Text.Json.Nodes;
using Xunit;
namespace Recourse.Tests;

/// <summary>The API's description, and the page to read it on.</summary>
public sealed class TheDescription(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Is_valid_and_the_stored_copy_is_current()
    {
        var reply = await market.Stranger().Get("/openapi/v1.json");
        reply.Status.ShouldBe(HttpStatusCode.OK);
        var text = reply.Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(text, "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        var stored = Path.Combine(Root(), "docs", "generated", "openapi.json");
        if (Environment.GetEnvironmentVariable("RECOURSE_REGENERATE") is "1")
            await File.WriteAllTextAsync(stored, text);
        (await File.ReadAllTextAsync(stored) == text).ShouldBeTrue("run the tests with RECOURSE_REGENERATE=1");
    }

    [Fact]
    public async Task Tells_of_every_call_its_name_its_words_and_who_may_call()
    {
        var paths = (await market.Stranger().Get("/openapi/v1.json")).Json["paths"]!.AsObject();
        var calls = paths.SelectMany(p => p.Value!.AsObject(), (p, c) => (Path: $"{c.Key} {p.Key}", Call: c.Value!))
            .ToList();
        calls.Count.ShouldBeGreaterThan(35);
        foreach (var (path, call) in calls)
        {
            call["operationId"].ShouldNotBeNull(path);
            call["summary"].ShouldNotBeNull(path);
            call["description"].ShouldNotBeNull(path);
            call["responses"]!["200"].ShouldNotBeNull(path);
        }
    }

    [Fact]
    public async Task Can_be_read_without_asking_anybody_else()
    {
        var page = await market.Stranger().Get("/docs/");
        if (page.Status is HttpStatusCode.Redirect or HttpStatusCode.PermanentRedirect)
            page = await market.Stranger().Get(page.Headers.Location!.ToString());
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldNotContain("https://cdn");
        page.Text.ShouldNotContain("//fonts.");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        foreach (var file in (string[])["scalar.js", "scalar.aspnetcore.js"])
            (await market.Stranger().Get($"/docs/{file}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
