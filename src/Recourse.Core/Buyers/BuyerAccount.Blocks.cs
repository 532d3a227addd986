using Recourse.Checkouts;
namespace Recourse.Buyers;

public static partial class BuyerAccount
{
    /// <summary>Longest fingerprint of a method, in characters.</summary>
    const int LongestCard = 64;

    static Decision<Event> Block(State? state, Command.BlockMethods c, Turn turn)
    {
        var rules = turn.Rules;
        ImmutableArray<Refusal> faults =
        [
            .. !rules.Reasons.ContainsKey(c.Reason ?? "") ? [NoSuchReason(c.Reason ?? "", rules)] : NoFaults,
            .. c.Until <= turn.At || c.Until > turn.At + rules.LongestBlock ? [BadUntil(turn.At, rules)] : NoFaults,
            .. c.Card is { } card && (!Derived.IsCode(card) || card.Length > LongestCard) ? [BadCard] : NoFaults,
        ];
        if (!faults.IsEmpty) return faults;
        // One decision: whatever it covers needs no second one.
        if (state?.Standing?.BlockOf(c.Card, turn.At) is not null) return [];
        return [new Event.MethodsBlocked(c.Card, c.Until, WhyBlocked(c, rules.Reasons[c.Reason!], turn))];
    }

    static Statement WhyBlocked(Command.BlockMethods c, ImmutableArray<Remedy> remedies, Turn turn) => new(
        c.Reason!, c.Card is null ? "buyer.methods-blocked" : "buyer.method-blocked",
        [
            new("which", Which(c.Card), Party.Everyone),
            new("until", c.Until, Party.Everyone),
            .. c.Paid is { } paid ? [new StatedFact("checkout", paid.Code, Party.Everyone)] : Array.Empty<StatedFact>(),
        ],
        rule: $"buyers.reasons.{c.Reason}", turn.Book.Version, new DecidedBy.Person(turn.By), remedies,
        issuedAt: turn.At, appealUntil: Statement.UntilIn(remedies, turn.At + turn.Rules.AppealWithin));

    /// <summary>Which methods a block is about, as a word.</summary>
    internal static string Which(string? card) => card is null ? "methods-all" : "methods-one";

    static Decision<Event> Lift(State? state, Command.LiftBlock c) =>
        state?.Standing?.Blocks.Any(b => b.Card == c.Card) is true ? [new Event.BlockLifted(c.Card)] : [];

    /// <summary>Of what can be lifted by showing who one is; with one card, what is of that card.</summary>
    static Decision<Event> HearVerified(State? state, string? card) =>
    [
        .. from block in state?.Standing?.Blocks ?? []
           where block.Why.Remedies.Contains(Verify) && (card is null || block.Card == card)
           select (Event)new Event.BlockLifted(block.Card),
    ];

    static readonly Remedy Verify = new("verification.start");

    static Decision<Event> Overturn(State? state, Command.Overturn c) =>
    [
        .. from block in state?.Standing?.Blocks ?? []
           where block.Why.Code == c.Code && block.Why.IssuedAt == c.IssuedAt
           select (Event)new Event.BlockLifted(block.Card, c.Appeal),
        .. state?.Standing?.Conduct?.Pause is { } pause && pause.Why.Code == c.Code && pause.Why.IssuedAt == c.IssuedAt
            ? [new Event.PauseOverturned(c.Appeal)] : Array.Empty<Event>(),
    ];

    static Decision<Event> Wake(State? state, Instant due, Turn turn)
    {
        if (state?.Standing is not { } standing || standing.Next != due) return [];          // stale: it moved on
        return
        [
            .. from block in standing.Blocks
               where block.Until <= turn.At
               select (Event)new Event.BlockEnded(block.Card),
            .. ConductOver(standing.Conduct, turn.At),
        ];
    }

    static Standing Without(Standing standing, string? card) =>
        standing with { Blocks = standing.Blocks.RemoveAll(b => b.Card == card) };

    static Deadline? DeadlineOf(State state) => state.Standing?.Next is not { } next ? null
        : new(Party.Clock, "buyer.restriction-ends", Warn: null, next);

    static readonly ImmutableArray<Refusal> NoFaults = [];
    static readonly Remedy Mend = new("method.mend"), Look = new("account.look");
    static readonly Refusal StaffOnly = new("buyer.staff-only", Look),
        BadCard = new("method.bad-card", Mend, ("most", LongestCard)) { Field = "card" };

    static Refusal NoSuchReason(string reason, BuyerRules rules) => new("method.no-such-reason", Mend,
        ("reason", reason), ("known", string.Join(", ", rules.Reasons.Keys))) { Field = "reason" };

    static Refusal BadUntil(Instant at, BuyerRules rules) => new("method.bad-until", Mend,
        ("most", (long)rules.LongestBlock.TotalDays), ("latest", at + rules.LongestBlock)) { Field = "until" };
}
