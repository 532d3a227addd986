using System.Diagnostics;
using System.Globalization;
namespace Recourse.Benchmarks;

/// <summary>The real program as a demo, left alone: how soon one can look at it, and what it costs.</summary>
sealed class DemoCase(string folder, Report report)
{
    const string ReadySign = "runs at ";
    static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Starts it, lets it run for a while, and ends it.</summary>
    public async Task Run(TimeSpan span)
    {
        var data = Path.Combine(folder, "demo");
        var from = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Program(), "--data", data, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line
                && !line.Contains(ReadySign, StringComparison.Ordinal)) { }
            if (process.HasExited) throw new InvalidOperationException("The demo doesn't start.");
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            report.Add("New folder to a demo that runs", string.Create(CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s, {process.TotalProcessorTime.TotalSeconds:0.0} s "
                + $"of processor time"), "≤ 60 s");
            await Watch(process, data, span);
        }
        finally
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
        }
    }

    async Task Watch(Process process, string data, TimeSpan span)
    {
        var (cpu, from, size) = (process.TotalProcessorTime, Stopwatch.GetTimestamp(), SizeOf(data));
        long most = 0, now = 0;
        while (Stopwatch.GetElapsedTime(from) < span && !process.HasExited)
        {
            await Task.Delay(Between);
            process.Refresh();
            most = Math.Max(most, now = process.WorkingSet64 >> 20);
        }
        if (process.HasExited) throw new InvalidOperationException("The demo ended by itself.");
        var took = Stopwatch.GetElapsedTime(from);
        report.Add($"Load of the demo over {took.TotalMinutes:0} min at a day a minute", string.Create(
            CultureInfo.InvariantCulture,
            $"{(process.TotalProcessorTime - cpu) / took:P1} of one core"), "< 15 %");
        report.Add("Memory then / at most", $"{now} / {most} MiB", "< 500 MB after an hour");
        report.Add("Its store then, and growth in an hour", string.Create(CultureInfo.InvariantCulture,
            $"{SizeOf(data) >> 20} MiB, {(SizeOf(data) - size) / took.TotalHours / (1 << 20):0} MiB"),
            "stops at 1,024 MB");
    }

    static long SizeOf(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0);

    /// <summary>As <c>./recourse</c> starts it, if that was built.</summary>
    static string Program()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Recourse.slnx")))
                return new[] { "artifacts/recourse", "src/Recourse.Cli/bin/Release/net10.0" }
                    .Select(f => Path.Combine(at.FullName, f, "recourse.dll")).FirstOrDefault(File.Exists)
                    ?? throw new FileNotFoundException("Build the program first: ./recourse --help");
        throw new DirectoryNotFoundException("Recourse.slnx is nowhere.");
    }
}
