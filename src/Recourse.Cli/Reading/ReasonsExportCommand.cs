using System.ComponentModel;
using Recourse.Reasons;
using Recourse.Web;
using Spectre.Console.Cli;
namespace Recourse.Cli;

/// <summary>Writes the platform's decisions in the form of the DSA Transparency Database.</summary>
sealed class ReasonsExportCommand : AsyncCommand<ReasonsExportCommand.Settings>
{
    /// <summary>Which, how and where to.</summary>
    public sealed class Settings : ReadingSettings
    {
        /// <summary>In which form.</summary>
        [CommandOption("--format <FORM>"), DefaultValue("json"), Description("json, as the database's API takes it, or "
            + "csv, with the columns of its files.")]
        public string Format { get; init; } = "json";

        /// <summary>From which day.</summary>
        [CommandOption("--from <DAY>"), Description("Only what was decided from that day (UTC) on, 2026-03-02.")]
        public string? From { get; init; }

        /// <summary>Until which day.</summary>
        [CommandOption("--until <DAY>"), Description("Only what was decided until that day (UTC), which is included.")]
        public string? Until { get; init; }

        /// <summary>Where the platform is.</summary>
        [CommandOption("--address <URL>"), Description("The platform's public address, for links to its rules.")]
        public string? Address { get; init; }

        /// <summary>What is inferred instead.</summary>
        [CommandOption("--inferred"), Description("Instead of decisions, what most probably ended orders of a history "
            + "early: inferred, decided by nobody here, and no part of the register. Days are those of the purchase.")]
        public bool Inferred { get; init; }

        /// <summary>Where to.</summary>
        [CommandOption("--out <FILE>"), Description("Into a file; otherwise it is printed.")]
        public string? To { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken cancel)
    {
        var format = settings.Json ? "json" : settings.Format;
        if (format is not ("json" or "csv"))
            throw new Trouble("cli.no-such-format", $"\"{format}\" is no form: say json or csv.", Trouble.BadInput);
        var (from, until) = (Day(settings.From, "--from"), Day(settings.Until, "--until"));
        if (from > until)
            throw new Trouble("cli.ends-before-it-starts", "--until lies before --from.", Trouble.BadInput);
        var address = settings.Address is null ? null
            : Uri.TryCreate(settings.Address, UriKind.Absolute, out var said) && said.Scheme is "http" or "https" ? said
            : throw new Trouble("cli.bad-address", $"\"{settings.Address}\" is no address as https://shop.example.",
                Trouble.BadInput);
        using var opened = await OpenedStore.Open(settings.Data, "GET {at}/v1/decisions/export");
        if (settings.Inferred)
        {
            var ends = InferredExport.Between(opened, from, until).ToList();
            return await Write(format is "csv" ? InferredExport.Csv(ends) : InferredExport.Json(ends), ends.Count,
                "inferred reasons", settings.To, cancel);
        }
        var views = opened.Store.Views;
        var records = RegisterExport.Between(views, from, until)
            .Select(row => DsaForm.Of(row, DsaForm.About.Of(row, views), address)).OfType<DsaRecord>().ToList();
        return await Write(format is "csv" ? DsaForm.Csv(records) : DsaForm.Json(records), records.Count, "decisions",
            settings.To, cancel);
    }

    static async Task<int> Write(string text, int count, string what, string? to, CancellationToken cancel)
    {
        if (to is null) Console.Out.WriteLine(text.TrimEnd());
        else
        {
            await File.WriteAllTextAsync(to, text, cancel);
            Console.Error.WriteLine($"{Out.Count(count)} {what} are in {to}.");
        }
        return 0;
    }

    static LocalDate? Day(string? text, string option) => RegisterExport.TryDay(text, out var day) ? day
        : throw new Trouble("cli.bad-day", $"{option} \"{text}\" is no day as 2026-03-02.", Trouble.BadInput);
}
