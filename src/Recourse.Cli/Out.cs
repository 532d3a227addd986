using System.Text.Json;
using Recourse.Runtime;
using Recourse.Web;
using Spectre.Console;
using Spectre.Console.Rendering;
namespace Recourse.Cli;

/// <summary>What is printed: results on the output, progress and trouble on the error stream.</summary>
static class Out
{
    const int WidthOfFiles = 240;

    static readonly Lazy<Registry> AllKinds = new(() => new(Modules.Kinds));
    static readonly Lazy<JsonSerializerOptions> Options =
        new(() => new(new ApiJson(Registry).Options) { WriteIndented = true });

    /// <summary>The kinds; made once, since that is dear.</summary>
    public static Registry Registry => AllKinds.Value;

    static readonly IAnsiConsole Result = Make(Console.Out, Console.IsOutputRedirected);
    static readonly IAnsiConsole Aside = Make(Console.Error, Console.IsErrorRedirected);

    static IAnsiConsole Make(TextWriter to, bool isFile)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(to),
            Ansi = isFile ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = isFile ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isFile) console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>For programs.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options.Value));

    /// <summary>A line as it is.</summary>
    public static void Line(string text = "") => Console.Out.WriteLine(text);

    /// <summary>A table or another thing that people look at.</summary>
    public static void Show(IRenderable thing)
    {
        Result.Write(thing);
        if (thing is not Spectre.Console.Table) Result.WriteLine();
    }

    /// <summary>An empty table; columns that start with <c>#</c> hold numbers.</summary>
    public static Table Table(string title, params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new(Markup.Escape(title)) };
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('#');
            var made = new TableColumn(Markup.Escape(column.TrimStart('#'))) { NoWrap = true };
            table.AddColumn(isNumber ? made.RightAligned() : made);
        }
        return table;
    }

    /// <summary>A row of plain texts.</summary>
    public static void Row(this Table table, params ReadOnlySpan<string> cells)
    {
        List<IRenderable> row = [];
        foreach (var cell in cells) row.Add(new Text(cell));
        table.AddRow(row);
    }

    /// <summary>Work with a bar; <paramref name="isQuiet"/> or no terminal: without.</summary>
    public static async Task Progress(bool isQuiet, string what, Func<Action<long, long>, Task> work)
    {
        if (isQuiet || Console.IsErrorRedirected)
        {
            await work((_, _) => { });
            return;
        }
        await Aside.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what));
                await work((done, all) => (bar.MaxValue, bar.Value) = (Math.Max(1, all), done));
            });
    }

    /// <summary>A count as people read it.</summary>
    public static string Count(long number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Money as people read it.</summary>
    public static string Amount(Money money) => Texts.In("en", DateTimeZone.Utc).Show(money);
}
