using Recourse.Catalog;
namespace Recourse.Orders;

public static partial class Order
{
    const string Answered = "order.warning-answered", PutRight = "order.warning-put-right",
        LiftedByStaff = "order.warning-lifted", NothingLeft = "order.warning-nothing-left";

    /// <summary>Whether the platform warns for a reason before it ends an order for it.</summary>
    static bool IsWarnedFirst(Command.Cancel c, Turn turn) =>
        (turn.By & Party.Staff) != 0 && turn.Rules.WarnsFor(c.Reason);

    /// <summary>Of what is missing when it was counted; asked by its stock.</summary>
    static Decision<Event> WarnOf(State? state, Command.Warn c, Turn turn)
    {
        if (turn.By is not Party.Platform) return NotNow(state, turn.By);
        if (!turn.Rules.WarnsFor(c.Reason) || state is not State.Funded s || s.WarningOf(c.Reason) is not null)
            return [];
        var portions = ImmutableArray.CreateBuilder<Portion>();
        var left = c.Units;
        foreach (var line in s.Deal.Lines.Where(l => l.Sku == c.Sku))
        {
            var units = Math.Min(left, line.Quantity);
            if (units > 0) portions.Add(new(line.Number, units));
            left -= units;
        }
        return portions.Count == 0 ? [] : Warn(s, c.Reason, portions.ToImmutable(), turn);
    }

    /// <summary>It isn't told at once: what else is found wrong meanwhile goes into the same letter.</summary>
    static Decision<Event> Warn(State.Open s, string code, ImmutableArray<Portion> portions, Turn turn)
    {
        if (s is not State.Funded f) return WarnedOncePaid;
        if (f.WarningOf(code) is { } open) return open.Portions.SequenceEqual(portions) ? [] : WarningStands(open);
        var rule = turn.Rules.OfWarnings.For(code);
        var tell = Instant.Min(turn.At + turn.Rules.OfWarnings.GatherFor, f.TellsAt ?? Instant.MaxValue);
        var due = rule.Within.EndFrom(tell, rule.To is Party.Buyer ? turn.CalendarOf(s.Deal)
            : turn.Calendars.Of(s.Deal.ShipsFrom.First()));
        return
        [
            new Event.WarningGiven(new(
                code, portions, turn.Who, turn.At, rule.To, due, new(rule.To, code, Warn: tell, due), rule.Holds)),
        ];
    }

    static Decision<Event> AnswerWarning(State? state, Command.AnswerWarning c, Turn turn)
    {
        if (state is not State.Funded s || s.WarningOf(c.Reason) is not { } w) return NoSuchWarning(c.Reason);
        if (turn.By != w.To) return NotYoursToAnswer(w);
        if (w.AnsweredAt is { } before) return w.Answer == c.Word ? [] : AnsweredBefore(before);
        if (w.Deadline.Due <= turn.At) return TooLateToAnswer(w.Deadline.Due);
        if (string.IsNullOrWhiteSpace(c.Word) || c.Word.Length > Warning.LongestAnswer || c.Word.Any(char.IsControl))
            return BadAnswer;
        var rules = turn.Rules.OfWarnings;
        return rules.For(w.Reason).MendedBy.HasFlag(Mends.Answer) ? [Lifted(s, w, Answered, turn)] :
        [
            new Event.WarningAnswered(w.Reason, c.Word, turn.At, new(
                Party.Agent, Warning.NotHeard, Warn: null, rules.HearWithin.EndFrom(turn.At, turn.CalendarOf(s.Deal)))),
        ];
    }

    static Decision<Event> LiftWarning(State? state, Command.LiftWarning c, Turn turn) => state switch
    {
        _ when (turn.By & (Party.Staff | Party.Platform)) == 0 => NotNow(state, turn.By),
        State.Funded s when s.WarningOf(c.Reason) is { } w =>
            [Lifted(s, w, turn.By is Party.Platform ? PutRight : LiftedByStaff, turn)],
        _ when turn.By is Party.Platform => [],                                           // it has moved on
        _ => NoSuchWarning(c.Reason),
    };

    /// <summary>Staff have heard the answer, and it doesn't put it right.</summary>
    static Decision<Event> UpholdWarning(State? state, Command.UpholdWarning c, Turn turn)
    {
        if ((turn.By & Party.Staff) == 0) return NotNow(state, turn.By);
        if (state is not State.Funded s || s.WarningOf(c.Reason) is not { } w)
            return state is State.Cancelled { Why.Code: var why } && why == c.Reason ? [] : NoSuchWarning(c.Reason);
        return w.AnsweredAt is null ? NotAnsweredYet(w) : [EndAsWarned(s, w, turn)];
    }

    /// <summary>When what was answered has been heard, or not (UTC); null: nothing was.</summary>
    static Instant? EndOf(State? state, string? reason) => (state as State.Funded)?.WarningOf(reason)?.Deadline.Due;

    /// <summary>Told all together; or its time is up, and it ends as it was told, or what wasn't heard is lifted.
    /// </summary>
    static Decision<Event> WarningsWake(State.Funded s, Instant due, Turn turn)
    {
        if (s.TellsAt == due)
        {
            // Whoever is to send it soon reads of that in the same letter.
            var soon = s.Deadline is { Owner: Party.Seller, Warn: { } warn } && warn <= turn.At + turn.Rules.WarnBefore;
            return
            [
                new Event.WarningsTold(
                    [.. s.Warnings!.Value.Select(w => w.ToldAt is null ? w.Told(turn.At) : w)],
                    soon && !s.IsHeld ? s.Deadline.Warned(turn.At, turn.Rules.WarnBefore) : null,
                    s.Wish is { Deadline: { Owner: Party.Seller, Due: var answer } } ? answer : null),
            ];
        }
        var over = s.Warnings!.Value.First(w => w.Deadline.Next == due);
        Event end = over.Deadline.Owner is Party.Agent ? Lifted(s, over, Warning.NotHeard, turn)
            : EndAsWarned(s, over, turn);
        return [end, .. Wake(Evolve(s, end), due, turn).Events];
    }

    /// <summary>What a seller is to put right besides; null: nothing.</summary>
    static ImmutableArray<Warning>? OpenTo(Party owner, State? state) => owner is Party.Seller
        && state is State.Funded { Warnings: { } all }
        && all.Any(w => w is { To: Party.Seller, ToldAt: not null, AnsweredAt: null }) ? all : null;

    static Event.Settled EndAsWarned(State.Funded s, Warning w, Turn turn)
    {
        var end = End(
            s, w.Reason, w.Portions, turn,
            [
                new("warnedAt", w.ToldAt ?? w.At, Party.Everyone), new("warnedUntil", w.Until, Party.Everyone),
                .. w.AnsweredAt is { } at ? [new StatedFact("answeredAt", at, Party.Everyone)]
                    : Array.Empty<StatedFact>(),
            ]);
        return end is Event.Reduced r ? r with { Deadline = Resumed(s, w, turn) ?? r.Deadline } : end;
    }

    static Event.WarningLifted Lifted(State.Funded s, Warning w, string because, Turn turn) =>
        new(w, because, Resumed(s, w, turn));

    /// <summary>The seller has as long as they had when they were told to wait; null: they go on waiting, or did not.
    /// </summary>
    static Deadline? Resumed(State.Funded s, Warning w, Turn turn)
    {
        if (!w.Holds || s.Keeping is not null || s.Warnings!.Value.Any(o => o.Holds && o.Reason != w.Reason))
            return null;
        var due = turn.At + Duration.Max(s.Deadline.Due - w.At, turn.Rules.WarnBefore);
        var warn = due - turn.Rules.WarnBefore;
        return s.Deadline with { Due = due, Warn = warn > turn.At ? warn : null };
    }

    /// <summary>What somebody was warned of may be put right by what happens.</summary>
    static Decision<Event> Mending(State? state, Decision<Event> decision, Turn turn)
    {
        if (state is not State.Funded { Warnings: not null } before || decision.Events.IsDefaultOrEmpty)
            return decision;
        if (decision.Events.Aggregate(state, (s, e) => Evolve(s, e)) is not State.Funded { Warnings: { } open } after)
            return decision;
        List<Event> lifted = [];
        foreach (var w in open)
        {
            var by = turn.Rules.OfWarnings.For(w.Reason).MendedBy;
            if ((w.Portions.IsEmpty ? NothingLeft
                : decision.Events.Any(e => (by & MendedBy(before, e)) != 0) ? PutRight : null) is not { } because)
                continue;
            var one = Lifted(after, w, because, turn);
            after = (State.Funded)Evolve(after, one);
            lifted.Add(one);
        }
        return lifted.Count == 0 ? decision : [.. decision.Events, .. lifted];
    }

    static Mends MendedBy(State.Funded before, Event @event) => @event switch
    {
        Event.Picked         => Mends.Pick,
        Event.KeepingOffered => Mends.Ways,
        Event.Kept { Way: KeepWay.OtherCarrier } => Mends.Service,
        Event.Amended e =>
            (e.After.ShipTo != before.Deal.ShipTo || e.After.Country != before.Deal.Country ? Mends.Address : 0)
            | (e.After.Lines.Any(l => before.Deal.Lines.FirstOrDefault(b => b.Number == l.Number) is { } was
                && was.By?.Service != l.By?.Service) ? Mends.Service : 0),
        _ => Mends.None,
    };

    static State.Funded With(State.Funded s, ImmutableArray<Warning>? warnings, Deadline? deadline) => s with
    {
        Warnings = warnings is { IsEmpty: true } ? null : warnings, Deadline = deadline ?? s.Deadline,
    };

    static State.Funded Heard(State.Funded s, Event.WarningAnswered e) => With(s,
        [
            .. (s.Warnings ?? []).Select(w => w.Reason != e.Reason ? w
                : w with { Answer = e.Word, AnsweredAt = e.At, Deadline = e.Deadline, ToldAt = w.ToldAt ?? e.At }),
        ], null);

    static State.Funded Without(State.Funded s, Event.WarningLifted e) =>
        With(s, [.. (s.Warnings ?? []).Where(w => w.Reason != e.Warning.Reason)], e.Deadline);

    /// <summary>As they stand of what is left.</summary>
    static ImmutableArray<Warning>? Within(ImmutableArray<Warning>? warnings, Deal left) =>
        warnings is { } some ? [.. some.Select(w => w.Within(left))] : null;

    static readonly Remedy AnswerWarningFirst = new("order.answer-warning"), HearThem = new("order.wait-for-answer");

    static Refusal WarnedOncePaid => new("order.warned-once-paid", Look);
    static Refusal WarningStands(Warning w) => new("order.warning-stands", Look, ("due", w.Until));

    static Refusal NoSuchWarning(string? reason) =>
        new("order.no-such-warning", Look, ("reason", reason ?? "")) { Field = "reason" };

    static Refusal NotYoursToAnswer(Warning w) => new("order.warning-not-yours", Look, ("party", $"{w.To}"));
    static Refusal AnsweredBefore(Instant at) => new("order.warning-answered-before", HearThem, ("at", at));
    static Refusal NotAnsweredYet(Warning w) => new("order.warning-not-answered", HearThem, ("due", w.Until));

    static Refusal BadAnswer =>
        new("order.bad-answer", AnswerWarningFirst, ("most", Warning.LongestAnswer)) { Field = "word" };

    static Refusal HeldByWarning(State.Funded s)
    {
        var held = s.Warnings!.Value.First(w => w.Holds);
        return new("order.held-by-warning", held.To is Party.Seller ? AnswerWarningFirst : HearThem,
            ("what", Warning.WordOf(held.Reason)), ("due", held.Deadline.Due));
    }
}
