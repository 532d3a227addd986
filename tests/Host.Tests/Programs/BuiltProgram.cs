using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
namespace Recourse.Tests;

/// <summary>What a program said and how it ended.</summary>
public sealed record Ended(int Code, string Output, string Errors)
{
    /// <summary>The output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;
}

/// <summary>The real program, as it was built beside these tests.</summary>
public static class BuiltProgram
{
    static readonly string Configuration =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>The repository.</summary>
    public static string Root { get; } = Up(new(AppContext.BaseDirectory)).FullName;

    static DirectoryInfo Up(DirectoryInfo from) =>
        File.Exists(Path.Combine(from.FullName, "Recourse.slnx")) ? from : Up(from.Parent!);

    static string Program =>
        Path.Combine(Root, "src", "Recourse.Cli", "bin", Configuration, "net10.0", "recourse.dll");

    /// <summary>Starts it.</summary>
    /// <param name="largestFile">Kilobytes; what would make a file larger fails as on a full disk.</param>
    public static Process Launch(
        IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, int? largestFile = null)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] limit = largestFile is null ? []
            : ["bash", "-c", $"trap '' XFSZ; ulimit -f {largestFile}; exec \"$@\"", "bash"];
        string[] all = [.. limit, dotnet, Program, .. args];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(), StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ended> Run(params string[] args)
    {
        using var process = Launch(args);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }
}

/// <summary>The program while it goes on.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly Task<string> _errors;
    readonly Task _rest;
    bool _isDisposed;

    RunningProgram(Process process, Task<string> errors, string address)
    {
        (_process, _errors, Address) = (process, errors, new(address));
        _rest = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static Task<RunningProgram> Start(
        IReadOnlyDictionary<string, string>? environment, params string[] args) => Start(environment, null, args);

    /// <inheritdoc cref="Start(IReadOnlyDictionary{string, string}?, string[])"/>
    public static async Task<RunningProgram> Start(
        IReadOnlyDictionary<string, string>? environment, int? largestFile, params string[] args)
    {
        var process = BuiltProgram.Launch(args, environment, largestFile);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(LongestStart);
        if (line is null || line.IndexOf("http://", StringComparison.Ordinal) is var at && at < 0)
            throw new InvalidOperationException($"It did not start: {line} {await errors}");
        return new(process, errors, line[at..].Split(' ', ';')[0]);
    }

    /// <summary>SIGKILL: no goodbye, nothing is finished.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Ctrl+C does; its exit code and what it said on the error stream.</summary>
    public async Task<(int Code, string Errors)> Stop()
    {
        _ = Signal(_process.Id, Terminate);
        await _process.WaitForExitAsync();
        await _rest;
        return (_process.ExitCode, await _errors);
    }

    const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Signal(int process, int signal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }
}

/// <summary>A folder that is gone afterwards.</summary>
public sealed class Folder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"recourse-{Guid.NewGuid():n}");

    /// <summary>Makes it.</summary>
    public Folder() => Directory.CreateDirectory(Path);

    /// <summary>A name in it.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
