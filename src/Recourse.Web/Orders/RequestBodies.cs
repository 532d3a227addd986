namespace Recourse.Web;

/// <summary>How an order is to be instead; what isn't named stays as it is.</summary>
/// <param name="Lines">Lines that are to be otherwise.</param>
/// <param name="ShipTo">Where it is to go; left out: as before.</param>
/// <param name="Method">
/// What a difference is paid with, as the provider names it; left out: what the order was paid with.
/// </param>
/// <param name="Total">What the buyer was told that it costs then; left out: whatever it does.</param>
/// <param name="Confirmed">Ids of findings that are right as they are.</param>
/// <param name="Apply">Ids of fixes of what was found: it is changed as it is with them.</param>
/// <param name="Coupons">Codes of its coupons that are to stay; left out: all of them.</param>
public sealed record AmendmentRequest(
    ImmutableArray<LineChangeBody>? Lines = null, AddressBody? ShipTo = null, string? Method = null,
    Money? Total = null, ImmutableArray<string>? Confirmed = null, ImmutableArray<string>? Apply = null,
    ImmutableArray<string>? Coupons = null);

/// <summary>How a line is to be instead.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Quantity">How many of it there are to be; 0: none; left out: as many as before.</param>
/// <param name="Sku">Another variant of the same listing; left out: the same.</param>
/// <param name="Service">Another way to send it; left out: the same.</param>
public sealed record LineChangeBody(int Line, int? Quantity = null, string? Sku = null, string? Service = null);

/// <summary>What a change would mean. Nothing is kept, and nothing recorded.</summary>
/// <param name="Was">What the order costs as it is.</param>
/// <param name="Now">What it would cost; left out: it can't be changed so.</param>
/// <param name="More">What would be charged.</param>
/// <param name="Back">What would go back.</param>
/// <param name="AnswerBy">
/// By when its seller would have to answer (UTC), since it is being picked; left out: it is changed at once.
/// </param>
/// <param name="Refusals">Why it can't be changed so; none: it can.</param>
/// <param name="Findings">What a checkout of it would find in what changes. What a fix changes is counted from what the
/// order costs as it is.</param>
public sealed record AmendmentQuoteBody(
    Money Was, Money? Now, Money? More, Money? Back, Instant? AnswerBy, ImmutableArray<RefusalBody> Refusals,
    ImmutableArray<CheckoutFinding> Findings)
{
    /// <summary>The order as it would be; none: it can't be changed so.</summary>
    public ImmutableArray<LineBody> Lines { get; init; } = [];

    /// <summary>What each coupon would take off, in the order in which they come off.</summary>
    public ImmutableArray<DiscountBody> Discounts { get; init; } = [];

    /// <summary>Codes of the coupons that are to stay.</summary>
    public ImmutableArray<string> Coupons { get; init; } = [];

    /// <summary>What is asked for, with the fixes that were applied.</summary>
    public ImmutableArray<LineChangeBody> Changes { get; init; } = [];

    /// <summary>The new address, with what was mended; left out: as before.</summary>
    public AddressBody? ShipTo { get; init; }

    /// <summary>Findings that the buyer says are right.</summary>
    public ImmutableArray<string> Confirmed { get; init; } = [];
}

/// <summary>Says no to what a buyer has asked for.</summary>
/// <param name="Reason">A code of the rulebook, e.g. <c>refuse.packed-already</c>.</param>
public sealed record RequestRefusal(string Reason);

/// <summary>What a buyer has asked for that somebody has to answer.</summary>
/// <param name="Kind">
/// <c>cancellation</c>, <c>amendment</c>, or <c>difference</c>: a change whose difference is being paid.
/// </param>
/// <param name="IsYours">Whether the reader can answer it.</param>
/// <param name="Reason">Why, of a cancellation; left out for who packs.</param>
/// <param name="Units">How many things it is about, or how many there are then.</param>
/// <param name="Portions">Which units, of a cancellation.</param>
/// <param name="Now">What the order costs then, of a change; left out for who packs.</param>
/// <param name="AskedAt">When (UTC).</param>
/// <param name="Due">Until when it is answered (UTC).</param>
/// <param name="Effect">What happens otherwise.</param>
/// <param name="Answers">Codes of reasons for which its seller may say no, each with its words.</param>
public sealed record RequestBody(
    string Kind, bool IsYours, string? Reason, string? ReasonText, int Units, ImmutableArray<PortionBody> Portions,
    Money? Now, Instant AskedAt, Instant Due, string Effect, ImmutableArray<Hint> Answers);

/// <summary>What became of a buyer's wish to have a parcel brought back.</summary>
/// <param name="State"><c>asked</c>, <c>accepted</c> or <c>failed</c>.</param>
/// <param name="AskedAt">When they asked (UTC).</param>
/// <param name="Due">By when the carrier answers (UTC); left out: it has.</param>
public sealed record RecallBody(string State, Instant AskedAt, Instant? Due);

/// <summary>A way for a buyer to give back what was sent.</summary>
/// <param name="Kind"><c>recall</c>, <c>refuse-at-door</c> or <c>send-back</c>.</param>
/// <param name="IsPossible">Whether it is, now.</param>
/// <param name="Until">Until when (UTC); left out: it isn't possible.</param>
/// <param name="Costs">What of the price doesn't come back; left out: not known here.</param>
/// <param name="Text">What it means, or why it isn't possible.</param>
public sealed record WayBackBody(string Kind, bool IsPossible, Instant? Until, Money? Costs, string Text);

/// <summary>A carrier says whether it brings a parcel back.</summary>
/// <param name="IsStopped">It does.</param>
/// <param name="Note">The carrier's own words; to 300 characters.</param>
public sealed record RecallAnswer(bool IsStopped, string? Note = null);
