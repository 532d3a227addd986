using Recourse.Adapters.Gathering;
using Recourse.Orders;
using Recourse.Payments;
using Recourse.Runtime;
namespace Recourse.Web;

/// <summary>An order as its buyer wants it instead: looked at as a checkout is, and asked for.</summary>
sealed class Changing(
    IPlatform platform, AmendLook look, CheckoutQuotes quotes, MethodLooks methods, Screens screens, Store store)
{
    /// <summary>What is wrong with a request before anything is looked at.</summary>
    public static ImmutableArray<Refusal> Faults(AmendmentRequest body) =>
        [.. Addresses.Faults(body.ShipTo, body.ShipTo?.Country), .. PaymentMethods.Faults(body.Method)];

    /// <summary>The command for an order that the reader sees, and what a checkout of it would find.</summary>
    public async Task<(Order.Command.Amend Command, ImmutableArray<CheckoutFinding> Findings)> Of(
        Seen seen, AmendmentRequest body, Caller by, bool isLook = false)
    {
        if (seen.State is not Order.State.Dealt { Deal: var deal })
            return (new(new([]), new([], new([], platform.Now, "edge"))), []);
        var shipTo = body.ShipTo?.ToAddress();
        var changes = new Changes(
            [.. (body.Lines ?? []).Select(l => new LineChange(
                l.Line, l.Quantity ?? deal.UnitsOf(l.Line), l.Sku is null ? null : new(l.Sku), l.Service))],
            shipTo?.Country, shipTo is null ? null : store.People.Seal($"{deal.Buyer}", shipTo),
            body.Method ?? await MethodOf(deal, by), body.Total);
        var home = shipTo ?? (deal.ShipTo is { } old ? store.People.Open(old) : null);
        var draft = AmendLook.DraftOf(deal, changes, home, body.Confirmed ?? []) with
        {
            Seen = await methods.FactOf(changes.Method, by.Cancel),
        };
        var known = await look.Know(draft, by.Cancel);
        known = known with { Facts = known.Facts with { Risk = screens.OfChange(draft, known.Facts, by) } };
        var found = quotes.Told(draft, known, by, isLook: false).Findings
            .Where(f => AmendLook.Concerns(deal, changes, f.Code, f.Field))
            .Select(f => f with { Fixes = [] });                            // its buyer says what is to be, in full
        var facts = look.FactsOf(deal, changes, draft, known);
        // That it would be turned down is not said beforehand: it would teach frauds.
        return (new(changes, isLook ? facts with { Risk = null } : facts), [.. found]);
    }

    /// <summary>What a change would mean, as the decider says without recording it.</summary>
    public async Task<Answer<AmendmentQuoteBody>> Quote(Seen seen, AmendmentRequest body, Caller by)
    {
        var (command, found) = await Of(seen, body, by, isLook: true);
        var decision = Order.Kind.Decide(seen.Id, seen.State, command, seen.Asked);
        if (seen.State is not Order.State.Dealt { Deal.Total: var was }) return Problems.Of(decision.Refusals);
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
            was, what?.After.Total, what?.More, what?.Back, answer, no, found);
    }

    /// <summary>What the order was paid with.</summary>
    async Task<string?> MethodOf(Deal deal, Caller by) =>
        await platform.Read(PaymentId.Of(deal.Checkout), by.Who, by.Cancel) is { State: Payment.State s }
            ? s.Terms.Method : null;
}
