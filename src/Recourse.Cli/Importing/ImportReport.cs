namespace Recourse.Cli;

/// <summary>A take-over, for people.</summary>
static class ImportReport
{
    const int MostNotTaken = 50;

    public static void Show(ImportResult result, TimeSpan took)
    {
        var files = Out.Table("Rows", "file", "#read", "#as facts", "#as findings", "#unreadable");
        foreach (var f in result.Files)
            files.Row(f.File, Out.Count(f.Rows), Out.Count(f.AsFacts), Out.Count(f.AsFindings), Out.Count(f.Faulty));
        Out.Show(files);
        var orders = Out.Table("Orders by how they ended there", "end", "#orders");
        foreach (var (state, count) in result.OrdersByEndState) orders.Row(state, Out.Count(count));
        Out.Show(orders);
        var ends = Out.Table("Early ends there: what most probably ended them (inferred, not decided)",
            "code", "#orders");
        foreach (var (code, count) in result.EarlyEndsByInference) ends.Row(code, Out.Count(count));
        ends.Row("silent: nothing can be inferred", Out.Count(result.EarlyEndsSilent));
        Out.Show(ends);
        var findings = Out.Table("Findings", "code", "#found");
        foreach (var (code, count) in result.FindingsByCode) findings.Row(code, Out.Count(count));
        Out.Show(findings);
        var money = Out.Table("Money", "column", "#read", "#as facts", "#in findings");
        foreach (var m in result.Money.SelectMany(c => c.Columns))
            money.Row(m.Column, Out.Amount(m.Read), Out.Amount(m.AsFacts), Out.Amount(m.InFindings));
        Out.Show(money);
        foreach (var not in result.NotTaken.Take(MostNotTaken))
            Console.Error.WriteLine($"{not.Target}: {not.Code}: {not.Text}");
        Out.Line(
            $"{Out.Count(result.Orders)} orders there are {Out.Count(result.OrdersHere)} here, one for each seller. "
            + $"{Out.Count(result.Recorded)} of {Out.Count(result.Steps)} steps were new. "
                + $"{Out.Count(result.Strays)} rows "
            + $"belong to nothing and are kept apart. "
            + (result.AddsUp ? "Every row and every cent ended in one place. " : "ROWS OR MONEY DO NOT ADD UP. ")
            + (result.NotTaken.IsEmpty ? "" : $"{Out.Count(result.NotTaken.Length)} were REFUSED. ")
            + $"{took.TotalSeconds:0.0} s.");
    }
}
