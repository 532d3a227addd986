using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Recourse.Adapters.Rates;
using Recourse.Exchange;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>What became of a file of rates.</summary>
/// <param name="New">Nothing of that day was known before.</param>
/// <param name="Held">Some moved further than rates do: nobody uses them until an operator has looked.</param>
sealed record RatesTaken(string Source, LocalDate Date, int Rates, bool New, bool Held);

/// <summary>Takes a source's file of exchange rates.</summary>
sealed class ImportRatesCommand : AsyncCommand<ImportRatesCommand.Settings>
{
    static readonly Actor Itself = new Actor.Operator("rates");

    /// <summary>From where.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>The file.</summary>
        [CommandArgument(0, "<FILE>"), Description("eurofxref-daily.xml, -hist-90d.xml or -hist.csv of the European "
            + "Central Bank, or a table of api.nbp.pl as JSON. Of several days the newest counts.")]
        public string File { get; init; } = "";
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        if (!File.Exists(settings.File))
            throw new Trouble("rates.no-file", $"There is no file {settings.File}.", Trouble.BadInput);
        if (new FileInfo(settings.File).Length > RateFiles.Largest)
            throw new Trouble(
                "rates.too-large", $"{settings.File} is larger than any file of rates.", Trouble.BadInput);
        var (sheet, fault) = RateFiles.Read(await File.ReadAllBytesAsync(settings.File, cancel));
        if (sheet is null)
            throw new Trouble("rates.unreadable", $"{settings.File}: {fault!.Problem}", Trouble.BadInput);
        using var host = HeadlessHost.Build(new() { DataFolder = settings.Data });
        await host.StartAsync(cancel);
        var platform = host.Services.GetRequiredService<Platform>();
        var before = platform.Position;
        var outcome = await platform.Ask(
            new(new RateSourceId(sheet.Source), new RateSource.Command.Take(sheet), Itself), cancel);
        await host.StopAsync(CancellationToken.None);
        if (outcome is not Outcome.Done { State: RateSource.State state })
            throw new Trouble("rates.not-taken", outcome is Outcome.Refused { Why: var why }
                ? string.Join(' ', why.Select(Texts.In("en", DateTimeZone.Utc).Tell)) : $"{outcome}", Trouble.Refused);
        var taken = new RatesTaken(sheet.Source, sheet.Date, sheet.Rates.Length, platform.Position > before,
            state.Doubt?.Sheet.Date == sheet.Date);
        if (settings.Json) Out.Json(taken);
        else Out.Line($"{Out.Count(taken.Rates)} rates of {taken.Source}, of {taken.Date:uuuu-MM-dd}"
            + (taken.Held ? ": some moved further than rates do. They wait until an operator has looked, at /rates."
                : $"{(taken.New ? "." : ": known already.")} Prices that follow them move once the platform runs."));
        return 0;
    }
}
