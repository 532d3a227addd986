using System.ComponentModel;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Lives made-up worlds.</summary>
sealed class SimulateCommand : Command<SimulateCommand.Settings>
{
    /// <summary>Which.</summary>
    public sealed class Settings : CommandSettings
    {
        /// <summary>How many.</summary>
        [CommandOption("--seeds <N>"), DefaultValue(20), Description("How many worlds.")]
        public int Seeds { get; init; } = 20;
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken cancel) => 0;
}
