using Recourse.Checkouts;
using Recourse.Coupons;
using Recourse.Inventory;
using Recourse.Orders;
using Recourse.Runtime;
namespace Recourse.World.Invariants;

/// <summary>
/// Invariant 14: what was accepted is not refused or ended later for what could be known at checkout.
/// <para>
/// Knowable is what the facts that were recorded with the opening say, and what whoever refuses would have said as it
/// stood when they were gathered: a listing, a sale price or a coupon that nothing has happened to since then refuses
/// for what the look should have found. What happens to them between the look and the order is a race, and no look is
/// older than the rulebook lets it be; what time alone changes meanwhile (a coupon runs out) is one, too. Stock that is
/// not set aside, and how much of it one buyer may have, is decided where it lies, within the checkout and before it is
/// paid: that is its answer, and no refusal after it. Once an order is placed, nothing but its own end keeps it from
/// being funded. An end by seller, staff or platform breaks it if a finding of the opening told its reason, and so
/// does one for where it goes that names nothing newer.
/// </para>
/// </summary>
public sealed class NothingKnowableLater : Invariant
{
    sealed record Accepted(
        Instant At, int Rulebook, Dictionary<string, Instant> Looks, ImmutableArray<string> Found);

    // What an ending says, and the findings that would have said it before.
    static readonly Dictionary<string, ImmutableArray<string>> Shown = new(StringComparer.Ordinal)
    {
        ["cancel.cannot-ship-there"]    = ["shipping.", "terms.", "checkout.not-shipped-there", "goods.not-let-in"],
        ["cancel.cannot-be-carried"]    = ["shipping.", "goods."],
        ["cancel.address-unusable"]     = ["address."],
        ["cancel.price-error"]          = ["checkout.price-differs", "checkout.sale-"],
        ["cancel.out-of-stock"]         = ["checkout.not-offered", "checkout.sale-sold-out"],
        ["cancel.policy-breach"]        = ["goods.", "buyer.paused"],
        ["cancel.fraud-confirmed"]      = ["buyer.paused", "method.blocked"],
        ["cancel.payment-not-resolved"] = ["method.blocked"],
        ["cancel.payment-lost"]         = ["method.blocked"],
        ["cancel.never-paid"]           = ["method.blocked"],
    };

    readonly Dictionary<CheckoutId, Accepted> _accepted = [];
    readonly Dictionary<IId, Instant> _changed = [];

    /// <inheritdoc/>
    public override void See(in Step step)
    {
        _changed[step.Id] = step.Turn.At;
        switch (step.Event)
        {
            case Checkout.Event.Opened e: Accept((CheckoutId)step.Id, e, step.Turn); break;
            case Order.Event.Settled e when step.Id is OrderId order: End(order, e, step.Before); break;
        }
    }

    void Accept(CheckoutId id, Checkout.Event.Opened e, Turn turn)
    {
        var asked = new Asked(turn.Who, turn.At, [.. Known.Rulebooks.Where(r => r.Version <= turn.Rulebook)]);
        // What screening holds is told here as a finding, and asked for by its own way.
        var facts = e.Facts with { Risk = null };
        var rest = Checkout.RestOf(e.Basket, facts, asked) ?? Rest.OfAll(e.Basket, facts);
        // Confirmed is what stands where the buyer has it, with what is left out before it.
        ImmutableArray<Checkout.Finding> found =
            [.. Checkout.Findings(rest.Basket, rest.Facts, asked).Select(rest.InWhole)];
        foreach (var no in found.Where(f => f.Stops(e.Basket)))
            Wrong(14, $"is accepted although it was found: {no.What.Code}", id);
        Must(e.Requests.Sum(r => r.Lines.Length) == rest.Lines.Length, 14, "orders what was left out", id);
        _accepted[id] = new(turn.At, turn.Rulebook, LooksOf(e),
            [.. found.Where(f => f.Gravity is not Gravity.Advice && !IsConfirmed(f, e.Basket))
                .Select(f => f.What.Code)]);
    }

    static bool IsConfirmed(Checkout.Finding found, Basket basket) => basket.Confirmed?.Contains(found.Id) is true;

    /// <summary>When whom was looked at.</summary>
    static Dictionary<string, Instant> LooksOf(Checkout.Event.Opened e)
    {
        Dictionary<string, Instant> looks = [];
        foreach (var (line, quote) in e.Basket.Lines.Zip(e.Facts.Quotes))
        {
            looks[$"{line.Listing}"] = quote.AsOf;
            looks[$"{new StockItemId(line.Listing.Seller, line.Sku)}"] = quote.AsOf;
        }
        foreach (var coupon in e.Facts.Coupons?.Found ?? []) looks[$"{coupon.Value.Coupon}"] = coupon.AsOf;
        return looks;
    }

    /// <inheritdoc/>
    public override void After(long position, Turn turn)
    {
        if (turn.Refusals.IsDefaultOrEmpty) return;
        if (turn.Command is Order.Command.Fund { Payment.IsOfAmendment: false })
        {
            var ended = Known.States.GetValueOrDefault(turn.Target) is Order.State.Cancelled;
            foreach (var no in turn.Refusals) Must(ended, 14, $"its funding is refused: {no.Code}", turn.Target);
        }
        if (turn.Command is not Order.Command.Place { Request: var request }) return;
        foreach (var no in turn.Refusals)
            Must(MayCome(no.Code), 14, $"is refused after its checkout was opened: {no.Code}", turn.Target);
        if (_accepted.TryGetValue(request.Checkout, out var accepted)) LookBack(request, accepted);
    }

    static bool MayCome(string code) => code is "stock.not-enough" or "stock.limit" or "stock.over-share"
        || code.StartsWith("listing.", StringComparison.Ordinal) || CouponSeen.Codes.Contains(code)
        || SaleSeen.Codes.Contains(code);

    /// <summary>Whoever is as they were at the look is asked what they would have said then.</summary>
    void LookBack(Orders.Request request, Accepted accepted)
    {
        var order = OrderId.Of(request.Checkout, request.Seller);
        var deal = Deal.Of(order, request, accepted.Rulebook, accepted.At);
        var asked = new Asked(new Actor.Aggregate($"{order}"), accepted.At,
            [.. Known.Rulebooks.Where(r => r.Version <= accepted.Rulebook)]);
        var placed = new Order.Event.Placed(deal, Never, request.Coupon?.Marks);
        foreach (var need in Order.React(order, new Order.State.Placed(deal, Never), placed).OfType<Intent.Require>())
        {
            var (target, command) = (need.Message.Target, need.Message.Command);
            if (!accepted.Looks.TryGetValue($"{target}", out var look)
                || _changed.TryGetValue(target, out var changed) && changed + Slack > look) continue;
            var refusals = Known.Registry.Of(target).Decide(
                target, Known.States.GetValueOrDefault(target), command, asked).Refusals;
            foreach (var no in refusals.IsDefault ? [] : refusals)
                Must(no.Code is "stock.not-enough" or "stock.limit" or "stock.over-share", 14,
                    $"is refused for what {target} said when it was looked at: {no.Code}", order);
        }
    }

    // Clocks differ by seconds, and what is being written is not seen yet.
    static readonly Duration Slack = Duration.FromMinutes(1);
    static readonly Deadline Never = new(Party.Clock, "never", Warn: null, Instant.MaxValue);

    void End(OrderId order, Order.Event.Settled e, object? before)
    {
        if (e is Order.Event.Reduced || before is not Order.State.Dealt { Deal.Checkout: var checkout }
            || e.Why.By is DecidedBy.Person(Party.Buyer)) return;
        if (e.Why.Code is "cancel.cannot-ship-there")
            Must(e.Why.Facts.Any(f => f.Name is "newer"), 14, "ends for what was declared before it", order);
        if (!Shown.TryGetValue(e.Why.Code, out var shown)
            || !_accepted.TryGetValue(checkout, out var accepted)) return;
        foreach (var code in accepted.Found)
            Must(!shown.Any(s => code.StartsWith(s, StringComparison.Ordinal)), 14,
                $"ends for {e.Why.Code}, and its checkout had shown {code}", order);
    }
}
