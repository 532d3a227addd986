using NodaTime.Text;
using Recourse.Reasons;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>The platform's decisions of some days.</summary>
public static class RegisterExport
{
    const int AtATime = 1_000;

    /// <summary>Those of the days from the first to the last (UTC), the newest first; null: no such end.</summary>
    public static IEnumerable<DecisionRow> Between(IViews views, LocalDate? first, LocalDate? last)
    {
        var least = first is { } f ? ReasonRegister.SortOf(f.AtMidnight().InUtc().ToInstant()) : null;
        var end = last is { } l && l < LocalDate.MaxIsoValue ? l.PlusDays(1).AtMidnight().InUtc().ToInstant()
            : (Instant?)null;
        string? after = null;
        do
        {
            var page = views.List(
                ReasonRegister.View, ReasonRegister.ByTime, ReasonRegister.Platform, after, AtATime, least);
            foreach (var row in page.Rows)
                if (end is null || row.IssuedAt < end) yield return row;
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>A day as <c>2026-03-02</c>; nothing is none, and fine.</summary>
    public static bool TryDay(string? text, out LocalDate? day)
    {
        day = null;
        if (string.IsNullOrEmpty(text)) return true;
        var read = LocalDatePattern.Iso.Parse(text);
        if (read.Success) day = read.Value;
        return read.Success;
    }
}
