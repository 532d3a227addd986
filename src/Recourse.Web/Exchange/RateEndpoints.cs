using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime.Text;
using Recourse.Adapters.Gathering;
using Recourse.Adapters.Rates;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A file of exchange rates as its source publishes it.</summary>
/// <param name="Text">Its contents: XML or CSV of <c>ecb</c>, JSON of <c>nbp</c>; of several days the newest counts.
/// </param>
public sealed record RateFileRequest(string Text);

/// <summary>What a source of exchange rates said last.</summary>
/// <param name="Date">The day that the rates are of, as <c>2026-11-25</c>.</param>
/// <param name="GoodUntil">From then on they are stale (UTC): no price is made of them.</param>
/// <param name="Rates">So many of the second currency for one of the first.</param>
public sealed record RatesBody(
    string Source, string Date, Instant GoodUntil, bool IsStale, ImmutableArray<RateBody> Rates);

/// <summary>A rate, exactly: the numerator over the denominator.</summary>
public sealed record RateBody(string From, string To, long Numerator, long Denominator);

/// <summary>All sources that the rulebook knows and that have said something.</summary>
public sealed record RateSourcesBody(ImmutableArray<RatesBody> Sources);

/// <summary>Exchange rates: operators bring them, everybody may read them.</summary>
static class RateEndpoints
{
    static readonly Remedy Mend = new("rates.mend-file");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var rates = v1.MapGroup("/rates").WithTags("Rates");
        rates.MapGet("", List).ForAlsoStrangers(Access.AnyKey).WithName("listRates")
            .WithSummary("The newest exchange rates of each source, and until when they are good.");
        rates.MapPost("/{source}", Import).For(Party.Operator).WithName("importRates")
            .WithSummary("Bring a source's file of rates; prices that follow them move by it.");
    }

    static async Task<Answer<RateSourcesBody>> List(Caller caller, IPlatform platform) =>
        new RateSourcesBody(
        [.. (await RateBook.States(platform, caller.Cancel)).Select(s => Of(s, platform.Now))]);

    static Task<Answer<RatesBody>> Import(
        string source, WriteOf<RateFileRequest> write, IPlatform platform, RateFollower follower) =>
        Take(source, write, write.Body.Text, platform, follower);

    /// <summary>Takes a file; what follows the rates is looked at right after.</summary>
    public static async Task<Answer<RatesBody>> Take(
        string source, Write write, string text, IPlatform platform, RateFollower follower)
    {
        if (!RateSourceId.TryParse($"rates/{source}", out var id)) return Problems.NotFound;
        var (sheet, fault) = RateFiles.Read(Encoding.UTF8.GetBytes(text), source);
        if (sheet is null)
            return new Problem(422,
                new Refusal("rates.bad-file", Mend, ("problem", fault!.Problem)) { Field = "text" });
        var outcome = await platform.Ask(write.To(id, new RateSource.Command.Take(sheet)), write.By.Cancel);
        if (outcome is not Outcome.Done { State: RateSource.State state } done) return Problems.Of(outcome);
        follower.Look();
        return Answer<RatesBody>.Of(Of(state, platform.Now), done);
    }

    static RatesBody Of(RateSource.State s, Instant now) => new(
        s.Sheet.Source, LocalDatePattern.Iso.Format(s.Sheet.Date), s.Due, s.Due <= now,
        [.. s.Sheet.Rates.Select(r => new RateBody(r.From.Code, r.To.Code, r.Per.Numerator, r.Per.Denominator))]);
}
