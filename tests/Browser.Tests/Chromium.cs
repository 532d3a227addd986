namespace Recourse.Tests;

/// <summary>The browser of this machine.</summary>
static class Chromium
{
    const string Told = "RECOURSE_CHROMIUM";
    static readonly ImmutableArray<string> Names = ["chromium", "chromium-browser", "google-chrome-stable"];

    /// <summary>Starts it, without a window.</summary>
    public static Task<IBrowser> Start(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(), Headless = true,
        ChromiumSandbox = !Environment.IsPrivilegedProcess,                 // it refuses one to root
        Args = ["--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
    });

    static string Find()
    {
        if (Environment.GetEnvironmentVariable(Told) is { Length: > 0 } told) return told;
        var found =
            from name in Names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            let file = Path.Combine(folder, name)
            where File.Exists(file)
            select file;
        return found.FirstOrDefault() ?? throw new FileNotFoundException(
            "There is no Chromium on this machine. ./test installs Debian's package chromium; elsewhere let "
            + $"{Told} name a browser of its kind.");
    }
}
