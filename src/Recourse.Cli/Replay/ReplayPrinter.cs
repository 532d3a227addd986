using System.Text.Json;
using Recourse.Olist;
using Recourse.Runtime;
using Spectre.Console;
namespace Recourse.Cli;

/// <summary>A replay on the screen, or as JSON.</summary>
public static class ReplayPrinter
{
    /// <summary>Everything, order by order.</summary>
    public static void Json(ReplayReport report, Registry registry) =>
        Console.WriteLine(JsonSerializer.Serialize(report, new JsonSerializerOptions(registry.Json.Options)
        {
            WriteIndented = true,
        }));

    /// <summary>Totals, what people could not do, deadlines, and some orders side by side.</summary>
    public static void Table(ReplayReport report, int orders, string data)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        AnsiConsole.MarkupInterpolated($"[bold]{report.Orders:N0} orders of {report.Baskets:N0} baskets[/]");
        AnsiConsole.MarkupLineInterpolated($", lived again ({report.Turns:N0} turns)");
        AnsiConsole.WriteLine();
        Totals(report);
        Deadlines(report);
        if (orders > 0) Rows(report, orders);
        AnsiConsole.MarkupLineInterpolated($"""
            Left open by history: {report.LeftOpenThere:N0}.
            Of these ended here with a statement, or delivered: [green]{report.LeftOpenThereEndedHere:N0}[/].
            Still open here: {report.Open:N0}. Median days from knowing to money back: {report.MedianDaysToMoneyBack}.
            Not replayable, for want of items: {report.NotReplayable.Length:N0} orders (listed by --json).
            """);
        foreach (var (what, count) in report.Refused)
            AnsiConsole.MarkupLineInterpolated($"[grey]{count,6:N0} × not possible here: {what}[/]");
        if (report.Violations.IsEmpty) AnsiConsole.MarkupLine("[green]Every invariant holds.[/]");
        foreach (var violation in report.Violations.Take(20))
            AnsiConsole.MarkupLineInterpolated($"[red]{violation}[/]");
        AnsiConsole.MarkupLineInterpolated(
            $"Look around: ./recourse orders --data {data}, ./recourse why ORDER --data {data}");
    }

    static void Totals(ReplayReport report)
    {
        var table = new Table().Title("How it ended").Border(TableBorder.Simple)
            .AddColumns("In fact", "Here", "Reason", "Orders", "Median days until the buyer knew");
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        string? last = null;
        foreach (var t in report.Totals)
        {
            table.AddRow(t.There == last ? "" : Words(t.There), Words(t.Here), t.Reason ?? "", $"{t.Orders:N0}",
                $"{t.MedianDaysToKnow}");
            last = t.There;
        }
        AnsiConsole.Write(table);
    }

    static void Deadlines(ReplayReport report)
    {
        var table = new Table().Title("Deadlines").Border(TableBorder.Simple).AddColumns("What", "For whom", "Times");
        table.Columns[2].RightAligned();
        foreach (var d in report.Deadlines) table.AddRow(d.What, d.For, $"{d.Count:N0}");
        AnsiConsole.Write(table);
    }

    static void Rows(ReplayReport report, int orders)
    {
        var table = new Table().Title("Some that history left open or cancelled").Border(TableBorder.Simple)
            .AddColumns("Order", "Bought", "In fact", "Here", "Buyer knew", "Money back", "Deadlines");
        var troubled = report.Rows.Where(
            r => r.Ending is not (HistoricalEnding.Delivered or HistoricalEnding.DeliveredUndated))
            .ToList();
        var step = Math.Max(1, troubled.Count / orders);
        foreach (var r in troubled.Where((_, i) => i % step == 0).Take(orders))
            table.AddRow(Markup.Escape(CodeOf(r.Order)), Day(r.PurchasedAt), Words($"{r.Ending}"),
                $"{Words(r.Here)}{(r.Reason is null ? "" : $"\n[grey]{r.Reason}[/]")}", Day(r.KnewHere),
                Day(r.MoneyBackHere), string.Join("\n", r.Deadlines));
        AnsiConsole.Write(table);
    }

    /// <summary>By which <c>why</c> finds it.</summary>
    static string CodeOf(string order) => order[(order.LastIndexOf('/') + 1)..];

    static string Day(Instant? at) => at is { } a ? a.InUtc().Date.ToString("uuuu-MM-dd", null) : "";

    /// <summary>An enum's name as words: <c>NeverDelivered</c> is "never delivered".</summary>
    static string Words(string name) => Closed.NameOf(name).Replace('-', ' ');
}
