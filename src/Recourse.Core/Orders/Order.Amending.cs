using Recourse.Payments;
namespace Recourse.Orders;

public static partial class Order
{
    static Decision<Event> Amend(State? state, Command.Amend c, Turn turn, Asked asked) => state switch
    {
        _ when turn.By is not Party.Buyer => NotNow(state, turn.By),
        State.Placed                      => ChangeOncePaid,
        State.Funded { Meant: { } m }     => CancellationWaits(m),
        State.Funded { Wish: Wish.ToAmend w } s when IsSame(s, w.What, c) => [],    // said twice, done once
        State.Funded { Wish: Wish.ToPay w } s when IsSame(s, w.What, c)   => [],
        State.Funded { Wish: { } w }      => RequestWaits(w),
        State.Funded { Keeping: not null } s => ChooseFirst(s.Deadline.Due),
        State.Funded s                    => Amend(s, c, turn, asked),
        State.Dispatched s                => AlreadyShipped(s.Handover),
        State.Completed or State.Cancelled or State.Imported or null => NotNow(state, turn.By),
    };

    static bool IsSame(State.Funded s, Amendment what, Command.Amend c) =>
        !Faults(s.Deal, c).Any() && Amended(s.Deal, c) is var (now, _)
        && now.After.Lines.SequenceEqual(what.After.Lines) && now.After.ShipTo == what.After.ShipTo
        && now.After.Country == what.After.Country;

    static Decision<Event> Amend(State.Funded s, Command.Amend c, Turn turn, Asked asked)
    {
        ImmutableArray<Refusal> faults = [.. Faults(s.Deal, c)];
        if (!faults.IsEmpty) return faults;
        var (what, changes) = Amended(s.Deal, c);
        faults = [.. Faults(s.Deal, what, c)];
        return !faults.IsEmpty ? faults
            : !changes ? NothingChanges
            : ScreenedOut(s, what, c.Facts, turn, asked) ?? AskOrSettle(s, what, turn);
    }

    static Decision<Event> AskOrSettle(State.Funded s, Amendment what, Turn turn) => s.PickedAt is not null
        ? [new Event.AmendmentAsked(new(what, turn.At, turn.AnswerDue(s.Deal, NotAnsweredInTime)))]
        : Settle(s, what, turn);

    /// <summary>Changed at once, or as soon as the difference is paid.</summary>
    static Decision<Event> Settle(State.Funded s, Amendment what, Turn turn)
    {
        if (what.More.Minor > 0)
        {
            var payment = PaymentId.OfAmendment(s.Deal.Order, s.Deal.Buyer, (s.Deal.TopUps?.Length ?? 0) + 1);
            var due = turn.Rules.OfRequests.PayWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal));
            return [new Event.DifferenceAsked(new(
                what, payment, turn.At, new(Party.Platform, NotPaidInTime, Warn: null, due)))];
        }
        var (after, settlement) = PaidBackFrom(AsItStands(what.After, s.Deal), new(
            s.Deal.Settled + 1, [], what.Back, Money.Zero(s.Deal.Currency), Bearer.Buyer));
        if (what.Back.Minor > 0 && settlement.From is null) after = after with { Settled = settlement.Nth };
        return [new Event.Amended(after, what, WhyAmended(s, what, turn), From: what.Back.Minor == 0 ? null
            : settlement.From ?? [new(s.Payment, settlement.Nth, what.Back)])];
    }

    /// <summary>The difference is there: now it is what its buyer wanted.</summary>
    static Decision<Event> PayDifference(State.Dealt state, Command.Fund c, Turn turn)
    {
        if (state.Deal.TopUps?.Any(t => t.Payment == c.Payment && t.Left.Minor > 0) is true) return [];
        if (state is not State.Funded { Wish: Wish.ToPay w } s || w.Payment != c.Payment
            || turn.Who != new Actor.Aggregate($"{w.Payment}")) return NotItsPayment;
        if (c.Amount != w.What.More) return AmountDiffers(w.What.More, c.Amount);
        var after = AsItStands(w.What.After, s.Deal) with
        {
            TopUps = [.. s.Deal.TopUps!.Value.Select(t => t.Payment == c.Payment ? t with { Left = c.Amount } : t)],
        };
        return [new Event.Amended(after, w.What, WhyAmended(s, w.What, turn), c.Payment)];
    }

    /// <summary>What has come about since it was asked for stays so.</summary>
    static Deal AsItStands(Deal after, Deal now) => after with
    {
        Settled = now.Settled, TopUps = now.TopUps, Contested = now.Contested, Overturned = now.Overturned,
    };

    static State.Funded Amended(State.Funded s, Event.Amended e) => s with
    {
        Warnings = Within(s.Warnings, e.After),
        Deal = e.After, Wish = null, Meant = s.Meant?.After(s.Deal, e.After),
    };

    static Decision<Event> HearDecline(State? state, Command.HearDecline c, Turn turn) =>
        turn.Who != new Actor.Aggregate($"{c.Payment}") ? Refusal.NotFound
        : state is State.Funded { Wish: Wish.ToPay w } && w.Payment == c.Payment
            ? [new Event.WishEnded(w, "order.difference-declined")] : [];

    static State.Funded ToBePaid(State.Funded s, Wish.ToPay w) => s with
    {
        Wish = w,
        Deal = s.Deal with { TopUps = [.. s.Deal.TopUps ?? [], new(w.Payment, Money.Zero(s.Deal.Currency))] },
    };

    static bool IsItsPayment(State.Dealt s, string who) =>
        who == $"{PaymentId.Of(s.Deal.Checkout)}" || s.Deal.TopUps?.Any(t => $"{t.Payment}" == who) is true;

    /// <summary>What was paid last goes back first; what is left of it, the checkout's own payment gives.</summary>
    static (Deal Left, Settlement Settlement) PaidBackFrom(Deal left, Settlement s)
    {
        if (left.TopUps is not { IsEmpty: false } paid || s.ToBuyer.Minor == 0) return (left, s);
        var (rest, nth) = (s.ToBuyer, s.Nth);
        var tops = paid.ToBuilder();
        List<PaidBack> from = [];
        for (var i = tops.Count - 1; i >= 0; i--)
        {
            var some = tops[i].Left.Minor < rest.Minor ? tops[i].Left : rest;
            if (some.Minor == 0) continue;
            from.Add(new(tops[i].Payment, nth++, some));
            tops[i] = tops[i] with { Left = tops[i].Left - some };
            rest -= some;
        }
        if (from.Count == 0) return (left, s);
        if (rest.Minor > 0) from.Add(new(PaymentId.Of(left.Checkout), nth++, rest));
        return (left with { TopUps = tops.ToImmutable(), Settled = nth - 1 }, s with { From = [.. from] });
    }

    /// <summary>Units that stay keep what was agreed on; what is new has today's price, and no coupon.</summary>
    static (Amendment What, bool Changes) Amended(Deal deal, Command.Amend c)
    {
        var (kept, gone, fresh, asked) = (new List<Line>(), new List<Line>(), new List<Line>(), new List<Offered>());
        var country = c.Changes.Country ?? deal.Country;
        var elsewhere = false;
        foreach (var line in deal.Lines)
        {
            var change = ChangeOf(c, line);
            var now = c.Facts.Lines.FirstOrDefault(l => l.Line == line.Number)?.Now.Value;
            var stays = change.Sku is { } sku && sku != line.Sku ? 0 : Math.Min(change.Quantity, line.Quantity);
            var (left, cut) = line.Cut(line.Quantity - stays);
            if (cut.Quantity > 0) gone.Add(cut);
            if (left.Quantity > 0)
            {
                var sent = Resent(left, now, change, country != deal.Country, c.Changes.ShipTo is not null);
                elsewhere |= sent != left;
                kept.Add(sent);
                if (sent != left) asked.Add(AskOf(now!, country));
            }
            if (change.Quantity <= stays || now is null) continue;
            asked.Add(AskOf(now, country));
            fresh.AddRange(Line.Of(now.AtFullPrice with { Quantity = change.Quantity - stays, Later = null }));
        }
        var number = deal.Lines.Max(l => l.Number);
        fresh = [.. fresh.Select(l => l with { Number = ++number })];
        var after = deal with
        {
            Lines = [.. kept, .. fresh], Country = country, ShipTo = c.Changes.ShipTo ?? deal.ShipTo,
        };
        var (zero, more) = (Money.Zero(deal.Currency), after.Total - deal.Total);
        elsewhere |= country != deal.Country || c.Changes.ShipTo is { } to && to != deal.ShipTo;
        return (new(
            after, [.. gone], [.. fresh], [.. asked.Distinct()], more.Minor > 0 ? more : zero,
            more.Minor < 0 ? zero - more : zero, more.Minor > 0 ? c.Changes.Method : null, elsewhere),
            gone.Count + fresh.Count > 0 || elsewhere);

        static Offered AskOf(Wanted now, string country) => new(
            now.Listing, now.Sku, now.Sale?.Normal ?? now.UnitPrice,
            now.By is { } by ? now.ShippingPerUnit - by.Surcharge : now.ShippingPerUnit, now.By?.Service);
    }

    static LineChange ChangeOf(Command.Amend c, Line line) =>
        c.Changes.Lines.FirstOrDefault(l => l.Line == line.Number) ?? new(line.Number, line.Quantity);

    /// <summary>The same units in another way or to another place, at what that costs now.</summary>
    static Line Resent(Line line, Wanted? now, LineChange change, bool isAbroad, bool isMoved)
    {
        var isOther = change.Service is { } service && service != line.By?.Service;
        var isFarther = isMoved && (now?.By?.Surcharge ?? default) != (line.By?.Surcharge ?? default)
            && (now?.By?.Service == line.By?.Service);
        return now is not null && (isAbroad || isOther || isFarther)
            ? line with { ShippingPerUnit = now.ShippingPerUnit, By = now.By, ShipsFrom = now.ShipsFrom } : line;
    }

    static Statement WhyAmended(State.Funded s, Amendment what, Turn turn) => new(
        "amend.as-asked", "order.amended",
        [
            new("was", s.Deal.Total, Party.Everyone), new("now", what.After.Total, Party.Everyone),
            new("more", what.More, Party.Everyone), new("back", what.Back, Party.Everyone),
            new("due", s.Deadline.Due, Party.Everyone),
            .. turn.By is Party.Agent ? [new StatedFact("answer", "answer-staff", Party.Everyone)]
                : Array.Empty<StatedFact>(),
        ],
        rule: "orders.requests", turn.Rulebook, new DecidedBy.Person(Party.Buyer), [Look], issuedAt: turn.At,
        appealUntil: null);

    /// <summary>All that is wrong with what is asked, before anything is reckoned.</summary>
    static IEnumerable<Refusal> Faults(Deal deal, Command.Amend c)
    {
        var lines = c.Changes.Lines.IsDefault ? [] : c.Changes.Lines;
        if (c.Changes.Lines.IsDefault || c.Facts.Lines.IsDefault) yield return NothingChosen with { Field = "lines" };
        foreach (var (i, change) in lines.Index())
        {
            var line = deal.Lines.FirstOrDefault(l => l.Number == change.Line);
            if (line is null || lines.Count(l => l.Line == change.Line) > 1)
                yield return NoSuchLine(change.Line, $"lines[{i}].line");
            else if (change.Quantity is < 0 or > MostUnits)
                yield return BadQuantity($"lines[{i}].quantity", change.Quantity);
            else if (change.Sku is { } sku && !Derived.IsCode(sku.Code)) yield return BadSku($"lines[{i}].sku");
            else if ((line.Sale is not null || line.Later is not null)
                && (change.Quantity > line.Quantity || change.Sku is { } other && other != line.Sku))
                yield return AgreedUnitsOnly(change.Line, $"lines[{i}]");
        }
        if (c.Changes.Country is { } country && !Countries.Has(country)) yield return NoSuchCountry(country);
        if (deal.Lines.All(l => lines.Any(x => x.Line == l.Number && x.Quantity == 0))) yield return LeavesNothing;
    }

    /// <summary>And with what comes of it: what a checkout of it would be stopped by, and its sum.</summary>
    static IEnumerable<Refusal> Faults(Deal deal, Amendment what, Command.Amend c)
    {
        foreach (var no in c.Facts.Found.Value.IsDefault ? [] : c.Facts.Found.Value) yield return no;
        foreach (var line in deal.Lines)
        {
            var change = ChangeOf(c, line);
            var now = c.Facts.Lines.FirstOrDefault(l => l.Line == line.Number)?.Now.Value;
            var needs = change.Quantity > line.Quantity || change.Sku is { } sku && sku != line.Sku
                || change.Service is not null || what.After.Country != deal.Country && change.Quantity > 0;
            if (!needs || change.Quantity == 0) continue;
            if (now is null || now.Listing != line.Listing || now.Sku != (change.Sku ?? line.Sku))
            {
                yield return NotToBeHad(line.Number);
                continue;
            }
            foreach (var fault in Faults(now with { Off = null, Quantity = change.Quantity }, $"lines[{line.Number}]",
                deal.Order.Seller, deal.Currency)) yield return fault;
        }
        var total = what.After.Total;
        if (total.Minor > Money.Most) yield return TooMuch(new(Money.Most, deal.Currency));
        if (c.Changes.Total is { } told && told != total)
            yield return AmountDiffers(total, told) with { Field = "total" };
        if (what.More.Minor > 0 && string.IsNullOrWhiteSpace(c.Changes.Method)) yield return NoMethodForMore(what.More);
    }

    static readonly Remedy CancelInstead = new("order.cancel-instead"), Choose = new("order.choose-what-changes"),
        OrderMore = new("order.order-more"), WaitForPayment = new("order.wait-for-payment"),
        NameMethod = new("order.name-method");

    static Refusal ChangeOncePaid => new("order.change-once-paid", WaitForPayment);
    static Refusal NothingChanges => new("order.nothing-changes", Choose) { Field = "lines" };
    static Refusal LeavesNothing => new("order.change-leaves-nothing", CancelInstead) { Field = "lines" };

    static Refusal NoSuchLine(int line, string field) =>
        new("order.no-such-line", Mend, ("line", line)) { Field = field };

    static Refusal AgreedUnitsOnly(int line, string field) =>
        new("order.agreed-units-only", OrderMore, ("line", line)) { Field = field };

    static Refusal NotToBeHad(int line) =>
        new("order.not-to-be-had", Choose, ("line", line)) { Field = $"lines[{line}]" };

    static Refusal NoMethodForMore(Money more) =>
        new("order.no-method-for-more", NameMethod, ("more", more)) { Field = "method" };
}
