using System.Diagnostics;
using System.Globalization;
namespace Recourse.Benchmarks;

/// <summary>The real program, whole, with views on; only the payment provider answers at once.</summary>
sealed class RecourseCases(string folder, Scale scale, Plan plan, Report report)
{
    public const string Checkout = "whole checkout", Cancellation = "a buyer's cancellation of a funded order";

    int _hot;

    /// <param name="cancel">Nothing but checkouts and cancellations.</param>
    /// <param name="brief">Nothing but the rates: the inner loop of whoever makes them better.</param>
    public async Task Run(bool brief, bool cancel)
    {
        Directory.CreateDirectory(folder);
        var town = Town.Of(folder);
        ImmutableArray<(string Path, string Token)> cold;
        await using (var server = await Served.Start("recourse", folder))
        {
            report.Add("Memory of an empty store", $"{server.MegabytesResident} MiB");
            _hot = plan.HotUnits;
            await town.MoveIn(server.Address, _hot);
            if (!cancel) await scale.Measure("one turn (stock receipt)", server, town.Receipt);
            var checkout = await scale.Measure(Checkout, server, town.Basket);
            await Cancel(server, town, checkout);
            if (cancel) return;
            await HalfLoad(server, town, checkout.PerSecond / 2);
            if (brief) return;
            await HotItem(server, town);
            await Cost(server, town);
            cold = await town.Checkouts(server.Address);
        }
        await Restart(cold);
    }

    // As many as are placed in a window: what is cancelled is funded, before its first pick and before its capture.
    async Task Cancel(Served server, Town town, Line checkout)
    {
        var many = (long)(checkout.PerSecond * plan.Window.TotalSeconds);
        var line = await scale.Measure(Cancellation, server, async () =>
        {
            var orders = await town.Placed(server, many);
            return (client, _) => orders.Next(client);
        });
        report.Add("Cancellations to checkouts, each to its own echo / processor time of one to the other",
            FormattableString.Invariant($"{line.Ratio / checkout.Ratio:0.00} / ")
            + FormattableString.Invariant($"{line.CpuMicroseconds / checkout.CpuMicroseconds:0.00}"), "≥ 0.6");
    }

    async Task HalfLoad(Served server, Town town, double rate)
    {
        var done = await new Load(server.EndPoint, Town.AtOnce).Run(town.Basket, plan.Window * 2, rate);
        report.Add($"Checkout at half the saturation load ({F(done.PerSecond)}/s), p50 / p99",
            string.Create(CultureInfo.InvariantCulture, $"{done.P50:0.0} / {done.P99:0.0} ms"), "p99 ≤ 50 ms");
    }

    async Task HotItem(Served server, Town town)
    {
        var done = await new Load(server.EndPoint, Town.AtOnce)
            .Run(town.HotBasket, plan.Window, most: _hot + _hot / 4);
        var refused = done.Others.GetValueOrDefault(409);
        report.Add($"One hot item, {_hot} units, {_hot + _hot / 4} buyers' tries",
            $"{done.Good} sold, {refused} refused, {F(done.PerSecond)}/s, p99 {F(done.P99)} ms",
            $"exactly {_hot} sold");
        if (done.Good != _hot) report.Add("Oversold or undersold", await town.HotStock(server.Address));
    }

    async Task Cost(Served server, Town town)
    {
        List<(int Stored, Line Line)> costs = [];
        foreach (var stored in plan.Stored)
        {
            await town.Fill(server, stored);
            var line = await scale.Measure(
                $"{Checkout} at {F(stored)} stored", server, town.Basket, warm: false);
            costs.Add((stored, line));
            var first = costs[0].Line;
            if (costs.Count > 1)
                report.Add($"Cost of order {F(stored)} to that of order {F(costs[0].Stored)}, time / CPU",
                    FormattableString.Invariant($"{first.Ratio / line.Ratio:0.00} / ") +
                    FormattableString.Invariant($"{line.CpuMicroseconds / first.CpuMicroseconds:0.00}"),
                    "≤ 1.15 (at 10⁶)");
        }
        report.Add($"Memory after {F(plan.Stored[^1])} orders, in use", $"{server.MegabytesResident} MiB");
    }

    async Task Restart(ImmutableArray<(string Path, string Token)> cold)
    {
        await using var server = await Served.Start("recourse", folder);
        report.Add($"From the start of the process to ready, {F(plan.Stored[^1])} orders and more",
            $"{F(server.ReadyMilliseconds)} ms", "≤ 3 s (at 10⁶)");
        report.Add("Memory then", $"{server.MegabytesResident} MiB");
        using var http = new HttpClient { BaseAddress = server.Address };
        List<double> took = [];
        foreach (var (path, token) in cold)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", token);
            var from = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request);
            took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }
        took.Sort();
        report.Add("Cold read of a checkout over HTTP, median / slowest of 50, the first request included",
            string.Create(CultureInfo.InvariantCulture, $"{took[took.Count / 2]:0.0} / {took[^1]:0.0} ms"), "≤ 50 ms");
    }

    static string F(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
