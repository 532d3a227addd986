using Xunit;
namespace Recourse.Tests;

/// <summary>One aggregate and the accounts it moved, after everything that was said to it.</summary>
sealed record Life(Kind Kind, IId Id, object? State, Instant Now)
{
    public Decision<object> Last { get; init; } = new([], []);
    public ImmutableArray<Intent> Wants { get; init; } = [];
    public ImmutableSortedDictionary<string, long> Balances { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public Instant Due => State is null ? Now : Kind.NextWake(State) ?? Now;
    public long At(string account) => Balances.GetValueOrDefault(account);

    public Life When(Actor who, object command, Instant? at = null)
    {
        var decision = Kind.Decide(Id, State, command, new Asked(who, at ?? Now, Purchase.Published));
        Assert.True(decision.Events.IsEmpty || decision.Refusals.IsEmpty);
        var before = this with { Now = at ?? Now, Last = decision, Wants = [] };
        return decision.Events.Aggregate(before, (life, e) => life.After(e));
    }

    public Life WhenDue() => When(Purchase.Clock, Kind.Wake(Due), at: Instant.Max(Due, Now));

    Life After(object @event)
    {
        var state = Kind.Evolve(State, @event);
        var balances = Balances.ToBuilder();
        foreach (var (from, to, amount) in Kind.Transfers(Id, state, @event))
        {
            Assert.True(amount.Minor > 0);
            balances[from.Path] = balances.GetValueOrDefault(from.Path) - amount.Minor;
            balances[to.Path] = balances.GetValueOrDefault(to.Path) + amount.Minor;
        }
        return this with
        {
            State = state, Balances = balances.ToImmutable(), Wants = [.. Wants, .. Kind.React(Id, state, @event)],
        };
    }

    public TState In<TState>() => Assert.IsType<TState>(State);
    public TEvent Then<TEvent>() => Assert.IsType<TEvent>(Assert.Single(Last.Events));
    public TEvent ThenAlso<TEvent>() => Assert.Single(Last.Events.OfType<TEvent>());

    public Life ThenNothing()
    {
        Assert.Empty(Last.Events);
        Assert.Empty(Last.Refusals);
        return this;
    }

    public ImmutableArray<Refusal> ThenRefused(params string[] codes)
    {
        Assert.Equal(codes, Last.Refusals.Select(r => r.Code));
        return Last.Refusals;
    }

    /// <summary>The one call to the outside that was wanted last.</summary>
    public TCall Call<TCall>() => Assert.IsAssignableFrom<TCall>(Assert.Single(Wants.OfType<Intent.Call>()).Request);

    /// <summary>Commands of that type that others are sent, or that are required of them.</summary>
    public IEnumerable<(IId To, TCommand Command)> Sent<TCommand>() =>
        from intent in Wants
        let message = intent switch
        {
            Intent.Send i    => i.Message,
            Intent.Require i => i.Message,
            Intent.Call      => null,
        }
        where message?.Command is TCommand
        select (message.Target, (TCommand)message.Command);
}
