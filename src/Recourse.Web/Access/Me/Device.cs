namespace Recourse.Web;

/// <summary>What a browser says of itself; it may say anything.</summary>
/// <param name="Browser">Null: none that is known.</param>
/// <param name="System">Null: none that is known.</param>
sealed record Device(string? Browser, string? System)
{
    // Each says the names of those before it too, so that the first that fits is the one.
    static readonly ImmutableArray<(string Mark, string Name)> Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    static readonly ImmutableArray<(string Mark, string Name)> Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Out of a user agent.</summary>
    public static Device Of(string program) => new(Find(Browsers, program), Find(Systems, program));

    static string? Find(ImmutableArray<(string Mark, string Name)> known, string program) =>
        known.FirstOrDefault(k => program.Contains(k.Mark, StringComparison.Ordinal)).Name;

    /// <summary>In words.</summary>
    public string Tell(Reader reader) => (Browser, System) switch
    {
        ({ } browser, { } system) => reader.Say("safety.device", ("browser", browser), ("system", system)),
        ({ } browser, null) => browser,
        (null, { } system) => system,
        (null, null) => reader.Say("safety.device-unknown"),
    };
}
