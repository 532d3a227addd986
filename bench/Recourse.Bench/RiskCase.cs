using System.Diagnostics;
using System.Globalization;
using Recourse.Adapters.Risk;
using Recourse.Adapters.Rulebooks;
using Recourse.Risk;
namespace Recourse.Benchmarks;

/// <summary>What screening remembers of ten million purchases of one month, and what screening one costs.</summary>
sealed class RiskCase(string folder, Report report)
{
    const int Purchases = 10_000_000, Screened = 50_000;
    static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);
    static readonly Duration Between = Duration.FromMilliseconds(250);
    static readonly ImmutableArray<long> Steps = [.. Enumerable.Range(1, 32).Select(i => (long)i * i * i)];
    static readonly Money Amount = new(2_000, Currency.Eur);

    /// <summary>Fills it, screens over it, writes it and reads it back.</summary>
    public void Run()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var memory = new RiskMemory();
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < Purchases; i++) memory.Remember(Attempt(i));
        var each = Stopwatch.GetElapsedTime(from) / Purchases;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        report.Add("Screening: memory for 10 million purchases, and as it says itself",
            $"{bytes >> 20} MiB, {memory.Bytes >> 20} MiB", "< 1 GB");
        report.Add("Screening: remembering one", Microseconds(each));
        Screen(memory, model: null);
        Screen(memory, Largest());
        Keep(memory);
    }

    // It looks at every fact that models may look at, in many steps each.
    static RiskModel Largest() => ModelFile.Named(new(
        new(Start, Start, 0, 0, "made up", 0), Bias: -3_000,
        [
            .. RiskInput.All.Where(i => RiskInput.IsLearnedFrom(i.Name)).Select(i => new ModelFeature(
                i.Name, Steps, [.. Enumerable.Range(-16, Steps.Length + 1).Select(w => 10 * w)])),
        ], null));

    void Screen(RiskMemory memory, RiskModel? model)
    {
        var (models, book) = (new ModelShelf(), RulebookFile.Shipped());
        if (model is not null) models.Put(model);
        var rules = book.Of<RiskRules>() with { Model = model?.Version };
        book = book with { Sections = book.Sections.Replace(book.Of<RiskRules>(), rules) };
        var screener = new Screener(memory, _ => { }, models);
        List<double> took = [];
        var stopped = 0;
        for (var i = -Screened / 10; i < Screened; i++)
        {
            var from = Stopwatch.GetTimestamp();
            var outcome = Screening.Of(screener.FactsOf(Attempt(Purchases + i), book), rules).Outcome;
            if (i >= 0) took.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds);
            if (outcome is not RiskOutcome.Accept) stopped++;
        }
        took.Sort();
        var what = model is null ? "" : $" and a model of {model.Features.Length} facts";
        report.Add($"Screening: facts, {rules.Rules.Length} rules{what}, and score of one, median / p99", string.Create(
            CultureInfo.InvariantCulture, $"{took[took.Count / 2]:0.0} / {took[took.Count * 99 / 100]:0.0} µs"));
        if (model is null)
            report.Add("Screening: more than accepted, of purchases made up at random", $"{stopped} of {Screened}");
    }

    void Keep(RiskMemory memory)
    {
        var path = Path.Combine(folder, "risk.snapshot");
        var from = Stopwatch.GetTimestamp();
        var writing = Task.Run(() => memory.Save(path, through: 1));
        var longest = TimeSpan.Zero;
        while (!writing.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            memory.FactsOf(Attempt(Purchases));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
            Thread.Sleep(1);
        }
        writing.Wait();
        var wrote = Stopwatch.GetElapsedTime(from);
        from = Stopwatch.GetTimestamp();
        using (var file = File.OpenRead(path)) RiskMemory.Read(file);
        report.Add("Screening: a snapshot of it, written / read; longest that one waited meanwhile", string.Create(
            CultureInfo.InvariantCulture,
            $"{new FileInfo(path).Length >> 20} MiB, {wrote.TotalSeconds:0.0} / "
            + $"{Stopwatch.GetElapsedTime(from).TotalSeconds:0.0} s; {longest.TotalMilliseconds:0} ms"));
    }

    // Three purchases for each account, device and card, five for each IP address, two for each postal address.
    static PurchaseAttempt Attempt(int i)
    {
        var who = unchecked((uint)i * 2_654_435_761u);
        return new(
            Start + Between * i, $"buyer{who % 3_333_333}", Start - Duration.FromDays(90), Amount,
            $"device{who % 3_333_331}", $"ip{who % 2_000_003}", $"card{who % 3_333_329}", $"street{who % 5_000_011}");
    }

    static string Microseconds(TimeSpan span) =>
        span.TotalMicroseconds.ToString("0.0 µs", CultureInfo.InvariantCulture);
}
