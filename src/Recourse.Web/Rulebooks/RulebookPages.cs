using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Adapters.Risk;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The rules that everybody is judged by, value by value, and the desk where a new edition is made.</summary>
static class RulebookPages
{
    const string Draft = "/rulebook/draft";

    // What a browser's field for date and time sends: with or without seconds.
    static readonly ImmutableArray<LocalDateTimePattern> Typed =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss"),
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/rulebook", Show).AsPage(SignIn.People);
        pages.MapGet(Draft, New).AsPage(Party.Operator);
        pages.MapPost($"{Draft}/check", Check).AsPage(Party.Operator);
        pages.MapPost($"{Draft}/publication", Publish).AsPage(Party.Operator);
    }

    static async Task<IResult> Show(
        Caller caller, IPlatform platform, int? version, int? against, string? done)
    {
        var inForce = RulebookEndpoints.Current(platform).Version;
        var values = await RulebookEndpoints.Values(version ?? inForce, caller, platform);
        if (values.Body is not { } body) return values;
        var editions = await RulebookEndpoints.Texts(caller, platform);
        var other = editions.FirstOrDefault(e => e.Book.Version == against);
        return Pages.Show<RulebookPage>(Reader.Of(caller.Http), new()
        {
            ["Body"] = body, ["InForce"] = inForce, ["Done"] = done is "published",
            ["Editions"] = editions.Reverse().Select(e => new EditionItem(
                e.Book.Version, e.Book.From, e.Book.Version == inForce)).ToImmutableArray(),
            ["Against"] = other.Book is null ? null : against,
            ["Changes"] = other.Book is null ? ImmutableArray<RuleChangeBody>.Empty
                : RuleWords.With(RuleValues.Changes(
                    other.Text, editions.First(e => e.Book.Version == body.Version).Text), caller),
        });
    }

    static async Task<IResult> New(Caller caller, IPlatform platform) => Drafted(
        caller, (await RulebookEndpoints.Texts(caller, platform))[^1].Text,
        Text(platform.Now + Duration.FromMinutes(10)), null, null);

    static async Task<IResult> Check(FormWrite form, IPlatform platform, ModelShelf models)
    {
        var (text, typed) = (TextOf(form), form["from"]);
        if (InstantOf(typed) is not { } from) return Drafted(form.By, text, typed, null, NoInstant);
        var check = await RulebookEndpoints.CheckOf(text, from, form.By, platform, models);
        return Drafted(form.By, text, typed, check, null);
    }

    static async Task<IResult> Publish(FormWrite form, IPlatform platform, ModelShelf models)
    {
        var (text, typed) = (TextOf(form), form["from"]);
        if (InstantOf(typed) is not { } from) return Drafted(form.By, text, typed, null, NoInstant);
        var published = await RulebookEndpoints.Published(form, text, from, platform, models);
        return published.Body is { } body
            ? Results.LocalRedirect($"/rulebook?version={body.Version}&done=published")
            : Drafted(form.By, text, typed, null, published.Problem);
    }

    static Problem NoInstant => new(422, Problems.BadField("rulebook.bad-instant", "from"));

    /// <summary>A browser sends other ends of line than it was given, and the text is kept as it is.</summary>
    static string TextOf(FormWrite form) =>
        (form.Sent.GetValueOrDefault("text") ?? "").ReplaceLineEndings("\n").TrimEnd() + "\n";

    static Instant? InstantOf(string typed) => Typed.Select(p => p.Parse(typed)).Where(r => r.Success)
        .Select(r => (Instant?)r.Value.InUtc().ToInstant()).FirstOrDefault();

    static string Text(Instant at) => Typed[0].Format(at.InUtc().LocalDateTime);

    static IResult Drafted(
        Caller caller, string text, string from, EditionCheckBody? check, Problem? refused)
    {
        var reader = Reader.Of(caller.Http);
        return Pages.Show<DraftPage>(reader, new()
        {
            ["Text"] = text, ["From"] = from, ["Check"] = check,
            ["Refused"] = refused is null ? null : Problems.Body(refused, reader.Texts, caller.Http),
        }, refused?.Status ?? (check is { Faults.IsEmpty: false } ? 422 : 200));
    }
}
