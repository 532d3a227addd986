namespace Recourse.Reasons;

/// <summary>A decision with its statement of reasons, as the register keeps it.</summary>
/// <param name="Uid">Its number in the register: the place in the log, which leads to nobody.</param>
/// <param name="Kind">What it was decided about: a kind of aggregate (<c>order</c>, <c>listing</c>, …).</param>
/// <param name="Code">The reason.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Rule">The rule's path in the rulebook.</param>
/// <param name="Rulebook">The rulebook's version.</param>
/// <param name="DecidedBy">The role of the person who decided; null: a rule did.</param>
/// <param name="Model">The learned model that took part; null: none.</param>
/// <param name="IssuedAt">When it was decided (UTC).</param>
/// <param name="Until">When it ends by itself (UTC); null: it doesn't.</param>
/// <param name="AppealUntil">Until when it can be appealed (UTC).</param>
/// <param name="Of">The text of the aggregate's id: for the platform's people alone.</param>
public sealed record DecisionRow(
    string Uid, string Kind, string Code, string Outcome, string Rule, int Rulebook, Party? DecidedBy, string? Model,
    Instant IssuedAt, Instant? Until, Instant? AppealUntil, string Of)
{
    /// <summary>Whether the platform decided, by a rule or by one of its people; else a seller did.</summary>
    public bool IsOfPlatform => DecidedBy is null || (DecidedBy & Party.Staff) != 0;
}

/// <summary>
/// The public register: every decision that somebody can appeal. What buyers wished themselves and what banks said
/// isn't one.
/// </summary>
public static class ReasonRegister
{
    /// <summary>The index of all of them, the newest first; its values are <see cref="All"/> and
    /// <see cref="Platform"/>.</summary>
    public const string ByTime = "time";

    /// <summary>Every decision.</summary>
    public const string All = "all";

    /// <summary>Those of the platform.</summary>
    public const string Platform = "platform";

    /// <summary>The index by reason, the newest first.</summary>
    public const string ByCode = "code";

    /// <summary>The index by what it was decided about, the newest first.</summary>
    public const string ByKind = "kind";

    /// <summary>The view.</summary>
    public static readonly View<DecisionRow> View = new()
    {
        Name = "decisions", Version = 1,
        Keys = r => WhyOf(r) is null ? [] : [UidOf(r)],
        Fold = (key, _, r) => WhyOf(r) is { } why ? Of(key, why, r) : null,
        Index = (_, row) =>
        [
            new(ByTime, All, SortOf(row.IssuedAt)),
            .. row.IsOfPlatform ? [new Found(ByTime, Platform, SortOf(row.IssuedAt))] : Array.Empty<Found>(),
            new(ByCode, row.Code, SortOf(row.IssuedAt)),
            new(ByKind, row.Kind, SortOf(row.IssuedAt)),
        ],
        Counted = _ => true,
    };

    /// <summary>The place of an instant in each index.</summary>
    public static string SortOf(Instant at) => $"{Math.Max(0, at.ToUnixTimeTicks()):D19}";

    static string UidOf(Recorded r) => $"{r.Position:D12}-{r.Nth}";

    static Statement? WhyOf(Recorded r) => r.Event is IAdverse { Why: { AppealUntil: not null } why } ? why : null;

    static DecisionRow Of(string uid, Statement why, Recorded r)
    {
        var of = $"{r.Id}";
        return new(
            uid, of[..of.IndexOf('/', StringComparison.Ordinal)], why.Code, why.Outcome, why.Rule, why.Rulebook,
            (why.By as DecidedBy.Person)?.Role, (why.By as DecidedBy.Automated)?.Model, why.IssuedAt,
            (why.Facts.FirstOrDefault(f => f.Name is "until")?.Value as Value.Day)?.At, why.AppealUntil, of);
    }
}
