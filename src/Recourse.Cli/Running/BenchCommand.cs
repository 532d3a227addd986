using System.Diagnostics;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Stands in the list of commands; what is said to it goes on to the measurement.</summary>
sealed class BenchCommand : AsyncCommand<BenchCommand.Settings>
{
    /// <summary>None of its own.</summary>
    public sealed class Settings : CommandSettings;

    /// <inheritdoc/>
    public override Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel) =>
        Bench.Run([]);
}

/// <summary>Runs the measurement, which is a program of its own.</summary>
static class Bench
{
    /// <summary>Its exit code.</summary>
    public static async Task<int> Run(string[] args)
    {
        var project = Find() ?? throw new Trouble("bench.missing",
            "The measurements are not here: they are run from a clone of the repository, where they stand in bench/.",
            Trouble.Refused);
        string[] all = ["run", "--project", project, "-c", "Release", "--", .. args];
        using var process = Process.Start(new ProcessStartInfo("dotnet", all) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>The repository that this program was built in.</summary>
    static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Recourse.slnx")))
                return Directory.Exists(Path.Combine(at.FullName, "bench"))
                    ? Directory.EnumerateFiles(Path.Combine(at.FullName, "bench"), "*.csproj",
                        SearchOption.AllDirectories)
                        .Order(StringComparer.Ordinal).FirstOrDefault()
                    : null;
        return null;
    }
}
