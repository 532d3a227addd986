namespace Recourse.Tests;

/// <summary>With what somebody works.</summary>
public enum By
{
    /// <summary>Clicks.</summary>
    Mouse,

    /// <summary>Nothing but keys.</summary>
    Keyboard,

    /// <summary>A phone in their hand.</summary>
    Touch,
}

/// <summary>How a browser is set up.</summary>
/// <param name="Forced">The system's own colours instead of ours.</param>
/// <param name="Script">Whether script runs.</param>
public sealed record Look(
    int Width, ColorScheme Scheme = ColorScheme.Light, bool Forced = false, bool Script = true, By By = By.Mouse)
{
    /// <summary>A large window.</summary>
    public static readonly Look Wide = new(1440);

    /// <summary>A phone.</summary>
    public static readonly Look Phone = new(390, By: By.Touch);

    /// <summary>What somebody who works so usually has.</summary>
    public static Look Of(By by) => by is By.Touch ? Phone : Wide with { By = by };

    /// <summary>All of it is asked for, not only what is seen most.</summary>
    public static bool IsWholeMatrix => Environment.GetEnvironmentVariable("RECOURSE_ALL") is "1";

    /// <summary>What every page is looked at in.</summary>
    public static ImmutableArray<Look> Matrix { get; } = !IsWholeMatrix
        ? [Wide, new(390, ColorScheme.Dark)]
        : [.. from width in (int[])[1440, 768, 390, 320]
              from look in (Look[])[new(width), new(width, ColorScheme.Dark), new(width, Forced: true)]
              select look];

    /// <summary>Height that goes with the width.</summary>
    public int Height => Width < 600 ? 844 : 900;

    /// <summary>A new window like this.</summary>
    /// <param name="session">Cookies that it has from before.</param>
    public BrowserNewContextOptions Options(Uri address, string? session) => new()
    {
        BaseURL = $"{address}", StorageState = session, JavaScriptEnabled = Script, Locale = "en-US",
        TimezoneId = "UTC", ViewportSize = new() { Width = Width, Height = Height }, ColorScheme = Scheme,
        ForcedColors = Colors, ReducedMotion = ReducedMotion.Reduce, HasTouch = By is By.Touch,
        IsMobile = By is By.Touch,
    };

    ForcedColors Colors => Forced ? ForcedColors.Active : ForcedColors.None;

    /// <summary>Makes an open page look like this.</summary>
    public async Task Take(IPage page)
    {
        await page.EmulateMediaAsync(new()
        {
            ColorScheme = Scheme, ForcedColors = Colors, ReducedMotion = ReducedMotion.Reduce,
        });
        await page.SetViewportSizeAsync(Width, Height);
        await page.EvaluateAsync("document.getAnimations().forEach(a => a.finish())");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Width} {(Forced ? "forced colours" : Scheme is ColorScheme.Dark ? "dark" : "light")}";
}
