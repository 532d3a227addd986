using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>The platform, until it is stopped.</summary>
sealed class RunCommand : AsyncCommand<RunningSettings>
{
    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(
        CommandContext context, RunningSettings settings, CancellationToken cancel)
    {
        DemoStore.MustBeOwn(settings.Data);
        await using var app = RecourseHost.Build(new()
        {
            DataFolder = settings.Data, Urls = Addresses.Read(settings.Urls), Verbose = settings.Verbose,
        });
        try { await app.StartAsync(cancel); }
        catch (IOException e) when (Addresses.IsInUse(e)) { throw Addresses.InUse(e); }
        using var here = new RunningAt(settings.Data, app.Urls.First());
        Out.Line($"""
            Recourse runs at {string.Join(' ', app.Urls)} on {Path.GetFullPath(settings.Data)}
              make a key   recourse key --as buyer:ana --data {settings.Data}
              the API      {app.Urls.First()}/docs
              stop         Ctrl+C
            """);
        if (AccessRoom.SetUpLink(app.Services) is { } link)
            Out.Line($"Nobody runs it yet. Make the first operator's account at {link}");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}

/// <summary>Addresses as they are said on the command line.</summary>
static class Addresses
{
    /// <summary>Whether somebody else listens there.</summary>
    public static bool IsInUse(IOException e) =>
        e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException;

    /// <summary>Somebody else listens there.</summary>
    public static Trouble InUse(IOException e) =>
        new("cli.address-in-use", $"{e.Message} Choose another with --urls.", Trouble.Refused);

    /// <summary>One or several, separated by semicolons.</summary>
    public static ImmutableArray<string> Read(string urls)
    {
        ImmutableArray<string> all = [.. urls.Split(';',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        foreach (var url in all)
            if (!Uri.TryCreate(url.Replace("*", "any").Replace("+", "any"), UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https") || uri.PathAndQuery is not "/")
                throw new Trouble("cli.bad-url", $"\"{url}\" is no address to listen at, like http://127.0.0.1:5080.",
                    Trouble.BadInput);
        return all.IsEmpty ? throw new Trouble("cli.no-url", "--urls needs an address.", Trouble.BadInput) : all;
    }
}

/// <summary>Says in the store's folder where the platform runs, so that other commands can tell.</summary>
sealed class RunningAt : IDisposable
{
    const string Name = "address";
    readonly string _file;

    /// <summary>From now on.</summary>
    public RunningAt(string folder, string address)
    {
        _file = Path.Combine(folder, Name);
        File.WriteAllText(_file, address);
    }

    /// <summary>Where it runs; null: unknown.</summary>
    public static string? In(string folder)
    {
        var file = Path.Combine(folder, Name);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_file);
}
