namespace Recourse.Web;

/// <summary>Numbers of the control room, as its reader reads them; the script writes them the same way.</summary>
sealed class ControlLooks(Reader reader)
{
    /// <summary>A whole number.</summary>
    public string Number(long n) => reader.Texts.Show(n);

    /// <summary>A gauge's number; where counting stops it is so many or more.</summary>
    public string Number(GaugeBody gauge) =>
        Number(gauge.Value) + (IsCapped(gauge) && gauge.Value >= Gauging.MostCounted ? "+" : "");

    static bool IsCapped(GaugeBody gauge) => gauge.Tile is "deadlines";

    /// <summary>Where counting stops; null: nowhere.</summary>
    public static int? MostOf(GaugeBody gauge) => IsCapped(gauge) ? Gauging.MostCounted : null;

    /// <summary>"for 3 min".</summary>
    public string For(long seconds) => seconds switch
    {
        < 60     => reader.Say("control.for-s", ("n", seconds)),
        < 3600   => reader.Say("control.for-m", ("n", seconds / 60)),
        < 86_400 => reader.Say("control.for-h", ("n", seconds / 3600)),
        _        => reader.Say("control.for-d", ("n", seconds / 86_400)),
    };

    /// <summary>"normal 0 to 12".</summary>
    public string Band(GaugeBody gauge) => gauge switch
    {
        { Low: null, High: null }   => "",
        { Low: 0 or null, High: 0 } => reader.Say("control.band-none"),
        { Low: 0 or null, High: { } high } => reader.Say("control.band-up-to", ("high", high)),
        _ => reader.Say("control.band", ("low", gauge.Low ?? 0), ("high", gauge.High ?? gauge.Value)),
    };

    /// <summary>The worst tone of some.</summary>
    public static string Worst(IEnumerable<GaugeBody> gauges)
    {
        var tones = gauges.Select(g => g.Tone).ToHashSet();
        foreach (var tone in (string[])["bad", "warn", "good"])
            if (tones.Contains(tone)) return tone;
        return "quiet";
    }

    /// <summary>Bars of a series, 3 wide with 1 between them, in a box that is so high.</summary>
    public static string Bars(ImmutableArray<long> counts, int height)
    {
        var most = Math.Max(1, counts.DefaultIfEmpty(0).Max());
        return string.Concat(counts.Select((n, i) =>
            n == 0 ? "" : $"M{4 * i} {height}v-{Math.Max(1, n * height / most)}h3v{Math.Max(1, n * height / most)}z"));
    }
}
