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
            Event.Cautioned { Caution: Caution.VerifyFirst } e =>
                [ToBuyer("buying-verify", null, ("count", e.Count), ("next", e.Next ?? 0))],
            Event.Cautioned e      => [ToBuyer("buying-warned", null, ("count", e.Count), ("next", e.Next ?? 0))],
            Event.BuyingPaused e   => [ToBuyer("buying-paused", e.Why)],
            Event.PauseEnded       => [ToBuyer("buying-free", null)],
            Event.PauseOverturned  => [ToBuyer("buying-free", null)],
            Event.Imported or Event.NotificationsChosen or Event.GivenUpCounted or Event.EndedWellHeard
                or Event.ConductCleared or Event.SpokenFor or Event.BusinessSaid => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, Statement? why, params ImmutableArray<Named> facts) =>
            new(code, Matter.Decisions, $"{id}", Party.Buyer, id, facts, why);
    }
}
