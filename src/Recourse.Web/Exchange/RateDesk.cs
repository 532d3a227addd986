using System.Globalization;
using NodaTime.Text;
using Recourse.Adapters.Gathering;
using Recourse.Catalog;
using Recourse.Exchange;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>A source as those who run the platform see it.</summary>
/// <param name="Rates">Each with the one before it, as far as the sheet before had it, and how many listings follow it.
/// </param>
/// <param name="Brought">When they came (UTC).</param>
/// <param name="Fetch">How fetching goes; null: nobody fetches them.</param>
public sealed record RateSourceLook(
    RateSource.State State, ImmutableArray<RateRow> Rates, Instant Brought, FetchLook? Fetch);

/// <summary>A rate in a sheet.</summary>
/// <param name="Was">In the sheet before; null: it wasn't there.</param>
/// <param name="Followers">Listings with a price in one of both currencies that follows the other.</param>
/// <param name="IsOdd">It moved further than rates do.</param>
public sealed record RateRow(Currency From, Currency To, Ratio Per, Ratio? Was, long Followers, bool IsOdd = false);

/// <summary>What a file would change.</summary>
/// <param name="Gone">Currencies that the sheet before had.</param>
/// <param name="Outcome"><c>taken</c>, <c>held</c>, <c>known</c> or <c>refused</c>.</param>
public sealed record RatePreview(
    RateSheet Sheet, ImmutableArray<RateRow> Rows, ImmutableArray<Currency> Gone, string Outcome,
    ImmutableArray<Refusal> Why);

/// <summary>A rate of a pair as it was from a day on.</summary>
/// <param name="Date">The day of the oldest rate in it.</param>
/// <param name="Came">When it was known (UTC).</param>
public sealed record PairPoint(LocalDate Date, Instant Came, Ratio Per, string Sources);

/// <summary>What there is to know of exchange rates, for the pages about them.</summary>
sealed class RateDesk(IPlatform platform, RateFetcher fetcher)
{
    /// <summary>So many listings and days are shown.</summary>
    public const int Few = 20, MostDays = 60;

    /// <summary>Each source that has said something.</summary>
    public async Task<ImmutableArray<RateSourceLook>> Sources(Caller caller)
    {
        var looks = ImmutableArray.CreateBuilder<RateSourceLook>();
        foreach (var state in await RateBook.States(platform, caller.Cancel))
        {
            var taken = await Taken(new RateSourceId(state.Sheet.Source), caller);
            var before = taken.Length > 1 ? taken[^2].Sheet : null;
            looks.Add(new(
                state, RowsOf(state.Sheet, before, []), taken.IsEmpty ? default : taken[^1].At,
                fetcher.Looks.FirstOrDefault(l => l.Of.Source == state.Sheet.Source)));
        }
        return looks.ToImmutable();
    }

    /// <summary>Sources that are fetched and have brought nothing yet.</summary>
    public IEnumerable<FetchLook> Silent(ImmutableArray<RateSourceLook> sources) =>
        fetcher.Looks.Where(l => sources.All(s => s.State.Sheet.Source != l.Of.Source));

    /// <summary>Prices that follow rates, or one pair of them.</summary>
    public (ImmutableArray<PeggedListing> Rows, bool IsAll) Following(Currency? from, Currency? to)
    {
        var page = from is { } a && to is { } b
            ? platform.Views.List(PeggedListings.View, PeggedListings.ByPair, PeggedListings.PairOf(a, b), null, Few)
            : platform.Views.List(PeggedListings.View, Scope.Index, Scope.All, null, Few);
        return ([.. page.Rows], page.Next is null);
    }

    /// <summary>What a file would change; nothing is recorded.</summary>
    public async Task<RatePreview> Preview(RateSheet sheet, Caller by)
    {
        var id = new RateSourceId(sheet.Source);
        var state = (await platform.Read(id, by.Who, by.Cancel))?.State as RateSource.State;
        var decision = RateSource.Decide(
            id, state, new RateSource.Command.Take(sheet), new Asked(by.Who, platform.Now, platform.Rulebooks));
        var held = decision.Events.OfType<RateSource.Event.Held>().FirstOrDefault();
        ImmutableArray<Refusal> why = decision.Refusals.IsDefault ? [] : decision.Refusals;
        var now = sheet.Rates.Select(r => r.To).ToHashSet();
        return new(
            sheet, RowsOf(sheet, state?.Sheet, held?.Doubt.Moves ?? []),
            [.. (state?.Sheet.Rates ?? []).Select(r => r.To).Where(c => !now.Contains(c))],
            !why.IsEmpty ? "refused" : held is not null ? "held" : decision.Events.IsEmpty ? "known" : "taken", why);
    }

    /// <summary>A pair over the sheets of all sources, the newest first: what it came to whenever one of them came.
    /// </summary>
    public async Task<ImmutableArray<PairPoint>> History(Currency from, Currency to, Caller caller)
    {
        List<(Instant At, RateSheet Sheet)> all = [];
        foreach (var code in platform.InForce.Of<RateRules>().Sources.Keys)
            all.AddRange(await Taken(new RateSourceId(code), caller));
        var (known, points) = (new Dictionary<string, RateSheet>(), new List<PairPoint>());
        foreach (var (at, sheet) in all.OrderBy(s => s.At))
        {
            known[sheet.Source] = sheet;
            if (new RateTable([.. known.Values]).Between(from, to) is { } mark
                && (points.Count == 0 || points[^1] is var last && (last.Per, last.Date) != (mark.Per, mark.Date)))
                points.Add(new(mark.Date, at, mark.Per, mark.Sources));
        }
        return [.. Enumerable.Reverse(points).Take(MostDays)];
    }

    async Task<ImmutableArray<(Instant At, RateSheet Sheet)>> Taken(RateSourceId id, Caller caller) =>
    [
        .. (await platform.History(id, caller.Who, caller.Cancel) ?? [])
            .Where(r => r.Event is RateSource.Event.Taken)
            .Select(r => (r.At, ((RateSource.Event.Taken)r.Event).Sheet)),
    ];

    ImmutableArray<RateRow> RowsOf(RateSheet sheet, RateSheet? before, ImmutableArray<RateMove> odd)
    {
        var was = (before?.Rates ?? []).ToDictionary(r => (r.From, r.To), r => r.Per);
        return
        [
            .. sheet.Rates.OrderBy(r => (r.From.Code, r.To.Code)).Select(r => new RateRow(
                r.From, r.To, r.Per, was.TryGetValue((r.From, r.To), out var per) ? per : null,
                CountOf(r.From, r.To) + CountOf(r.To, r.From),
                odd.Any(m => (m.From, m.To) == (r.From, r.To)))),
        ];
    }

    long CountOf(Currency from, Currency to) => platform.Views.Count(
        PeggedListings.View, PeggedListings.ByPair, PeggedListings.PairOf(from, to));
}

/// <summary>Rates as people read them.</summary>
static class RateLooks
{
    /// <summary>Up to six digits after the point, with the reader's own point.</summary>
    public static string Show(Ratio per, Reader reader) => (per.Denominator == 0 ? 0m
        : (decimal)per.Numerator / per.Denominator).ToString(
            "0.######", CultureInfo.GetCultureInfo(reader.Texts.Language));

    /// <summary>By how much it moved, in percent with two digits and a sign; null: there was none before.</summary>
    public static string? Moved(RateRow row, Reader reader)
    {
        if (row.Was is not { } was) return null;
        var percent = ((decimal)row.Per.Numerator / row.Per.Denominator
            / ((decimal)was.Numerator / was.Denominator) - 1) * 100;
        return percent.ToString("+0.00;\u22120.00;0.00", CultureInfo.GetCultureInfo(reader.Texts.Language)) + " %";
    }

    /// <summary>A day without its hour, as the reader writes it.</summary>
    public static string Day(LocalDate day, Reader reader) =>
        reader.Day(day.At(new LocalTime(12, 0)).InZoneLeniently(reader.Zone).ToInstant());

    /// <summary>As addresses and forms have it.</summary>
    public static string Machine(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
