namespace Recourse.Catalog;

public static partial class Listing
{
    /// <summary>
    /// What was held is shown, as its seller wanted it. Where something else was decided or published since, nothing of
    /// that decision stands any more.
    /// </summary>
    static Decision<Event> Overturn(ListingId id, State? state, Command.Overturn c, Asked asked)
    {
        if (state is null) return Refusal.NotFound;
        return state switch
        {
            State.Live { Doubt: { Why: var why } d } when Is(why, c) => Shown(d.Offer, d.Goods),
            State.Live { Memory.Lapsed: { Why: var why } l } when Is(why, c) => Shown(l.Offer, l.Goods),
            State.Unconfirmed { Why: { } why, Draft: var draft, Goods: var goods } when Is(why, c) =>
                [Undone(draft, [.. (goods ?? []).Select(g => g.Goods).Distinct()]), Show(state: null, draft)],
            State.Barred s when Is(s.Why, c) => ShowWithout(
                id, state, s.Draft with { Goods = [.. s.Draft.Classes.Where(g => IsSold(g, asked))] },
                Undone(s.Draft, [.. s.Draft.Classes.Where(g => !IsSold(g, asked))]), asked),
            State.Live or State.Imported => [],
        };

        Decision<Event> Shown(Offer offer, ImmutableArray<GoodsNamed> goods) => goods.IsEmpty
            ? [Undone(offer, []), Show(state, offer)]
            : ShowWithout(id, state, offer, Undone(offer, [.. goods.Select(g => g.Goods).Distinct()]), asked);

        Event.HoldOverturned Undone(Offer offer, ImmutableArray<string> denied) => new(c.Appeal, offer.Title, denied);
    }

    static bool Is(Statement why, Command.Overturn c) => why.Code == c.Code && why.IssuedAt == c.IssuedAt;

    static bool IsSold(string goods, Asked asked) =>
        asked.InForce.Of<Ways.GoodsRules>().Classes.GetValueOrDefault(goods) is { IsSold: true };

    /// <summary>All other rules apply as they do to anybody: what breaks one of them isn't shown by an appeal either.
    /// </summary>
    static Decision<Event> ShowWithout(
        ListingId id, State state, Offer offer, Event.HoldOverturned undone, Asked asked)
    {
        var after = Publish(id, Evolve(state, undone), offer, peers: null, rates: null, asked, offer);
        return after.Refusals.IsDefaultOrEmpty ? [undone, .. after.Events] : [];
    }
}
