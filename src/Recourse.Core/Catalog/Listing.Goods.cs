using Recourse.Ways;
namespace Recourse.Catalog;

/// <summary>Goods with rules of their own that a title names.</summary>
/// <param name="Goods">Their class.</param>
/// <param name="Word">The word that names them.</param>
/// <param name="IsSold">False: nobody may offer them here.</param>
public sealed record GoodsNamed(string Goods, string Word, bool IsSold);

/// <summary>Goods that are not in it, whatever that title says.</summary>
public sealed record GoodsDenied(string Title, ImmutableArray<string> Goods);

public static partial class Listing
{
    /// <summary>Its title names goods with rules of their own.</summary>
    const string GoodsAreNamed = "listing.goods-named";

    /// <summary>Nobody may offer such goods here.</summary>
    const string GoodsAreNotSold = "listing.goods-not-sold";

    const string NotShownUntilAnswered = "listing.not-shown-until-answered",
        GoesOnAsItWas = "listing.goes-on-as-it-was", IsNotShown = "listing.is-not-shown";

    static readonly ImmutableArray<Remedy> AnswerOrAppeal = [new("listing.answer-goods"), Statement.Appeal],
        MendOrAppeal = [new("listing.offer-other-goods"), new("support.ask"), Statement.Appeal];

    /// <summary>What is wrong with what is said to be in it.</summary>
    static IEnumerable<Refusal> GoodsFaults(Offer offer, Rulebook book)
    {
        var classes = book.Of<GoodsRules>().Classes;
        foreach (var code in offer.Classes)
        {
            if (!classes.TryGetValue(code ?? "", out var goods)) yield return NoSuchGoods(code ?? "");
            else
                foreach (var (i, to) in offer.ShipsTo.Index().Where(d => goods.NotTo.Contains(d.Item.Country)))
                    yield return GoodsNotLetIn($"shipsTo[{i}].country", goods.Code, to.Country);
        }
    }

    /// <summary>What has to be settled about its goods before anything of it is shown; null: nothing.</summary>
    static Decision<Event>? AboutGoods(State? state, Offer offer, Offer? shown, Asked asked)
    {
        var rules = asked.InForce.Of<GoodsRules>();
        ImmutableArray<string> barred = [.. offer.Classes.Where(g => !rules.Classes[g].IsSold)];
        if (!barred.IsEmpty)
            return state is State.Barred b && Same(b.Draft, offer) ? []
                : [new Event.Barred(offer, barred, WhyBarred(offer, barred, asked))];
        var denied = MemoryOf(state).Denied is { } said && said.Title == offer.Title ? said.Goods : [];
        ImmutableArray<GoodsNamed> named =
        [
            .. rules.NamedIn(offer.Title).Where(n => !offer.Classes.Contains(n.Class.Code)
                    && !denied.Contains(n.Class.Code))
                .Select(n => new GoodsNamed(n.Class.Code, n.Word, n.Class.IsSold)),
        ];
        return named.IsEmpty ? null : [HeldForGoods(offer, named, shown, asked)];
    }

    static Event HeldForGoods(Offer offer, ImmutableArray<GoodsNamed> named, Offer? shown, Asked asked)
    {
        var rules = RulesOf(asked);
        var deadline = HoldDue(asked);
        const Party Own = Party.Seller | Party.Staff;
        return new Event.GoodsHeld(offer, named, deadline, new(
            GoodsAreNamed, shown is null ? NotShownUntilAnswered : GoesOnAsItWas,
            [
                // The rule that is named says as much.
                new("title", offer.Title, Party.Everyone), new("word", named[0].Word, Party.Everyone),
                new("goods", GoodsRules.WordOf(named[0].Goods), Party.Everyone),
                new("named", named.Length, Own), new("answerBy", deadline.Due, Own),
            ],
            rule: $"goods.{named[0].Goods}", asked.InForce.Version, new DecidedBy.Automated("listings"), AnswerOrAppeal,
            asked.At, asked.At + rules.AppealWithin));
    }

    static Statement WhyBarred(Offer offer, ImmutableArray<string> barred, Asked asked)
    {
        const Party Own = Party.Seller | Party.Staff;
        return new(
            GoodsAreNotSold, IsNotShown,
            [
                new("title", offer.Title, Party.Everyone),
                new("goods", GoodsRules.WordOf(barred[0]), Party.Everyone),
                new("classes", barred.Length, Own),
            ],
            rule: $"goods.{barred[0]}", asked.InForce.Version, new DecidedBy.Automated("listings"), MendOrAppeal,
            asked.At, asked.At + RulesOf(asked).AppealWithin);
    }

    static Decision<Event> Answer(ListingId id, State? state, Command.AnswerGoods c, Asked asked, Party party)
    {
        if (state is null) return Refusal.NotFound;
        if (state is not State.Live s) return NotNow(state, party);
        if (s.Doubt is not { Goods: { IsEmpty: false } named } waiting) return NothingAsked;
        ImmutableArray<string> said = c.Goods.IsDefault ? [] : [.. c.Goods.Distinct()];
        ImmutableArray<Refusal> unknown =
            [.. said.Where(g => named.All(n => n.Goods != g)).Select(g => NotAskedAbout(g ?? ""))];
        if (!unknown.IsEmpty) return unknown;

        var answered = new Event.GoodsAnswered(
            waiting.Offer.Title, said, [.. named.Select(n => n.Goods).Except(said)]);
        var after = Publish(
            id, Evolve(state, answered), waiting.Offer with { Goods = [.. waiting.Offer.Classes, .. said] }, c.Peers,
            rates: null, asked, waiting.Offer);
        return after.Refusals.IsDefaultOrEmpty ? [answered, .. after.Events] : after;
    }

    static State Answered(State.Live s, Event.GoodsAnswered e) =>
        Denying(s, e.Title, e.Denied, e.Goods) with { Doubt = null };

    static State.Live Denying(
        State.Live s, string title, ImmutableArray<string> denied, ImmutableArray<string> goods)
    {
        if (denied.IsEmpty && goods.IsEmpty) return s;
        ImmutableArray<string> before = s.Memory.Denied is { } d && d.Title == title ? d.Goods : [];
        return s with { Memory = s.Memory with { Denied = new(title, [.. before.Union(denied).Except(goods)]) } };
    }

    static State Bar(State? state, Event.Barred e) => new State.Barred(
        (state as State.Live)?.Offer ?? e.Offer with { Variants = [] }, MemoryOf(state), e.Offer, e.Why);

    static Refusal NoSuchGoods(string goods) =>
        new("listing.no-such-goods", Mend, ("goods", GoodsRules.WordOf(goods))) { Field = "goods" };

    static Refusal GoodsNotLetIn(string field, string goods, string country) =>
        new("listing.goods-not-let-in", Mend, ("goods", GoodsRules.WordOf(goods)), ("country", country))
        { Field = field };

    static Refusal NothingAsked => new("listing.nothing-asked", Look);

    static Refusal NotAskedAbout(string goods) =>
        new("listing.not-asked-about", Look, ("goods", GoodsRules.WordOf(goods))) { Field = "goods" };

    static Refusal GoodsAsked => new("listing.goods-asked", new("listing.answer-goods"));
    static Refusal MayNotBeSold => new("listing.may-not-be-sold", new("listing.offer-other-goods"));
}
