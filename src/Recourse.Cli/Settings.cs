using System.ComponentModel;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Which store.</summary>
class DataSettings : CommandSettings
{
    /// <summary>The folder.</summary>
    [CommandOption("--data <DIR>"), DefaultValue("./data"), Description("The folder of the store.")]
    public string Data { get; init; } = "./data";
}

/// <summary>Which store, and where it is served.</summary>
class RunningSettings : DataSettings
{
    /// <summary>Where it listens.</summary>
    [CommandOption("--urls <URLS>"), DefaultValue("http://127.0.0.1:5080")]
    [Description("Addresses to listen at, separated by semicolons; port 0 picks a free one.")]
    public string Urls { get; init; } = "";

    /// <summary>Writes what happens.</summary>
    [CommandOption("--verbose"), Description("Also writes what is no trouble to the console.")]
    public bool Verbose { get; init; }
}

/// <summary>Which store, and for whom it is printed.</summary>
class ReadingSettings : DataSettings
{
    /// <summary>For programs.</summary>
    [CommandOption("--json"), Description("Prints JSON for programs instead of tables for people.")]
    public bool Json { get; init; }
}
