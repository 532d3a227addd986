namespace Recourse.Web;

/// <summary>How the platform does at this moment; the same for everybody who looks.</summary>
/// <param name="UpSeconds">How long this process has run: what is counted in memory is counted since then.</param>
/// <param name="Gauges">Every number with its normal band.</param>
/// <param name="States">Orders by state.</param>
/// <param name="Held">What stands in escrow, by currency.</param>
/// <param name="Refusals">Why asks were refused within the last hour, the most frequent first.</param>
/// <param name="OrdersByMinute">Orders placed in each of the last 60 whole minutes, the oldest first.</param>
/// <param name="First">The open order whose deadline is first; left out: there is none.</param>
public sealed record ControlBody(
    Instant At, long UpSeconds, ImmutableArray<GaugeBody> Gauges, ImmutableArray<CountBody> States,
    ImmutableArray<HeldBody> Held, ImmutableArray<CountBody> Refusals, ImmutableArray<long> OrdersByMinute,
    FirstDue? First);

/// <summary>A number and what is normal for it.</summary>
/// <param name="Tile">Together with which others it is shown.</param>
/// <param name="Low">Least that is normal; left out: any.</param>
/// <param name="High">Most that is normal; left out: any.</param>
/// <param name="Tone"><c>good</c> within the band, <c>warn</c> outside, <c>bad</c> far outside, <c>quiet</c> without
/// one.</param>
/// <param name="ForSeconds">How long it has been so, of real time.</param>
/// <param name="Href">The page that lists what was counted.</param>
public sealed record GaugeBody(
    string Name, string Tile, long Value, long? Low, long? High, string Tone, long ForSeconds, string Href);

/// <summary>How many of something.</summary>
/// <param name="Href">The page that lists them.</param>
public sealed record CountBody(string Name, long Count, string Href);

/// <summary>Money in one currency.</summary>
/// <param name="Decimals">Of the currency.</param>
/// <param name="Href">The page with the accounts.</param>
public sealed record HeldBody(Money Amount, int Decimals, string Href);

/// <summary>An open order by its deadline.</summary>
/// <param name="Owner">Who must act.</param>
/// <param name="Href">Its page.</param>
public sealed record FirstDue(string Id, string State, string Owner, Instant Due, string Href);

/// <summary>Asks that were refused of late, the newest first; in memory since the process began.</summary>
/// <param name="UpSeconds">For how long this process has counted.</param>
public sealed record RefusalsBody(
    long UpSeconds, ImmutableArray<CountBody> Reasons, ImmutableArray<RefusedItem> Items);

/// <summary>Errors that this process logged, the latest first; in memory since it began.</summary>
/// <param name="UpSeconds">For how long it has listened.</param>
public sealed record FaultsBody(long UpSeconds, ImmutableArray<FaultItem> Items);

/// <summary>Something that went wrong on our side: each kind once.</summary>
/// <param name="Where">Which part of the platform logged it.</param>
/// <param name="Text">As it was logged last.</param>
/// <param name="Problem">What was thrown, and where; empty: nothing.</param>
/// <param name="Times">How often since the process began.</param>
/// <param name="SecondsAgo">When last.</param>
public sealed record FaultItem(string Where, string Text, string Problem, long Times, long SecondsAgo);

/// <summary>Rules of screening that could not be tried.</summary>
public sealed record FailingRulesBody(ImmutableArray<FailingRule> Items);

/// <summary>A rule of an edition that was left out, since it failed: told once, for all purchases.</summary>
/// <param name="InForce">Whether that edition decides now.</param>
/// <param name="Times">In how many purchases so far.</param>
/// <param name="Text">What is wrong with it, in plain words.</param>
/// <param name="Problem">The same as the rule's language says it.</param>
/// <param name="Href">Where it stands in the rulebook.</param>
public sealed record FailingRule(
    string Rule, int Rulebook, bool InForce, long Times, string Text, string Problem, string Href);

/// <summary>One of them.</summary>
/// <param name="What">What was asked, e.g. <c>order.cancel</c>.</param>
/// <param name="Of">Text of the id of what was asked.</param>
/// <param name="By">The asker's role.</param>
/// <param name="Codes">Why not.</param>
public sealed record RefusedItem(Instant At, string What, string Of, string By, ImmutableArray<string> Codes);
