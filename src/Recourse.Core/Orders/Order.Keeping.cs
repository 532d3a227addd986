using Recourse.Catalog;
namespace Recourse.Orders;

public static partial class Order
{
    static readonly Remedy Show = new("order.show-evidence"), Offer = new("order.offer-a-way"),
        ChooseAWay = new("order.choose-a-way");

    /// <summary>What a seller's reason needs, where it is the seller who gives it.</summary>
    static IEnumerable<Refusal> CaseFaults(State.Open s, Command.Cancel c, ImmutableArray<Portion> portions, Turn turn)
    {
        if (turn.By is not Party.Seller) yield break;
        var (needed, own) = (turn.Keeping.For(c.Reason ?? ""), c.Case);
        if (!needed.Evidence.IsEmpty)
        {
            if (own?.Proof is not { } proof) yield return NoEvidence(c.Reason!, needed);
            else if (!needed.Evidence.Contains(proof.Kind)) yield return WrongEvidence(c.Reason!, proof.Kind ?? "",
                needed);
            else if (string.IsNullOrWhiteSpace(proof.Source) || proof.Source.Length > Proof.LongestSource
                || proof.Source.Any(char.IsControl)) yield return NoEvidenceSource;
            else if (proof.File is { } file && !Derived.IsCode(file)) yield return NoSuchFile;
        }
        if (s is not State.Funded f) yield break;
        var ways = own?.Ways ?? [];
        foreach (var (i, way) in ways.Index())
            foreach (var fault in WayFaults(f, way, $"case.ways[{i}]", portions, needed, turn)) yield return fault;
        if (ways.Select(w => w.Name).Distinct().Count() < ways.Length) yield return WayTwice;
        if (needed.Ways.IsEmpty || !ways.IsEmpty) yield break;
        if (string.IsNullOrWhiteSpace(own?.NoWay)) yield return NoWayOffered(c.Reason!, needed);
        else if (own.NoWay.Length > SellersCase.LongestNoWay) yield return NoWayTooLong;
    }

    static IEnumerable<Refusal> WayFaults(
        State.Funded s, KeepWay way, string field, ImmutableArray<Portion> portions, KeepingReason needed, Turn turn)
    {
        var lines = s.Deal.Lines.Where(l => portions.Any(p => p.Line == l.Number)).ToList();
        if (!needed.Ways.Contains(way.Name)) yield return WayDoesNotFit(way.Name, needed, field);
        var isSound = way switch
        {
            KeepWay.Restock w      => w.By > turn.At && w.By <= turn.At + turn.Keeping.LongestRestock,
            KeepWay.Substitute w   => Derived.IsCode(w.Sku.Code) && lines.Count == 1 && lines[0].Sku != w.Sku
                && portions.Sum(p => p.Quantity) == lines[0].Quantity && lines[0].Later is null
                && !string.IsNullOrWhiteSpace(w.Title) && w.Title.Length <= LongestTitle,
            KeepWay.Part w         => w.Units >= 1 && w.Units < portions.Sum(p => (long)p.Quantity),
            KeepWay.OtherCarrier w => turn.Now.Services.ContainsKey(w.Service ?? ""),
            KeepWay.HonourPrice w  => lines.Count == 1 && w.Right.Currency == s.Deal.Currency
                && w.Right.Minor > lines[0].UnitPrice.Minor && w.Right.Minor <= Money.Most
                && portions.Sum(p => p.Quantity) == lines[0].Quantity,
        };
        if (!isSound) yield return WayUnsound(way.Name, field, turn.At + turn.Keeping.LongestRestock);
    }

    /// <summary>Whether the buyer is asked before it goes through.</summary>
    static bool IsAskedFirst(State.Open s, Command.Cancel c, Turn turn) =>
        turn.By is Party.Seller && s is State.Funded && c.Case?.Ways is { IsEmpty: false };

    static Decision<Event> OfferWays(
        State.Funded s, Command.Cancel c, ImmutableArray<Portion> portions, Turn turn)
    {
        if (s.Keeping is { } open)
            return open.Reason == c.Reason && open.Portions.SequenceEqual(portions) ? [] : WaysWait(s.Deadline.Due);
        var due = turn.At + turn.Keeping.AnswerWithin;
        return
        [
            new Event.KeepingOffered(
                new(c.Reason, portions, c.Case!, turn.Who, s.Deadline, s.Deadline.Due - turn.At, turn.At, c.Newer),
                new(Party.Buyer, Keeping.Unanswered, due - turn.Rules.WarnBefore, due)),
        ];
    }

    /// <summary>The buyer keeps it in one of the ways, or lets it go.</summary>
    static Decision<Event> ChooseWay(State? state, Command.ChooseWay c, Turn turn)
    {
        if (state is not State.Funded { Keeping: { } keeping } s)
            return state is State.Dealt { Deal.KeptBy: { } before } && before == c.Way ? [] : NothingToChoose;
        if (c.Way is null or "none") return [GiveUp(s, keeping, "declined", turn)];
        if (keeping.Ways.FirstOrDefault(w => w.Name == c.Way) is not { } way) return NoSuchWay(c.Way, keeping);
        var line = s.Deal.Lines.First(l => l.Number == keeping.Portions[0].Line);
        var (deadline, deal) = (keeping.Resumed(turn.At, turn.Rules.WarnBefore), s.Deal with { KeptBy = way.Name });
        Event.Kept kept = way switch
        {
            KeepWay.Restock w => new(way, deal, deadline with
            {
                Due = Instant.Max(deadline.Due, w.By), Warn = Instant.Max(deadline.Due, w.By) - turn.Rules.WarnBefore,
            }),
            KeepWay.Substitute w   => With(line with { Sku = w.Sku, Title = w.Title, Sale = null }, replaces: true),
            KeepWay.OtherCarrier w => new(way, deal with
            {
                Lines = [.. deal.Lines.Select(l => l.By is { } by && keeping.Portions.Any(p => p.Line == l.Number)
                    ? l with { By = by with { Service = w.Service } } : l)],
            }, deadline),
            KeepWay.HonourPrice w  => With(line with { Shared = turn.Keeping.ShareOf(line.UnitPrice, w.Right) }, false),
            KeepWay.Part           => new(way, deal, deadline),
        };
        if (kept.Deadline.Warn <= turn.At) kept = kept with { Deadline = kept.Deadline with { Warn = null } };
        return way is KeepWay.Part part
            ? [kept, GiveUp((State.Funded)Evolve(s, kept), keeping with { Portions = Beyond(keeping.Portions,
                part.Units) },
                "part", turn)]
            : [kept];

        Event.Kept With(Line now, bool replaces) => new(
            way, deal with { Lines = deal.Lines.Replace(line, now) }, deadline, replaces ? [line] : null,
            replaces ? [now] : null);
    }

    /// <summary>What is given up where the first units are kept.</summary>
    static ImmutableArray<Portion> Beyond(ImmutableArray<Portion> portions, int kept)
    {
        var left = ImmutableArray.CreateBuilder<Portion>();
        foreach (var p in portions)
        {
            var stays = Math.Min(kept, p.Quantity);
            kept -= stays;
            if (p.Quantity > stays) left.Add(p with { Quantity = p.Quantity - stays });
        }
        return left.ToImmutable();
    }

    static Decision<Event> WithdrawWays(State? state, Turn turn) => state switch
    {
        State.Funded { Keeping: { } k } => [new Event.KeepingWithdrawn(k.Resumed(turn.At, turn.Rules.WarnBefore))],
        State.Funded => [],                                                               // said twice, done once
        _ => NothingToChoose,
    };

    /// <summary>Who is waited for has longer, and is warned again before the time is up.</summary>
    static Decision<Event> PutOff(State? state, Instant until, Turn turn)
    {
        if (turn.By is not Party.Operator || state is State.Delivered or not State.Open
            || state is State.Funded { Keeping: not null }) return NotNow(state, turn.By);
        var was = ((State.Open)state).Deadline;
        var warn = until - turn.Rules.WarnBefore;
        // Whose time stands still has it anyway.
        var now = until <= was.Due || state is State.Funded { IsHeld: true } ? was
            : was with { Due = until, Warn = state is State.Placed || warn <= turn.At ? null : warn };
        var warnings = (state as State.Funded)?.Warnings is { } all
            && all.Any(w => w.Deadline.Owner is not Party.Agent && w.Deadline.Due < until)
            ? (ImmutableArray<Warning>?)[.. all.Select(w => w.Deadline.Owner is Party.Agent || w.Deadline.Due >= until
                ? w : w with { Until = until, Deadline = w.Deadline with { Due = until } })] : null;
        return now == was && warnings is null ? [] : [new Event.PutOff(now, warnings)];   // said twice, done once
    }

    /// <summary>As the seller asked: it is their act, whoever's answer it waited for.</summary>
    static Event.Settled GiveUp(State.Funded s, Keeping k, string answer, Turn turn)
    {
        var then = turn with { By = Party.Seller, Who = k.Who };
        return End(s, k.Reason, k.Portions, then,
        [
            .. Newer(s, k.Reason, k.Newer, then), .. Told(k.Case, then),
            new("offeredAt", k.At, Party.Everyone), new("answer", $"keeping-{answer}", Party.Everyone),
        ]);
    }

    /// <summary>What the statement tells of a seller's case.</summary>
    static ImmutableArray<StatedFact> Told(SellersCase? own, Turn turn) => turn.By is not Party.Seller ? [] :
    [
        .. own?.Proof is { } proof
            ? [new StatedFact("proof", Proof.WordOf(proof.Kind), Party.Everyone),
                new StatedFact("proofSource", proof.Source, Party.Everyone)] : Array.Empty<StatedFact>(),
        .. own?.Proof?.File is { } file
            ? [new StatedFact(Proof.FileFact, file, Party.Seller | Party.Staff)] : Array.Empty<StatedFact>(),
        .. own?.NoWay is { } no && own.Ways is null or { IsEmpty: true }
            ? [new StatedFact("noWay", own!.NoWay!, Party.Everyone)] : Array.Empty<StatedFact>(),
    ];

    static State.Funded Offered(State.Funded s, Event.KeepingOffered e) =>
        s with { Keeping = e.Keeping, Deadline = e.Deadline, TakenBackBy = null };

    static State.Funded Kept(State.Funded s, Event.Kept e) =>
        s with { Keeping = null, Deadline = e.Deadline, Deal = e.Deal };

    static Refusal NoEvidence(string reason, KeepingReason needed) =>
        new("order.evidence-missing", Show, ("reason", reason), ("kinds", string.Join(", ", needed.Evidence)))
        { Field = "case.evidence" };

    static Refusal WrongEvidence(string reason, string kind, KeepingReason needed) => new(
        "order.evidence-of-wrong-kind", Show, ("reason", reason), ("kind", kind),
        ("kinds", string.Join(", ", needed.Evidence))) { Field = "case.evidence.kind" };

    static Refusal NoSuchFile => new("order.evidence-not-a-file", Show) { Field = "case.evidence.file" };

    static Refusal NoEvidenceSource =>
        new("order.evidence-without-source", Show, ("most", Proof.LongestSource)) { Field = "case.evidence.source" };

    static Refusal NoWayOffered(string reason, KeepingReason needed) =>
        new("order.no-way-offered", Offer, ("reason", reason), ("ways", string.Join(", ", needed.Ways)))
        { Field = "case.ways" };

    static Refusal NoWayTooLong => new("order.no-way-too-long", Offer, ("most", SellersCase.LongestNoWay))
        { Field = "case.noWay" };

    static Refusal WayTwice => new("order.way-twice", Offer) { Field = "case.ways" };

    static Refusal WayDoesNotFit(string way, KeepingReason needed, string field) =>
        new("order.way-does-not-fit", Offer, ("way", way), ("ways", string.Join(", ", needed.Ways))) { Field = field };

    static Refusal WayUnsound(string way, string field, Instant latest) =>
        new("order.way-unsound", Offer, ("way", way), ("latest", latest)) { Field = field };

    static Refusal WaysWait(Instant due) => new("order.ways-wait", Look, ("due", due));
    static Refusal ChooseFirst(Instant due) => new("order.choose-first", ChooseAWay, ("due", due));
    static Refusal NothingToChoose => new("order.nothing-to-choose", Look);

    static Refusal NoSuchWay(string way, Keeping keeping) => new("order.no-such-way", ChooseAWay,
        ("way", way), ("ways", string.Join(", ", keeping.Ways.Select(w => w.Name).Append("none")))) { Field = "way" };
}
