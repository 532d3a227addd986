using System.Diagnostics;
using System.Net;
namespace Recourse.Benchmarks;

/// <summary>What a load came to.</summary>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
public sealed record Measured(
    double PerSecond, double P50, double P99, long Good, ImmutableSortedDictionary<int, long> Others, string? Sample);

/// <summary>Clients that ask at once, each as soon as it has its answer, or at a fixed rate.</summary>
public sealed class Load(IPEndPoint server, int clients)
{
    /// <summary>How many ask at once.</summary>
    public int Clients => clients;

    sealed class Tally
    {
        public readonly List<double> Took = [];
        public readonly Dictionary<int, long> Others = [];
        public string? Sample;
    }

    /// <summary>Asks for a while.</summary>
    /// <param name="next">The next request of a client, by how many it has asked before; empty: it has no more.</param>
    /// <param name="perSecond">All clients together; null: as fast as they are answered.</param>
    /// <param name="most">Ends after so many, however long that takes; null: after the time.</param>
    /// <param name="heard">Hears each client's good answers, headers and all.</param>
    public async Task<Measured> Run(
        Func<int, long, ReadOnlyMemory<byte>> next, TimeSpan span, double? perSecond = null, long? most = null,
        Action<int, string>? heard = null)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var client = new Client();
            await client.Open(server);
            return client;
        }));
        var (left, from) = (most ?? long.MaxValue, Stopwatch.GetTimestamp());
        var tallies = await Task.WhenAll(open.Select((client, c) => Task.Run(() => Ask(client, c))));
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        foreach (var client in open) client.Dispose();
        return Sum(tallies, seconds);

        async Task<Tally> Ask(Client client, int c)
        {
            var tally = new Tally();
            for (long n = 0; Interlocked.Decrement(ref left) >= 0; n++)
            {
                var start = Stopwatch.GetTimestamp();
                if (perSecond is { } rate)
                {
                    var due = from + (long)((n + c / (double)clients) * clients / rate * Stopwatch.Frequency);
                    if (due > start) await Task.Delay(Stopwatch.GetElapsedTime(start, due));
                    start = due > start ? Stopwatch.GetTimestamp() : due;   // the wait for the answer before it counts
                }
                if (most is null && Stopwatch.GetElapsedTime(from) > span) break;
                var asked = next(c, n);
                if (asked.IsEmpty) break;
                var status = await client.Send(asked);
                tally.Took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (status is >= 200 and < 202)
                {
                    heard?.Invoke(c, client.Text);
                    continue;
                }
                tally.Others[status] = tally.Others.GetValueOrDefault(status) + 1;
                tally.Sample ??= client.Text;
            }
            return tally;
        }
    }

    static Measured Sum(Tally[] tallies, double seconds)
    {
        double[] took = [.. tallies.SelectMany(t => t.Took).Order()];
        var others = tallies.SelectMany(t => t.Others).GroupBy(o => o.Key)
            .ToImmutableSortedDictionary(g => g.Key, g => g.Sum(o => o.Value));
        return new(took.Length / seconds, At(0.5), At(0.99), took.Length - others.Values.Sum(), others,
            tallies.FirstOrDefault(t => t.Sample is not null)?.Sample);

        double At(double part) => took.Length == 0 ? 0 : took[(int)(part * (took.Length - 1))];
    }
}
