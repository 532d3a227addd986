using System.Diagnostics;
using System.Net;
namespace Recourse.Benchmarks;

/// <summary>A server in a process of its own, so that what it costs is its own.</summary>
public sealed class Served : IAsyncDisposable
{
    readonly Process _process;

    Served(Process process, Uri address, double readyMilliseconds) =>
        (_process, Address, ReadyMilliseconds) = (process, address, readyMilliseconds);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public double ReadyMilliseconds { get; }

    /// <summary>Where it listens, for sockets.</summary>
    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    /// <summary>Starts one.</summary>
    /// <param name="args">What <see cref="Servers"/> is to run.</param>
    public static async Task<Served> Start(params string[] args)
    {
        var from = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Bench).Assembly.Location, "serve", .. args])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("dotnet doesn't start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Servers.Ready, StringComparison.Ordinal)) { Console.Error.WriteLine(line); continue; }
            _ = process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError());
            return new(process, new(line[Servers.Ready.Length..]), Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }
        throw new InvalidOperationException($"The server \"{string.Join(' ', args)}\" didn't start.");
    }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory that it occupies now, in MiB.</summary>
    public long MegabytesResident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Lets it end in order.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
