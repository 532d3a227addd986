using Recourse.Disputes;
using Recourse.Orders;
using Recourse.Runtime;
using Recourse.Sellers;
namespace Recourse.Web;

/// <summary>Gathers for an agent what speaks for and against, and how it was decided before.</summary>
static class CaseFile
{
    const int Months = 3, MostAppeals = 50;

    /// <summary>The case of an appeal.</summary>
    public static async Task<CaseBody> Of(Seen seen, AppealRules rules, Caller caller, IPlatform platform)
    {
        var complaint = ((Appeal.State)seen.State).Complaint;
        var code = complaint.Decision.Why.Code;
        var cases = rules.Reasons.Keys.ToDictionary(r => r, r => platform.Views.Count(
            AppealList.View, AppealList.ByPrecedent, AppealList.PrecedentOf(code, r)));
        return new(
            [.. await Facts(seen, complaint, caller, platform)],
            [
                .. cases.Where(c => c.Value > 0).OrderByDescending(c => c.Value)
                    .ThenBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => new PrecedentBody(
                        c.Key, caller.Texts.Tell(c.Key), VerdictOf(c.Key, rules), c.Value)),
            ],
            rules.Suggested(cases) is { } reason
                ? new(VerdictOf(reason, rules), reason, caller.Texts.Tell(reason), "appeals.suggestFrom") : null);
    }

    static string VerdictOf(string reason, AppealRules rules) => Words.StateOf($"{rules.Reasons[reason].Verdict}");

    static async Task<List<CaseFact>> Facts(Seen seen, Complaint complaint, Caller caller, IPlatform platform)
    {
        List<CaseFact> facts = [];
        var texts = caller.Texts;
        var id = (AppealId)seen.Id;
        var order = complaint.Subject switch
        {
            Subject.Order s => s.Id,
            Subject.Sale s  => s.Id,
            _ => (OrderId?)null,
        };
        if (order is { } of && await platform.History(of, caller.Who, caller.Cancel) is { } history)
        {
            facts.Add(history.Select(r => r.Event).OfType<Order.Event.Shipped>().FirstOrDefault() is { } left
                ? new("case.shipped", texts.Fill("case.shipped",
                    [("at", left.Handover.At), ("carrier", left.Handover.Carrier)]), $"{of}")
                : new("case.not-shipped", texts.Tell("case.not-shipped"), $"{of}"));
            facts.Add(OfSeller(of.Seller, texts, platform));
        }
        var earlier = platform.Views.List(
            AppealList.View, Scope.Index, $"{id.Owner}", null, MostAppeals)
            .Rows.Where(r => r.Appeal != $"{id}").ToList();
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
