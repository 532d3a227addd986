using Recourse.Orders;
using Recourse.Runtime;
using Xunit;
namespace Recourse.Tests;

/// <summary>A partition whose memory is empty: what a turn needs is fetched, and the turn happens once.</summary>
public sealed class WaitingForSeveralThings
{
    static readonly Lived Log = Lives.Log.Value;

    static readonly int At = Enumerable.Range(0, Log.Turns.Length)
        .First(i => Log.Turns[i].Events.Any(e => e.Event is Order.Event.Shipped));

    /// <summary>As it was before that turn.</summary>
    static Entry Fold(IId id) => Log.Turns.Take(At)
        .Aggregate(Entry.Nothing, (entry, turn) => Follower.Fold(Log.Registry.Of(id), id, entry, turn));

    /// <summary>All that a partition wants, with loads and appends served until it wants nothing more.</summary>
    static List<Effect> Serve(Partition partition, Input first)
    {
        List<Effect> all = [];
        Queue<Input> next = new([first]);
        while (next.TryDequeue(out var input))
        {
            List<Effect> effects = [];
            partition.Step(input, effects);
            all.AddRange(effects);
            foreach (var effect in effects)
                if (effect is Effect.Load load) next.Enqueue(new Input.Loaded(load.Id, Fold(load.Id)));
                else if (effect is Effect.Append { Turn: var t })
                    next.Enqueue(new Input.Appended(t.Epoch, t.Sequence, At + 1));
        }
        return all;
    }

    static (Partition Partition, Turn Turn) Empty(int mostCached)
    {
        var turn = Log.Turns[At];
        var partition = new Partition(
            turn.Partition, Log.Registry, () => Log.Rulebooks, Duration.FromHours(1), mostCached);
        Serve(partition, new Input.Tick(turn.At));
        Dictionary<int, long> none = [];
        Serve(partition, new Input.Opened(
            new(1, turn.At, At, none, none, 0, [], [], [], turn.At + Duration.FromHours(1))));
        return (partition, turn);
    }

    [Theory, InlineData(512), InlineData(1)]
    public void An_ask_happens_once_and_is_answered_once(int mostCached)
    {
        var (partition, turn) = Empty(mostCached);

        var effects = Serve(partition, new Input.Asked(new(turn.Target, turn.Command!, turn.Who), turn.At, "ticket"));

        Assert.True(effects.OfType<Effect.Load>().Count() >= 3);
        Assert.Single(effects.OfType<Effect.Append>());
        Assert.IsType<Outcome.Done>(Assert.Single(effects.OfType<Effect.Answer>()).Outcome);
    }

    [Fact]
    public void What_changed_nothing_is_remembered_by_its_key_as_well()
    {
        var (partition, turn) = Empty(512);
        var ask = new Ask(turn.Target, turn.Command!, turn.Who, "first", RequestHash: 1);
        Serve(partition, new Input.Asked(ask, turn.At, "a"));

        var again = Serve(partition, new Input.Asked(ask with { Key = "second" }, turn.At, "b"));
        var other = Serve(partition, new Input.Asked(ask with { Key = "second", RequestHash = 2 }, turn.At, "c"));

        Assert.Empty(Assert.Single(again.OfType<Effect.Append>()).Turn.Events);
        var no = Assert.IsType<Outcome.Refused>(Assert.Single(other.OfType<Effect.Answer>()).Outcome);
        Assert.Equal("kernel.key-reused", Assert.Single(no.Why).Code);
    }

    [Fact]
    public void What_is_used_again_and_again_stays_while_others_come_and_go()
    {
        var (partition, turn) = Empty(mostCached: 16);
        var loads = 0;
        for (var n = 0; n < 400; n++)
            foreach (var id in (IId[])[turn.Target, new BuyerId($"passer-by-{n}")])
                loads += Serve(partition, new Input.Read(id, turn.Who, turn.At, "ticket"))
                    .OfType<Effect.Load>().Count(l => l.Id.Equals(turn.Target));

        Assert.Equal(1, loads);
    }
}
