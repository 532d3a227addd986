using Recourse.Adapters.Gathering;
using Recourse.Checkouts;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An order as its buyer wants it instead: looked at as a checkout is, and asked for.</summary>
sealed class Changing(
    IPlatform platform, AmendLook look, MethodLooks methods, Screens screens, LookBook book, Store store)
{
    /// <summary>A change that was looked at.</summary>
    /// <param name="Found">What was found in it.</param>
    public sealed record Looked(
        Deal Deal, AmendDraft Asked, CheckoutDraft Draft, AmendKnown Known, ImmutableArray<Checkout.Finding> Found);

    /// <summary>What is wrong with a request before anything is looked at.</summary>
    public static ImmutableArray<Refusal> Faults(AmendmentRequest body) =>
        [.. Addresses.Faults(body.ShipTo, body.ShipTo?.Country), .. PaymentMethods.Faults(body.Method)];

    /// <summary>The command for an order that the reader sees, and what is found in it, with fixes applied.</summary>
    public async Task<(Order.Command.Amend Command, Looked? Look)> Of(
        Seen seen, AmendmentRequest body, Caller by, bool isLook = false)
    {
        if (seen.State is not Order.State.Dealt { Deal: var deal })
            return (new(new([]), new([], new([], platform.Now, "edge"))), null);
        var shipTo = body.ShipTo?.ToAddress();
        var asked = new AmendDraft(
            new(
                [.. (body.Lines ?? []).Select(l => new LineChange(
                    l.Line, l.Quantity ?? deal.UnitsOf(l.Line), l.Sku is null ? null : new(l.Sku), l.Service))],
                Method: body.Method ?? await MethodOf(deal, by), Total: body.Total, Coupons: body.Coupons),
            shipTo, body.Confirmed ?? []);
        var looked = await Look(deal, asked, by);
        if (body.Apply is { IsDefaultOrEmpty: false } apply)
            looked = await Look(deal, looked.Found.SelectMany(f => FixesOf(f, looked))
                .Where(f => apply.Contains(f.Id)).DistinctBy(f => f.Id)
                .Aggregate(looked.Asked, (to, fix) => AmendFix.Apply(to, fix, deal)), by);
        book.HearFound(looked.Found.Select(f => f.What.Code).Distinct());
        var facts = FactsOf(looked);
        // That it would be turned down is not said beforehand: it would teach frauds.
        return (new(looked.Asked.Changes, isLook ? facts with { Risk = null } : facts), looked);
    }

    async Task<Looked> Look(Deal deal, AmendDraft asked, Caller by)
    {
        asked = asked with
        {
            Changes = asked.Changes with
            {
                Country = asked.ShipTo?.Country,
                ShipTo = asked.ShipTo is { } to ? store.People.Seal($"{deal.Buyer}", to) : null,
            },
        };
        var home = asked.ShipTo ?? (deal.ShipTo is { } old ? store.People.Open(old) : null);
        var draft = AmendLook.DraftOf(deal, asked.Changes, home, asked.Confirmed) with
        {
            Seen = await methods.FactOf(asked.Changes.Method, by.Cancel),
        };
        var known = await look.Know(deal, draft, by.Cancel);
        known = known with
        {
            Known = known.Known with
            {
                Facts = known.Known.Facts with { Risk = screens.OfChange(
                    draft, known.Known.Facts, by, isElsewhere: asked.ShipTo is not null) },
            },
        };
        return new(deal, asked, draft, known, look.Findings(deal, asked.Changes, draft, known));
    }

    AmendFacts FactsOf(Looked looked) => look.FactsOf(looked.Deal, looked.Asked.Changes, looked.Draft, looked.Known);

    static IEnumerable<CheckoutFix> FixesOf(Checkout.Finding found, Looked looked) =>
        AmendFix.For(found, looked.Deal, looked.Asked.Changes, looked.Draft, looked.Known.Known);

    /// <summary>What was found, with what would settle it and what the order would cost then.</summary>
    public async Task<ImmutableArray<CheckoutFinding>> Told(Looked? looked, Caller by)
    {
        if (looked is null) return [];
        var (basket, told) = (looked.Draft.ToBasket(null), new List<CheckoutFinding>());
        foreach (var found in looked.Found.OrderByDescending(f => f.Stops(basket)))
        {
            List<FixBody> fixes = [];
            foreach (var fix in FixesOf(found, looked)) fixes.Add(await Of(fix, looked, by));
            told.Add(CheckoutQuotes.Of(found, looked.Draft, by.Texts, [.. fixes]));
        }
        return [.. told];
    }

    async Task<FixBody> Of(CheckoutFix fix, Looked looked, Caller by)
    {
        var then = await Look(looked.Deal, AmendFix.Apply(looked.Asked, fix, looked.Deal), by);
        var total = Order.WouldBe(looked.Deal, new(then.Asked.Changes, FactsOf(then)))?.What.After.Total;
        return new(
            fix.Id, fix.Kind, fix switch
            {
                CheckoutFix.LeaveOut    => by.Texts.Tell("fix.keep-line"),
                CheckoutFix.LeaveCoupon => by.Texts.Tell("fix.change-without-coupon"),
                _                       => fix.Say(by.Texts),
            }, total, total - looked.Deal.Total, DispatchDue: null);
    }

    /// <summary>What a change would mean, as the decider says without recording it.</summary>
    public async Task<Answer<AmendmentQuoteBody>> Quote(Seen seen, AmendmentRequest body, Caller by)
    {
        var (command, looked) = await Of(seen, body, by, isLook: true);
        var decision = Order.Kind.Decide(seen.Id, seen.State, command, seen.Asked);
        if (looked is not { Deal.Total: var was }) return Problems.Of(decision.Refusals);
        ImmutableArray<RefusalBody> no = decision.Refusals.IsDefault ? []
            : [.. decision.Refusals.Select(r => Words.Of(r, by.Texts))];
        var (what, answer) = decision.Events.IsDefaultOrEmpty ? default : decision.Events[^1] switch
        {
            Order.Event.Amended e         => (e.What, (Instant?)null),
            Order.Event.DifferenceAsked e => (e.Wish.What, null),
            Order.Event.AmendmentAsked e  => (e.Wish.What, e.Wish.Deadline.Due),
            Order.Event.AmendmentHeld e   => (e.Wish.What, e.Wish.Deadline.Due),
            _ => default,
        };
        return new AmendmentQuoteBody(
            was, what?.After.Total, what?.More, what?.Back, answer, no, await Told(looked, by))
        {
            Lines = what is null ? [] : [.. what.After.Lines.Select(l => OrderView.Of(l, seesMoney: true))],
            Discounts = what is null ? [] : DiscountsOf(what.After), Coupons = CodesOf(looked),
            ShipTo = AddressBody.Of(looked.Asked.ShipTo), Confirmed = looked.Asked.Confirmed,
            Changes =
            [
                .. looked.Asked.Changes.Lines.Select(l => new LineChangeBody(
                    l.Line, l.Quantity, l.Sku?.Code, l.Service)),
            ],
        };
    }

    static ImmutableArray<string> CodesOf(Looked looked) =>
        looked.Asked.Changes.Coupons ?? AmendFix.CodesOf(looked.Deal);

    static ImmutableArray<DiscountBody> DiscountsOf(Deal deal) =>
    [
        .. deal.Coupon is { } c ? [DiscountBody.Of(c.Id, deal.Off - deal.OffOnTop)] : (ReadOnlySpan<DiscountBody>)[],
        .. deal.OnTop is { } t ? [DiscountBody.Of(t.Id, deal.OffOnTop)] : (ReadOnlySpan<DiscountBody>)[],
    ];

    /// <summary>What the order was paid with.</summary>
    async Task<string?> MethodOf(Deal deal, Caller by) =>
        await platform.Read(PaymentId.Of(deal.Checkout), by.Who, by.Cancel) is { State: Payment.State s }
            ? s.Terms.Method : null;
}
