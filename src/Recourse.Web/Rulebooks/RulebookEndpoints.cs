using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Risk;
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
        rulebook.MapGet("/editions/{version:int}/values", Values).For(Access.AnyKey & ~Party.Carrier)
            .WithName("listRuleValues")
            .WithSummary("One edition value by value, with since when each is so, and what of it concerns you as "
                + "sentences in your language.");
        rulebook.MapPost("/editions/check", Check).For(Party.Operator).WithName("checkEdition")
            .WithSummary("What publishing a text would change, or every fault of it; nothing is recorded.");
        rulebook.MapPost("/editions", Publish).For(Party.Operator).WithName("publishEdition")
            .WithSummary("Publish an edition; every fault is told with its line.").Produces<RulebookBody>(201);
    }

    /// <summary>The edition that is in force.</summary>
    public static Rulebook Current(IPlatform platform) => platform.InForce;

    static Task<Answer<RulebookBody>> InForce(Caller caller, IPlatform platform) =>
        Get(Current(platform).Version, caller, platform);

    static Answer<EditionsBody> Editions(Caller caller, IPlatform platform) => new EditionsBody(
        [.. platform.Rulebooks.Select(b => new EditionItem(b.Version, b.From, b == Current(platform)))]);

    static async Task<Answer<RulebookBody>> Get(int version, Caller caller, IPlatform platform) =>
        (await Texts(caller, platform)).FirstOrDefault(e => e.Book.Version == version) is { Book: { } book } edition
            ? Of(book, edition.Text, book == Current(platform)) : Problems.NotFound;

    /// <summary>Every edition with its text as the caller may read it, the oldest first.</summary>
    public static async Task<ImmutableArray<(Rulebook Book, string Text)>> Texts(Caller caller, IPlatform platform)
    {
        var seen = await platform.Read(new RulebookId(), caller.Who, caller.Cancel);
        var published = (seen?.State as RulebookLog.State)?.Editions ?? [];
        return
        [
            .. platform.Rulebooks.Select(b => (b, Readable(
                published.FirstOrDefault(e => e.Version == b.Version)?.Text
                ?? Web.Editions.FirstText(caller.Http.RequestServices.GetRequiredService<Store>())))),
        ];

        string Readable(string text) => caller.IsStaff ? text : RulebookFile.ForEverybody(text);
    }

    /// <summary>One edition, value by value.</summary>
    public static async Task<Answer<RuleValuesBody>> Values(int version, Caller caller, IPlatform platform) =>
        RuleValues.Of(version, await Texts(caller, platform), Current(platform)) is { } body
            ? RuleWords.With(body, caller) : Problems.NotFound;

    static async Task<Answer<EditionCheckBody>> Check(
        WriteOf<EditionRequest> write, IPlatform platform, ModelShelf models) =>
        await CheckOf(write.Body.Text, write.Body.From, write.By, platform, models);

    /// <summary>The decider is asked, and nothing is recorded.</summary>
    public static async Task<EditionCheckBody> CheckOf(
        string text, Instant from, Caller caller, IPlatform platform, ModelShelf models)
    {
        var (read, faults) = RulebookFile.Read(platform.Rulebooks[^1].Version + 1, from, text, models);
        var seen = await platform.Read(new RulebookId(), caller.Who, caller.Cancel);
        var decision = RulebookLog.Kind.Decide(
            new RulebookId(), seen?.State, new RulebookLog.Command.Publish(text, from),
            new(caller.Who, platform.Now, platform.Rulebooks));
        ImmutableArray<Refusal> no = [.. faults.Select(Of), .. decision.Refusals.IsDefault ? [] : decision.Refusals];
        return new(
            [.. no.Select(r => Words.Of(r, caller.Texts))],
            read is null ? []
                : RuleWords.With(RuleValues.Changes((await Texts(caller, platform))[^1].Text, text), caller));
    }

    static Refusal Of(RuleFault f) => new(
        "rulebook.fault", Mend, ("line", f.Line), ("path", f.Path), ("problem", f.Problem)) { Field = "text" };

    static Task<Answer<RulebookBody>> Publish(
        WriteOf<EditionRequest> write, IPlatform platform, ModelShelf models) =>
        Published(write, write.Body.Text, write.Body.From, platform, models);

    /// <summary>A new edition, or every fault of it with its line.</summary>
    public static async Task<Answer<RulebookBody>> Published(
        Write write, string text, Instant from, IPlatform platform, ModelShelf models)
    {
        var (read, faults) = RulebookFile.Read(platform.Rulebooks[^1].Version + 1, from, text, models);
        if (read is null) return new Problem(422, [.. faults.Select(Of)]);
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
