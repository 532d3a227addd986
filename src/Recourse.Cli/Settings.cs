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

/// <summary>Which store, and for whom it is printed.</summary>
class ReadingSettings : DataSettings
{
    /// <summary>For programs.</summary>
    [CommandOption("--json"), Description("Prints JSON for programs instead of tables for people.")]
    public bool Json { get; init; }
}
