using Recourse.Catalog;
using Recourse.Inventory;
using Recourse.Orders;
using Xunit;
namespace Recourse.Tests;

/// <summary>One seller's aggregates: what one requires of another happens in the same turn or not at all.</summary>
sealed record Stockroom(ImmutableDictionary<IId, object> States, ImmutableList<object> Sent, Instant Now)
{
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    public static readonly Stockroom Empty = new(
        ImmutableDictionary<IId, object>.Empty, ImmutableList<object>.Empty, Example.Wednesday);

    public static Stockroom With(int cups, int pots) => Empty
        .When(Example.Seller, Example.Crockery, new Listing.Command.Publish(Example.Wares))
        .When(Example.Seller, Example.CupsInStock, new StockItem.Command.Receive("main", cups))
        .When(Example.Seller, Example.PotsInStock, new StockItem.Command.Receive("main", pots));

    public StockItem.State Cups => (StockItem.State)States[Example.CupsInStock];
    public StockItem.State Pots => (StockItem.State)States[Example.PotsInStock];
    public T? Get<T>(IId id) where T : class => States.GetValueOrDefault(id) as T;

    public Stockroom When(Actor who, IId id, object command, Instant? at = null)
    {
        List<Refusal> refusals = [];
        var after = Carry(who, id, command, at ?? Now, refusals) with { Now = at ?? Now };
        return (refusals.Count > 0 ? this with { Now = at ?? Now } : after) with { Refusals = [.. refusals] };
    }

    /// <summary>Time passes to the next wake of anything here, if there is one.</summary>
    public Stockroom WhenDue()
    {
        var due = States.Select(s => (s.Key, Kind: KindOf(s.Key), At: KindOf(s.Key).NextWake(s.Value)))
            .Where(s => s.At is not null).OrderBy(s => s.At).ThenBy(s => $"{s.Key}", StringComparer.Ordinal)
            .FirstOrDefault();
        return due.At is { } at ? When(Example.Clock, due.Key, due.Kind.Wake(at), Instant.Max(at, Now)) : this;
    }

    public void ThenRefused(params string[] codes) => Assert.Equal(codes, Refusals.Select(r => r.Code));

    Stockroom Carry(Actor who, IId id, object command, Instant at, List<Refusal> refusals)
    {
        var kind = KindOf(id);
        var room = this;
        var decision = kind.Decide(id, States.GetValueOrDefault(id), command, new Asked(who, at, Example.Published));
        refusals.AddRange(decision.Refusals);
        foreach (var e in decision.Events)
        {
            var state = kind.Evolve(room.States.GetValueOrDefault(id), e);
            room = room with { States = room.States.SetItem(id, state) };
            foreach (var intent in kind.React(id, state, e))
            {
                room = intent switch
                {
                    Intent.Require { Message: var m } =>
                        room.Carry(new Actor.Aggregate($"{id}"), m.Target, m.Command, at, refusals),
                    Intent.Send { Message: var m } => room with { Sent = room.Sent.Add(m.Command) },
                    Intent.Call => room,
                };
            }
        }
        return room;
    }

    static Kind KindOf(IId id) => Modules.Kinds.Single(k => k.Types.Id == id.GetType());
}
