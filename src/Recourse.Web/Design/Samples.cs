using Recourse.Orders;
namespace Recourse.Web;

/// <summary>Made-up orders, so that every part can be looked at in every state.</summary>
static class Samples
{
    static readonly OrderId Id = new(new("hailing"), "82043316");
    static readonly Currency Euro = Currency.Of("EUR");

    static Money Eur(long cents) => new(cents, Euro);

    /// <summary>An order in that state at that instant, with everything that has happened by then.</summary>
    public static OrderFile Order(Reader reader, string state)
    {
        var (now, texts) = (reader.Now, reader.Texts);
        var placed = now - Duration.FromHours(30);
        var timeline = OrderLooks.Life.Select((s, nth) => (s, At: placed + Duration.FromHours(6 * nth)))
            .TakeWhile(s => s.s.State != state).Append((OrderLooks.Life.FirstOrDefault(s => s.State == state), placed))
            .Where(s => s.Item1.Event is not null)
            .Select((s, nth) => Happened(s.Item1.Event, placed + Duration.FromHours(6 * nth), nth, texts)).ToList();
        if (state is "cancelled")
        {
            timeline.RemoveRange(2, timeline.Count - 2);
            timeline.Add(Happened("order.cancelled", now - Duration.FromHours(2), 7, texts) with { By = "clock" });
        }
        var order = new OrderBody(
            Id, state, texts.Tell($"order.state.{char.ToUpperInvariant(state[0])}{state[1..]}"), new("marta"),
            Id.Seller, null, [new(1, "listing/hailing/lens", "lens-50", "Lens 50 mm f/1.8", 1, Eur(12900), Eur(800)),
                new(2, "listing/hailing/filter", "uv-49", "UV filter 49 mm", 2, Eur(995), Eur(0))],
            3, Eur(14890), Eur(800), Eur(15690), "PL",
            new("Marta Nowak", ["ul. Piłsudskiego 14"], "Kraków", "PL", null, "30-059"), placed,
            state is "shipped" or "delivered" or "completed" ? new("dhl", "RR473124829PL", now) : null, null,
            NextOf(state, now, texts), null, null, null, 1, ActionsOf(state, texts));
        return new(
            order, state is "cancelled" ? [Why(now, texts)] : [], texts.Tell("order.ended-well"), [],
            MoneyOf(state, placed, texts), [.. timeline], 0);
    }

    /// <summary>A decision, as staff read it and as both sides do.</summary>
    public static Explained Why(Instant now, Texts texts)
    {
        var why = new Statement(
            Reason.NeverDispatched, "order.cancelled",
            [
                new("back", Eur(15690), Party.Everyone), new("goods", Eur(14890), Party.Everyone),
                new("shipping", Eur(800), Party.Everyone), new("units", 3, Party.Everyone),
                new("due", now - Duration.FromHours(2), Party.Everyone),
                new("marks", 3, Party.Seller | Party.Staff),
            ],
            $"orders.reasons.{Reason.NeverDispatched}", 1, new DecidedBy.Automated("rulebook"),
            [new("order.buy-elsewhere")], now - Duration.FromHours(2), now + Duration.FromDays(180));
        return new(7, [.. new[] { Party.Agent, Party.Buyer, Party.Seller }.Select(p => Reading.Of(why, p, texts))]);
    }

    /// <summary>A problem with a way out.</summary>
    public static ProblemBody Problem(Texts texts, int status)
    {
        var no = Words.Of(status == 500 ? Problems.Fault.Why[0] : Refusal.NotFound, texts);
        return new(
            "", texts.Tell($"problem.{status}"), status, no.Code, no.Detail, null, no.WayOut, [no], "7f3a91c2", []);
    }

    static TimelineItem Happened(string name, Instant at, int nth, Texts texts) => new(
        at, nth, $"{Id}", name, name is "order.shipped" ? "seller" : name is "order.placed" ? "buyer" : "platform",
        texts.Fill($"event.{name}",
        [
            ("units", 3), ("total", Eur(15690)), ("held", Eur(15690)), ("due", at + Duration.FromDays(3)),
            ("carrier", "dhl"), ("number", "RR473124829PL"), ("back", Eur(15690)),
        ]), [], null);

    static NextStep? NextOf(string state, Instant now, Texts texts) => state switch
    {
        "placed"    => Next("platform", now + Duration.FromMinutes(42), Reason.NeverPaid, texts),
        "funded"    => Next("seller", now + Duration.FromMinutes(192), Reason.NeverDispatched, texts),
        "shipped"   => Next("platform", now - Duration.FromMinutes(20), Reason.Lost, texts),
        "delivered" => Next("buyer", now + Duration.FromDays(9), "order.completed", texts),
        _           => null,
    };

    static NextStep Next(string owner, Instant due, string then, Texts texts) =>
        new(owner, due, null, then, texts.Tell($"then.{then}"));

    static ImmutableArray<ActionBody> ActionsOf(string state, Texts texts) =>
    [
        Act("order.confirm-receipt", "receipt", state is "delivered" or "shipped", texts),
        Act("order.dispatch", "dispatch", state is "funded", texts),
        Act("order.cancel", "cancellation", state is "funded", texts),
    ];

    static ActionBody Act(string name, string path, bool allowed, Texts texts) => new(
        name, texts.Tell($"action.{name}"), "POST", $"/design/{path}", allowed,
        allowed ? [] : [new("", texts.Tell("console.design.not-now"), null,
            new("", texts.Tell("console.design.not-now-way")), [])], [], []);

    /// <summary>Cancellations that can still be taken back: one's own, somebody else's of a part, as who packs sees it.
    /// </summary>
    public static ImmutableArray<MeantBody> Meant(Instant now, Texts texts)
    {
        var reason = texts.Fill(Reason.BuyerAsked, [("back", Eur(15690)), ("marks", 3)]);
        MeantBody own = new(
            "buyer", true, Reason.BuyerAsked, reason, [new(1, 1), new(2, 2)], 3, true,
            now + Duration.FromSeconds(28));
        return
        [
            own,
            own with { By = "seller", IsYours = false, Portions = [new(2, 2)], Units = 2, IsWhole = false },
            own with
            {
                By = "seller", IsYours = false, Reason = null, ReasonText = null, Due = now + Duration.FromMinutes(4),
            },
        ];
    }

    /// <summary>Reasons to cancel, with what each would do.</summary>
    public static ImmutableArray<ChoiceBody> Choices(Texts texts)
    {
        EffectBody back = new("buyer", texts.Tell("effect.escrow-to-return"), Eur(15690));
        EffectBody marks = new("seller", texts.Fill("effect.marks", [("marks", 3)]), null);
        Named[] facts = [("back", Eur(15690)), ("marks", 3)];
        return
        [
            new("cancel.out-of-stock", texts.Fill("cancel.out-of-stock", [.. facts]), [back, marks]),
            new(Reason.BuyerAsked, texts.Fill(Reason.BuyerAsked, [.. facts]), [back]),
        ];
    }

    /// <summary>What the seller gets when all is well.</summary>
    public static ImmutableArray<EffectBody> Effects(Texts texts) =>
    [
        new("seller", texts.Tell("effect.escrow-to-payable"), Eur(14490)),
        new("platform", texts.Tell("effect.escrow-to-fees"), Eur(1200)),
    ];

    static MoneyBody MoneyOf(string state, Instant placed, Texts texts)
    {
        MoneyStep Step(string from, string to, string code, int hours) => new(
            placed + Duration.FromHours(hours), from, to, Eur(15690), "", $"{Id}",
            texts.Fill($"money.{code}", [("amount", Eur(15690))]));
        ImmutableArray<MoneyStep> steps = state is "placed" ? [] :
        [
            Step("provider/authorised/marta/1", "transit/x/funding", "authorised-to-funding", 6),
            Step("transit/x/funding", $"escrow/{Id}", "funding-to-escrow", 6),
        ];
        if (state is "completed")
            steps = steps.Add(Step($"escrow/{Id}", "seller/hailing/payable", "escrow-to-payable", 24));
        if (state is "cancelled") steps = steps.Add(Step($"escrow/{Id}", "transit/x/return-1", "escrow-to-return", 28));
        return new(
            Id, state is "funded" or "shipped" or "delivered" ? Eur(15690) : null, null,
            state is "placed" ? "authorising" : state is "cancelled" ? "voided" : "captured", "pi_3Qx8d", steps, []);
    }
}
