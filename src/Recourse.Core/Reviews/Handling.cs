namespace Recourse.Reviews;

/// <summary>What one of the staff wants decided, and another is to confirm.</summary>
/// <param name="Outcome">How it is to be decided, in the kind's own word, e.g. <c>reverse</c>.</param>
/// <param name="Reason">For which of the rulebook's reasons; null: it needs none.</param>
/// <param name="By">Who proposed it: it is never they who confirm it.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Until">When operators are called (UTC).</param>
/// <param name="IsEscalated">They were.</param>
/// <param name="Stake">What it is about; null: no amount, or what is to be decided says it.</param>
/// <param name="Lapses">When it ends by itself (UTC); null: what is to be decided has a deadline of its own.</param>
public sealed record Proposal(
    string Outcome, string? Reason, Actor By, Instant At, Instant Until, bool IsEscalated = false,
    Money? Stake = null, Instant? Lapses = null);

/// <summary>How staff see to something that waits for one of them.</summary>
/// <param name="ClaimedBy">Who has taken it on; null: nobody.</param>
/// <param name="ClaimedUntil">When that lapses (UTC); null: never.</param>
/// <param name="Proposal">What is to be confirmed; null: nothing.</param>
public sealed record Handling(Actor? ClaimedBy = null, Instant? ClaimedUntil = null, Proposal? Proposal = null)
{
    /// <summary>Nobody has looked at it.</summary>
    public static readonly Handling None = new();

    /// <summary>Who has it then; null: nobody.</summary>
    public Actor? HolderAt(Instant at) => ClaimedUntil <= at ? null : ClaimedBy;

    /// <summary>Who is waited for: what is proposed and not confirmed goes to operators, if that comes first.</summary>
    /// <param name="own">The deadline of what is to be decided.</param>
    public Deadline Awaited(Deadline own) => Proposal switch
    {
        null                                                  => own,
        { IsEscalated: false } p when p.Until < own.Next      => new(Party.Agent, "review.escalate", null, p.Until),
        { IsEscalated: true }                                 => own with { Owner = Party.Operator },
        _                                                     => own,
    };

    /// <summary>Who is waited for to confirm what ends by itself otherwise; null: nothing such is proposed.</summary>
    public Deadline? ToConfirm => Proposal switch
    {
        { Lapses: { } end, IsEscalated: true } => new(Party.Operator, "review.lapsed", null, end),
        { Lapses: not null } p                 => new(Party.Agent, "review.escalate", null, p.Until),
        _                                      => null,
    };

    /// <summary>What comes first: that, or what else is waited for; null: neither.</summary>
    public Instant? Sooner(Instant? own) =>
        ToConfirm is { Next: var due } && (own is null || due < own) ? due : own;

    /// <summary>What happens to what was proposed when that passes; null: it isn't that which passes.</summary>
    public Handled? Passing(Instant due) => ToConfirm?.Next != due ? null
        : Proposal!.IsEscalated ? new Handled.Lapsed() : new Handled.Escalated();

    /// <summary>After a step.</summary>
    public Handling With(Handled step) => step switch
    {
        Handled.Claimed s   => this with { ClaimedBy = s.Who, ClaimedUntil = s.Until },
        Handled.Released    => this with { ClaimedBy = null, ClaimedUntil = null },
        Handled.Proposed s  => new(null, null, s.What),
        Handled.SentBack or Handled.Confirmed or Handled.Lapsed => None,
        Handled.Escalated   => this with { Proposal = Proposal is { } p ? p with { IsEscalated = true } : null },
    };
}

/// <summary>What one of the staff does before anything is decided.</summary>
public closed record Step
{
    /// <summary>Takes it on: nobody else decides it meanwhile.</summary>
    public sealed record Claim : Step;

    /// <summary>Leaves it to others, also for a colleague.</summary>
    public sealed record Release : Step;

    /// <summary>Confirms what another has proposed: now it is decided.</summary>
    public sealed record Confirm : Step;

    /// <summary>Doesn't; whoever proposed it may also take it back.</summary>
    /// <param name="Reason">One of the rulebook's.</param>
    public sealed record SendBack(string Reason) : Step;
}

/// <summary>What became of it. Stored for ever: add cases and optional fields, never rename or remove.</summary>
public closed record Handled
{
    /// <summary>Somebody has taken it on.</summary>
    /// <param name="Until">When that lapses (UTC).</param>
    public sealed record Claimed(Actor Who, Instant Until) : Handled;

    /// <summary>Nobody has taken it on any more.</summary>
    public sealed record Released : Handled;

    /// <summary>It is beyond what one decides alone: another is to confirm it.</summary>
    public sealed record Proposed(Proposal What) : Handled;

    /// <summary>What was proposed is not confirmed, and this is why.</summary>
    public sealed record SentBack(Actor By, string Reason) : Handled;

    /// <summary>Nobody confirmed it in time: operators are called.</summary>
    public sealed record Escalated : Handled;

    /// <summary>What was proposed is confirmed, and done in the same turn.</summary>
    public sealed record Confirmed(Actor By) : Handled;

    /// <summary>Nobody confirmed it at all, or there is nothing left of it to do.</summary>
    public sealed record Lapsed : Handled;

    /// <summary>Its word, e.g. <c>handled-proposed</c>.</summary>
    public string Word => this switch
    {
        Claimed   => "handled-claimed",
        Released  => "handled-released",
        Proposed  => "handled-proposed",
        SentBack  => "handled-sent-back",
        Escalated => "handled-escalated",
        Confirmed => "handled-confirmed",
        Lapsed    => "handled-lapsed",
    };
}
