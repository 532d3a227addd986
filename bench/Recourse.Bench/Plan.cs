namespace Recourse.Benchmarks;

/// <summary>How long and how much.</summary>
/// <param name="Window">One measured run.</param>
/// <param name="EchoWindow">One run of the echo.</param>
/// <param name="Rounds">The median of so many counts.</param>
/// <param name="HotUnits">Units of the hot item.</param>
/// <param name="Stored">How many orders are stored when the cost of one is looked at.</param>
public sealed record Plan(
    TimeSpan WarmUp, TimeSpan Window, TimeSpan EchoWindow, int Rounds, int HotUnits, ImmutableArray<int> Stored)
{
    /// <summary>What the arguments ask for.</summary>
    public static Plan Of(ICollection<string> args)
    {
        ImmutableArray<int> stored = args.Contains("--full") ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
        return args.Contains("--quick")
            ? new(Seconds(3), Seconds(1), Seconds(0.5), 3, 500, [2_000, 10_000])
            : new(Seconds(20), Seconds(4), Seconds(2), 3, 2_000, stored);
    }

    static TimeSpan Seconds(double s) => TimeSpan.FromSeconds(s);
}
