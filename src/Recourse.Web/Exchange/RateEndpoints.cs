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
/// <param name="Held">What waits for a person, since it moved further than rates do; left out: nothing does.</param>
public sealed record RatesBody(
    string Source, string Date, Instant GoodUntil, bool IsStale, ImmutableArray<RateBody> Rates,
    HeldRatesBody? Held = null);

/// <summary>Rates that nobody uses until somebody says that they are right.</summary>
/// <param name="Date">The day that they are of, as <c>2026-11-25</c>.</param>
/// <param name="Until">Then they are dropped (UTC).</param>
/// <param name="Moves">What moved so far.</param>
public sealed record HeldRatesBody(
    string Date, Instant Until, ImmutableArray<RateBody> Rates, ImmutableArray<RateMoveBody> Moves);

/// <summary>A rate that moved further than rates do.</summary>
public sealed record RateMoveBody(RateBody Was, RateBody Now);

/// <summary>What somebody says of rates that wait.</summary>
/// <param name="Date">The day that those are of that they saw, as <c>2026-11-25</c>.</param>
public sealed record HeldRatesRequest(string Date);

/// <summary>A rate, exactly: the numerator over the denominator.</summary>
public sealed record RateBody(string From, string To, long Numerator, long Denominator);

/// <summary>All sources that the rulebook knows and that have said something.</summary>
public sealed record RateSourcesBody(ImmutableArray<RatesBody> Sources);

/// <summary>Exchange rates: operators bring them, everybody may read them.</summary>
static class RateEndpoints
{
    static readonly Remedy Mend = new("rates.mend-file"), SayDay = new("rates.say-day");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var rates = v1.MapGroup("/rates").WithTags("Rates");
        rates.MapGet("", List).ForAlsoStrangers(Access.AnyKey).WithName("listRates")
            .WithSummary("The newest exchange rates of each source, and until when they are good.");
        rates.MapPost("/{source}", Import).For(Party.Operator).WithName("importRates")
            .WithSummary("Bring a source's file of rates; prices that follow them move by it.");
        rates.MapPost("/{source}/confirmation", (
                    string source, WriteOf<HeldRatesRequest> write, IPlatform platform, RateFollower follower) =>
                Say(source, write, write.Body.Date, day => new RateSource.Command.Confirm(day), platform, follower))
            .For(Party.Operator).WithName("confirmRates")
            .WithSummary("Rates that wait, since they moved further than rates do, are right: they are used.");
        rates.MapPost("/{source}/dismissal", (
                    string source, WriteOf<HeldRatesRequest> write, IPlatform platform, RateFollower follower) =>
                Say(source, write, write.Body.Date, day => new RateSource.Command.Dismiss(day), platform, follower))
            .For(Party.Operator).WithName("dismissRates")
            .WithSummary("Rates that wait are wrong: they are dropped, and those before go on.");
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
        return sheet is null ? Unreadable(fault!, "text")
            : await Say(source, write, new RateSource.Command.Take(sheet), platform, follower);
    }

    /// <summary>Says what becomes of the rates of a day that wait.</summary>
    public static async Task<Answer<RatesBody>> Say(
        string source, Write write, string date, Func<LocalDate, RateSource.Command> command, IPlatform platform,
        RateFollower follower) => LocalDatePattern.Iso.Parse(date ?? "") is { Success: true, Value: var day }
            ? await Say(source, write, command(day), platform, follower)
            : new Problem(422, new Refusal("rates.bad-date", SayDay) { Field = "date" });

    /// <summary>Says something to a source; what follows its rates is looked at right after.</summary>
    public static async Task<Answer<RatesBody>> Say(
        string source, Write write, RateSource.Command command, IPlatform platform, RateFollower follower)
    {
        if (!RateSourceId.TryParse($"rates/{source}", out var id)) return Problems.NotFound;
        var outcome = await platform.Ask(write.To(id, command), write.By.Cancel);
        if (outcome is not Outcome.Done { State: RateSource.State state } done) return Problems.Of(outcome);
        follower.Look();
        return Answer<RatesBody>.Of(Of(state, platform.Now), done);
    }

    /// <summary>All that can't be read of a file.</summary>
    public static Problem Unreadable(RateFileFault fault, string field) => new(422,
        [.. fault.Problems.Select(p => new Refusal("rates.bad-file", Mend, ("problem", p)) { Field = field })]);

    /// <summary>What a source said last, as it is told.</summary>
    public static RatesBody Of(RateSource.State s, Instant now) => new(
        s.Sheet.Source, LocalDatePattern.Iso.Format(s.Sheet.Date), s.Due, s.Due <= now,
        [.. s.Sheet.Rates.Select(Of)], s.Doubt is not { } doubt ? null : new(
            LocalDatePattern.Iso.Format(doubt.Sheet.Date), doubt.Due, [.. doubt.Sheet.Rates.Select(Of)],
            [.. doubt.Moves.Select(m => new RateMoveBody(
                Of(new(m.From, m.To, m.Was)), Of(new(m.From, m.To, m.Now))))]));

    static RateBody Of(Rate r) => new(r.From.Code, r.To.Code, r.Per.Numerator, r.Per.Denominator);
}
