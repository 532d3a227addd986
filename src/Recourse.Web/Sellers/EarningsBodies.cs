namespace Recourse.Web;

/// <summary>What a seller has earned and what comes next, as it stands now.</summary>
/// <param name="Currencies">One for each currency that anything was sold in.</param>
/// <param name="Next">What is released next, the soonest first.</param>
/// <param name="CatchingUp">It doesn't show the position that was asked for yet.</param>
public sealed record EarningsBody(
    string Seller, ImmutableArray<EarningsInBody> Currencies, ImmutableArray<ReleaseBody> Next, bool CatchingUp);

/// <summary>A seller's money in one currency.</summary>
/// <param name="Held">Kept safe for orders that are under way.</param>
/// <param name="Orders">How many orders that is for.</param>
/// <param name="Owed">What was released and is the seller's.</param>
/// <param name="Months">Months in which anything happened, the newest first.</param>
public sealed record EarningsInBody(
    string Currency, Money Held, int Orders, Money Owed, ImmutableArray<EarningsMonthBody> Months);

/// <summary>What a month (UTC) brought.</summary>
/// <param name="Gross">Before fees.</param>
/// <param name="Net">By how much what is owed has grown, before anything of it was paid out.</param>
/// <param name="Closing">What was owed at its end and not paid out.</param>
public sealed record EarningsMonthBody(string Month, Money Gross, Money Fees, Money Net, Money Closing);

/// <summary>Money that is released when a deadline passes without objection.</summary>
/// <param name="Held">What is kept safe for the order.</param>
/// <param name="Fee">What the platform will keep of it.</param>
/// <param name="ToSeller">What will be the seller's.</param>
/// <param name="At">When (UTC), unless the buyer confirms earlier or objects.</param>
public sealed record ReleaseBody(string Order, Money Held, Money Fee, Money ToSeller, Instant At);

/// <summary>A month in one currency, line by line.</summary>
/// <param name="Lines">In the order in which it happened, from <c>from</c> on.</param>
/// <param name="Count">Lines in all.</param>
/// <param name="Next">Say it as <c>from</c> to get the next lines; left out: there are no more.</param>
/// <param name="IsWhole">Whether the lines come to the month's own sums; if not, it is still catching up.</param>
public sealed record EarningsStatementBody(
    string Seller, string Month, string Currency, Money Opening, ImmutableArray<EarningsLineBody> Lines, int Count,
    int? Next, Money Gross, Money Fees, Money Net, Money Closing, bool IsWhole);

/// <summary>One thing that happened.</summary>
/// <param name="Of">To what: the text of its id.</param>
/// <param name="Event">What, e.g. <c>order.completed</c>.</param>
/// <param name="Text">The same in words.</param>
/// <param name="Balance">What is owed from then on.</param>
public sealed record EarningsLineBody(
    Instant At, string Of, string Event, string Text, Money Gross, Money Fee, Money Net, Money Balance);
