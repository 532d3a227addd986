using Recourse.Disputes;
using Recourse.Instalments;
using Recourse.Orders;
using Recourse.Reviews;
using Recourse.Wallets;
using static Recourse.Kernel.Lifecycle;
using static Recourse.Kernel.Message;
namespace Recourse.Reasons;

public static partial class ReasonCase
{
    /// <summary>The whole life on one page.</summary>
    public static readonly Lifecycle Lifecycle = new(
        Start<Event.Raised, State.Raised>(Party.Operator),
        Row<State.Raised,   Event.Warned,     State.Raised>(Party.Clock),
        Row<State.Raised,   Event.Answered,   State.Answered>(Party.Seller),
        Row<State.Raised,   Event.Found,      State.Found>(Party.Clock, nameof(ReasonRules.AnswerWithin)),
        Row<State.Raised,   Event.Dismissed,  State.Dismissed>(Party.Staff),
        Row<State.Raised,   Event.Reviewed,   State.Raised>(
            Party.Staff | Party.Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Answered, Event.Reviewed,   State.Answered>(
            Party.Staff | Party.Clock, nameof(ReviewRules.ConfirmWithin)),
        Row<State.Answered, Event.Warned,     State.Answered>(Party.Clock),
        Row<State.Answered, Event.Found,      State.Found>(Party.Staff),
        Row<State.Answered, Event.Dismissed,  State.Dismissed>(
            Party.Staff | Party.Clock, nameof(ReasonRules.DecideWithin)),
        Row<State.Found,    Event.Overturned, State.Overturned>(Party.Platform));

    /// <summary>What the runtime is told of these cases.</summary>
    public static readonly Kind<ReasonCaseId, State, Command, Event> Kind = new()
    {
        Name = "reason", Owner = OwnedBy.Seller, StateVersion = 2, Lifecycle = Lifecycle,
        Party = PartyOf, Decider = Decide, Fold = Evolve, Posting = Transfers, Process = React, Telling = Notices,
        Waking = due => new Command.Wake(due),
        Due = s => AwaitedIn(s)?.Next, Awaited = AwaitedIn,
    };

    /// <summary>Its seller, whose order it was, and staff.</summary>
    public static Party? PartyOf(ReasonCaseId id, State? state, Actor actor) => actor switch
    {
        Actor.Seller a    => a.Id == id.Seller ? Party.Seller : null,
        Actor.Buyer a     => state is State.Found && a.Id == state.What.Buyer ? Party.Buyer : null,
        Actor.Agent       => Party.Agent,
        Actor.Operator    => Party.Operator,
        Actor.Aggregate a => AppealId.TryParse(a.Id, out var appeal) && appeal.Seller == id.Seller
            ? Party.Platform : null,
        Actor.Clock       => Party.Clock,
        Actor.Warehouse or Actor.Carrier or Actor.Integration or Actor.Outside => null,
    };

    /// <summary>What a command makes true, or why it can't.</summary>
    public static Decision<Event> Decide(ReasonCaseId id, State? state, Command command, Asked asked)
    {
        if (PartyOf(id, state, asked.Who) is not { } party) return Refusal.NotFound;
        if (state is null && command is not (Command.Raise or Command.Wake)) return Refusal.NotFound;
        var rules = asked.InForce.Of<ReasonRules>();

        Decision<Event> decision = command switch
        {
            Command.Raise c    => Raise(id, state, c.What.Value, rules, asked.At),
            Command.Answer c   => Answer(state, c, rules, asked.At),
            Command.Decide c   => Decide(state, c.IsFalse, party, rules, asked),
            Command.Review c   => Review(state, c.Step, party, rules, asked),
            Command.Overturn c => state is State.Found f
                ? [new Event.Overturned(c.Appeal, f.Why.IssuedAt, MarksOf(f.Why),
                    f.Paid is { BorneBy: Bearer.Seller } paid ? paid.Amount : null)] : [],
            Command.Wake c     => Wake(state, c.Due, rules, asked),
        };

        // From which state and by whom is said once: in the table.
        return Lifecycle.Allows(state, decision.Events, Evolve, party) ? decision : NotNow(state, party);
    }

    static Decision<Event> Raise(ReasonCaseId id, State? state, Flagged what, ReasonRules rules, Instant at)
    {
        if (state is not null) return [];                                                 // said twice, done once
        if (id != what.Case || what.Against.IsDefaultOrEmpty || what.Gone.IsDefaultOrEmpty)
            return BadFlag;
        var due = at + rules.AnswerWithin;
        return [new Event.Raised(what, new(Party.Seller, "reason.judged-by-record", due - rules.WarnBefore, due))];
    }

    static Decision<Event> Answer(State? state, Command.Answer c, ReasonRules rules, Instant at)
    {
        var due = at + rules.DecideWithin;
        return state switch
        {
            State.Raised   => [new Event.Answered(
                c.Words, new(Party.Agent, "reason.seller-believed", due - rules.WarnBefore, due))],
            State.Answered => AnsweredAlready,
            _ => NotNow(state, Party.Seller),
        };
    }

    static Decision<Event> Decide(State? state, bool isFalse, Party by, ReasonRules rules, Asked asked) => state switch
    {
        State.Raised when isFalse => NotHeard,
        State.Open s => Judge(s, isFalse, by, rules, asked),
        State.Found or State.Dismissed or State.Overturned or null => NotNow(state, by),
    };

    const string IsFalse = "false", IsBelieved = "believed";

    static Deadline? AwaitedIn(State state) => (state as State.Open) is { } s ? s.Handling.Awaited(s.Deadline) : null;

    static Decision<Event> Judge(State.Open s, bool isFalse, Party by, ReasonRules rules, Asked asked) =>
        Reviewing.Decide(
            s.Handling, s.Deadline, isFalse ? IsFalse : IsBelieved, null, s.What.Worth, asked,
            () => Judged(s, isFalse, by, rules, asked), Noted);

    static Decision<Event> Judged(State.Open s, bool isFalse, Party by, ReasonRules rules, Asked asked) =>
        isFalse ? [FoundOf(s, new DecidedBy.Person(by), rules, asked)] : [new Event.Dismissed()];

    static Decision<Event> Review(State? state, Step step, Party by, ReasonRules rules, Asked asked) =>
        state is not State.Open s || (by & Party.Staff) == 0 ? NotNow(state, by)
        : Reviewing.Do(
            s.Handling, step, asked, what => Judged(s, what.Outcome is IsFalse, by, rules, asked), Noted);

    static Event Noted(Handled what) => new Event.Reviewed(what);

    static Decision<Event> Wake(State? state, Instant due, ReasonRules rules, Asked asked) => state switch
    {
        State.Open s when AwaitedIn(s)?.Next != due => [],                                   // stale: it has moved on
        State.Open s when Reviewing.IsOverdue(s.Handling, s.Deadline) =>
            [new Event.Reviewed(new Handled.Escalated())],
        State.Open { Deadline: { Warn: not null } d } => [new Event.Warned(d.Warned(asked.At, rules.WarnBefore))],
        State.Raised s => [FoundOf(s, new DecidedBy.Automated("reasons"), rules, asked)],
        State.Answered => [new Event.Dismissed()],
        State.Found or State.Dismissed or State.Overturned or null => [],
    };

    static Event.Found FoundOf(State.Open s, DecidedBy by, ReasonRules rules, Asked asked)
    {
        var what = s.What;
        var paid = asked.InForce.Of<CompensationRules>().For(
            CompensationRules.FalseReason, what.Gone.Select(l => l.Goods).Sum(what.Gone[0].UnitPrice.Currency));
        StatedFact[] own =
        [
            new("order", $"{what.Order}", Party.Everyone), new("reason", WordOf(what.Reason), Party.Everyone),
            new("cancelled", what.CancelledAt, Party.Everyone), new("marks", rules.Marks, Party.Seller | Party.Staff),
            new("units", what.Gone.Sum(l => l.Quantity), Party.Everyone),
            .. paid is { } due ? [new StatedFact("compensation", due.Amount, Party.Everyone)]
                : Array.Empty<StatedFact>(),
            new("heard", s is State.Answered ? "reason-heard" : "reason-silent", Party.Everyone),
        ];
        return new(new(
            what.Against[0].Code, "reason.found",
            [
                .. own,
                .. what.Against.SelectMany(a => a.Facts).DistinctBy(f => f.Name)
                    .Where(f => own.All(o => o.Name != f.Name)).Select(f => new StatedFact(f.Name, f.Value, SeenBy(f))),
            ],
            rule: "falseReasons.find", asked.InForce.Version, by, rules.Remedies, asked.At,
            Statement.UntilIn(rules.Remedies, asked.At + rules.AppealWithin)), rules.Marks, rules.Reinstate,
            paid);
    }

    // Whom else they sold to is nobody's business but theirs.
    static Party SeenBy(Named fact) => fact.Name is "other" ? Party.Seller | Party.Staff : Party.Everyone;

    /// <summary>The word for a seller's reason.</summary>
    public static string WordOf(string reason) =>
        $"seller-reason-{reason[(reason.IndexOf('.', StringComparison.Ordinal) + 1)..]}";

    static int MarksOf(Statement why) =>
        why.Facts.FirstOrDefault(f => f.Name is "marks")?.Value is Value.Count n ? (int)n.Number : 0;

    /// <summary>The state after an event.</summary>
    public static State Evolve(State? state, Event @event) => @event switch
    {
        Event.Raised e     => new State.Raised(e.What, e.Deadline),
        Event.Warned e     => state.Was<State.Open>(e) with { Deadline = e.Deadline },
        Event.Reviewed e   => state.Was<State.Open>(e) is var s ? s with { Handling = s.Handling.With(e.What) } : s,
        Event.Answered e   => state.Was<State.Raised>(e) is var s
            ? new State.Answered(s.What, e.Deadline, e.Words) { Handling = s.Handling } : null!,
        Event.Found e      =>
            new State.Found(state.Was<State.Open>(e).What, e.Why, (state as State.Answered)?.Words) { Paid = e.Paid },
        Event.Dismissed e  => new State.Dismissed(state.Was<State.Open>(e).What, (state as State.Answered)?.Words),
        Event.Overturned e => new State.Overturned(state.Was<State.Found>(e).What, ((State.Found)state!).Why),
    };

    /// <summary>What follows elsewhere: whose order it was has it set aside anew, at the price that they were to pay,
    /// and is compensated.</summary>
    public static IEnumerable<Intent> React(ReasonCaseId id, State after, Event @event) =>
        @event is Event.Found e ? [.. Compensate(id, after.What, e), .. SetAside(id, after.What, e)] : [];

    static IEnumerable<Intent> Compensate(ReasonCaseId id, Flagged what, Event.Found e)
    {
        if (e.Paid is { } paid)
            yield return new Intent.Send(To(WalletId.Of(what.Buyer, paid.Amount.Currency),
                new Wallet.Command.Compensate(what.Order, paid.Code, $"{id}", paid.Amount)));
    }

    static IEnumerable<Intent> SetAside(ReasonCaseId id, Flagged what, Event.Found e)
    {
        if (!e.Reinstates) return [];
        var cause = new AppealId(what.Buyer.Code, $"{Redress}{id.Code}");
        return
            from line in what.Gone
            group line by line.Sku into same
            let first = same.First()
            select new Intent.Send(To(
                SupplyPlanId.Of(cause, id.Seller, same.Key),
                new SupplyPlan.Command.Open(
                    what.Order, what.Buyer, first.Listing, same.Key, first.Title,
                    first.UnitPrice with { Minor = same.Min(l => l.UnitPrice.Minor) }, Now: 0,
                    same.Sum(l => l.Quantity), Parts: 1, cause)));
    }

    /// <summary>What an event means in money: what its buyer is paid is the seller's loss, until an appeal says that it
    /// wasn't.</summary>
    public static IEnumerable<Transfer> Transfers(ReasonCaseId id, State after, Event @event)
    {
        var order = after.What.Order;
        return @event switch
        {
            Event.Found { Paid: { } paid } =>
                [new(CompensationRules.SourceOf(paid, order), CompensationRules.DueOf(order), paid.Amount)],
            Event.Overturned { MadeGood: { Minor: > 0 } good } =>
                [new(new($"platform/compensation/{id.Seller.Code}/{id.Code}"), new($"{id.Seller}/payable"), good)],
            Event.Found or Event.Overturned or Event.Raised or Event.Warned or Event.Answered or Event.Reviewed
                or Event.Dismissed => Array.Empty<Transfer>(),
        };
    }

    /// <summary>How the cause of a plan begins that makes a false reason good.</summary>
    public const string Redress = "reason-";

    static readonly Remedy Look = new("reason.look");

    static Refusal NotNow(State? state, Party party) =>
        new("reason.not-now", Look, ("state", state?.GetType().Name ?? "none"), ("party", $"{party}"));

    static Refusal BadFlag => new("reason.bad-flag", Look);
    static Refusal AnsweredAlready => new("reason.answered-already", Look);
    static Refusal NotHeard => new("reason.not-heard-yet", Look);
}
