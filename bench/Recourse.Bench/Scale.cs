namespace Recourse.Benchmarks;

/// <summary>Puts every figure beside an echo of the same body, before and after it.</summary>
public sealed class Scale(Served echo, Plan plan, Report report)
{
    readonly Load _load = new(echo.EndPoint, Town.AtOnce);
    readonly Town _nobody = Town.Of(null);

    /// <summary>Until the compiler is done with it.</summary>
    public Task WarmUp() => _load.Run(_nobody.Basket, plan.WarmUp);

    async Task<double> Echo() => (await _load.Run(_nobody.Basket, plan.EchoWindow)).PerSecond;

    /// <summary>Something that counts for itself.</summary>
    public async Task Measure(string name, Func<Task<double>> count)
    {
        List<Line> rounds = [];
        var before = await Echo();
        for (var i = 0; i < plan.Rounds; i++)
        {
            var perSecond = await count();
            var after = await Echo();
            rounds.Add(new(name, perSecond, perSecond * 2 / (before + after), EchoDrift: after / before - 1));
            before = after;
        }
        report.Add(Median(rounds));
    }

    /// <summary>What a server does with requests; the server is warmed up with them.</summary>
    public async Task<Line> Measure(
        string name, Served server, Func<int, long, ReadOnlyMemory<byte>> next, bool warm = true)
    {
        var load = new Load(server.EndPoint, Town.AtOnce);
        if (warm) Check(name, await load.Run(next, plan.WarmUp));
        List<Line> rounds = [];
        var before = await Echo();
        for (var i = 0; i < plan.Rounds; i++)
        {
            var cpu = server.Cpu;
            var done = await load.Run(next, plan.Window);
            cpu = server.Cpu - cpu;
            Check(name, done);
            var after = await Echo();
            rounds.Add(new(name, done.PerSecond, done.PerSecond * 2 / (before + after), done.P50, done.P99,
                cpu.TotalMicroseconds / done.Good, after / before - 1));
            before = after;
        }
        var line = Median(rounds);
        report.Add(line);
        return line;
    }

    /// <summary>What can be asked once only, is made ready anew for each round, and is asked to its end.</summary>
    public async Task<Line> Measure(
        string name, Served server, Func<Task<Func<int, long, ReadOnlyMemory<byte>>>> ready)
    {
        var load = new Load(server.EndPoint, Town.AtOnce);
        List<Line> rounds = [];
        for (var i = 0; i <= plan.Rounds; i++)
        {
            var next = await ready();
            var before = await Echo();
            var cpu = server.Cpu;
            var done = await load.Run(next, TimeSpan.Zero, most: long.MaxValue);
            cpu = server.Cpu - cpu;
            Check(name, done);
            var after = await Echo();
            // The first round warms up.
            if (i > 0)
                rounds.Add(new(name, done.PerSecond, done.PerSecond * 2 / (before + after), done.P50, done.P99,
                    cpu.TotalMicroseconds / done.Good, after / before - 1));
        }
        var line = Median(rounds);
        report.Add(line);
        return line;
    }

    static Line Median(List<Line> rounds) => rounds.OrderBy(l => l.Ratio).ElementAt(rounds.Count / 2);

    static void Check(string name, Measured done)
    {
        if (done.Good > 0 && done.Others.Count == 0) return;
        Console.Error.WriteLine($"{name}: {done.Good} good, but {string.Join(", ", done.Others)}: {done.Sample}");
    }
}
