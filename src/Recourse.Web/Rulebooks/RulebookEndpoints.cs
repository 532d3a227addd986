using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Recourse.Adapters.Rulebooks;
using Recourse.Rulebooks;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An edition of the rulebook.</summary>
/// <param name="From">When it takes effect (UTC).</param>
/// <param name="InForce">New things are decided by it now.</param>
/// <param name="Text">The YAML.</param>
/// <param name="Sections">The same as a tree.</param>
public sealed record RulebookBody(int Version, Instant From, bool InForce, string Text, JsonNode Sections);

/// <summary>The editions that there are.</summary>
public sealed record EditionsBody(ImmutableArray<EditionItem> Editions);

/// <summary>One of the editions.</summary>
public sealed record EditionItem(int Version, Instant From, bool InForce);

/// <summary>A new edition.</summary>
/// <param name="Text">The YAML, whole.</param>
/// <param name="From">When it takes effect (UTC), at least 60 seconds ahead.</param>
public sealed record EditionRequest(string Text, Instant From);

/// <summary>The rules that everybody is judged by.</summary>
static class RulebookEndpoints
{
    static readonly Remedy Mend = new("rulebook.mend");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var rulebook = v1.MapGroup("/rulebook").WithTags("Rulebook");
        rulebook.MapGet("", InForce).For(Access.AnyKey & ~Party.Carrier).WithName("getRulebook")
            .WithSummary("The edition in force.");
        rulebook.MapGet("/editions", Editions).For(Access.AnyKey & ~Party.Carrier).WithName("listEditions")
            .WithSummary("Every edition, the oldest first.");
        rulebook.MapGet("/editions/{version:int}", Get).For(Access.AnyKey & ~Party.Carrier).WithName("getEdition")
            .WithSummary("One edition.");
        rulebook.MapPost("/editions", Publish).For(Party.Operator).WithName("publishEdition")
            .WithSummary("Publish an edition; every fault is told with its line.");
    }

    static Rulebook Current(IPlatform platform) =>
        new Asked(new Actor.Clock(), platform.Now, platform.Rulebooks).InForce;

    static Task<Answer<RulebookBody>> InForce(Caller caller, IPlatform platform) =>
        Get(Current(platform).Version, caller, platform);

    static Answer<EditionsBody> Editions(Caller caller, IPlatform platform) => new EditionsBody(
        [.. platform.Rulebooks.Select(b => new EditionItem(b.Version, b.From, b == Current(platform)))]);

    static async Task<Answer<RulebookBody>> Get(int version, Caller caller, IPlatform platform)
    {
        if (platform.Rulebooks.FirstOrDefault(b => b.Version == version) is not { } book) return Problems.NotFound;
        var seen = await platform.Read(new RulebookId(), caller.Who, caller.Cancel);
        var text = (seen?.State as RulebookLog.State)?.Editions.FirstOrDefault(e => e.Version == version)?.Text
            ?? RulebookFile.ShippedText();
        return Of(book, text, book == Current(platform));
    }

    static async Task<Answer<RulebookBody>> Publish(WriteOf<EditionRequest> write, IPlatform platform)
    {
        var (text, from) = (write.Body.Text, write.Body.From);
        var (read, faults) = RulebookFile.Read(platform.Rulebooks[^1].Version + 1, from, text);
        if (read is null)
            return new Problem(422, [.. faults.Select(f => new Refusal(
                "rulebook.fault", Mend, ("line", f.Line), ("path", f.Path),
                    ("problem", f.Problem)) { Field = "text" })]);
        var outcome = await platform.Ask(
            write.To(new RulebookId(), new RulebookLog.Command.Publish(text, from)), write.By.Cancel);
        if (outcome is not Outcome.Done done) return Problems.Of(outcome);
        var edition = ((RulebookLog.State)done.State).Editions.Last(e => e.Text == text);
        return Answer<RulebookBody>.Of(
            Of(new(edition.Version, edition.From, []), edition.Text, inForce: false), done)
            .With(201, $"/v1/rulebook/editions/{edition.Version}");
    }

    static RulebookBody Of(Rulebook book, string text, bool inForce) =>
        new(book.Version, book.From, inForce, text, Tree(RulebookFile.Parse(text).Tree!)!);

    static JsonNode? Tree(RuleNode node) => node switch
    {
        RuleNode.Scalar n => JsonValue.Create(n.Text),
        RuleNode.List n   => new JsonArray([.. n.Items.Select(Tree)]),
        RuleNode.Map n    => new JsonObject(n.Entries.Select(e => KeyValuePair.Create(e.Name, Tree(e.Node)))),
    };
}
