using System.Text.Json;
namespace Recourse.Tests;

/// <summary>The Tab key, from the start of a page to its end.</summary>
static class Walk
{
    const int MostStops = 90;

    sealed record Stop(int Nth, string What, bool Ring, bool Seen);

    /// <summary>What is wrong on the way: left out, out of order, unseen, or a trap.</summary>
    public static async Task<IReadOnlyList<string>> Through(IPage page)
    {
        var stops = await page.EvaluateAsync<string[]>(Scripts.Walk);
        var most = Math.Min(stops.Length, MostStops);
        List<Stop> walked = [];
        for (var tries = 0; tries < 12 && walked.Count < most; tries++)
        {
            for (var more = most - walked.Count; more > 0; more--) await page.Keyboard.PressAsync("Tab");
            // A scrolling box may be a stop of its own, and a date has one for each of its parts.
            walked = [.. (await Read(page)).Where(s => s.Nth >= 0)];
        }
        List<string> faults = [.. from stop in walked.Take(most).DistinctBy(s => s.Nth)
                                  from fault in FaultsOf(stop)
                                  select fault];
        if (walked.Take(most).Index().FirstOrDefault(s => s.Item.Nth != s.Index) is { Item: { } astray } at)
            faults.Add($"after {(at.Index > 0 ? stops[at.Index - 1] : "the start")} comes {astray.What}, "
                + $"not {stops[at.Index]}");
        else if (walked.Count < most) faults.Add($"{stops[walked.Count]} isn't come to");
        else if (stops.Length <= MostStops && stops.Length > 1 && await IsTrap(page, stops.Length))
            faults.Add($"{stops[^1]} doesn't let go");
        return faults;
    }

    static async Task<Stop[]> Read(IPage page) => JsonSerializer.Deserialize<Stop[]>(
        await page.EvaluateAsync<string>("JSON.stringify(window.walked)"), JsonSerializerOptions.Web)!;

    static IEnumerable<string> FaultsOf(Stop stop)
    {
        if (!stop.Ring) yield return $"has the focus and doesn't show it: {stop.What}";
        if (!stop.Seen) yield return $"has the focus and can't be seen: {stop.What}";
    }

    /// <summary>After the last stop it goes out of the page, or to its first.</summary>
    static async Task<bool> IsTrap(IPage page, int stops)
    {
        await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<bool>(
            "n => window.walked.length > n && window.walked.at(-1).nth === n - 1", stops);
    }
}
