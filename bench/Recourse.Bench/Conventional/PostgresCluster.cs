using System.Diagnostics;
using System.Runtime.InteropServices;
namespace Recourse.Benchmarks.Conventional;

/// <summary>PostgreSQL in a folder of its own for as long as it is measured, with its standard durability.</summary>
public sealed class PostgresCluster : IDisposable
{
    readonly string _folder;
    readonly PosixSignalRegistration _interrupted, _ended;
    int _stopped;

    PostgresCluster(string folder)
    {
        _folder = folder;
        // It is nobody's child, so it would outlive whoever is interrupted.
        _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop());
        _ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop());
    }

    /// <summary>Where its socket is.</summary>
    public string Folder => _folder;

    /// <summary>Starts one; null where PostgreSQL isn't installed, or doesn't start.</summary>
    public static PostgresCluster? Start()
    {
        if (Find("initdb") is not { } initdb || Find("pg_ctl") is not { } ctl) return null;
        var folder = Path.Combine(Path.GetTempPath(), $"recourse-pg-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        if (IsRoot) Run("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        if (!RunAsOwner(initdb, "-D", data, "-U", "postgres", "-A", "trust")) return null;
        var options = $"-c listen_addresses='' -c unix_socket_directories={folder} -c shared_buffers=256MB";
        return RunAsOwner(ctl, "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", options, "start")
            ? new(folder) : null;
    }

    static bool IsRoot => Environment.UserName is "root";

    static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")) : [])
            .Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    // PostgreSQL refuses to run as root.
    static bool RunAsOwner(string program, params string[] args) =>
        IsRoot ? Run("runuser", ["-u", "postgres", "--", program, .. args]) : Run(program, args);

    static bool Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true, WorkingDirectory = "/",
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.WaitForExit(TimeSpan.FromSeconds(60));
        return process.HasExited && process.ExitCode == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _interrupted.Dispose();
        _ended.Dispose();
    }

    void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1) return;
        RunAsOwner(Find("pg_ctl")!, "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }
}
