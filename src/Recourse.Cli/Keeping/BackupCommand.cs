using System.ComponentModel;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Writes a snapshot.</summary>
sealed class BackupCommand : Command<BackupCommand.Settings>
{
    /// <summary>Where to.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The file.</summary>
        [CommandArgument(0, "<FILE>"), Description("The file to write; people's keys go to FILE.keys.")]
        public string File { get; init; } = "";
    }

    sealed record Taken(string File, string Keys, long Bytes);

    /// <summary>Databases of the folder that belong to the store, besides those of the runtime.</summary>
    public static readonly ImmutableArray<string> More = [AccessKeys.FileName, Accounts.FileName, .. TellingPeople.Files];

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var (file, keys) = (settings.File, settings.File + Backup.KeysSuffix);
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } to && !Directory.Exists(to))
            throw new Trouble("cli.no-such-folder", $"There is no folder {to}.", Trouble.BadInput);
        Backup.Take(settings.Data, file, More);
        var bytes = new FileInfo(file).Length;
        if (settings.Json) Out.Json(new Taken(file, keys, bytes));
        else Out.Line($"{file} ({Out.Count(bytes / 1024)} KB) and {keys} are written and sound. The payment "
            + "provider's own books are not in them, and no sessions: a restore signs everybody out.");
        return 0;
    }
}
