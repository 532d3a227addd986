using Recourse.Ways;
namespace Recourse.Catalog;

/// <summary>Goods with rules of their own that the words of a listing name.</summary>
/// <param name="Goods">Their class.</param>
/// <param name="Word">The word that names them.</param>
/// <param name="IsSold">False: nobody may offer them here.</param>
/// <param name="Passage">Where it stands: the sentence; null: in the title.</param>
public sealed record GoodsNamed(string Goods, string Word, bool IsSold, string? Passage = null);

/// <summary>Goods that are not in it, whatever that title says.</summary>
/// <param name="Passages">Nor whatever these sentences say; null: nobody was asked about any.</param>
public sealed record GoodsDenied(
    string Title, ImmutableArray<string> Goods, ImmutableArray<DeniedPassage>? Passages = null);

/// <summary>A sentence that names goods which are not in it.</summary>
public sealed record DeniedPassage(string Goods, string Passage);

public static partial class Listing
{
    /// <summary>Its title names goods with rules of their own.</summary>
    const string GoodsAreNamed = "listing.goods-named";

    /// <summary>Its description does, a specification or the name of a variant.</summary>
    const string GoodsAreDescribed = "listing.goods-described";

    /// <summary>Nobody may offer such goods here.</summary>
    const string GoodsAreNotSold = "listing.goods-not-sold";

    const string NotShownUntilAnswered = "listing.not-shown-until-answered",
        GoesOnAsItWas = "listing.goes-on-as-it-was", IsNotShown = "listing.is-not-shown",
        HiddenUntilAnswered = "listing.hidden-until-answered", ShownUntilDue = "listing.shown-until-due";

    const int MostPassages = 20, LongestPassage = 120;

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
        return NamedIn(offer, MemoryOf(state), asked) is { IsEmpty: false } named
            ? [HeldForGoods(offer, named, shown is null ? null : Meanwhile.GoesOn, asked)] : null;
    }

    /// <summary>
    /// What an offer's words name that its seller neither declared nor denied, each place of each class: one answer
    /// settles all of them.
    /// </summary>
    static ImmutableArray<GoodsNamed> NamedIn(Offer offer, Memory memory, Asked asked)
    {
        var rules = asked.InForce.Of<GoodsRules>();
        var denied = memory.Denied;
        ImmutableArray<string> inTitle = denied?.Title == offer.Title ? denied.Goods : [];
        return
        [
            .. rules.NamedIn(offer.Title).Where(n => !inTitle.Contains(n.Class.Code))
                .Select(n => new GoodsNamed(n.Class.Code, n.Word, n.Class.IsSold))
                .Concat(WordsBeside(offer).SelectMany(rules.NamedInProse)
                    .Select(n => new GoodsNamed(n.Class.Code, n.Word, n.Class.IsSold, Shortened(n.Passage, n.Word)))
                    .Where(n => denied?.Passages?.Contains(new(n.Goods, n.Passage!)) is not true))
                .Where(n => !offer.Classes.Contains(n.Goods)).Distinct().Take(MostPassages),
        ];
    }

    /// <summary>All that is written of it besides its title.</summary>
    static IEnumerable<string> WordsBeside(Offer offer) =>
    [
        .. offer.Variants.Where(v => v.Title is not "" && v.Title != offer.Title).Select(v => v.Title),
        .. offer.Said.Select(s => s.Value), offer.Description ?? "",
    ];

    // So much of a long sentence as stands round the word.
    static string Shortened(string passage, string word)
    {
        if (passage.Length <= LongestPassage) return passage;
        var from = Math.Clamp(passage.IndexOf(word, StringComparison.OrdinalIgnoreCase) - LongestPassage / 2,
            0, passage.Length - LongestPassage);
        return passage.Substring(from, LongestPassage).Trim();
    }

    /// <param name="meanwhile">Null: nothing was shown before.</param>
    static Event HeldForGoods(Offer offer, ImmutableArray<GoodsNamed> named, Meanwhile? meanwhile, Asked asked)
    {
        var rules = RulesOf(asked);
        var deadline = HoldDue(asked, meanwhile);
        const Party Own = Party.Seller | Party.Staff;
        return new Event.GoodsHeld(offer, named, deadline, new(
            named[0].Passage is null ? GoodsAreNamed : GoodsAreDescribed,
            meanwhile is not { } seen ? NotShownUntilAnswered : seen switch
            {
                Meanwhile.Hidden                     => HiddenUntilAnswered,
                Meanwhile.UntilDue                   => ShownUntilDue,
                Meanwhile.GoesOn or Meanwhile.InPart => GoesOnAsItWas,
            },
            [
                // The rule that is named says as much.
                new("title", offer.Title, Party.Everyone), new("word", named[0].Word, Party.Everyone),
                new("goods", GoodsRules.WordOf(named[0].Goods), Party.Everyone),
                .. named[0].Passage is { } passage
                    ? [new StatedFact("passage", passage, Party.Everyone)] : Array.Empty<StatedFact>(),
                new("named", named.DistinctBy(n => n.Goods).Count(), Own), new("answerBy", deadline.Due, Own),
            ],
            rule: $"goods.{named[0].Goods}", asked.InForce.Version, new DecidedBy.Automated("listings"), AnswerOrAppeal,
            asked.At, asked.At + rules.AppealWithin), meanwhile is Meanwhile.GoesOn ? null : meanwhile);
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
        Denying(s, e.Title, e.Denied, e.Goods, s.Doubt?.Goods ?? []) with { Doubt = null };

    /// <param name="named">Where what is denied was named.</param>
    static State.Live Denying(
        State.Live s, string title, ImmutableArray<string> denied, ImmutableArray<string> goods,
        ImmutableArray<GoodsNamed> named)
    {
        if (denied.IsEmpty && goods.IsEmpty) return s;
        ImmutableArray<string> before = s.Memory.Denied is { } d && d.Title == title ? d.Goods : [];
        ImmutableArray<DeniedPassage> passages =
        [
            .. (s.Memory.Denied?.Passages ?? []).Union(named
                .Where(n => n.Passage is not null && denied.Contains(n.Goods))
                .Select(n => new DeniedPassage(n.Goods, n.Passage!))).TakeLast(MostPassages),
        ];
        return s with
        {
            Memory = s.Memory with
            {
                Denied = new(
                    title,
                    [
                        .. before.Union(denied.Where(g => named.All(n => n.Goods != g)
                            || named.Any(n => n.Goods == g && n.Passage is null))).Except(goods),
                    ],
                    passages.IsEmpty ? null : passages),
            },
        };
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
