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

    /// <summary>The case of whatever is to be decided.</summary>
    public static async Task<CaseBody> Of(Seen seen, Caller caller, IPlatform platform)
    {
        var rules = seen.Asked.InForce.Of<AppealRules>();
        return (seen.Id, seen.State) switch
        {
            (AppealId id, Appeal.State s) => OfAppeal(
                await Facts(id, s.Complaint, caller, platform), s.Complaint.Decision.Why.Code, rules, caller,
                platform),
            (CheckoutId id, Checkout.State s) => Decided(
                await Facts(id, s, caller, platform), WorkList.Purchase, CheckoutView.ScreenedOf(s)?.Code,
                ["clear", "turn-down"], rules, caller, platform),
            (ReasonCaseId id, ReasonCase.State s) => Decided(
                await Facts(id, s, caller, platform), WorkList.Reason,
                s.What.Against is [{ Code: var code }, ..] ? code : null, ["believed", "false"], rules, caller,
                platform),
            (OrderId id, Order.State.Funded { Handling.Proposal: var p }) => Decided(
                await Facts(id, caller, platform), WorkList.Order, p?.Reason, ["confirmed", "sent-back"], rules, caller,
                platform),
            _ => new([], [], null),
        };
    }

    static CaseBody OfAppeal(
        List<CaseFact> facts, string code, AppealRules rules, Caller caller, IPlatform platform)
    {
        var cases = rules.Reasons.Keys.ToDictionary(r => r, r => platform.Views.Count(
            AppealList.View, AppealList.ByPrecedent, AppealList.PrecedentOf(code, r)));
        return new(
            [.. facts],
            [
                .. Often(cases).Select(c => new PrecedentBody(
                    c.Key, caller.Texts.Tell(c.Key), VerdictOf(c.Key, rules), c.Value)),
            ],
            rules.Suggested(cases) is { } reason
                ? new(VerdictOf(reason, rules), reason, caller.Texts.Tell(reason), "appeals.suggestFrom") : null);
    }

    /// <summary>Of what is decided by one of two words, without a reason.</summary>
    static CaseBody Decided(
        List<CaseFact> facts, string kind, string? code, ImmutableArray<string> outcomes, AppealRules rules,
        Caller caller, IPlatform platform)
    {
        var cases = outcomes.ToDictionary(o => o, o => code is null ? 0 : platform.Views.Count(
            WorkList.View, WorkList.ByPrecedent, WorkList.PrecedentOf(kind, code, o)));
        return new(
            [.. facts], [.. Often(cases).Select(c => new PrecedentBody(c.Key, Word(c.Key), c.Key, c.Value))],
            rules.MostlySo(cases) is { } how ? new(how, how, Word(how), "appeals.suggestFrom") : null);

        string Word(string outcome) => caller.Texts.Tell($"work.outcome.{kind}.{outcome}");
    }

    static IEnumerable<KeyValuePair<string, long>> Often(Dictionary<string, long> cases) =>
        cases.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);

    static string VerdictOf(string reason, AppealRules rules) => Words.StateOf($"{rules.Reasons[reason].Verdict}");

    static async Task<List<CaseFact>> Facts(AppealId id, Complaint complaint, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        var texts = caller.Texts;
        var order = complaint.Subject switch
        {
            Subject.Order s => s.Id,
            Subject.Sale s  => s.Id,
            _ => (OrderId?)null,
        };
        if (order is { } of) await AddOrder(facts, of, caller, platform);
        var earlier = platform.Views.List(
            AppealList.View, Scope.Index, $"{id.Owner}", null, Most).Rows.Where(r => r.Appeal != $"{id}").ToList();
        facts.Add(new("case.earlier-appeals", texts.Fill("case.earlier-appeals",
            [
                ("count", (long)earlier.Count),
                ("reversed", (long)earlier.Count(r => r.State is nameof(Appeal.State.Reversed))),
            ]), $"{id.Owner}"));
        if (complaint.Decision.Why.By is DecidedBy.Automated by)
            facts.Add(new("case.by-rule", texts.Fill("case.by-rule", [("rule", complaint.Decision.Why.Rule),
                ("ruleset", by.Ruleset)])));
        return facts;
    }

    static async Task<List<CaseFact>> Facts(CheckoutId id, Checkout.State s, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        var texts = caller.Texts;
        if (await Screenings.Of(id, caller, platform) is { } screened)
            foreach (var rule in screened.Contributions)
                facts.Add(new("case.screened", texts.Fill("case.screened",
                    [("rule", rule.Rule), ("points", (long)rule.Points)])));
        var earlier = platform.Views.List(CheckoutList.View, Scope.Index, $"{id.Buyer}", null, Most)
            .Rows.Where(r => r.Checkout != $"{id}").ToList();
        facts.Add(new("case.purchases", texts.Fill("case.purchases",
            [
                ("count", (long)earlier.Count),
                ("paid", (long)earlier.Count(r => r.State is nameof(Checkout.State.Authorised))),
                ("down", (long)earlier.Count(r => r.State is nameof(Checkout.State.TurnedDown))),
            ]), $"{id.Buyer}"));
        return facts;
    }

    static async Task<List<CaseFact>> Facts(ReasonCaseId id, ReasonCase.State s, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        await AddOrder(facts, s.What.Order, caller, platform);
        var earlier = platform.Views.List(ReasonList.View, Scope.Index, $"{id.Seller}", null, Most)
            .Rows.Where(r => r.Case != $"{id}").ToList();
        facts.Add(new("case.earlier-reasons", caller.Texts.Fill("case.earlier-reasons",
            [
                ("count", (long)earlier.Count),
                ("false", (long)earlier.Count(r => r.State is nameof(ReasonCase.State.Found))),
            ]), $"{id.Seller}"));
        return facts;
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
                facts.Add(new("case.agreed", texts.Fill(
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
