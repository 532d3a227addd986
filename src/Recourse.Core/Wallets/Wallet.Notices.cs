namespace Recourse.Wallets;

public static partial class Wallet
{
    /// <summary>What the buyer is told of money that comes; of what they do themselves they know.</summary>
    public static IEnumerable<Notice> Notices(WalletId id, State? now, Event @event)
    {
        return @event switch
        {
            Event.Received e => [ToBuyer("wallet-received", ("amount", e.Amount))],
            Event.Compensated e =>
                [ToBuyer("wallet-compensated", ("amount", e.Amount), ("reason", e.Code), ("order", $"{e.Order}"))],
            Event.Set or Event.Returned or Event.Spent or Event.Withdrawn => Array.Empty<Notice>(),
        };

        Notice ToBuyer(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Money, $"{id.Buyer}", Party.Buyer, id, facts);
    }
}
