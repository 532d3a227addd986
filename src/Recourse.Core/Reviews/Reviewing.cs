namespace Recourse.Reviews;

/// <summary>Who may decide what alone, for all that staff decide.</summary>
public static class Reviewing
{
    static readonly Remedy Take = new("review.release-first"), AskOther = new("review.ask-colleague"),
        Look = new("review.look"), Confirm = new("review.confirm-or-send-back"), Mend = new("review.mend");

    /// <summary>Whoever is agent and operator with one account is one person.</summary>
    /// <param name="one">The name of an actor.</param>
    /// <param name="other">The name of another.</param>
    public static bool IsSame(string one, string other) => one == other || one.Split('/') is [_, var a]
        && other.Split('/') is ["agent" or "operator", var b] && a == b;

    /// <summary>Somebody decides now, or proposes it.</summary>
    /// <param name="own">By when it is to be decided: operators are called while half of that is left.</param>
    /// <param name="stake">What the decision is about; null: no amount.</param>
    /// <param name="decide">What they decide.</param>
    /// <param name="note">The kind's own event of a step.</param>
    public static Decision<TEvent> Decide<TEvent>(
        Handling handling, Deadline own, string outcome, string? reason, Money? stake, Asked asked,
        Func<Decision<TEvent>> decide, Func<Handled, TEvent> note)
    {
        var rules = asked.InForce.Of<ReviewRules>();
        if (Taken(handling, asked) is { } taken) return taken;
        if (handling.Proposal is not null) return ProposedAlready;
        return rules.IsAlone(stake) ? decide() :
        [
            note(new Handled.Proposed(new(outcome, reason, asked.Who, asked.At,
                Instant.Min(asked.At + rules.ConfirmWithin, asked.At + (own.Due - asked.At) / 2)))),
        ];
    }

    /// <summary>Somebody does what nobody waited for: it is done now, or proposed; what can't be done is neither.
    /// </summary>
    /// <param name="stake">What it is about; null: no amount.</param>
    /// <param name="ends">When it can't be done any more (UTC); null: nobody knows.</param>
    /// <param name="done">What they do.</param>
    /// <param name="note">The kind's own event of a step.</param>
    public static Decision<TEvent> Act<TEvent>(
        Handling handling, string outcome, string? reason, Money? stake, Instant? ends, Asked asked,
        Decision<TEvent> done, Func<Handled, TEvent> note)
    {
        if (!done.Refusals.IsDefaultOrEmpty || done.Events.IsDefaultOrEmpty) return done;
        var rules = asked.InForce.Of<ReviewRules>();
        if (Taken(handling, asked) is { } taken) return taken;
        if (handling.Proposal is not null) return ProposedAlready;
        if (rules.IsAlone(stake)) return done;
        var lapses = ends > asked.At ? ends.Value : asked.At + rules.ConfirmWithin * 2;
        return
        [
            note(new Handled.Proposed(new(
                outcome, reason, asked.Who, asked.At,
                Instant.Min(asked.At + rules.ConfirmWithin, asked.At + (lapses - asked.At) / 2),
                Stake: stake, Lapses: lapses))),
        ];
    }

    /// <summary>Who proposed or confirmed what was done in the end, by name.</summary>
    /// <param name="steps">In the order in which they were taken.</param>
    public static ImmutableArray<string> TookPart(IEnumerable<Handled> steps)
    {
        List<string> names = [];
        string? open = null;
        foreach (var step in steps)
        {
            if (step is Handled.Confirmed c) names.AddRange(open is null ? [c.By.Name] : [open, c.By.Name]);
            if (step is Handled.Proposed p) open = p.What.By.Name;
            else if (step is Handled.Confirmed or Handled.SentBack or Handled.Lapsed) open = null;
        }
        if (open is not null) names.Add(open);
        return [.. names.Distinct()];
    }

    /// <summary>What the platform's people are told of it.</summary>
    public static IEnumerable<Notice> Told(IId about, Handled what)
    {
        return what switch
        {
            Handled.Proposed p => [ToStaff("staff-to-confirm", ("until", p.What.Until))],
            Handled.Escalated  => [ToStaff("staff-not-confirmed")],
            Handled.Claimed or Handled.Released or Handled.SentBack or Handled.Confirmed or Handled.Lapsed =>
                Array.Empty<Notice>(),
        };

        Notice ToStaff(string code, params ImmutableArray<Named> facts) =>
            new(code, Matter.Deadlines, Notice.Staff, Party.Agent, about, facts);
    }

    /// <summary>Noted that it is confirmed, and done; what can't be done any more is neither.</summary>
    public static Decision<TEvent> Confirmed<TEvent>(
        Asked asked, Decision<TEvent> done, Func<Handled, TEvent> note) =>
        done.Refusals.IsDefaultOrEmpty ? [note(new Handled.Confirmed(asked.Who)), .. done.Events] : done.Refusals;

    /// <summary>A step before that: what is confirmed is decided, all else is noted.</summary>
    /// <param name="confirm">What was proposed, decided.</param>
    /// <param name="note">The kind's own event of a step.</param>
    public static Decision<TEvent> Do<TEvent>(
        Handling handling, Step step, Asked asked, Func<Proposal, Decision<TEvent>> confirm, Func<Handled, TEvent> note)
    {
        var (what, no) = ToConfirm(handling, asked);
        return step switch
        {
            Step.Claim      => Noted(Claim(handling, asked)),
            Step.Release    => Noted(Release(handling)),
            Step.SendBack b => Noted(SendBack(handling, b.Reason, asked)),
            Step.Confirm    => what is null ? no! : confirm(what),
        };

        Decision<TEvent> Noted(Decision<Handled> taken) =>
            taken.Refusals.IsDefaultOrEmpty ? [.. taken.Events.Select(note)] : taken.Refusals;
    }

    /// <summary>Takes it on, or leaves it; nothing is said twice.</summary>
    public static Decision<Handled> Claim(Handling handling, Asked asked)
    {
        if (handling.HolderAt(asked.At) is { } has && IsSame(asked.Who.Name, has.Name)) return [];
        if (Taken(handling, asked) is { } taken) return taken;
        if (handling.Proposal is { } p && IsSame(asked.Who.Name, p.By.Name)) return YourProposal;
        return [new Handled.Claimed(asked.Who, asked.At + asked.InForce.Of<ReviewRules>().ClaimFor)];
    }

    static Decision<Handled> Release(Handling handling) =>
        handling.ClaimedBy is null ? [] : [new Handled.Released()];

    /// <summary>What is decided if it is confirmed; null, and why: it can't be by them.</summary>
    static (Proposal? What, Refusal? No) ToConfirm(Handling handling, Asked asked) => handling.Proposal switch
    {
        null                                                  => (null, NothingProposed),
        { } p when IsSame(asked.Who.Name, p.By.Name)          => (null, YourProposal),
        { } p => Taken(handling, asked) is { } taken ? (null, taken) : (p, null),
    };

    /// <summary>Sends it back, or takes back what one proposed.</summary>
    static Decision<Handled> SendBack(Handling handling, string reason, Asked asked)
    {
        var rules = asked.InForce.Of<ReviewRules>();
        return handling.Proposal is null ? NothingProposed
            : !rules.SendBack.Contains(reason ?? "") ? NoSuchReason(reason ?? "", rules)
            : Taken(handling, asked) is { } taken ? taken : [new Handled.SentBack(asked.Who, reason!)];
    }

    /// <summary>Nobody confirmed in time: whether operators are called now.</summary>
    public static bool IsOverdue(Handling handling, Deadline own) =>
        handling.Proposal is { IsEscalated: false } p && p.Until < own.Next;

    static Refusal? Taken(Handling handling, Asked asked) => handling.HolderAt(asked.At) is { } other
        && !IsSame(asked.Who.Name, other.Name) ? HasIt(other) : null;

    static Refusal HasIt(Actor who) => new("review.claimed-by-other", Take, ("who", who.Name));
    static readonly Refusal ProposedAlready = new("review.proposed-already", Confirm);
    static readonly Refusal YourProposal = new("review.your-own-proposal", AskOther);
    static readonly Refusal NothingProposed = new("review.nothing-proposed", Look);

    static Refusal NoSuchReason(string reason, ReviewRules rules) => new("review.no-such-reason", Mend,
        ("reason", reason), ("known", string.Join(", ", rules.SendBack))) { Field = "reason" };
}
