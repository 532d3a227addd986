using NodaTime.Text;
using Recourse.Checkouts;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Payouts;
using Recourse.Reasons;
using Recourse.Refunds;
using Recourse.Verifying;
using Complained = Recourse.Disputes.Appeal;
using Returned = Recourse.Refunds.Refund;
using Sold = Recourse.Orders.Order;
namespace Recourse.Reviews;

/// <summary>Something that waits for one of the platform's people, or did.</summary>
/// <param name="Work">The id's text of what is to be decided.</param>
/// <param name="Kind">What it is: one of <see cref="WorkList.Kinds"/>.</param>
/// <param name="Owner">The id's text of whom it concerns.</param>
/// <param name="Since">Since when it waits (UTC).</param>
/// <param name="Due">By when it is to be decided (UTC); null: it doesn't wait for staff.</param>
/// <param name="Stake">What it is about; null: no amount, or the thing itself says it.</param>
/// <param name="Handling">Who has taken it on, and what is to be confirmed.</param>
/// <param name="FirstAt">When somebody of the staff first saw to it (UTC); null: nobody has.</param>
/// <param name="EndedAt">When it was decided (UTC); null: it wasn't.</param>
/// <param name="DecidedBy">The name of who decided; null: it wasn't, or it went away.</param>
/// <param name="WasUndone">It was decided, and an appeal showed that this was wrong.</param>
/// <param name="Code">What it is comparable by, e.g. the code of a statement; null: nothing.</param>
/// <param name="Outcome">How it was decided, in the kind's own word; null: it wasn't.</param>
/// <param name="IsAct">Nothing waited: somebody wants something done that another is to confirm.</param>
/// <param name="Seconds">Who confirmed what others proposed of it, or sent it back.</param>
public sealed record WorkRow(
    string Work, string Kind, string Owner, Instant Since, long Position, Instant? Due, Money? Stake,
    Handling Handling, Instant? FirstAt = null, Instant? EndedAt = null, string? DecidedBy = null,
    bool WasUndone = false, string? Code = null, string? Outcome = null, bool IsAct = false,
    ImmutableArray<SecondLook>? Seconds = null);

/// <summary>Somebody looked at what another had proposed.</summary>
/// <param name="By">The name of who proposed it.</param>
/// <param name="Who">The name of who looked.</param>
/// <param name="IsConfirmed">They confirmed it; false: they sent it back.</param>
public sealed record SecondLook(string By, string Who, bool IsConfirmed);

/// <summary>All that waits for the platform's people, whatever it is, the soonest due first.</summary>
public static partial class WorkList
{
    /// <summary>What work there is.</summary>
    public const string Appeal = "appeal", Purchase = "purchase", Reason = "reason", Document = "document",
        Payout = "payout", Refund = "refund", Order = "order";

    /// <summary>All of it, in the order of lists.</summary>
    public static readonly ImmutableArray<string> Kinds = [Appeal, Purchase, Reason, Document, Payout, Refund, Order];

    /// <summary>The index of what waits, by <see cref="Open"/> and by kind, the soonest first; how many is kept.
    /// </summary>
    public const string ByDue = "due";

    /// <summary>The value for all kinds.</summary>
    public const string Open = "open";

    /// <summary>The index of what somebody has taken on, by their name, the soonest first.</summary>
    public const string ByClaim = "claim";

    /// <summary>The index of what another is to confirm, by <see cref="Open"/>; how many is kept.</summary>
    public const string ToConfirm = "confirm";

    /// <summary>The index of what is over, by day (UTC), the newest first.</summary>
    public const string ByDay = "day";

    /// <summary>The index of what people decided, by what it was about and how; how many is kept.</summary>
    public const string ByPrecedent = "precedent";

    /// <summary>The value of something decided so.</summary>
    public static string PrecedentOf(string kind, string code, string outcome) => $"{kind} {code} {outcome}";

    /// <summary>What somebody of the staff did before a decision; null: it is something else.</summary>
    public static Handled? StepIn(object @event) => @event switch
    {
        Sold.Event.Reviewed e          => e.What,
        Earnings.Event.Reviewed e      => e.What,
        Returned.Event.Reviewed e      => e.What,
        Checkout.Event.Reviewed e      => e.What,
        Complained.Event.Reviewed e    => e.What,
        ReasonCase.Event.Reviewed e    => e.What,
        Verification.Event.Reviewed e  => e.What,
        _                              => null,
    };

    /// <summary>The value of a day.</summary>
    public static string DayOf(Instant at) => LocalDatePattern.Iso.Format(at.InUtc().Date);

    /// <summary>The view; its keys are ids.</summary>
    public static readonly View<WorkRow> View = new()
    {
        Name = "work", Version = 3,
        Hears =
        [
            typeof(Complained.Event), typeof(ReasonCase.Event), typeof(Verification.Event),
            typeof(Checkout.Event.HeldForReview), typeof(Checkout.Event.Reviewed), typeof(Checkout.Event.PaymentAsked),
            typeof(Checkout.Event.TurnedDown), typeof(Checkout.Event.Abandoned), typeof(Checkout.Event.Overturned),
            .. OfMoney, typeof(Sold.Event.Reviewed),
        ],
        Keys = r => IsWork(r) ? [$"{r.Id}"] : [],
        Fold = (_, row, r) => Apply(row, r),
        Index = Index,
        Counted = f => f.Index is ByDue or ToConfirm or ByPrecedent,
    };

    static List<Found> Index(string key, WorkRow row)
    {
        List<Found> found = row.Due is { } due ? [.. Waiting(row, Sooner(due))] : [];
        if (row.EndedAt is not { } at) return found;
        var sort = $"{at.ToUnixTimeTicks():D19}";
        found.Add(new(ByDay, DayOf(at), sort));
        if (row is { DecidedBy: not null, Code: { } code, Outcome: { } outcome })
            found.Add(new(ByPrecedent, PrecedentOf(row.Kind, code, outcome), sort));
        return found;
    }

    static readonly Found[] None = [];

    static IEnumerable<Found> Waiting(WorkRow row, string sort) =>
    [
        new(ByDue, Open, sort), new(ByDue, row.Kind, sort),
        .. row.Handling.ClaimedBy is { } who ? [new Found(ByClaim, who.Name, sort)] : None,
        .. row.Handling.Proposal is not null ? [new Found(ToConfirm, Open, sort)] : None,
    ];

    // Lists show the greatest first, so what is due sooner must be greater.
    static string Sooner(Instant due) => $"{long.MaxValue - Math.Max(0, due.ToUnixTimeTicks()):D19}";

    static bool IsWork(Recorded r) => r.Event switch
    {
        Complained.Event or ReasonCase.Event or Verification.Event or Sold.Event.Reviewed => true,
        // Of those that never waited there is nothing to tell.
        Checkout.Event.PaymentAsked e => e.Cleared is not null,
        Checkout.Event.HeldForReview or Checkout.Event.Reviewed or Checkout.Event.TurnedDown
            or Checkout.Event.Abandoned or Checkout.Event.Overturned => true,
        _ => IsOfMoney(r.Event),
    };

    static WorkRow? Apply(WorkRow? row, Recorded r) => (r.Id, r.Event) switch
    {
        (AppealId id, Complained.Event.Lodged e) =>
            New(r, Appeal, $"{id.Owner}", e.Deadline.Due, e.Complaint.Decision.AtStake,
                e.Complaint.Decision.Why.Code),
        (CheckoutId id, Checkout.Event.HeldForReview e) => New(r, Purchase, $"{id.Buyer}", e.Deadline.Due, null,
            e.Why.Code),
        (ReasonCaseId id, ReasonCase.Event.Raised e) => New(r, Reason, $"{id.Seller}", null, e.What.Worth,
            e.What.Against is [{ Code: var code }, ..] ? code : null),
        (VerificationId id, Verification.Event.DocumentShown e) =>
            New(r, Document, $"{id.Buyer}", e.Deadline.Due, null),
        (OrderId id, Sold.Event.Reviewed e) => OfAct(row, e.What, Order, $"{id.Seller}", r),
        (EarningsId, Earnings.Event) or (RefundId, Recourse.Refunds.Refund.Event) => OfMoneyHeld(row, r),
        _ => row is null ? null : r.Event switch
        {
            Complained.Event e       => Of(row, e, r),
            Checkout.Event e     => Of(row, e, r),
            ReasonCase.Event e   => Of(row, e, r),
            Verification.Event e => Of(row, e, r),
            _                    => row,
        },
    };

    static WorkRow New(Recorded r, string kind, string owner, Instant? due, Money? stake, string? code = null) =>
        new($"{r.Id}", kind, owner, r.At, r.Position, due, stake, Handling.None, Code: code);

    static WorkRow Of(WorkRow row, Complained.Event @event, Recorded r) => @event switch
    {
        Complained.Event.Warned e   => row with { Due = e.Deadline.Due },
        Complained.Event.Claimed e  => Seen(row, r) with { Handling = row.Handling with
            { ClaimedBy = e.Who, ClaimedUntil = e.Until } },
        Complained.Event.Released   => row with { Handling = row.Handling.With(new Handled.Released()) },
        Complained.Event.Reviewed e => Reviewed(row, e.What, r),
        Complained.Event.Upheld => Decided(row, r, "uphold"),
        Complained.Event.Reversed => Decided(row, r, "reverse"),
        Complained.Event.Withdrawn  => Gone(row),
        Complained.Event.Lodged or Complained.Event.Answered or Complained.Event.Unheard => row,
    };

    static WorkRow Of(WorkRow row, Checkout.Event @event, Recorded r) => @event switch
    {
        Checkout.Event.Reviewed e => Reviewed(row, e.What, r),
        Checkout.Event.Overturned => row with { WasUndone = row.EndedAt is not null },
        Checkout.Event.Abandoned  => Gone(row),
        _ => row.Due is null ? row
            : Decided(row, r, @event is Checkout.Event.TurnedDown ? "turn-down" : "clear"),
    };

    static WorkRow Of(WorkRow row, ReasonCase.Event @event, Recorded r) => @event switch
    {
        ReasonCase.Event.Answered e => row with { Due = e.Deadline.Due },
        ReasonCase.Event.Warned e   => row.Due is null ? row : row with { Due = e.Deadline.Due },
        // Staff may believe a seller before they have answered; then it waits for another to confirm.
        ReasonCase.Event.Reviewed e => Reviewed(row, e.What, r) is var next && e.What is Handled.Proposed p
            ? next with { Due = row.Due ?? p.What.Until } : next,
        ReasonCase.Event.Found      => Decided(row, r, "false"),
        ReasonCase.Event.Dismissed  => Decided(row, r, "believed"),
        ReasonCase.Event.Overturned => row with { WasUndone = true },
        ReasonCase.Event.Raised     => row,
    };

    static WorkRow Of(WorkRow row, Verification.Event @event, Recorded r) => @event switch
    {
        Verification.Event.Reviewed e => Reviewed(row, e.What, r),
        Verification.Event.Escalated e => row.Due is null ? row : row with { Due = e.Deadline.Due },
        Verification.Event.Verified => row.Due is null ? row : Decided(row, r, "accept"),
        Verification.Event.Rejected => row.Due is null ? row : Decided(row, r, "reject"),
        _ => row,
    };

    static WorkRow Reviewed(WorkRow row, Handled what, Recorded r) => Seen(what switch
    {
        Handled.SentBack s  => Looked(row, s.By, false),
        Handled.Confirmed s => Looked(row, s.By, true),
        _                   => row,
    }, r) with { Handling = row.Handling.With(what) };

    /// <summary>What staff want done waits for another, and for nobody once they have said yes or no.</summary>
    static WorkRow? OfAct(WorkRow? row, Handled what, string kind, string owner, Recorded r) => what switch
    {
        Handled.Proposed p when row?.Due is null => New(r, kind, owner, p.What.Until, p.What.Stake, p.What.Reason) with
        {
            IsAct = true, Handling = Handling.None.With(p), Seconds = row?.Seconds,
        },
        _ when row is not { IsAct: true } => row is null ? null : Reviewed(row, what, r),
        Handled.Escalated => row with
        {
            Handling = row.Handling.With(what), Due = row.Handling.Proposal?.Lapses ?? row.Due,
        },
        Handled.Lapsed   => Gone(row),
        Handled.SentBack s => row.Handling.Proposal is { } p && Reviewing.IsSame(s.By.Name, p.By.Name) ? Gone(row)
            : Decided(Reviewed(row, what, r), r, "sent-back"),
        Handled.Confirmed => Decided(Reviewed(row, what, r), r, "confirmed"),
        _ => Reviewed(row, what, r),
    };

    // Whoever takes back what they proposed was no second.
    static WorkRow Looked(WorkRow row, Actor who, bool isConfirmed) => row.Handling.Proposal is not { } p
        || Reviewing.IsSame(who.Name, p.By.Name) ? row
        : row with { Seconds = [.. row.Seconds ?? [], new(p.By.Name, who.Name, isConfirmed)] };

    static WorkRow Seen(WorkRow row, Recorded r) =>
        row.FirstAt is null && IsStaff(r.Who) ? row with { FirstAt = r.At } : row;

    static WorkRow Decided(WorkRow row, Recorded r, string outcome) =>
        Seen(IsStaff(r.Who) ? Looked(row, r.Who, true) : row, r) with
        {
            Due = null, Handling = Handling.None, EndedAt = r.At, DecidedBy = IsStaff(r.Who) ? r.Who.Name : null,
            Outcome = outcome,
        };

    static WorkRow Gone(WorkRow row) => row with { Due = null, Handling = Handling.None };

    static bool IsStaff(Actor who) => who is Actor.Agent or Actor.Operator;
}
