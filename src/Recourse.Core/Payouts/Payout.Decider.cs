using Recourse.Wallets;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
namespace Recourse.Payouts;

public static partial class Payout
{
    const string Call = "payout.call-people", AccountClosed = "payout.account-closed";

    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Opened, State.Ready>(Party.Platform),
        Row<State.Ready, Event.Sent,      State.Sent>(Party.Operator),
        Row<State.Ready, Event.Rejected,  State.Back>(Party.Operator),
        Row<State.Ready, Event.Escalated, State.Ready>(Party.Clock, nameof(PayoutRules.SendWithin)),
        Row<State.Sent,  Event.Paid,      State.Paid>(Party.Operator),
        Row<State.Sent,  Event.Rejected,  State.Back>(Party.Operator),
        Row<State.Sent,  Event.Escalated, State.Sent>(Party.Clock, nameof(PayoutRules.ConfirmWithin)),
        Row<State.Paid,  Event.Rejected,  State.Back>(Party.Operator));

    /// <summary>What the runtime is told.</summary>
    public static readonly Kind<PayoutId, State, Command, Event> Kind = new()
    {
        Name = "payout", Owner = OwnedBy.Buyer, StateVersion = 1, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => (s as State.Open)?.Deadline.Next, Awaited = s => (s as State.Open)?.Deadline,
    };

    /// <summary>Whose it is, staff, and what it leaves.</summary>
    public static Party? PartyOf(PayoutId id, State? state, Actor actor) => actor switch
    {
        Actor.Buyer a     => a.Id == id.Buyer ? Party.Buyer : null,
        Actor.Seller a    => a.Id == id.Seller ? Party.Seller : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => WalletId.TryParse(a.Id, out var wallet) && wallet.Buyer == id.Buyer
            || EarningsId.TryParse(a.Id, out var earnings) && earnings.Seller == id.Seller ? Party.Platform : null,
        Actor.Clock       => Party.Clock,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(PayoutId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (state is null && command is not (Command.Open or Command.Wake)) return Refusal.NotFound;
        var (at, rules, book) = (asked.At, asked.InForce.Of<PayoutRules>(), asked.InForce.Version);

        Decision<Event> decision = command switch
        {
            Command.Open c    => state is null
                ? [new Event.Opened(c.What, Due(at + rules.SendWithin))] : [],            // said twice, done once
            Command.Send c    => Send(state, c.File, at, rules),
            Command.Confirm c => Confirm(state, c.Reference, at),
            Command.Return c  => Return(state, c.Reason, at, book, party),
            Command.Wake c    => state is State.Open s && s.Deadline.Next == c.Due
                ? [new Event.Escalated(Due(at + rules.EscalateEvery))] : [],
        };

        // From which state and by whom is said once: in the table.
        return decision.Events.All(e => Lifecycle.Allows(state, e.GetType(), party)) ? decision : NotNow(state, party);
    }

    static Deadline Due(Instant at) => new(Party.Operator, Call, Warn: null, at);

    static Decision<Event> Send(State? state, string file, Instant at, PayoutRules rules) => state switch
    {
        State.Sent s when s.File == file => [],                                           // said twice, done once
        _ when !Derived.IsCode(file)     => BadReference("file"),
        _ => [new Event.Sent(file, at, Due(at + rules.ConfirmWithin))],
    };

    static Decision<Event> Confirm(State? state, string? reference, Instant at) => state switch
    {
        State.Paid s when s.Reference == reference => [],                                 // said twice, done once
        _ when string.IsNullOrWhiteSpace(reference) || reference.Length > LongestReference => BadReference("reference"),
        _ => [new Event.Paid(reference, at)],
    };

    static Decision<Event> Return(State? state, string? reason, Instant at, int book, Party by) => state switch
    {
        State.Back => [],                                                                 // said twice, done once
        _ when !IsReason(reason) => BadReason,
        _ => [new Event.Rejected(WhyBack(state!, reason!, at, book, by), state is State.Paid ? true : null)],
    };

    /// <summary>Two letters and two digits, as the external code set of ISO 20022 has them.</summary>
    static bool IsReason(string? reason) => reason is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', _, _]
        && char.IsAsciiDigit(reason[2]) && char.IsAsciiDigit(reason[3]);

    static Statement WhyBack(State s, string reason, Instant at, int book, Party by) => new(
        reason is "AC04" ? AccountClosed : "payout.bank-refused", "payout.returned",
        [
            new("amount", s.What.Amount, Party.Everyone),
            new("ending", s.What.Seen.Ending, Party.Everyone),
            new("reason", reason, Party.Everyone),
        ],
        rule: "payouts.confirmWithin", book, new DecidedBy.Person(by),
        [s.What.For.StartsWith("wallet", StringComparison.Ordinal) ? WithdrawAgain : SetAccount, Ask],
        issuedAt: at, appealUntil: null);

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Opened e    => new State.Ready(e.What, e.Deadline),
        Event.Sent e      => new State.Sent(state.Was<State.Ready>(e).What, e.Deadline, e.File, e.At),
        Event.Paid e      => state.Was<State.Sent>(e) is var s
            ? new State.Paid(s.What, s.File, e.Reference, e.At) : s,
        Event.Rejected e  => new State.Back(state.Was<State>(e).What, e.Why),
        Event.Escalated e => state.Was<State.Open>(e) with { Deadline = e.Deadline },
    };

    /// <summary>Where it stands until the bank says that it is done.</summary>
    public static Account Standing(PayoutId id) =>
        id.Buyer is { } buyer ? Wallet.Handover(buyer, id.Code) : new($"seller/{id.OwnerCode}/paying/{id.Code}");

    /// <summary>The negative of what our bank paid out for us.</summary>
    public static Account Bank(PayoutId id) => new($"platform/bank/{id.OwnerCode}/{id.Code}");

    /// <summary>What an event means in money: it leaves whose it was only once it is there.</summary>
    public static IEnumerable<Transfer> Transfers(PayoutId id, State after, Event @event) => @event switch
    {
        Event.Paid => [new(Standing(id), Bank(id), after.What.Amount)],
        Event.Rejected { AfterPaid: true } => [new(Bank(id), Standing(id), after.What.Amount)],
        Event.Opened or Event.Sent or Event.Rejected or Event.Escalated => Array.Empty<Transfer>(),
    };

    /// <summary>What comes back goes where it came from.</summary>
    public static IEnumerable<Intent> React(PayoutId id, State after, Event @event)
    {
        if (@event is not Event.Rejected back) yield break;
        if (WalletId.TryParse(after.What.For, out var wallet))
            yield return new Intent.Require(To(wallet, new Wallet.Command.Receive(id.Code, after.What.Amount)));
        if (EarningsId.TryParse(after.What.For, out var earnings))
            yield return new Intent.Send(To(earnings, new Earnings.Command.TakeBack(
                id, after.What.Amount, back.Why.Code is AccountClosed ? after.What.To : null)));
    }

    const int LongestReference = 140;

    static readonly Remedy Look = new("payout.look"), Ask = new("support.ask"), Mend = new("payout.mend"),
        WithdrawAgain = new("wallet.withdraw"), SetAccount = new("payout.account");

    static string NameOf(State? state) => state is null ? "none" : $"payout.{state.GetType().Name}";

    static Refusal NotNow(State? state, Party party) =>
        new("payout.not-now", Look, ("state", NameOf(state)), ("party", $"{party}"));

    static Refusal BadReference(string field) => new("payout.bad-reference", Mend) { Field = field };
    static Refusal BadReason => new("payout.bad-reason", Mend) { Field = "reason" };
}
