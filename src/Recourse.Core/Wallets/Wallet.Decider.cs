using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
namespace Recourse.Wallets;

public static partial class Wallet
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Received, State>(Party.Platform),
        Start<Event.Compensated, State>(Party.Platform),
        Row<State, Event.Received,  State>(Party.Platform),
        Row<State, Event.Compensated, State>(Party.Platform),
        Row<State, Event.Set,       State>(Party.Platform),
        Row<State, Event.Returned,  State>(Party.Platform),
        Row<State, Event.Spent,     State>(Party.Platform),
        Row<State, Event.Withdrawn, State>(Party.Buyer));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<WalletId, State, Command, Event> Kind = new()
    {
        Name = "wallet", Owner = OwnedBy.Buyer, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due), Size = s => 1 + s.Kept.Length + s.Once.Length,
    };

    /// <summary>The buyer's own, staff, and whatever of the same buyer hands money over.</summary>
    public static Party? PartyOf(WalletId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        // What went wrong is found where the seller is; only what compensates comes from there.
        Actor.Aggregate a => IsNeighbour(id, a.Id) || OrderId.TryParse(a.Id, out _)
            || ReasonCaseId.TryParse(a.Id, out _) ? Party.Platform : null,
        Actor.Clock       => Party.Clock,
        Actor.Seller or Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    static bool IsNeighbour(WalletId id, string who) =>
        CheckoutId.TryParse(who, out var checkout) && checkout.Buyer == id.Buyer
        || PaymentId.TryParse(who, out var payment) && payment.Buyer == id.Buyer
        || RefundId.TryParse(who, out var refund) && refund.Buyer == id.Buyer
        || PayoutId.TryParse(who, out var payout) && payout.Buyer == id.Buyer;

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(WalletId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (id.Currency is not { } currency) return Refusal.NotFound;
        if (asked.Who is Actor.Aggregate { Id: var who } && !IsNeighbour(id, who) && command is not Command.Compensate)
            return Refusal.NotFound;

        Decision<Event> decision = command switch
        {
            Command.Receive c  => c.Amount.Minor == 0 ? [] : [new Event.Received(c.Handover, c.Amount)],
            Command.Compensate c => Compensate(state, c, currency),
            Command.Keep c     => Keep(state, c, currency),
            Command.KeepLess c => KeepLess(state, c),
            Command.Spend c    => KeptFor(state, c.For) is { } kept ? [new Event.Spent(c.For, kept.Amount)] : [],
            Command.Withdraw c => Withdraw(id, state, c, currency),
            Command.Wake       => [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotYours(party);
    }

    static Decision<Event> Compensate(State? state, Command.Compensate c, Currency currency)
    {
        if (state?.Once.Contains(c.Cause) is true) return [];                      // said twice, done once
        return c.Amount.Currency != currency || c.Amount.Minor < 1 ? BadAmount("amount")
            : [new Event.Compensated(c.Order, c.Code, c.Cause, c.Amount)];
    }

    static Kept? KeptFor(State? state, CheckoutId checkout) => state?.Kept.FirstOrDefault(k => k.For == checkout);

    static Decision<Event> Keep(State? state, Command.Keep c, Currency currency)
    {
        if (KeptFor(state, c.For) is not null) return [];                                 // said twice, done once
        if (c.Amount.Currency != currency || c.Amount.Minor < 1) return BadAmount("wallet");
        return c.Amount.Minor > (state?.Balance.Minor ?? 0)
            ? NotEnough(state?.Balance ?? Money.Zero(currency), c.Amount, "wallet") : [new Event.Set(c.For, c.Amount)];
    }

    static Decision<Event> KeepLess(State? state, Command.KeepLess c) =>
        KeptFor(state, c.For) is { } kept && kept.Amount.Minor > c.Amount.Minor
            ? [new Event.Returned(c.For, kept.Amount - c.Amount)] : [];

    static Decision<Event> Withdraw(WalletId id, State? state, Command.Withdraw c, Currency currency)
    {
        if (c.Amount.Currency != currency || c.Amount.Minor < 1) return BadAmount("amount");
        if (c.Verified is not { Value: true }) return VerifyFirst;
        if (c.For is { } refund && state?.Once.Contains(refund) is true) return SentAlready;
        if (c.Amount.Minor > (state?.Balance.Minor ?? 0))
            return NotEnough(state?.Balance ?? Money.Zero(currency), c.Amount, "amount");
        return
        [
            new Event.Withdrawn(
                PayoutId.Of(id.Buyer, $"{id} {state!.Withdrawals + 1}"), c.Amount, c.To, c.Seen, c.For),
        ];
    }

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Received e  => state is null ? new(e.Amount, [], 0) : state with { Balance = state.Balance + e.Amount },
        Event.Compensated e => Compensated(state ?? new(Money.Zero(e.Amount.Currency), [], 0), e),
        Event.Set e       => Set(state.Was<State>(e), e),
        Event.Returned e  => Less(state.Was<State>(e), e),
        Event.Spent e     => state.Was<State>(e) is var s
            ? s with { Kept = [.. s.Kept.Where(k => k.For != e.For)] } : s,
        Event.Withdrawn e => Withdrawn(state.Was<State>(e), e),
    };

    static State Compensated(State s, Event.Compensated e) =>
        s with { Balance = s.Balance + e.Amount, Once = s.Once.Add(e.Cause) };

    static State Set(State s, Event.Set e) =>
        s with { Balance = s.Balance - e.Amount, Kept = s.Kept.Add(new(e.For, e.Amount)) };

    static State Withdrawn(State s, Event.Withdrawn e) =>
        s with
        {
            Balance = s.Balance - e.Amount, Withdrawals = s.Withdrawals + 1,
            Once = e.For is { } refund ? s.Once.Add(refund) : s.Once,
        };

    static State Less(State s, Event.Returned e) => s with
    {
        Balance = s.Balance + e.Amount,
        Kept =
        [
            .. s.Kept.Select(k => k.For == e.For ? k with { Amount = k.Amount - e.Amount } : k)
                .Where(k => k.Amount.Minor > 0),
        ],
    };

    /// <summary>Where a buyer's money stands while they can spend it.</summary>
    public static Account BalanceOf(BuyerId buyer) => new($"{buyer}/wallet");

    /// <summary>Between the wallet and what it pays, gets money from, or is withdrawn by.</summary>
    public static Account Handover(BuyerId buyer, string code) => new($"{buyer}/held/{code}");

    /// <summary>What an event means in money.</summary>
    public static IEnumerable<Transfer> Transfers(WalletId id, State after, Event @event)
    {
        var balance = BalanceOf(id.Buyer);
        return @event switch
        {
            Event.Received e  => [new(Handover(id.Buyer, e.Handover), balance, e.Amount)],
            Event.Compensated e => [new(CompensationRules.DueOf(e.Order), balance, e.Amount)],
            Event.Set e       => [new(balance, Handover(id.Buyer, e.For.Code), e.Amount)],
            Event.Returned e  => [new(Handover(id.Buyer, e.For.Code), balance, e.Amount)],
            Event.Withdrawn e => [new(balance, Handover(id.Buyer, e.Payout.Code), e.Amount)],
            Event.Spent       => Array.Empty<Transfer>(),
        };
    }

    /// <summary>What is withdrawn is paid out by its own deadlines.</summary>
    public static IEnumerable<Intent> React(WalletId id, State after, Event @event)
    {
        if (@event is Event.Withdrawn e)
            yield return new Intent.Require(To(
                e.Payout, new Payout.Command.Open(new(e.Amount, e.To, e.Seen, $"{id}"))));
    }

    static readonly Remedy Look = new("wallet.look"), Verify = new("verification.start"), Mend = new("wallet.mend");

    static Refusal NotYours(Party party) => new("wallet.not-yours", Look, ("party", $"{party}"));
    static Refusal BadAmount(string field) => new("wallet.bad-amount", Mend) { Field = field };
    static Refusal VerifyFirst => new("wallet.verify-first", Verify);

    static Refusal SentAlready => new("wallet.sent-already", Look);

    static Refusal NotEnough(Money balance, Money asked, string field) =>
        new("wallet.not-enough", Mend, ("balance", balance), ("asked", asked)) { Field = field };
}
