using Recourse.Orders;
using Recourse.Rulebooks;
namespace Recourse.Payouts;

public static partial class Earnings
{
    static Decision<Event> ChargeBack(State? state, Command.ChargeBack c, Turn turn)
    {
        if (string.IsNullOrWhiteSpace(c.Reference) || c.Reference.Length > LongestReference) return BadReference;
        if (state?.ChargedBack.FirstOrDefault(b => b.Reference == c.Reference) is { } before)
            return c.Paid is null || before.Amount == c.Amount ? [] : BookedOtherwise(before);
        if (c.Order.Seller != turn.Id.Seller) return OtherSeller;
        if (c.Amount.Currency != turn.Currency || c.Amount.Minor is < 1 or > Money.Most) return BadAmount;
        if (c.Paid is { Value: var paid } && LeftOf(paid, c.Order, state) is var left
            && (paid.Currency != c.Amount.Currency || c.Amount.Minor > left.Minor)) return MoreThanPaid(left);
        return
        [
            new Event.ChargedBack(c.Reference, c.Order, c.Amount, new(
                "earnings.charged-back", "earnings.taken-off",
                [
                    new("amount", c.Amount, Party.Everyone), new("order", $"{c.Order}", Party.Everyone),
                    new("reference", c.Reference, Party.Everyone),
                ],
                rule: "payouts.reserve", turn.Book.Version, new DecidedBy.Person(turn.By), [Ask, Statement.Appeal],
                turn.At,
                Statement.UntilIn([Ask, Statement.Appeal],
                    turn.Rules.AppealWithin.EndFrom(turn.At, turn.Book.Of<Calendars>().Default)))
            {
                Nth = state is { ChargedBack.Length: > 0 and var many } ? many + 1 : null,
            }),
        ];
    }

    /// <summary>What a bank can still take back of an order: other than that, its seller never had anything.</summary>
    static Money LeftOf(Money paid, OrderId order, State? state) => paid with
    {
        Minor = Math.Max(0, paid.Minor - (state?.ChargedBack ?? [])
            .Where(b => b.Order == order && !b.IsRestored && b.Amount.Currency == paid.Currency)
            .Sum(b => b.Amount.Minor)),
    };
}
