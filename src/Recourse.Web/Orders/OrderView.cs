using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Recourse.Ways;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>An order's state as a body.</summary>
static class OrderView
{
    const Party WhoShips = Party.Buyer | Party.Seller | Party.Warehouse | Party.Agent;
    const Party WhoSeesMoney = Party.Buyer | Party.Seller | Party.Staff | Party.Integration;

    // What a seller stands to lose is between them and the platform.
    const Party WhoSeesStakes = Party.Seller | Party.Staff;

    public static OrderBody Of(Seen seen, Caller caller, KeyRing people) => (Order.State)seen.State switch
    {
        Order.State.Dealt s    => OfDeal(seen, s, caller, people),
        Order.State.Imported s => OfHistory(seen, s.Facts, caller),
    };

    /// <summary>The last statement of reasons; null: none was needed yet.</summary>
    public static Statement? WhyOf(Order.State state) => (state as Order.State.Cancelled)?.Why;

    /// <summary>The time zone of where the goods go.</summary>
    public static string ZoneOf(Order.State state, Asked asked) => OrderWhy.ZoneOf(state, asked.InForce);

    /// <summary>Who packs needs no prices.</summary>
    public static bool SeesMoney(Party reader) => (reader & WhoSeesMoney) != 0;

    static OrderBody OfDeal(Seen seen, Order.State.Dealt state, Caller caller, KeyRing people)
    {
        var (id, deal) = ((OrderId)seen.Id, state.Deal);
        var texts = caller.TextsIn(ZoneOf(state, seen.Asked));
        var seesMoney = SeesMoney(seen.As);
        var handover = state switch
        {
            Order.State.Dispatched s => s.Handover,
            Order.State.Completed s  => s.Handover,
            Order.State.Placed or Order.State.Funded or Order.State.Cancelled => null,
        };
        return new(
            id, Words.StateOf(state), texts.Tell($"order.state.{state.GetType().Name}"), deal.Buyer, id.Seller,
            deal.Checkout,
            [.. deal.Lines.Select(l => Of(l, seesMoney) with { By = SentBy(l, deal, seen.Asked, texts) })],
            deal.Lines.Sum(l => l.Quantity),
            seesMoney ? deal.Goods : null, seesMoney ? deal.Shipping : null,
            seesMoney ? deal.Total : null, deal.Country,
            (seen.As & WhoShips) != 0 && deal.ShipTo is { } shipTo ? AddressBody.Of(people.Open(shipTo)) : null,
            deal.PlacedAt,
            handover is null ? null : new(handover.Carrier, handover.TrackingNumber, handover.At),
            (state as Order.State.Delivered)?.DeliveredAt, Words.Next(Order.Kind.DeadlineOf(state), seen.As, texts),
            seesMoney ? EndOf(state, seen.As) : null,
            seesMoney && WhyOf(state) is { } why ? Words.Of(why, seen.As, texts) : null, Imported: null, deal.Rulebook,
            ActionsOf(id, seen, texts), (seen.As & WhoSeesStakes) != 0 ? OrderStakes.Of(seen) : null,
            state is Order.State.Cancellable { Meant: { } meant } ? MeantOf(meant, deal, seen, texts) : null)
        {
            Discounts = seesMoney ? [.. DiscountsOf(deal, seen.As)] : [],
            PickedAt = (state as Order.State.Funded)?.PickedAt, Request = OrderRequests.Of(seen, state, texts),
            Recall = OrderRequests.RecallOf(state), WaysBack = OrderRequests.WaysBack(seen, state, texts),
            IsContested = state is Order.State.Open && deal.Contested is { IsEmpty: false },
            Warnings = WarningBodies.Of(seen, state, texts),
            Keeping = seesMoney && state is Order.State.Funded { Keeping: not null } asked
                ? KeepingBodies.Of(asked, seen, texts) : null,
        };
    }

    /// <summary>A shop's own comes off first, one for all shops off what is left. Whose loss it is, is no buyer's
    /// affair.</summary>
    static IEnumerable<DiscountBody> DiscountsOf(Deal deal, Party reader)
    {
        if (deal.Coupon is { } own && deal.Off - deal.OffOnTop is { Minor: > 0 } off) yield return Of(own, off);
        if (deal.OnTop is { } onTop && deal.OffOnTop is { Minor: > 0 } more) yield return Of(onTop, more);

        DiscountBody Of(Applied coupon, Money off) => DiscountBody.Of(
            coupon.Id, off, (reader & WhoSeesStakes) != 0 ? Words.StateOf($"{coupon.BorneBy}") : null);
    }

    /// <summary>What the decider says when its time has come.</summary>
    static MeantBody MeantOf(Meant meant, Deal deal, Seen seen, Texts texts)
    {
        var then = new Asked(new Actor.Clock(), meant.Due, seen.Asked.Published);
        var why = Order.Kind.Decide(seen.Id, seen.State, Order.Kind.Wake(meant.Due), then).Events
            .OfType<Order.Event.Settled>().FirstOrDefault()?.Why;
        var reads = SeesMoney(seen.As);
        return new(
            Words.Of(meant.By), meant.Who == seen.Asked.Who, reads ? meant.Reason : null,
            reads && why is not null ? texts.Reasons.TellReason(why, seen.As) : null,
            [.. meant.Portions.Select(p => new PortionBody(p.Line, p.Quantity))], meant.Units,
            meant.Units == deal.Everything.Sum(p => p.Quantity), meant.Due);
    }

    static EndBody? EndOf(Order.State state, Party reader) => state switch
    {
        // What the seller is left with is the seller's affair.
        Order.State.Completed s => reader is Party.Buyer ? null : new(s.ToSeller + s.Deal.Borne, s.Fee, null),
        Order.State.Cancelled s => new(null, null, s.Settlement.ToBuyer),
        Order.State.Open or Order.State.Imported => null,
    };

    static LineBody Of(Line l, bool seesMoney) => new(
        l.Number, $"{l.Listing}", l.Sku.Code, l.Title, l.Quantity, seesMoney ? l.UnitPrice : null,
        seesMoney ? l.ShippingPerUnit : null, seesMoney ? l.Off : null);

    /// <summary>As it was promised when the order was placed, under the rulebook of that day.</summary>
    static SendingBody? SentBy(Line l, Deal deal, Asked asked, Texts texts)
    {
        if (l.By is not { } by) return null;
        var terms = asked.Edition(deal.Rulebook);
        var calendars = terms.Of<Calendars>();
        var handover = terms.Of<OrderRules>().DispatchDue(
            deal.PlacedAt, [calendars.Of(l.ShipsFrom ?? deal.Country)], deal.Hours).Due;
        var way = new Way(by.Service, l.ShippingPerUnit - by.Surcharge, by.Surcharge, by.FromDays, by.ToDays);
        var there = calendars.Of(deal.Country);
        return new(
            by.Service, texts.Show((Value)by.Service),
            terms.Of<ShippingRules>().Services.GetValueOrDefault(by.Service)?.IsTracked,
            way.ArrivesFrom(handover, there)!.Value, way.ArrivesBy(handover, there)!.Value, deal.PlacedAt);
    }

    static OrderBody OfHistory(Seen seen, ImportedOrder facts, Caller caller)
    {
        var (id, texts) = ((OrderId)seen.Id, caller.Texts);
        var goods = facts.Items.Select(i => i.Price).Sum(facts.Currency);
        var shipping = facts.Items.Select(i => i.Freight).Sum(facts.Currency);
        return new(
            id, Words.StateOf(seen.State), texts.Tell("order.state.Imported"), facts.Buyer, id.Seller, Checkout: null,
            [.. facts.Items.Select(i => new LineBody(
                i.Number, i.Product, i.Product, i.Product, 1, i.Price, i.Freight))],
            facts.Items.Length, goods, shipping, goods + shipping, Country: null, ShipTo: null, facts.Times.Purchased,
            Handover: null, facts.Times.Delivered, Next: null, End: null, Why: null,
            new(facts.Source, facts.Number, facts.Status, facts.Times.Approved, facts.Times.HandedOver,
                facts.Times.Delivered, facts.Times.Promised, [.. facts.Findings.Select(f => OrderWhy.Of(f, texts))]),
            Rulebook: null, []);
    }

    /// <summary>What a reason would mean for cost and record: the decider itself says it.</summary>
    static IEnumerable<ChoiceBody> Choice(string reason, Deal deal, Seen seen, Texts texts)
    {
        var needs = seen.Asked.Edition(deal.Rulebook).Of<OrderRules>().Reasons[reason].NeedsNewer;
        var shows = seen.As is Party.Seller ? seen.Asked.Edition(deal.Rulebook).Of<KeepingRules>().For(reason) : null;
        var command = new Order.Command.Cancel(
            reason, deal.Everything, Newer: needs ? new(NewerFact.Kinds[0], seen.Asked.At, "…") : null,
            Case: shows is null ? null : new(shows.Evidence is [var kind, ..] ? new(kind, "…") : null, NoWay: "…"));
        return
            from happened in OrderEffects.InTheEnd(seen, command)
            where happened is Order.Event.Settled or Order.Event.CancellationAsked or Order.Event.WarningGiven
            select new ChoiceBody(
                reason, happened switch
                {
                    Order.Event.Settled { Why: var why } => texts.TellReason(why, seen.As),
                    Order.Event.WarningGiven =>
                        $"{OrderRequests.NameOf(texts, reason)}. {texts.Tell("effect.warned-first")}",
                    _ => OrderRequests.Say(texts, "asked", reason),
                },
                SeesMoney(seen.As) ? OrderEffects.Of(seen, command, texts) : [], needs,
                shows is { Evidence.IsEmpty: false } ? shows.Evidence : null,
                shows is { Ways.IsEmpty: false } ? shows.Ways : null);
    }

    static ImmutableArray<ActionBody> ActionsOf(OrderId id, Seen seen, Texts texts)
    {
        var (href, deal) = ($"/v1/orders/{id.Seller.Code}/{id.Code}", ((Order.State.Dealt)seen.State).Deal);
        var rules = seen.Asked.Edition(deal.Rulebook).Of<OrderRules>();
        var keeping = seen.Asked.Edition(deal.Rulebook).Of<KeepingRules>();
        var reasons = rules.Reasons
            .Where(r => r.Value.By.HasFlag(seen.As)).Select(r => r.Key).Order(StringComparer.Ordinal).ToArray();
        return
        [
            .. ((ActionBody?[])
            [
                Try("order.cancel", "cancellation",
                    new Order.Command.Cancel(
                        reasons.FirstOrDefault(r => rules.Reasons[r] is { NeedsNewer: false }
                            && (seen.As is not Party.Seller || keeping.For(r) is { Evidence.IsEmpty: true,
                                Ways.IsEmpty: true }))
                            ?? reasons.FirstOrDefault() ?? "",
                        deal.Everything),
                    typeof(Order.Event.Cancelled), [.. reasons.SelectMany(r => Choice(r, deal, seen, texts))])
                    is { } cancel ? cancel with { UndoSeconds = OrderRequests.MustAsk(seen)
                        || OrderEffects.NeedsSecond(seen, new Order.Command.Cancel(
                            Reason.FraudConfirmed, deal.Everything)) ? null
                        : (int)rules.UndoWithin.TotalSeconds } : null,
                Try("order.take-back", "cancellation/undo", new Order.Command.TakeBack(),
                    typeof(Order.Event.CancellationTakenBack)),
                Try("order.choose-way", "keeping",
                    new Order.Command.ChooseWay((seen.State as Order.State.Funded)?.Keeping?.Ways[0].Name),
                    typeof(Order.Event.Kept)),
                Try("order.withdraw-ways", "keeping/withdrawal", new Order.Command.WithdrawWays(),
                    typeof(Order.Event.KeepingWithdrawn)),
                Try("order.dispatch", "dispatch", new Order.Command.Ship("carrier", "TRACK000001"),
                    typeof(Order.Event.Shipped)),
                Try("order.confirm-receipt", "receipt", new Order.Command.ConfirmReceipt(),
                    typeof(Order.Event.Completed),
                    effects: OrderEffects.Of(seen, new Order.Command.ConfirmReceipt(), texts)),
                .. OrderRequests.Actions(seen, texts, (name, path, command, outcome) =>
                    Try(name, path, command, outcome)),
                .. WarningBodies.Actions(seen, (name, path, command, outcome) =>
                    Try(name, path, command, outcome)),
            ]).OfType<ActionBody>(),
        ];

        ActionBody? Try(
            string name, string path, Order.Command command, Type outcome,
            ImmutableArray<ChoiceBody>? choices = null, ImmutableArray<EffectBody>? effects = null) =>
            Actions.Try(Order.Kind, seen, name, $"{href}/{path}", command, outcome, texts, choices, effects);
    }
}
