using Recourse.Disputes;
using Recourse.Olist;
using Recourse.Orders;
using Recourse.Rulebooks;
using Recourse.Runtime;
using Statement = Recourse.Kernel.Statement;
namespace Recourse.Web;

/// <summary>Why it was decided so.</summary>
/// <param name="Text">The newest statement, or that nothing was decided against anybody.</param>
/// <param name="Statements">Every statement of reasons, oldest first.</param>
/// <param name="EndedWell">Delivered and nothing against anybody; null while it goes on.</param>
/// <param name="Findings">For an order of a history: what the data says of its end, and what contradicts it.</param>
public sealed record WhyBody(
    OrderId Order, string Text, ImmutableArray<StatementBody> Statements, bool? EndedWell,
    ImmutableArray<FindingBody> Findings);

/// <summary>Why an order is as it is, for one reader in one language.</summary>
public static class OrderWhy
{
    /// <summary>The time zone of where the goods go.</summary>
    public static string ZoneOf(Order.State state, Rulebook inForce) => state switch
    {
        Order.State.Dealt { Deal: var deal } => ZoneOf(deal.Country, inForce),
        Order.State.Imported { Facts.Source: OlistHistory.Source } => OlistHistory.Zone.Id,
        Order.State.Imported => DateTimeZone.Utc.Id,
    };

    /// <summary>A country's time zone.</summary>
    public static string ZoneOf(string country, Rulebook inForce) => inForce.Of<Calendars>().Of(country).Zone;

    /// <summary>What a party can appeal of what an order decided; null: nothing, or it is taken over.</summary>
    internal static Subject? SubjectFor(Party party, Seen seen) => (seen.Id, seen.State, party) switch
    {
        (OrderId id, Order.State.Dealt { Deal: var deal }, Party.Buyer) => new Subject.Order(id, deal.Buyer),
        (OrderId id, Order.State.Dealt, Party.Seller)                   => new Subject.Sale(id),
        _ => null,
    };

    /// <summary>From the order's state and all that happened to it.</summary>
    /// <param name="subject">What the reader can appeal; null: nothing.</param>
    public static WhyBody Of(
        OrderId id, Order.State state, IEnumerable<object> events, Party reader, Texts texts, Subject? subject = null)
    {
        if (state is Order.State.Imported imported) return OfHistory(id, imported.Facts, texts);
        ImmutableArray<Statement> said = [.. events.Select(e => (e as IAdverse)?.Why).OfType<Statement>()];
        bool? endedWell = state switch
        {
            Order.State.Completed => said.IsEmpty,
            Order.State.Cancelled => false,
            Order.State.Open or Order.State.Imported => null,
        };
        var text = said.IsEmpty
            ? texts.Reasons.Tell(endedWell is true ? "order.ended-well" : "order.nothing-against-anybody")
            : texts.Reasons.Tell(said[^1], reader);
        return new(id, text, [.. said.Select(why => Words.Of(why, reader, texts, subject))], endedWell, []);
    }

    static WhyBody OfHistory(OrderId id, ImportedOrder facts, Texts texts)
    {
        var findings = OlistWhy.Of(facts);
        var isDelivered = findings.Length == facts.Findings.Length;
        var text = isDelivered
            ? texts.Tell(findings.IsEmpty ? "order.delivered-there" : "order.delivered-there-and-more")
            : texts.Fill(findings[0].Code, findings[0].Facts);
        var endedWell = isDelivered && findings.All(f => f.Code is not OlistCode.DeliveredLate);
        return new(id, text, [], endedWell, [.. findings.Select(f => Of(f, texts))]);
    }

    internal static FindingBody Of(Finding f, Texts texts) =>
        new(f.Code, texts.Fill(f.Code, f.Facts), [.. f.Facts.Select(x => Words.Of(x, texts))]);
}
