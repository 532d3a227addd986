namespace Recourse.Buyers;

public static partial class BuyerAccount
{
    /// <summary>What a buyer is told of what stands against them.</summary>
    public static IEnumerable<Notice> Notices(BuyerId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.MethodsBlocked e => [ToBuyer("methods-blocked", e.Why)],
            Event.BlockLifted      => [ToBuyer("methods-free", null)],
            Event.BlockEnded       => [ToBuyer("methods-free", null)],
            Event.Imported or Event.NotificationsChosen => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Decisions, $"{id}", Party.Buyer, id, facts, why);
    }
}
