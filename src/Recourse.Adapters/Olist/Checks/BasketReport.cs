using Recourse.Checkouts;
namespace Recourse.Olist;

/// <summary>Something that would have been found in a basket.</summary>
/// <param name="Field">Where; null: nowhere in particular.</param>
/// <param name="Facts">What it rests on.</param>
public sealed record BasketFound(string Code, Gravity Gravity, string? Field, ImmutableArray<Named> Facts);

/// <summary>A basket of the history.</summary>
/// <param name="Status">How it ended there; nothing was found by it.</param>
/// <param name="At">When it was bought (UTC).</param>
/// <param name="NotChecked">Why it could not be looked at; null: it was.</param>
public sealed record BasketRow(
    string Order, string Status, Instant At, string? NotChecked, ImmutableArray<BasketFound> Found)
{
    /// <summary>How much the gravest of it weighs; null: nothing was found.</summary>
    public Gravity? Worst => Found.IsEmpty ? null : Found.Max(f => f.Gravity);
}

/// <summary>In how many baskets something was found.</summary>
public sealed record BasketCode(string Code, Gravity Gravity, int Baskets);

/// <summary>What was found in baskets that ended in one way.</summary>
/// <param name="Baskets">All of them.</param>
/// <param name="NotChecked">Those of them that could not be looked at: nothing is known of what was bought, or by whom.
/// </param>
/// <param name="Blocking">Those that would have had to be put right.</param>
/// <param name="Steps">Those that would have been asked at least something, and nothing worse.</param>
/// <param name="Advised">Those that would only have been told something.</param>
/// <param name="BlockingShare">Of those that were looked at; 0 if there are none.</param>
/// <param name="StepShare">Of those that were looked at; 0 if there are none.</param>
/// <param name="Codes">What was found, the gravest and commonest first.</param>
public sealed record BasketFigures(
    string Status, int Baskets, int NotChecked, int Blocking, int Steps, int Advised, double BlockingShare,
    double StepShare, ImmutableArray<BasketCode> Codes)
{
    /// <summary>Those of some baskets.</summary>
    public static BasketFigures Of(string status, IEnumerable<BasketRow> baskets)
    {
        var (all, seen) = (baskets.ToList(), baskets.Where(r => r.NotChecked is null).ToList());
        var (blocking, steps) = (Count(Gravity.Blocking), Count(Gravity.Step));
        return new(
            status, all.Count, all.Count - seen.Count, blocking, steps, Count(Gravity.Advice),
            Share(blocking, seen.Count), Share(steps, seen.Count),
            [
                .. seen.SelectMany(r => r.Found.Select(f => (f.Code, f.Gravity)).Distinct()).CountBy(f => f)
                    .Select(c => new BasketCode(c.Key.Code, c.Key.Gravity, c.Value))
                    .OrderByDescending(c => c.Gravity).ThenByDescending(c => c.Baskets)
                    .ThenBy(c => c.Code, StringComparer.Ordinal),
            ]);

        int Count(Gravity worst) => seen.Count(r => r.Worst == worst);
    }

    static double Share(int some, int of) => of == 0 ? 0 : Math.Round((double)some / of, 6);
}

/// <summary>What the checks of a checkout would have made of a history.</summary>
/// <param name="Goal">The greatest share of what ended well that may have been stopped.</param>
/// <param name="GoalMet">Whether it wasn't more.</param>
/// <param name="EndedWell">What was delivered.</param>
/// <param name="Others">What ended otherwise, by how.</param>
/// <param name="StoppedThoughWell">Baskets that were delivered, and would have been stopped.</param>
/// <param name="Warned">Baskets that ended <c>unavailable</c> or <c>canceled</c> and would have been warned of
/// something.</param>
/// <param name="NotChecked">Baskets that could not be looked at.</param>
public sealed record BasketReport(
    double Goal, bool GoalMet, BasketFigures EndedWell, ImmutableArray<BasketFigures> Others,
    ImmutableArray<BasketRow> StoppedThoughWell, ImmutableArray<BasketRow> Warned,
    ImmutableArray<BasketRow> NotChecked)
{
    const string Well = "delivered";

    static readonly ImmutableArray<string> Badly = ["unavailable", "canceled"];

    /// <summary>Out of all baskets.</summary>
    public static BasketReport Of(ImmutableArray<BasketRow> rows)
    {
        var well = BasketFigures.Of(Well, rows.Where(r => r.Status is Well));
        return new(
            BasketReplay.GoalPer10000 / 10_000.0,
            (long)well.Blocking * 10_000 <= (long)BasketReplay.GoalPer10000 * (well.Baskets - well.NotChecked), well,
            [
                .. rows.Where(r => r.Status is not Well).GroupBy(r => r.Status)
                    .Select(g => BasketFigures.Of(g.Key, g))
                    .OrderBy(g => Badly.IndexOf(g.Status) is >= 0 and var at ? at : Badly.Length)
                    .ThenByDescending(g => g.Baskets),
            ],
            [.. rows.Where(r => r.Status is Well && r.Worst is Gravity.Blocking)],
            [.. rows.Where(r => Badly.Contains(r.Status) && r.Worst is not null)],
            [.. rows.Where(r => r.NotChecked is not null)]);
    }
}
