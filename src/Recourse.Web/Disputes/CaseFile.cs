using Recourse.Checkouts;
using Recourse.Conversations;
using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Reasons;
using Recourse.Reviews;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Gathers for an agent what speaks for and against, and how it was decided before.</summary>
static class CaseFile
{
    const int Months = 3, Most = 50;
    const string FromCases = "appeals.suggestFrom";

    /// <summary>The case of whatever is to be decided.</summary>
    public static async Task<CaseBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var rules = seen.Asked.InForce;
        return (seen.Id, seen.State) switch
        {
            (AppealId id, Appeal.State s) => OfAppeal(
                await Facts(id, s, rules.Of<ReviewRules>(), caller, platform), s.Complaint.Decision.Why.Code, rules,
                caller, platform),
            (CheckoutId id, Checkout.State s) => Decided(
                await Facts(id, rules.Of<ReviewRules>(), caller, platform), WorkList.Purchase,
                CheckoutView.ScreenedOf(s)?.Code,
                ["clear", "turn-down"], rules, caller, platform),
            (ReasonCaseId id, ReasonCase.State s) => Decided(
                await Facts(id, s, rules.Of<ReviewRules>(), caller, platform), WorkList.Reason,
                s.What.Against is [{ Code: var code }, ..] ? code : null, ["believed", "false"], rules, caller,
                platform),
            (OrderId id, Order.State.Funded { Handling.Proposal: var p }) => Decided(
                await Facts(id, caller, platform), WorkList.Order, p?.Reason, ["confirmed", "sent-back"], rules, caller,
                platform),
            _ => new([], [], null, []),
        };
    }

    static CaseBody OfAppeal(
        List<CaseFact> facts, string code, Rulebook book, Caller caller, IPlatform platform)
    {
        var rules = book.Of<AppealRules>();
        var cases = rules.Reasons.Keys.ToDictionary(r => r, r => platform.Views.Count(
            AppealList.View, AppealList.ByPrecedent, AppealList.PrecedentOf(code, r)));
        return Suggesting(
            new(
                [.. facts],
                [
                    .. Often(cases).Select(c => new PrecedentBody(
                        c.Key, caller.Texts.Tell(c.Key), VerdictOf(c.Key, rules), c.Value)),
                ], null, []),
            WorkList.Appeal, code, rules.Suggested(cases), book, reason => !rules.Reasons.ContainsKey(reason) ? null
                : new(VerdictOf(reason, rules), reason, caller.Texts.Tell(reason), FromCases, []));
    }

    /// <summary>Of what is decided by one of two words, without a reason.</summary>
    static CaseBody Decided(
        List<CaseFact> facts, string kind, string? code, ImmutableArray<string> outcomes, Rulebook book,
        Caller caller, IPlatform platform)
    {
        var cases = outcomes.ToDictionary(o => o, o => code is null ? 0 : platform.Views.Count(
            WorkList.View, WorkList.ByPrecedent, WorkList.PrecedentOf(kind, code, o)));
        return Suggesting(
            new(
                [.. facts], [.. Often(cases).Select(c => new PrecedentBody(c.Key, Word(c.Key), c.Key, c.Value))],
                null, []),
            kind, code, book.Of<AppealRules>().MostlySo(cases), book, how => new(how, how, Word(how), FromCases, []));

        string Word(string outcome) => caller.Texts.Tell($"work.outcome.{kind}.{outcome}");
    }

    /// <summary>What its facts suggest, in the rulebook's order, and then how comparable cases were decided.</summary>
    /// <param name="mostly">How those were decided; null: they are too few, or don't agree.</param>
    /// <param name="outcome">An outcome to be shown; null: there is no such outcome any more.</param>
    static CaseBody Suggesting(
        CaseBody body, string kind, string? code, string? mostly, Rulebook book, Func<string, SuggestionBody?> outcome)
    {
        var facts = body.Facts.Select(f => f.Code).ToHashSet();
        List<SuggestionBody?> all =
        [
            .. book.Of<ReviewRules>().Suggestions.Where(r => r.Fits(kind, code, facts)).Select(r =>
                outcome(r.Outcome) is { } s ? s with { Rule = $"review.suggestions.{r.Name}", Because = r.When }
                    : null),
            mostly is null ? null : outcome(mostly),
        ];
        var fitting = all.OfType<SuggestionBody>().ToList();
        return body with
        {
            Suggested = fitting.FirstOrDefault(),
            Otherwise = [.. fitting.Where(s => s.Verdict != fitting[0].Verdict)],
        };
    }

    static IEnumerable<KeyValuePair<string, long>> Often(Dictionary<string, long> cases) =>
        cases.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);

    static string VerdictOf(string reason, AppealRules rules) => Words.StateOf($"{rules.Reasons[reason].Verdict}");

    static async Task<List<CaseFact>> Facts(
        AppealId id, Appeal.State state, ReviewRules rules, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        var (texts, complaint) = (caller.Texts, state.Complaint);
        var order = complaint.Subject switch
        {
            Subject.Order s => s.Id,
            Subject.Sale s  => s.Id,
            _ => (OrderId?)null,
        };
        if (order is { } of) await AddOrder(facts, of, caller, platform);
        else if (complaint.Subject.Owner is BuyerId buyer) facts.Add(OfBuyer(buyer, null, rules, texts, platform));
        if (state is Appeal.State.Open { Hearing: { IsOver: true, Words: null } })
            facts.Add(new("case.unheard", texts.Tell("case.unheard")));
        var earlier = platform.Views.List(
            AppealList.View, Scope.Index, $"{id.Owner}", null, Most).Rows.Where(r => r.Appeal != $"{id}").ToList();
        var right = earlier.Count(r => r.State is nameof(Appeal.State.Reversed));
        facts.Add(new(
            right == 0 && earlier.Count(r => r.State is nameof(Appeal.State.Upheld)) >= rules.RecordFrom
                ? "case.appeals-never-right" : "case.earlier-appeals",
            texts.Fill("case.earlier-appeals", [("count", (long)earlier.Count), ("reversed", (long)right)]),
            $"{id.Owner}"));
        if (complaint.Decision.Why.By is DecidedBy.Automated by)
            facts.Add(new("case.by-rule", texts.Fill("case.by-rule", [("rule", complaint.Decision.Why.Rule),
                ("ruleset", by.Ruleset)])));
        return facts;
    }

    static async Task<List<CaseFact>> Facts(
        CheckoutId id, ReviewRules rules, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        var texts = caller.Texts;
        if (await Screenings.Of(id, caller, platform) is { } screened)
            foreach (var rule in screened.Contributions)
                facts.Add(new("case.screened", texts.Fill("case.screened",
                    [("rule", rule.Rule), ("points", (long)rule.Points)])));
        facts.Add(OfBuyer(id.Buyer, id, rules, texts, platform));
        return facts;
    }

    static async Task<List<CaseFact>> Facts(
        ReasonCaseId id, ReasonCase.State s, ReviewRules rules, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        await AddOrder(facts, s.What.Order, caller, platform);
        var earlier = platform.Views.List(ReasonList.View, Scope.Index, $"{id.Seller}", null, Most)
            .Rows.Where(r => r.Case != $"{id}").ToList();
        var lies = earlier.Count(r => r.State is nameof(ReasonCase.State.Found));
        var believed = earlier.Count(r => r.State is nameof(ReasonCase.State.Dismissed));
        facts.Add(new(
            lies >= rules.RecordFrom ? "case.reasons-often-false"
                : lies == 0 && believed >= rules.RecordFrom ? "case.reasons-all-true" : "case.earlier-reasons",
            caller.Texts.Fill("case.earlier-reasons", [("count", (long)earlier.Count), ("false", (long)lies)]),
            $"{id.Seller}"));
        return facts;
    }

    /// <summary>What became of a buyer's other purchases.</summary>
    static CaseFact OfBuyer(BuyerId buyer, CheckoutId? but, ReviewRules rules, Texts texts, IPlatform platform)
    {
        var others = platform.Views.List(CheckoutList.View, Scope.Index, $"{buyer}", null, Most)
            .Rows.Where(r => r.Checkout != $"{but}").ToList();
        var paid = others.Count(r => r.State is nameof(Checkout.State.Authorised));
        var down = others.Count(r => r.State is nameof(Checkout.State.TurnedDown));
        return new(
            others.Count < rules.RecordFrom ? "case.purchases" : paid == others.Count ? "case.purchases-all-paid"
                : paid == 0 ? "case.purchases-none-paid" : "case.purchases",
            texts.Fill("case.purchases", [("count", (long)others.Count), ("paid", (long)paid), ("down", (long)down)]),
            $"{buyer}");
    }

    static async Task<List<CaseFact>> Facts(OrderId id, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        await AddOrder(facts, id, caller, platform);
        return facts;
    }

    static async Task AddOrder(List<CaseFact> facts, OrderId order, Caller caller, IPlatform platform)
    {
        if (await platform.History(order, caller.Who, caller.Cancel) is not { } history) return;
        var texts = caller.Texts;
        facts.Add(history.Select(r => r.Event).OfType<Order.Event.Shipped>().FirstOrDefault() is { } left
            ? new("case.shipped", texts.Fill("case.shipped",
                [("at", left.Handover.At), ("carrier", left.Handover.Carrier)]), $"{order}")
            : new("case.not-shipped", texts.Tell("case.not-shipped"), $"{order}"));
        facts.Add(OfSeller(order.Seller, texts, platform));
        await AddAgreed(facts, order, caller, platform);
    }

    /// <summary>What both agreed on in their messages.</summary>
    static async Task AddAgreed(List<CaseFact> facts, OrderId order, Caller caller, IPlatform platform)
    {
        if (await platform.Read(ConversationId.Of(order), caller.Who, caller.Cancel)
            is not { State: Conversation.State { Messages: var messages } }) return;
        var texts = caller.Texts;
        foreach (var m in messages)
            if (m is { Offer: { } offer, AgreedAt: { } at })
                facts.Add(new(offer is "offer.end-order" ? "case.agreed-to-end" : "case.agreed", texts.Fill(
                    "case.agreed", [("at", at), ("offer", texts.Tell(offer))]), $"{order}"));
        if (messages.All(m => m.AgreedAt is null))
            facts.Add(new("case.not-agreed", texts.Fill("case.not-agreed", [("count", (long)messages.Length)]),
                $"{order}"));
    }

    static CaseFact OfSeller(SellerId seller, Texts texts, IPlatform platform)
    {
        var months = platform.Views.List(
            SellerMonths.View, View.ByKey, SellerMonths.KeysOf(seller), null, Months).Rows;
        return new("case.seller", texts.Fill("case.seller",
            [
                ("dispatched", (long)months.Sum(m => m.Dispatched)), ("fault", (long)months.Sum(m => m.OwnFault)),
                ("marks", months.Sum(m => m.Marks)),
            ]), $"{seller}");
    }
}
