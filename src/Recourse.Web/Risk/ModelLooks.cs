namespace Recourse.Web;

/// <summary>What learned models say, in words that people read.</summary>
static class ModelLooks
{
    const int Whole = 10_000;
    const double Unit = 1_000;

    /// <summary>A share in 1/10,000.</summary>
    public static string Share(Reader reader, long share) => reader.Say(
        "figures.percent", ("whole", share * 100 / Whole), ("tenth", share * 1_000 / Whole % 10));

    /// <summary>So many of so many; nothing if there was none.</summary>
    public static string Share(Reader reader, long of, long all) => all == 0 ? "–" : Share(reader, of * Whole / all);

    /// <summary>What a weight (a natural logarithm in 1/1,000) does to the odds: times so much, or divided by it.
    /// </summary>
    public static string Odds(Reader reader, int weight)
    {
        var tenths = (long)Math.Round(10 * Math.Exp(Math.Min(Math.Abs((long)weight), 20_000) / Unit));
        return reader.Say(weight < 0 ? "models.divided" : "models.times", ("whole", tenths / 10),
            ("tenth", tenths % 10));
    }
}
