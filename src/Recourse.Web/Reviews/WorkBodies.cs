namespace Recourse.Web;

/// <summary>Something that waits for one of the platform's people, in a list.</summary>
/// <param name="Id">What is to be decided, e.g. <c>appeal/ana/…</c>.</param>
/// <param name="Kind"><c>appeal</c>, <c>purchase</c>, <c>reason</c>, <c>document</c>, <c>payout</c>,
/// <c>refund</c> or <c>order</c>.</param>
/// <param name="Of">Whom it concerns.</param>
/// <param name="Since">Since when it waits (UTC).</param>
/// <param name="Due">By when it is to be decided (UTC).</param>
/// <param name="Stake">What it is about; left out: no amount.</param>
/// <param name="Language">What whoever it concerns reads, a BCP 47 tag; left out: nobody knows.</param>
/// <param name="ClaimedBy">Who has taken it on, e.g. <c>agent/ines</c>; left out: nobody.</param>
/// <param name="ProposedBy">Who has proposed how to decide it: another is to confirm; left out: nobody.</param>
/// <param name="IsEscalated">Nobody confirmed in time: operators are called.</param>
/// <param name="AboutText">What is proposed, or which decision it is about; left out: its kind says it.</param>
public sealed record WorkItem(
    string Id, string Kind, string KindText, string Of, Instant Since, Instant? Due, Money? Stake, string? Language,
    string? ClaimedBy, string? ProposedBy, bool IsEscalated, string? AboutText = null);

/// <summary>What whoever decides it has before them.</summary>
/// <param name="NeedsSecond">It is about more than one decides alone: another confirms.</param>
/// <param name="ClaimedUntil">When a claim lapses (UTC); left out: never, or there is none.</param>
/// <param name="Case">The facts, how comparable cases were decided, and what that suggests.</param>
public sealed record WorkBody(
    string Id, string Kind, string KindText, string Of, Instant? Due, Money? Stake, bool NeedsSecond,
    string? ClaimedBy, Instant? ClaimedUntil, ProposalBody? Proposal, CaseBody Case,
    ImmutableArray<ActionBody> Actions);

/// <summary>How one of the staff wants it decided.</summary>
/// <param name="Outcome">E.g. <c>reverse</c>, <c>clear</c> or <c>believed</c>.</param>
/// <param name="Reason">For which of the rulebook's reasons; left out: it needs none.</param>
/// <param name="By">Who proposed it: never they confirm it.</param>
/// <param name="Until">When operators are called (UTC).</param>
public sealed record ProposalBody(
    string Outcome, string OutcomeText, string? Reason, string? ReasonText, string By, Instant At, Instant Until,
    bool IsEscalated);

/// <summary>Why what was proposed is not confirmed.</summary>
/// <param name="Reason">One of the rulebook's, e.g. <c>review.facts-missing</c>.</param>
public sealed record SendBackRequest(string Reason);
