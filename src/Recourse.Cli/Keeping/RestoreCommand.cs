using System.ComponentModel;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Lays a backup out and verifies it.</summary>
sealed class RestoreCommand : AsyncCommand<RestoreCommand.Settings>
{
    /// <summary>From where, to where.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The file.</summary>
        [CommandArgument(0, "<FILE>"), Description("The backup; FILE.files is read where it lies beside it.")]
        public string File { get; init; } = "";

        /// <summary>The keys.</summary>
        [CommandOption("--keys <FILE>", isRequired: true), Description("The file with people's keys that was "
            + "written with it.")]
        public string Keys { get; init; } = "";

        /// <summary>More erasures.</summary>
        [CommandOption("--erasures <FILE>")]
        [Description("A newer people.db or .keys file: whoever is erased there is erased here. The folder that the "
            + "backup is "
            + "of and the folder that it goes to are asked without being named.")]
        public string[] Erasures { get; init; } = [];

        /// <summary>Replaces.</summary>
        [CommandOption("--force"), Description("Replaces the store that is in the folder.")]
        public bool Force { get; init; }
    }

    sealed record Restored(
        string Folder, Verified Verified, ImmutableArray<string> Erased, ImmutableArray<string> ErasuresFrom);

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var folder = Path.GetFullPath(settings.Data).TrimEnd(Path.DirectorySeparatorChar);
        if (!settings.Force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new Trouble("restore.not-empty", $"{folder} is not empty: say --force to replace the store in it, or "
                + "another folder with --data.", Trouble.Refused);
        foreach (var file in (string[])[settings.File, settings.Keys, .. settings.Erasures])
            if (Backup.Missing(file) is { } missing) throw missing;
        Directory.CreateDirectory(folder);
        using var held = Hold(folder);
        ImmutableArray<string> sources = [.. Backup.ErasuresNearby(settings.Keys, folder), .. settings.Erasures];
        var erased = sources.SelectMany(s => Backup.ErasedIn(s)).Except(Backup.ErasedIn(settings.Keys))
            .DistinctBy(e => e.Person).ToImmutableArray();
        var aside = $"{folder}.restoring-{Environment.ProcessId}";
        try
        {
            Backup.LayOut(settings.File, settings.Keys, aside, erased, Out.Registry);
            using (var accounts = new Accounts(aside, new RealClock()))
                accounts.Forget(Backup.ErasedIn(Path.Combine(aside, "people.db")).Select(e => e.Person));
            Verified verified = null!;
            await Out.Progress(settings.Json, "Verifying", async progress =>
                verified = await Verification.Of(aside, progress));
            if (verified.Sound) Backup.Replace(aside, folder, BackupCommand.More, BackupCommand.Folders);
            var result = new Restored(folder, verified, [.. erased.Select(e => e.Person)], sources);
            if (settings.Json) Out.Json(result);
            else Show(result);
            return verified.Sound ? 0 : Trouble.Refused;
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>Nobody may have the store while it is replaced.</summary>
    static FileStream Hold(string folder)
    {
        try { return new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException e)
        {
            throw new StoreException("restore.in-use", $"Another process has {folder} open: stop it first.", e);
        }
    }

    static void Show(Restored r)
    {
        foreach (var d in r.Verified.Differences) Out.Line($"{d.Code}: {d.Of}: {d.What}");
        if (!r.Verified.Sound)
        {
            Out.Line("The backup is not sound: nothing was restored.");
            return;
        }
        Out.Line($"{Out.Count(r.Verified.Turns)} turns are restored to {r.Folder} and verified.");
        Out.Line(r.ErasuresFrom.IsEmpty
            ? "No newer record of erasures was found: if people were erased since, say where with --erasures."
            : $"{r.Erased.Length} people who were erased since stay erased ({string.Join(", ", r.ErasuresFrom)}).");
    }
}
