using System.ComponentModel;
using Recourse.Adapters.Evidence;
using Recourse.Adapters.Pictures;
using Recourse.Adapters.Risk;
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
        [CommandArgument(0, "<FILE>"), Description("The file to write; people's keys go to FILE.keys, what they "
            + "handed in to FILE.files.")]
        public string File { get; init; } = "";
    }

    sealed record Taken(string File, string Keys, string Files, long Bytes);

    /// <summary>Databases of the folder that belong to the store, besides those of the runtime.</summary>
    public static readonly ImmutableArray<string> More =
        [AccessKeys.FileName, Accounts.FileName, LookBook.FileName, .. TellingPeople.Files];

    /// <summary>Folders of files that people brought.</summary>
    public static readonly ImmutableArray<string> Folders =
        [EvidenceFolder.FolderName, PictureFolder.FolderName, ModelShelf.FolderName];

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var file = settings.File;
        var (keys, files) = (file + Backup.KeysSuffix, file + Backup.FilesSuffix);
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } to && !Directory.Exists(to))
            throw new Trouble("cli.no-such-folder", $"There is no folder {to}.", Trouble.BadInput);
        Backup.Take(settings.Data, file, More, Folders);
        var bytes = new FileInfo(file).Length;
        if (settings.Json) Out.Json(new Taken(file, keys, files, bytes));
        else Out.Line($"{file} ({Out.Count(bytes / 1024)} KB), {keys} and {files} are written and sound. "
            + "The payment provider's own books are not in them, and no sessions: a restore signs everybody out.");
        return 0;
    }
}
