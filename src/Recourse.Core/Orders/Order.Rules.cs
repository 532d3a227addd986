using Recourse.Rulebooks;
using Recourse.Ways;
namespace Recourse.Orders;

/// <summary>The rulebook's section on orders: every number, and every reason to end an order early.</summary>
/// <param name="UnpaidWithin">A safety net, longer than any checkout: an order that is still unpaid ends.</param>
/// <param name="DispatchWithin">From funding to hand-over.</param>
/// <param name="DeliverWithin">From hand-over to delivery.</param>
/// <param name="ObjectWithin">From delivery to the seller's money.</param>
/// <param name="WarnBefore">How long before its deadline somebody is warned, and the least notice they get.</param>
/// <param name="UndoWithin">How long a cancellation waits that can be taken back.</param>
/// <param name="AppealWithin">How long a decision can be appealed.</param>
/// <param name="Fee">The platform's share of the goods.</param>
/// <param name="Handling">What the work on an order costs, of the goods: a forecast that nobody is charged.</param>
/// <param name="FeeKept">Of the fee, what a seller owes all the same for goods that were paid for and that they are to
/// blame for giving up; null: nothing.</param>
/// <param name="Requests">Null in editions from before anything could be asked for.</param>
/// <param name="Warnings">Null in editions from before the platform warned of everything first.</param>
public sealed record OrderRules(
    Window UnpaidWithin, Window DispatchWithin, Window DeliverWithin, Window ObjectWithin, Duration WarnBefore,
    Duration UndoWithin, Window AppealWithin, Ratio Fee, ImmutableDictionary<string, Reason> Reasons,
    Ratio? Handling = null, RequestRules? Requests = null, Ratio? FeeKept = null, WarningRules? Warnings = null)
    : IRules
{
    /// <summary>What of the fee is owed all the same, unit by unit, so that parts add up to the whole.</summary>
    /// <param name="bearer">Who bears it; nobody but a seller is charged.</param>
    public Money? FeeOwed(ImmutableArray<Line> gone, Bearer bearer) =>
        bearer is Bearer.Seller && FeeKept is { } kept && !gone.IsEmpty
        && gone.Select(l => kept.Of(Fee.Of(l.UnitPrice, Rounding.HalfToEven), Rounding.TowardZero) * l.Quantity)
            .Sum(gone[0].UnitPrice.Currency) is { Minor: > 0 } owed ? owed : null;

    /// <summary>What holds of warnings.</summary>
    public WarningRules OfWarnings => Warnings ?? WarningRules.Before;

    /// <summary>
    /// Whether somebody is warned before the platform ends an order for it: not of what is the buyer's own wish, nor
    /// of what has to end at once.
    /// </summary>
    public bool WarnsFor(string? code) => code is not (null or Reason.FraudConfirmed)
        && Reasons.TryGetValue(code, out var reason) && (reason.By & Party.Buyer) == 0
        && ((reason.By & Party.Staff) != 0 || code is Reason.StockDiscrepancy);

    /// <summary>What holds of what buyers ask for.</summary>
    public RequestRules OfRequests => Requests ?? RequestRules.Before;

    const int ShippedUndoSeconds = 30;

    /// <summary>When an order that is still unpaid ends. Its checkout has warned the buyer long before.</summary>
    public Deadline PaymentDue(Instant from, BusinessCalendar calendar) =>
        Of(Party.Platform, UnpaidWithin, Reason.NeverPaid, from, calendar) with { Warn = null };

    /// <summary>
    /// When the seller must have dispatched what is paid for then: by the calendar of where the goods lie (of several
    /// countries, the last to be open), on days on which they work, and with time for what waits already.
    /// </summary>
    /// <param name="hours">Null: they said nothing of their own.</param>
    public Deadline DispatchDue(Instant from, IEnumerable<BusinessCalendar> calendars, ShopHours? hours) =>
        calendars.Select(c => DispatchDue(from, hours?.Within(c) ?? c, hours)).MaxBy(d => d.Due)!;

    Deadline DispatchDue(Instant from, BusinessCalendar calendar, ShopHours? hours)
    {
        var due = Of(Party.Seller, DispatchWithin, Reason.NeverDispatched, from, calendar).Due;
        if (hours is not null) due = calendar.OpenFrom(due);
        if (hours?.DaysNeeded is { } days) due = Instant.Max(due, calendar.CloseOf(from, days));
        return new(Party.Seller, Reason.NeverDispatched, Warn: due - WarnBefore, due);
    }

    /// <summary>When the parcel must have arrived.</summary>
    public Deadline DeliveryDue(Instant from, BusinessCalendar calendar) =>
        Of(Party.Platform, DeliverWithin, Reason.Lost, from, calendar);

    /// <summary>Until when the buyer can object, before the seller is paid.</summary>
    public Deadline ObjectionDue(Instant from, BusinessCalendar calendar) =>
        Of(Party.Buyer, ObjectWithin, "order.completed", from, calendar);

    Deadline Of(Party owner, Window window, string then, Instant from, BusinessCalendar calendar)
    {
        var due = window.EndFrom(from, calendar);
        return new(owner, then, Warn: due - WarnBefore, due);
    }

    /// <summary>Reads the section <c>orders</c>.</summary>
    public static OrderRules Read(RuleReader section)
    {
        var rules = new OrderRules(
            section.Stretch("unpaidWithin"), section.Stretch("dispatchWithin"), section.Stretch("deliverWithin"),
            section.Stretch("objectWithin"), section.Elapsed("warnBefore"), ReadUndo(section),
            section.Stretch("appealWithin"), section.Percent("fee"), ReadReasons(section.Map("reasons")),
            section.Has("handling") ? section.Percent("handling") : null,
            section.Has("requests") ? RequestRules.Read(section.Map("requests")) : null,
            section.Has("feeKept") ? section.Percent("feeKept") : null,
            section.Has("warnings") ? WarningRules.Read(section.Map("warnings")) : null);
        if (rules.Warnings is { } warnings)
        {
            foreach (var code in rules.Reasons.Keys.Where(c => rules.WarnsFor(c) && !warnings.Reasons.ContainsKey(c)))
                section.Fault("warnings", $"Must say who is warned of {code}, and for how long.");
            foreach (var code in warnings.Reasons.Keys.Where(c => !rules.WarnsFor(c)))
                section.Fault("warnings", $"Must not name {code}: nobody is warned of it.");
        }
        section.Done();
        return rules;
    }

    // Editions from before anything could be taken back say nothing of it.
    static Duration ReadUndo(RuleReader section) => Duration.FromSeconds(
        section.Has("undoSeconds") ? section.Number("undoSeconds", least: 5, most: 600) : ShippedUndoSeconds);

    static ImmutableDictionary<string, Reason> ReadReasons(RuleReader section)
    {
        var reasons = ImmutableDictionary.CreateBuilder<string, Reason>();
        foreach (var (code, by) in Reason.OfTheProgram)
            if (!section.Has(code)) section.Fault(code, "Is missing: the program itself gives this reason.");
        foreach (var code in section.Names.Distinct().ToList())
        {
            if (!Reason.IsCode(code)) section.Fault(code, "Must be a code such as cancel.changed-mind.");
            var reason = Reason.Read(section.Map(code));
            foreach (var (_, by) in Reason.OfTheProgram.Where(r => r.Code == code && !reason.By.HasFlag(r.By)))
                section.Fault(code, $"Must be open to {by}: the program itself gives this reason.");
            reasons[code] = reason;
        }
        section.Done();
        return reasons.ToImmutable();
    }
}

/// <summary>Who may give it, who bears the shipping, how it marks the seller, what one can do about it.</summary>
/// <param name="FeeBorneBy">Who bears what is kept of the fee; the platform where none is kept.</param>
/// <param name="NeedsNewer">What it is about was declared beforehand: only what is newer than the order counts.</param>
/// <param name="NeedsBuyersWord">It is what its buyer wants: only where they said so in the messages about it.</param>
public sealed record Reason(
    Party By, Bearer ShippingBorneBy, int Marks, ImmutableArray<Remedy> Remedies, bool NeedsNewer = false,
    Bearer FeeBorneBy = Bearer.Platform, bool NeedsBuyersWord = false)
{
    // The program's own reasons have names in code; people's reasons exist in the rulebook alone.

    /// <summary>The safety net under an order that nobody paid or gave up.</summary>
    public const string NeverPaid = "cancel.never-paid";

    /// <summary>The seller didn't hand it over in time.</summary>
    public const string NeverDispatched = "cancel.never-dispatched";

    /// <summary>The carrier didn't deliver in time.</summary>
    public const string Lost = "cancel.lost";

    /// <summary>The money that was authorised could not be taken.</summary>
    public const string PaymentLost = "cancel.payment-lost";

    /// <summary>The checkout that placed it was not paid.</summary>
    public const string PaymentNotResolved = "cancel.payment-not-resolved";

    /// <summary>The buyer doesn't want it; also where they give up the whole checkout.</summary>
    public const string ChangedMind = "cancel.changed-mind";

    /// <summary>Somebody bought with what isn't theirs: what ends for it ends at once.</summary>
    public const string FraudConfirmed = "cancel.fraud-confirmed";

    /// <summary>Units that were promised were not there when they were counted.</summary>
    public const string StockDiscrepancy = "cancel.stock-discrepancy";

    /// <summary>It was on its way and has come back: recalled, or not taken in.</summary>
    public const string Returned = "cancel.came-back";

    /// <summary>Its seller says that its buyer wants it to end.</summary>
    public const string BuyerAsked = "cancel.buyer-asked";

    /// <summary>Its seller says that it has come back; neither its buyer nor its carrier says why it should.</summary>
    public const string BackUnseen = "cancel.back-unseen";

    internal static bool IsBack(string code) => code is Returned or BackUnseen;

    /// <summary>In editions from before anything could come back. What it took to bring it there was done.</summary>
    internal static readonly Reason OfReturned = new(
        Party.Clock, Bearer.Buyer, Marks: 0, [new("order.buy-again"), Statement.Appeal]);

    internal static readonly ImmutableArray<(string Code, Party By)> OfTheProgram =
    [
        (NeverPaid, Party.Clock), (NeverDispatched, Party.Clock), (Lost, Party.Clock), (PaymentLost, Party.Platform),
        (PaymentNotResolved, Party.Platform), (ChangedMind, Party.Platform),
    ];

    internal static bool IsCode(string code) => code.Split('.') is ["cancel", var rest] && Derived.IsCode(rest);

    internal static Reason Read(RuleReader section)
    {
        var reason = new Reason(
            section.Some("by", Parties).Aggregate(Party.None, (all, one) => all | one),
            section.One("shippingBorneBy", Bearers), section.Number("marks", 0, 100),
            section.Remedies(),
            section.Has("needsNewerFact") && section.One("needsNewerFact", ShippingRules.YesOrNo),
            section.Has("feeBorneBy") ? section.One("feeBorneBy", FeeBearers) : Bearer.Platform,
            section.Has("needsBuyersWord") && section.One("needsBuyersWord", ShippingRules.YesOrNo));
        section.Done();
        return reason;
    }

    static readonly ImmutableArray<(string, Party)> Parties =
    [
        ("buyer", Party.Buyer), ("seller", Party.Seller), ("agent", Party.Agent), ("operator", Party.Operator),
        ("platform", Party.Platform), ("clock", Party.Clock),
    ];

    // What a buyer paid goes back; a fee is between seller and platform.
    static readonly ImmutableArray<(string, Bearer)> FeeBearers =
        [("platform", Bearer.Platform), ("seller", Bearer.Seller)];

    static readonly ImmutableArray<(string, Bearer)> Bearers =
        [("buyer", Bearer.Buyer), ("seller", Bearer.Seller), ("platform", Bearer.Platform)];
}
